import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { asSystemWithin } from '../database/scope.js';
import { firstRow, rows } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import type { QuotaCategory } from '../programme/programme.queries.js';
import { calendarDate } from '../programme/programme.service.js';
import { type QuotaBalance, openBalance, refuseRevision } from '../programme/quota-ledger.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { SHORTEST_SOURCE } from './applications.dto.js';
import { ApplicationFlow, type StepActor } from './application-flow.service.js';

export interface QuotaRevision {
  regionCode: string;
  category: QuotaCategory;
  /** `YYYY-MM-DD`; its year is the quota's. */
  validFrom: string;
  persons: number;
  source: string;
  verified: boolean;
}

/** Revisions of quotas inside a year that are entered by hand, beside those that the data files bring. */
@Injectable()
export class QuotaRevisionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly flow: ApplicationFlow,
  ) {}

  /** The latest that were entered by hand, the newest first. */
  entered(most: number): Promise<EnteredRevision[]> {
    return rows(
      this.dataSource,
      `select region_code as "regionCode", category, valid_from::text as "validFrom", persons, source, verified,
              made_at as "madeAt"
       from programme_quota where origin = 'revision' order by made_at desc, region_code, category limit $1`,
      [most],
    );
  }

  /**
   * Enters a revision; one in force already lets the waiting move up at once, one of a later day does when it comes. Answers the
   * balance of today; the same one said twice by the same actor stands once. Errors: `quota.below_given` (409, with the numbers), `quota.revision_exists`, `quota.revision_overtaken` (409: a
   * later one is in force already), `quota.year_past`, `quota.source_missing`, `quota.receives_nobody` (422), `centre.region_unknown` (404),
   * `programme.date_invalid` (400).
   */
  async revise(actor: StepActor, revision: QuotaRevision): Promise<QuotaBalance> {
    const { regionCode, category, validFrom, persons, source } = revision;
    const at = this.clock.now();
    const today = dateInKazakhstan(at);
    const year = Number(calendarDate(validFrom).slice(0, 4));
    if (year < Number(today.slice(0, 4))) throw new Problem('quota.year_past', 422, { year });
    if (source.trim().length < SHORTEST_SOURCE) throw new Problem('quota.source_missing', 422);
    return inTransaction(this.dataSource, (tx) =>
      asSystemWithin(tx, async () => {
        const known = await standingOfRegion(tx, revision, today);
        if (known === undefined) throw new Problem('centre.region_unknown', 404, { region: regionCode });
        if (!known.receives) throw new Problem('quota.receives_nobody', 422, { regionCode });
        if (known.overtakenBy !== null) throw new Problem('quota.revision_overtaken', 409, { date: known.overtakenBy });
        const hand = { actor: actor.id, at };
        const before = await openBalance(tx, { regionCode, category }, today, hand);
        // A smaller quota of a later day of this year is refused too: what is given is not taken back.
        if (year === before.year) refuseRevision({ ...before, persons });
        if (!(await enterRevision(tx, actor, revision, at))) {
          if (await isEntered(tx, actor, revision)) return before;
          throw new Problem('quota.revision_exists', 409, { date: validFrom });
        }
        await recordAudit(tx, {
          at,
          actor,
          regionCode,
          subject: 'quota',
          subjectId: newId(),
          action: 'revise_quota',
          from: null,
          to: null,
          details: { category, validFrom, persons, personsBefore: before.persons },
        });
        const balance = await openBalance(tx, { regionCode, category }, today, hand);
        await this.flow.moveUp(tx, balance, at);
        return balance;
      }),
    );
  }
}

/** False: there is a quota of that day already. */
async function enterRevision(tx: EntityManager, actor: StepActor, revision: QuotaRevision, at: Date): Promise<boolean> {
  const { regionCode, category, validFrom, persons, source, verified } = revision;
  const entered = await firstRow(
    tx,
    `insert into programme_quota (year, region_code, category, valid_from, persons, source, verified, origin, made_by, made_at)
     values (extract(year from $3::date), $1, $2, $3, $4, $5, $6, 'revision', $7, $8)
     on conflict (year, region_code, category, valid_from) do nothing returning year`,
    [regionCode, category, validFrom, persons, source, verified, actor.id, at],
  );
  return entered !== undefined;
}

/** Whether the actor has entered this very revision: a button pressed twice is no mistake. */
async function isEntered(tx: EntityManager, actor: StepActor, revision: QuotaRevision): Promise<boolean> {
  const { regionCode, category, validFrom, persons, source, verified } = revision;
  const same = await firstRow(
    tx,
    `select 1 as same from programme_quota
     where region_code = $1 and category = $2 and valid_from = $3 and persons = $4 and source = $5 and verified = $6
       and origin = 'revision' and made_by = $7`,
    [regionCode, category, validFrom, persons, source, verified, actor.id],
  );
  return same !== undefined;
}

/** A revision entered by hand, with when it was. */
export interface EnteredRevision extends QuotaRevision {
  madeAt: Date;
}

/**
 * Whether a region takes settlers in on the day by the programme's lists, or an order gave it a quota of the category, and from when a
 * revision that is in force already overtakes one (`YYYY-MM-DD`; null: none does). Undefined: there is no such region.
 */
function standingOfRegion(
  tx: EntityManager,
  { regionCode, category, validFrom }: QuotaRevision,
  today: string,
): Promise<{ receives: boolean; overtakenBy: string | null } | undefined> {
  return firstRow(
    tx,
    `select exists (select from programme_region l join programme_version v on v.code = l.version_code
                    where l.region_code = r.code and l.role = 'reception'
                      and v.valid_from <= $3::date and (v.valid_to is null or v.valid_to > $3::date))
              or exists (select from programme_quota where region_code = r.code and category = $2 and origin <> 'revision') as receives,
            (select max(valid_from)::text from programme_quota
             where region_code = r.code and category = $2 and year = extract(year from $3::date)
               and valid_from > $3::date and valid_from <= $4::date) as "overtakenBy"
     from region r where r.code = $1`,
    [regionCode, category, validFrom, today],
  );
}
