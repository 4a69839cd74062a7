import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { AccountLabels } from '../auth/account-labels.js';
import { createOnce } from '../auth/idempotency.js';
import { asSystem } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { OccupationService } from '../occupations/occupation.service.js';
import type { Guess } from '../occupations/resolver/title-resolver.js';
import { LONGEST_TITLE } from '../occupations/resolver/folding.js';
import { TitleCorrection } from '../occupations/title-correction.entity.js';
import { lockLexicon, setLexiconVersion } from '../occupations/title-correction.queries.js';
import { isOfArea, readTitleKey } from '../occupations/title-key.js';
import { recordEvent } from '../outbox/outbox.js';
import { isArea } from '../reference/sectors.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid, newId } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import { RecodeTitlesService } from './recode-titles.service.js';
import {
  type CorrectionRow,
  type UnsureDetails,
  type UnsureRow,
  correctionById,
  corrections,
  countUnsure,
  unsureDetails,
  unsureTitles,
} from './unsure-titles.queries.js';

/** A title that nobody is sure of, with what it may mean. */
export interface UnsureTitle extends UnsureRow, Omit<UnsureDetails, 'key'> {
  /** The program's guess for the newest vacancy, then what else it may be, best first. */
  guesses: Guess[];
}

export interface Correction extends Omit<CorrectionRow, 'madeBy'> {
  /** Who made it, as colleagues are called; null for one who has no account any more. */
  madeByLabel: string | null;
}

export interface UnsureWish {
  region?: string;
  area?: number;
  cursor?: string;
  limit: number;
}

export interface CorrectionWish {
  /** Any spelling of the title. */
  title: string;
  /** The vacancy's area: needed where the title is no more than the word of a family («мастер»). */
  area?: number | null;
  /** Null: the title names no occupation. */
  isco: string | null;
  note?: string | null;
}

/** The list of titles that the program is not sure of, and what officers say that they mean. */
@Injectable()
export class TitleCorrectionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly occupations: OccupationService,
    private readonly recoding: RecodeTitlesService,
    private readonly accounts: AccountLabels,
  ) {}

  /** Unsure titles of open vacancies by their keys, those with the most openings first. */
  async unsure({ region, area, cursor, limit }: UnsureWish): Promise<Page<UnsureTitle> & { total: number }> {
    const filter = { region: region ?? null, areaId: area ?? null, today: dateInKazakhstan(this.clock.now()) };
    const after = cursor === undefined ? null : keysOf(cursor);
    // Of people nothing but their number comes out.
    return asSystem(async () => {
      const found = await unsureTitles(this.dataSource, filter, { after, limit: limit + 1 });
      const page = toPage(
        found,
        limit,
        ({ openings, seekers, key }) => [openings, seekers, key],
        (row) => row,
      );
      const keys = page.items.map(({ key }) => key);
      const details = new Map((await unsureDetails(this.dataSource, filter, keys)).map((one) => [one.key, one]));
      const items = page.items.flatMap((row) => {
        const known = details.get(row.key);
        // Corrected between the two reads.
        return known?.example ? [{ ...row, ...known, guesses: this.guessesOf(known.example) }] : [];
      });
      return { items, nextCursor: page.nextCursor, total: await countUnsure(this.dataSource, filter) };
    });
  }

  private guessesOf({ title, subtitle, areaId, education, skills }: UnsureDetails['example']): Guess[] {
    const found = this.occupations.resolve({ title, secondTitle: subtitle, areaId, education, skills });
    if (found.isco === null) return [];
    return [{ isco: found.isco, confidence: found.confidence }, ...found.alternatives];
  }

  /** Corrections, the newest first. */
  async list({
    standing,
    cursor,
    limit,
  }: {
    standing: boolean;
    cursor?: string;
    limit: number;
  }): Promise<Page<Correction>> {
    const before = cursor === undefined ? null : versionOf(cursor);
    const page = toPage(
      await corrections(this.dataSource, { standing, before, limit: limit + 1 }),
      limit,
      ({ version }) => [version],
      (row) => row,
    );
    return { ...page, items: await this.named(page.items) };
  }

  /** Error: `correction.unknown` (404). */
  async one(id: string): Promise<Correction> {
    const row = isUuid(id) ? await correctionById(this.dataSource, id) : undefined;
    if (row === undefined) throw new Problem('correction.unknown', 404);
    return (await this.named([row]))[0]!;
  }

  private async named(rows: readonly CorrectionRow[]): Promise<Correction[]> {
    const labels = await this.accounts.of(rows.map(({ madeBy }) => madeBy));
    return rows.map(({ madeBy, ...row }) => ({ ...row, madeByLabel: labels.get(madeBy) ?? null }));
  }

  /**
   * Notes what a title means, in place of what somebody said before, and re-codes the stored vacancies and people whose occupation
   * was read out of such a title; when they are many, a job does it (`recoded` is false then). Saying what stands already
   * changes nothing. Once for each key of an actor. Errors: `correction.title_empty`, `correction.area_required`,
   * `correction.area_unknown`, `correction.isco_unknown` (422), those of `createOnce`.
   */
  async correct(actor: Actor, wish: CorrectionWish, once?: string): Promise<Correction> {
    const { key, title, areaId, isco, note } = this.checked(wish);
    const at = this.clock.now();
    const requestHash = createHash('sha256')
      .update(JSON.stringify([key, isco, note]))
      .digest();
    const { id } = await inTransaction(this.dataSource, (tx) =>
      createOnce(tx, { actorId: actor.id, key: once, requestHash, at }, async () => {
        const version = (await lockLexicon(tx)) + 1;
        const standing = await tx.findOneBy(TitleCorrection, { titleKey: key, endedAt: IsNull() });
        if (standing !== null && standing.isco === isco && standing.note === note) return standing.id;
        if (standing !== null) await this.end(tx, standing.id, { actor, at, version, reason: 'superseded' });
        const made = newId();
        await tx.insert(TitleCorrection, {
          id: made, titleKey: key, title, areaId, isco, note, madeBy: actor.id, regionCode: actor.regionCode, madeAt: at,
          version: String(version), endedAt: null, endedBy: null, endedReason: null, endedVersion: null, vacancies: null,
          seekers: null, recodedVersion: null,
        }); // prettier-ignore
        await this.taught(tx, made, version, at);
        await recordAudit(tx, {
          at, actor, regionCode: actor.regionCode, subject: 'title_correction', subjectId: made, action: 'correct',
          from: standing?.isco ?? null, to: isco, details: { replaces: standing?.id ?? null, areaId },
        }); // prettier-ignore
        return made;
      }),
    );
    await this.recoding.recodeNow(id);
    return this.one(id);
  }

  /**
   * Takes a correction back: its titles are what the program takes them for, whatever was said before it. Errors:
   * `correction.unknown` (404), `correction.ended` (409) of one that was replaced or withdrawn already.
   */
  async withdraw(actor: Actor, id: string): Promise<Correction> {
    if (!isUuid(id)) throw new Problem('correction.unknown', 404);
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const version = (await lockLexicon(tx)) + 1;
      const found = await tx.findOneBy(TitleCorrection, { id });
      if (found === null) throw new Problem('correction.unknown', 404);
      if (found.endedAt !== null) throw new Problem('correction.ended', 409);
      await this.end(tx, id, { actor, at, version, reason: 'withdrawn' });
      await this.taught(tx, id, version, at);
      await recordAudit(tx, {
        at, actor, regionCode: actor.regionCode, subject: 'title_correction', subjectId: id, action: 'undo_correct',
        from: found.isco, to: null, details: { areaId: found.areaId },
      }); // prettier-ignore
    });
    await this.recoding.recodeNow(id);
    return this.one(id);
  }

  private checked({ title, area = null, isco, note = null }: CorrectionWish): {
    key: string;
    title: string;
    areaId: number | null;
    isco: string | null;
    note: string | null;
  } {
    const refuse = (code: string, field: string): Problem => new Problem(code, 422, {}, [{ field, code }]);
    if (area !== null && !isArea(area)) throw refuse('correction.area_unknown', 'area');
    const read = readTitleKey(title, area);
    if (!read.ok) {
      if (read.lacks === 'area') throw refuse('correction.area_required', 'area');
      throw refuse('correction.title_empty', 'title');
    }
    if (isco !== null && this.occupations.occupation(isco) === null) throw refuse('correction.isco_unknown', 'isco');
    const shown = title.replace(/\s+/gu, ' ').trim().slice(0, LONGEST_TITLE);
    return { key: read.key, title: shown, areaId: isOfArea(read.key) ? area : null, isco, note: note?.trim() || null };
  }

  private async end(
    tx: EntityManager,
    id: string,
    { actor, at, version, reason }: { actor: Actor; at: Date; version: number; reason: 'superseded' | 'withdrawn' },
  ): Promise<void> {
    const ended = { endedAt: at, endedBy: actor.id, endedReason: reason, endedVersion: String(version) };
    // What it changed is history once another says how the title is read; of a withdrawal it is counted anew.
    await tx.update(
      TitleCorrection,
      { id },
      reason === 'withdrawn' ? { ...ended, vacancies: null, seekers: null } : ended,
    );
  }

  /** Raises the version, which every process watches, and has the stored titles re-coded even when this process dies now. */
  private async taught(tx: EntityManager, correctionId: string, version: number, at: Date): Promise<void> {
    await setLexiconVersion(tx, version);
    await recordEvent(tx, { topic: 'titles.corrected', regionCode: null, payload: { correctionId } }, at);
  }
}

function keysOf(cursor: string): [number, number, string] {
  const [openings, seekers, key] = decodeCursor(cursor, 3);
  if (!isCount(openings) || !isCount(seekers) || typeof key !== 'string' || key.includes('\0')) {
    throw new Problem('page.cursor_invalid', 400);
  }
  return [openings, seekers, key];
}

function versionOf(cursor: string): number {
  const [version] = decodeCursor(cursor, 1);
  if (!isCount(version)) throw new Problem('page.cursor_invalid', 400);
  return version;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
