import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { createOnce } from '../auth/idempotency.js';
import { asSystem } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { recordEvent } from '../outbox/outbox.js';
import { PlaceService } from '../reference/place.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { type CursorKeys, type Page, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import { insertClaim, updateClaim } from './apply-claim.js';
import { limited } from './byte-limit.js';
import type { VacancyClaim, Warning } from './connector.js';
import { peekHead } from './connectors/bytes.js';
import { enbekFeed } from './connectors/enbek-feed/enbek-feed.js';
import type { CloseVacancyDto, NewVacancyDto, OwnVacancyQuery, VacancyChangeDto } from './employer-vacancies.dto.js';
import { type IngestRunRow, holdSource, ingestRun } from './ingest-run.queries.js';
import type { IngestReport } from './ingest-report.js';
import type { RunValues } from './ingest.queries.js';
import { IngestService } from './ingest.service.js';
import { FORM_CONNECTOR } from './made-ids.js';
import { type OwnFirm, ownFirmOf } from './own-firm.queries.js';
import { type RejectedRow, rejectedRecords } from './rejected.queries.js';
import { idOfCursor } from './rejected.service.js';
import { type Preparation, type RecognisedVacancy, prepareVacancy } from './prepare-vacancy.js';
import { employerSource } from './source-name.js';
import type { VacancyAnswer, VacancyPage } from './vacancies.dto.js';
import { type VacancyRow, lockVacancy, vacancyById } from './vacancies.queries.js';
import { VacanciesService } from './vacancies.service.js';
import { VacancyChange } from './vacancy-change.entity.js';
import { Vacancy } from './vacancy.entity.js';

const LARGEST_IMPORT_BYTES = 32 * 1_048_576;

/** The form's names for the fields that a feed calls otherwise. */
const FORM_FIELDS: Readonly<Record<string, string>> = {
  salary_from: 'payMinTenge',
  salary_to: 'payMaxTenge',
  valid_until: 'validUntil',
  openings_youth: 'openings',
  'relocation.permanent_years': 'permanentYears',
};

/** What an employer does with its own vacancies, and only with those. Everything runs through the same rules as a feed. */
@Injectable()
export class EmployerVacanciesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly ingests: IngestService,
    private readonly vacancies: VacanciesService,
    private readonly places: PlaceService,
    private readonly occupations: OccupationService,
  ) {}

  list(actor: Actor, { status, cursor, limit }: OwnVacancyQuery): Promise<VacancyPage> {
    return this.vacancies.list({ employerId: ownId(actor), status, sort: 'newest', cursor, limit });
  }

  /** A vacancy that the firm itself posted here. Error: `vacancy.not_found` (404), for any other too. */
  async own(actor: Actor, id: string): Promise<VacancyAnswer> {
    const source = employerSource(ownId(actor));
    const vacancy = await this.vacancies.one(id);
    if (vacancy.source !== source) throw new Problem('vacancy.not_found', 404);
    return vacancy;
  }

  /**
   * What a vacancy would be understood to be, were it posted now, and what of it would not be taken as it stands; stores nothing.
   * Errors: the rules that it breaks (422).
   */
  async recognise(actor: Actor, form: NewVacancyDto): Promise<RecognisedVacancy & { warnings: Warning[] }> {
    const firm = await this.firm(employerSource(ownId(actor)));
    const publishedOn = dateInKazakhstan(this.clock.now());
    const { vacancy, warnings } = this.prepared(claimOf(form, { externalId: newId(), firm, publishedOn }));
    return { ...vacancy.recognised, warnings };
  }

  /** Posts a vacancy once for each `Idempotency-Key`. */
  async post(actor: Actor, form: NewVacancyDto, key: string | undefined): Promise<VacancyAnswer> {
    const source = employerSource(ownId(actor));
    const firm = await this.firm(source);
    const at = this.clock.now();
    const externalId = newId();
    const run = this.runOf(source, at);
    const { vacancy } = this.prepared(claimOf(form, { externalId, firm, publishedOn: dateInKazakhstan(at) }));
    const request = { actorId: actor.id, key, requestHash: hash(JSON.stringify(form)), at };
    // Vacancies and runs are written by the program alone; the source is the caller's own.
    const { id } = await asSystem(() =>
      inTransaction(this.dataSource, (tx) =>
        createOnce(tx, request, () => insertClaim(tx, { run, vacancy, employerId: firm.id })),
      ),
    );
    return this.vacancies.one(id);
  }

  /**
   * Reads a feed or a table of the firm's own vacancies, told apart by how the file begins; records of other firms are refused
   * one by one.
   */
  async import(actor: Actor, bytes: AsyncIterable<Uint8Array>, origin: string): Promise<IngestReport> {
    const source = employerSource(ownId(actor));
    const peeked = await peekHead(limited(bytes, LARGEST_IMPORT_BYTES));
    const isFeed = enbekFeed.recognises(peeked.head, '');
    return this.ingests.ingest({
      bytes: peeked.bytes,
      origin,
      connector: isFeed || peeked.head.trimStart().startsWith('{') ? 'enbek-feed' : 'vacancy-table',
      source,
    });
  }

  /** A former import of the firm with a page of what it refused. Error: `ingest.run_not_found` (404), for others' too. */
  async imported(
    actor: Actor,
    runId: string,
    wish: { cursor?: string; limit: number },
  ): Promise<{ run: IngestRunRow; refused: Page<RejectedRow> }> {
    const source = employerSource(ownId(actor));
    const run = await ingestRun(this.dataSource, runId);
    if (run === undefined || run.source !== source) throw new Problem('ingest.run_not_found', 404);
    const after = wish.cursor === undefined ? null : idOfCursor(wish.cursor);
    const filter = { source, runId, resolved: true, after, limit: wish.limit + 1 };
    const refused = toPage(
      await rejectedRecords(this.dataSource, filter),
      wish.limit,
      ({ id }): CursorKeys => [id],
      (row) => row,
    );
    return { run, refused };
  }

  /** Changes what the form names, in the vacancy as it is when its turn comes. What breaks a promise goes to the review queues. */
  async change(actor: Actor, id: string, form: VacancyChangeDto): Promise<VacancyAnswer> {
    const source = employerSource(ownId(actor));
    const firm = await this.firm(source);
    const at = this.clock.now();
    await asSystem(() => inTransaction(this.dataSource, (tx) => this.changeInTurn(tx, { id, source, firm, form, at })));
    return this.vacancies.one(id);
  }

  /**
   * Closes a vacancy; people who were proposed it are told. How many were hired stands in its history. Error beside those of
   * `change`: `vacancy.hired_more_here`, `vacancy.hired_beyond_openings` (422).
   */
  async close(
    actor: Actor,
    id: string,
    { outcome, hired = null, hiredHere = null }: CloseVacancyDto,
  ): Promise<VacancyAnswer> {
    if ((hiredHere ?? 0) > (hired ?? Infinity)) {
      const code = 'vacancy.hired_more_here';
      throw new Problem(code, 422, {}, [{ field: 'hiredHere', code }]);
    }
    const details = { reason: outcome, hired, hiredHere };
    const source = employerSource(ownId(actor));
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      await holdSource(tx, source);
      const found = await tx.findOne(Vacancy, { where: { id, source }, lock: { mode: 'pessimistic_write' } });
      if (found === null) throw new Problem('vacancy.not_found', 404);
      if (found.status === 'closed') throw new Problem('vacancy.closed', 409);
      if (found.openings !== null && (hired ?? 0) > found.openings) {
        const [code, params] = ['vacancy.hired_beyond_openings', { openings: found.openings }];
        throw new Problem(code, 422, params, [{ field: 'hired', code, params }]);
      }
      const closed = { status: 'closed', closedReason: outcome, closedAt: at, changedAt: at } as const;
      // A feed of the firm's own that was made before does not open it again.
      await tx.update(Vacancy, { id }, { ...closed, readApartAt: at });
      const batchId = newId();
      await tx.insert(VacancyChange, {
        id: newId(),
        batchId,
        vacancyId: id,
        change: 'closed',
        details,
        at,
      });
      await recordAudit(tx, {
        at, actor, regionCode: found.regionCode, subject: 'vacancy', subjectId: id, action: 'close', from: 'open', to: 'closed',
        reason: outcome, details,
      }); // prettier-ignore
      await recordEvent(tx, { topic: 'vacancies.changed', regionCode: null, payload: { batchId } }, at);
    });
    return this.vacancies.one(id);
  }

  private async changeInTurn(
    tx: EntityManager,
    { id, source, firm, form, at }: { id: string; source: string; firm: OwnFirm; form: VacancyChangeDto; at: Date },
  ): Promise<void> {
    // Two changes at once, a close or the firm's own feed: each sees what the one before it left.
    await holdSource(tx, source);
    const { iscoStated } = await lockVacancy(tx, id);
    const row = await vacancyById(tx, id);
    if (row === undefined || row.source !== source) throw new Problem('vacancy.not_found', 404);
    if (row.status === 'closed') throw new Problem('vacancy.closed', 409);
    const run = this.runOf(source, at);
    const claim = changedClaim(form, { ...row, iscoStated }, firm);
    this.prepared(contradictionOf(claim, row));
    await updateClaim(tx, { run, vacancy: this.prepared(claim).vacancy, employerId: firm.id });
  }

  private async firm(source: string): Promise<OwnFirm> {
    const firm = await ownFirmOf(this.dataSource, source);
    if (firm === null) throw new Problem('employer.not_found', 404);
    return firm;
  }

  /** Made before the claim is read: whatever is taught from then on is read again. */
  private runOf(source: string, at: Date): RunValues {
    const { lexiconVersion } = this.occupations;
    return {
      runId: newId(), source, connector: FORM_CONNECTOR, synthetic: false, today: dateInKazakhstan(at), at, lexiconVersion,
    }; // prettier-ignore
  }

  private prepared(claim: VacancyClaim): Extract<Preparation, { ok: true }> {
    const preparation = prepareVacancy(claim, this.places, this.occupations);
    if (preparation.ok) return preparation;
    const { code, params } = preparation;
    const field = preparation.field === null ? '' : (FORM_FIELDS[preparation.field] ?? preparation.field);
    throw new Problem(code, 422, params, [{ field, code, params }]);
  }
}

function ownId(actor: Actor): string {
  if (actor.employerId === null) throw new Problem('auth.forbidden', 403, { role: actor.role });
  return actor.employerId;
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

type ClaimedForm = VacancyChangeDto & { title: string; location: string };

function claimOf(form: ClaimedForm, known: { externalId: string; firm: OwnFirm; publishedOn: string }): VacancyClaim {
  const { location, address, ...rest } = form;
  const { externalId, firm, publishedOn } = known;
  return {
    ...rest,
    locationText: location,
    addressText: address,
    externalId,
    publishedOn,
    employer: { name: firm.name, bin: firm.bin },
  };
}

/** What a change states, with what a claim cannot be without. */
function changedClaim(form: VacancyChangeDto, row: VacancyRow & { iscoStated: boolean }, firm: OwnFirm): VacancyClaim {
  const claim = claimOf(
    { ...form, title: form.title ?? row.title, location: form.location ?? row.locationText },
    { externalId: row.externalId, firm, publishedOn: row.publishedOn },
  );
  // A known occupation outlives a change of the area; a changed title asks anew.
  if (form.isco === undefined && form.title === undefined && row.iscoSure) {
    claim.isco = row.isco;
    claim.iscoStated = row.iscoStated;
  }
  // The words alone would find a poorer place than the code that was given once.
  if (form.kato === undefined && form.location !== undefined && form.location !== row.locationText) claim.kato = null;
  return claim;
}

/** The claim with the stored other end of a pair that it names one end of, so that the pair is checked whole. */
function contradictionOf(claim: VacancyClaim, row: VacancyRow): VacancyClaim {
  return {
    ...claim,
    payMinTenge: claim.payMinTenge === undefined ? row.payMinTenge : claim.payMinTenge,
    payMaxTenge: claim.payMaxTenge === undefined ? row.payMaxTenge : claim.payMaxTenge,
  };
}
