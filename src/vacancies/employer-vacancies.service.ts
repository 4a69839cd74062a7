import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { createOnce, madeBefore } from '../auth/idempotency.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { limited } from './byte-limit.js';
import type { VacancyClaim } from './connector.js';
import type { NewVacancyDto, Outcome, OwnVacancyQuery, VacancyChangeDto } from './employer-vacancies.dto.js';
import { holdSource } from './ingest-run.queries.js';
import type { IngestReport } from './ingest-report.js';
import { IngestService } from './ingest.service.js';
import { type OwnFirm, ownFirmOf } from './own-firm.queries.js';
import { employerSource } from './source-name.js';
import type { VacancyAnswer, VacancyPage } from './vacancies.dto.js';
import { type VacancyRow, vacancyByExternalId, vacancyById } from './vacancies.queries.js';
import { VacanciesService } from './vacancies.service.js';
import { VacancyChange } from './vacancy-change.entity.js';
import { Vacancy } from './vacancy.entity.js';

const CONNECTOR = 'employer-form';
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
  ) {}

  list(actor: Actor, { status, cursor, limit }: OwnVacancyQuery): Promise<VacancyPage> {
    return this.vacancies.list({ employerId: ownId(actor), status, sort: 'newest', cursor, limit });
  }

  /** Posts a vacancy once for each `Idempotency-Key`. */
  async post(actor: Actor, form: NewVacancyDto, key: string | undefined): Promise<VacancyAnswer> {
    const source = employerSource(ownId(actor));
    const firm = await this.firm(source);
    const at = this.clock.now();
    // The key's own external id: should the process die between the run and its key's row, the repetition finds the vacancy.
    const externalId = key === undefined ? newId() : hash(`${actor.id} ${key}`).toString('hex').slice(0, 32);
    const claim = claimOf(form, { externalId, firm, publishedOn: dateInKazakhstan(at) });
    this.refuseBad(claim);
    const request = { actorId: actor.id, key, requestHash: hash(JSON.stringify(form)), at };
    const before = await madeBefore(this.dataSource.manager, request);
    if (before !== null) return this.vacancies.one(before);
    // The run has connections of its own: inside a transaction a few posts at once would wait for each other's.
    await this.run(claim, source, { insertOnly: true });
    const { id } = await inTransaction(this.dataSource, (tx) =>
      createOnce(tx, request, async () => {
        const made = await vacancyByExternalId(tx, source, externalId);
        if (made === undefined) throw new Error('A posted vacancy was not found.');
        return made.id;
      }),
    );
    return this.vacancies.one(id);
  }

  /** Reads a feed of the firm's own vacancies; records of other firms are refused one by one. */
  async import(actor: Actor, bytes: AsyncIterable<Uint8Array>, origin: string): Promise<IngestReport> {
    const source = employerSource(ownId(actor));
    return this.ingests.ingest({
      bytes: limited(bytes, LARGEST_IMPORT_BYTES),
      origin,
      connector: 'enbek-feed',
      source,
    });
  }

  /** Changes what the form names. What breaks a promise goes to the review queues. */
  async change(actor: Actor, id: string, form: VacancyChangeDto): Promise<VacancyAnswer> {
    const source = employerSource(ownId(actor));
    const [firm, row] = [await this.firm(source), await this.own(id, source)];
    if (row.status === 'closed') throw new Problem('vacancy.closed', 409);
    const claim = claimOf(
      { ...form, title: form.title ?? row.title, location: form.location ?? row.locationText },
      { externalId: row.externalId, firm, publishedOn: row.publishedOn },
    );
    // A known occupation outlives a change of the area; a changed title asks anew.
    if (form.isco === undefined && form.title === undefined && row.iscoSure) claim.isco = row.isco;
    // The words alone would find a poorer place than the code that was given once.
    if (form.kato === undefined && form.location !== undefined && form.location !== row.locationText) claim.kato = null;
    this.refuseBad(contradictionOf(claim, row));
    // It may be closed while this change waits for its turn.
    await this.run(claim, source, { openOnly: true });
    return this.vacancies.one(id);
  }

  /** Closes a vacancy; people who were proposed it are told. */
  async close(actor: Actor, id: string, outcome: Outcome): Promise<VacancyAnswer> {
    const source = employerSource(ownId(actor));
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      await holdSource(tx, source);
      const found = await tx.findOne(Vacancy, { where: { id, source }, lock: { mode: 'pessimistic_write' } });
      if (found === null) throw new Problem('vacancy.not_found', 404);
      if (found.status === 'closed') throw new Problem('vacancy.closed', 409);
      await tx.update(Vacancy, { id }, { status: 'closed', closedReason: outcome, closedAt: at, changedAt: at });
      const batchId = newId();
      await tx.insert(VacancyChange, {
        id: newId(),
        batchId,
        vacancyId: id,
        change: 'closed',
        details: { reason: outcome },
        at,
      });
      await recordAudit(tx, {
        at, actor, regionCode: found.regionCode, subject: 'vacancy', subjectId: id, action: 'close', from: 'open', to: 'closed',
        reason: outcome,
      }); // prettier-ignore
      await recordEvent(tx, { topic: 'vacancies.changed', regionCode: null, payload: { batchId } }, at);
    });
    return this.vacancies.one(id);
  }

  private async firm(source: string): Promise<OwnFirm> {
    const firm = await ownFirmOf(this.dataSource, source);
    if (firm === null) throw new Problem('employer.not_found', 404);
    return firm;
  }

  private async own(id: string, source: string): Promise<VacancyRow> {
    const row = await vacancyById(this.dataSource, id);
    if (row === undefined || row.source !== source) throw new Problem('vacancy.not_found', 404);
    return row;
  }

  private refuseBad(claim: VacancyClaim): void {
    const refusal = this.ingests.refusalOf(claim);
    if (refusal === null) return;
    const { code, params } = refusal;
    const field = refusal.field === null ? '' : (FORM_FIELDS[refusal.field] ?? refusal.field);
    throw new Problem(code, 422, params, [{ field, code, params }]);
  }

  private async run(
    claim: VacancyClaim,
    source: string,
    { insertOnly = false, openOnly = false }: { insertOnly?: boolean; openOnly?: boolean },
  ): Promise<void> {
    const origin = 'form';
    const report = await this.ingests.ingestClaim(claim, {
      origin,
      source,
      connector: CONNECTOR,
      insertOnly,
      openOnly,
    });
    if (report.error) throw new Problem(report.error.code, 409, report.error.params);
    const [refused] = report.rejected;
    if (refused) throw new Problem(refused.code, 422, refused.params);
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

/** The claim with the stored other end of a pair that it names one end of, so that the pair is checked whole. */
function contradictionOf(claim: VacancyClaim, row: VacancyRow): VacancyClaim {
  return {
    ...claim,
    payMinTenge: claim.payMinTenge === undefined ? row.payMinTenge : claim.payMinTenge,
    payMaxTenge: claim.payMaxTenge === undefined ? row.payMaxTenge : claim.payMaxTenge,
  };
}
