import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuditRecord, recordAudit } from '../audit/audit.js';
import { createOnce } from '../auth/idempotency.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { checkIin } from '../shared/identity-number.js';
import { newId } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { type FieldProblem, Problem } from '../shared/problem.js';
import { type CheckedAdult, HouseholdChecks } from './household-checks.service.js';
import { readContact } from './household-rules.js';
import { type FoundSeeker, type HouseholdSummary, type HouseholdView, viewHousehold } from './household-view.js';
import type { ConsentsDto, HouseholdChangeDto, HouseholdListQuery, NewHouseholdDto } from './household.dto.js';
import { Household } from './household.entity.js';
import { erasePersonalData, hasProposals, listHouseholds, removeAdult, seekerByIinIndex } from './household.queries.js';
import { encryptIin, fingerprint, indexIin } from './iin-cipher.js';
import { type NewSeeker, insertHouseholds, insertSeekers } from './insert-households.js';
import { Seeker } from './seeker.entity.js';

@Injectable()
export class HouseholdService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly checks: HouseholdChecks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Registers a household; with consent to matching its matching is asked for in the same transaction.
   * Errors: `request.invalid` with coded fields, `seeker.iin_used` (409), those of `createOnce`.
   */
  async create(given: NewHouseholdDto, actor: Actor, key: string | undefined): Promise<HouseholdView> {
    const at = this.clock.now();
    const { home, problems: homeProblems } = this.checks.home(given.home);
    const { contact, problems: contactProblems } = readContact({
      channel: given.channel ?? 'in_app',
      phone: given.phone || null,
      email: given.email || null,
    });
    const family = {
      children: given.children ?? 0,
      schoolAgeChildren: given.schoolAgeChildren ?? 0,
      relativesRegionCodes: given.relativesRegionCodes ?? [],
      wishedRegionCodes: given.wishes?.regionCodes ?? [],
      excludedRegionCodes: given.wishes?.excludedRegionCodes ?? [],
    };
    const adults = given.adults.map((adult, i) => this.checks.adult(adult, null, `adults.${i}`));
    const checked = adults.flatMap(({ adult }) => adult ?? []);
    refuse([
      ...homeProblems,
      ...contactProblems,
      ...this.checks.family(family),
      ...adults.flatMap(({ problems }) => problems),
      ...repeatedIin(checked),
    ]);
    const household = {
      ...home!,
      ...family,
      ...contact,
      ...consentTimes(given.consents ?? {}, NO_CONSENT, at),
      settlementWish: given.wishes?.settlement ?? ('any' as const),
      housingRequired: given.wishes?.housingRequired ?? false,
      corridorOff: given.wishes?.corridorOff ?? false,
      wishesMove: given.wishes?.move ?? true,
      language: given.language ?? ('kk' as const),
      synthetic: false,
      createdAt: at,
    };
    const requestHash = fingerprint(JSON.stringify(given), this.checks.keys);
    const id = await inTransaction(this.dataSource, async (tx) => {
      const made = await createOnce(tx, { actorId: actor.id, key, requestHash, at }, async () => {
        const householdId = newId();
        const seekers = checked.map((adult) => ({ id: newId(), ...adult }));
        await this.refuseUsedIins(tx, seekers);
        await insertHouseholds(tx, [{ ...household, id: householdId, adults: seekers.map((s) => this.sealed(s)) }]);
        await this.audit(tx, actor, householdId, home!.homeRegionCode, 'create', null, 'registered');
        if (household.consentMatchingAt && household.wishesMove) await this.askForMatch(tx, householdId, at);
        return householdId;
      });
      return made.id;
    });
    return this.read(id);
  }

  /** Error: `household.not_found`. */
  async read(id: string): Promise<HouseholdView> {
    const manager = this.dataSource.manager;
    const household = await manager.findOneBy(Household, { id });
    if (!household || household.erasedAt) throw new Problem('household.not_found', 404);
    return viewHousehold(
      household,
      await manager.find(Seeker, { where: { householdId: id }, order: { position: 'ASC' } }),
    );
  }

  async list(query: HouseholdListQuery): Promise<Page<HouseholdSummary>> {
    const { limit, cursor, regionCode = null } = query;
    const before = cursor === undefined ? null : String(decodeCursor(cursor, 1)[0]);
    if (before !== null && !UUID.test(before)) throw new Problem('page.cursor_invalid', 400);
    const found = await listHouseholds(this.dataSource, { regionCode, before, limit: limit + 1 });
    return toPage(
      found,
      limit,
      (row) => [row.id],
      (row) => row,
    );
  }

  /** Whose IIN this is. Errors: the code of a wrong IIN, `household.not_found`. */
  async findByIin(text: string): Promise<FoundSeeker> {
    const check = checkIin(text);
    if (!check.ok) refuse([{ field: 'iin', code: check.code }]);
    const found = check.ok ? await seekerByIinIndex(this.dataSource, indexIin(check.iin, this.checks.keys)) : undefined;
    if (!found) throw new Problem('household.not_found', 404);
    return { householdId: found.householdId, seekerId: found.id };
  }

  /**
   * Changes the fields given. The consent to matching withdrawn, or the wish to move, is an event of the same transaction:
   * open proposals are withdrawn; of a household that a second adult has left, those that counted them. The other consents are read wherever they matter. Any other change of a household that consents asks for a new match.
   * Errors: `household.not_found`, `household.version_conflict` (409), `request.invalid`, `seeker.iin_used` (409).
   */
  async change(id: string, change: HouseholdChangeDto, actor: Actor): Promise<HouseholdView> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const before = await this.lock(tx, id);
      if (before.version !== change.version) {
        throw new Problem('household.version_conflict', 409, { version: before.version });
      }
      const { after, problems } = this.changed(before, change, at);
      const known = await tx.find(Seeker, { where: { householdId: id }, order: { position: 'ASC' } });
      const removed = change.secondAdult === null ? known.find(({ position }) => position === 2) : undefined;
      const seekers = known.filter((seeker) => seeker !== removed);
      const adults = this.changedAdults(change, seekers);
      refuse([...problems, ...adults.flatMap((a) => a.problems)]);
      if (removed) await removeAdult(tx, removed.id);
      await this.writeAdults(tx, id, adults);
      await tx.update(Household, { id }, { ...after, version: before.version + 1, updatedAt: at });
      await this.audit(tx, actor, id, after.homeRegionCode, 'change', null, 'registered');
      if (withdraws(before, after)) await this.withdraw(tx, id, at);
      else if (removed) {
        const payload = { householdId: id };
        await recordEvent(tx, { topic: 'household.adult_removed', regionCode: null, payload }, at);
      }
      if (after.consentMatchingAt && after.wishesMove) await this.askForMatch(tx, id, at);
    });
    return this.read(id);
  }

  /**
   * Erases a household. Without proposals every row goes; otherwise a row remains that says nothing of anybody, because
   * decisions, quotas and audit hang on it (docs/decisions/erasing-households.md). Error: `household.not_found`.
   */
  async erase(id: string, actor: Actor): Promise<void> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const household = await this.lock(tx, id);
      if (await hasProposals(tx, id)) {
        await erasePersonalData(tx, id, at);
        await this.withdraw(tx, id, at);
      } else {
        await tx.delete(Household, { id });
      }
      await this.audit(tx, actor, id, household.homeRegionCode, 'erase', 'registered', 'erased');
    });
  }

  private async lock(tx: EntityManager, id: string): Promise<Household> {
    const household = await tx.findOne(Household, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!household || household.erasedAt) throw new Problem('household.not_found', 404);
    return household;
  }

  private changed(
    before: Household,
    change: HouseholdChangeDto,
    at: Date,
  ): { after: Household; problems: FieldProblem[] } {
    const { wishes = {} } = change;
    const found = change.home ? this.checks.home(change.home) : { home: null, problems: [] };
    const { contact, problems: contactProblems } = readContact({
      channel: change.channel ?? before.channel,
      phone: change.phone === undefined ? before.phone : change.phone || null,
      email: change.email === undefined ? before.email : change.email || null,
    });
    const after: Household = {
      ...before,
      ...found.home,
      ...contact,
      ...consentTimes(change.consents ?? {}, before, at),
      children: change.children ?? before.children,
      schoolAgeChildren: change.schoolAgeChildren ?? before.schoolAgeChildren,
      relativesRegionCodes: change.relativesRegionCodes ?? before.relativesRegionCodes,
      wishedRegionCodes: wishes.regionCodes ?? before.wishedRegionCodes,
      excludedRegionCodes: wishes.excludedRegionCodes ?? before.excludedRegionCodes,
      settlementWish: wishes.settlement ?? before.settlementWish,
      housingRequired: wishes.housingRequired ?? before.housingRequired,
      corridorOff: wishes.corridorOff ?? before.corridorOff,
      wishesMove: wishes.move ?? before.wishesMove,
      language: change.language ?? before.language,
    };
    return { after, problems: [...found.problems, ...contactProblems, ...this.checks.family(after)] };
  }

  private changedAdults(change: HouseholdChangeDto, seekers: Seeker[]): ChangedAdult[] {
    return (change.adults ?? []).map((given, i) => {
      const before = seekers.find((seeker) => seeker.position === given.position) ?? null;
      const { adult, problems } = this.checks.adult(given, before, `adults.${i}`);
      return { id: before?.id ?? newId(), isNew: before === null, position: given.position, adult, problems };
    });
  }

  private async writeAdults(tx: EntityManager, householdId: string, adults: ChangedAdult[]): Promise<void> {
    const changed = adults.flatMap(({ adult, ...rest }) => (adult ? [{ ...rest, ...adult }] : []));
    await this.refuseUsedIins(tx, changed);
    for (const { isNew, position, problems: _, ...seeker } of changed) {
      const { id, ...columns } = this.sealed(seeker);
      if (isNew) await insertSeekers(tx, [{ ...columns, id, householdId, position }]);
      else await tx.update(Seeker, { id }, columns as Partial<Seeker>);
    }
  }

  /** The row of an adult: the IIN encrypted for that row, with its look-up index. */
  private sealed(adult: CheckedAdult & { id: string }): NewSeeker & { id: string } {
    const { iin, ...seeker } = adult;
    if (iin === null) return { ...seeker, iinCipher: null, iinIndex: null };
    const { keys } = this.checks;
    return { ...seeker, iinCipher: encryptIin(iin, adult.id, keys, randomBytes), iinIndex: indexIin(iin, keys) };
  }

  /** Locks each IIN's index, so that two requests cannot register one person at the same time. */
  private async refuseUsedIins(tx: EntityManager, seekers: (CheckedAdult & { id: string })[]): Promise<void> {
    const indexes = seekers.map(({ id, iin }, i) => ({
      id,
      i,
      index: iin === null ? null : indexIin(iin, this.checks.keys),
    }));
    for (const { index } of indexes.toSorted((a, b) => Buffer.compare(a.index ?? EMPTY, b.index ?? EMPTY))) {
      if (index) await tx.query('select pg_advisory_xact_lock($1)', [index.readBigInt64BE().toString()]);
    }
    const problems: FieldProblem[] = [];
    for (const { id, i, index } of indexes) {
      const owner = index ? await seekerByIinIndex(tx, index) : undefined;
      if (owner && owner.id !== id) problems.push({ field: `adults.${i}.iin`, code: 'seeker.iin_used' });
    }
    if (problems.length > 0) throw new Problem('seeker.iin_used', 409, {}, problems);
  }

  private async askForMatch(tx: EntityManager, householdId: string, at: Date): Promise<void> {
    await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { householdId } }, at);
  }

  private async withdraw(tx: EntityManager, householdId: string, at: Date): Promise<void> {
    await recordEvent(tx, { topic: 'household.consent_withdrawn', regionCode: null, payload: { householdId } }, at);
  }

  private async audit(
    tx: EntityManager,
    actor: Actor,
    householdId: string,
    regionCode: string,
    action: string,
    from: AuditRecord['from'],
    to: AuditRecord['to'],
  ): Promise<void> {
    const at = this.clock.now();
    await recordAudit(tx, { at, actor, regionCode, subject: 'household', subjectId: householdId, action, from, to });
  }
}

interface ChangedAdult {
  id: string;
  isNew: boolean;
  position: 1 | 2;
  adult: CheckedAdult | null;
  problems: FieldProblem[];
}

type Consents = Pick<Household, 'consentMatchingAt' | 'consentNoticesAt' | 'consentSharingAt'>;

const NO_CONSENT: Consents = { consentMatchingAt: null, consentNoticesAt: null, consentSharingAt: null };
const EMPTY = Buffer.alloc(0);
const UUID = /^[0-9a-f-]{36}$/;

/** A consent given again keeps its first time; one withdrawn loses it. */
function consentTimes(given: ConsentsDto, before: Consents, at: Date): Consents {
  const time = (consent: boolean | undefined, since: Date | null): Date | null =>
    consent === undefined ? since : consent ? (since ?? at) : null;
  return {
    consentMatchingAt: time(given.matching, before.consentMatchingAt),
    consentNoticesAt: time(given.notices, before.consentNoticesAt),
    consentSharingAt: time(given.sharing, before.consentSharingAt),
  };
}

function withdraws(before: Household, after: Household): boolean {
  return (
    (before.consentMatchingAt !== null && after.consentMatchingAt === null) || (before.wishesMove && !after.wishesMove)
  );
}

function repeatedIin(adults: CheckedAdult[]): FieldProblem[] {
  const [first, second] = adults;
  const same = first && second && first.iin !== null && first.iin === second.iin;
  return same ? [{ field: 'adults.1.iin', code: 'seeker.iin_repeated' }] : [];
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new Problem('request.invalid', 400, {}, problems);
}
