import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { firstRow } from '../database/sql.js';
import { ownHouseholdOf } from '../households/dismissal.service.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { ledgerNumbers } from '../programme/quota-ledger.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import {
  type ApplicationState,
  type CentreAction,
  centreActionsIn,
  isBeforeYear,
  usuallyNext,
} from './application-states.js';
import {
  type ApplicationRow,
  type StepRow,
  applicationCounts,
  applicationRow,
  applicationsOfHousehold,
  applicationsOfRegion,
  stepsOf,
  waitingFor,
} from './applications.queries.js';
import { type Deadline, deadlineOn, readDeadlines } from './deadlines.js';

/** A region's quota for settlers as the ledger has it. */
export interface QuotaStanding {
  regionCode: string;
  year: number;
  category: 'settlers';
  /** Null: the region has none this year. */
  persons: number | null;
  /** False where no written source gave `persons`. */
  verified: boolean;
  reserved: number;
  taken: number;
  /** Null: without a quota; below zero only while a published revision is smaller than what is given. */
  left: number | null;
  waitingPersons: number;
  /** The first of those who wait; while fewer places are left than its persons, everybody behind it waits too. */
  firstWaiting: { id: string; persons: number } | null;
}

/** An application with who has it, until when, and what comes next. */
export interface ApplicationView extends ApplicationRow {
  deadline: Deadline | null;
  next: ApplicationState | null;
  steps: StepRow[];
  /** True: the region has no quota for settlers this year, so that no place can be reserved. */
  regionWithoutQuota: boolean;
  quotaYearNow: number;
  /** What the centre may do now; none for the household. */
  actions: CentreAction[];
}

export interface ApplicationList extends Page<ApplicationRow> {
  regionCode: string;
  today: string;
  counts: { state: ApplicationState; open: number; overdue: number }[];
  quota: QuotaStanding;
}

export interface ListWish {
  state?: ApplicationState;
  overdue?: boolean;
  limit: number;
  cursor?: string;
}

/** What households and centres see of applications. */
@Injectable()
export class ApplicationsView {
  private readonly deadlines = readDeadlines();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  /** The caller's own, the open one first. */
  async own(actor: Actor): Promise<ApplicationView[]> {
    const householdId = ownHouseholdOf(actor);
    // Its place in the order of the waiting is counted among others, whom a household does not see.
    const found = await asSystem(() => applicationsOfHousehold(this.dataSource, householdId, this.today()));
    return this.complete(found, false);
  }

  /** Error: `application.unknown` (404), for another region's too. */
  async one(actor: Actor, id: string): Promise<ApplicationView> {
    const row = isUuid(id) ? await applicationRow(this.dataSource, id, this.today()) : undefined;
    if (row === undefined || !seesRegion(actor, row.regionCode)) throw new Problem('application.unknown', 404);
    const [view] = await this.complete([row], true);
    return view!;
  }

  /** The region whose applications an actor works on. Errors: `auth.region_forbidden` (403), `centre.region_required`, `centre.region_unknown` (400). */
  async regionOf(actor: Actor, asked: string | undefined): Promise<string> {
    if (actor.regionCode !== null) {
      if (asked !== undefined && asked !== actor.regionCode) throw new Problem('auth.region_forbidden', 403);
      return actor.regionCode;
    }
    if (asked === undefined) throw new Problem('centre.region_required', 400);
    const known = await firstRow(this.dataSource, 'select 1 from region where code = $1', [asked]);
    if (known === undefined) throw new Problem('centre.region_unknown', 400, { region: asked });
    return asked;
  }

  /** Open ones by due date, the overdue first; those that wait for quota, asked for alone, in their order. */
  async list(regionCode: string, { state, overdue = false, limit, cursor }: ListWish): Promise<ApplicationList> {
    const today = this.today();
    const keys = cursor === undefined ? null : decodeCursor(cursor, 2).map(String);
    if (keys !== null && !isUuid(keys[1]!)) throw new Problem('page.cursor_invalid', 400);
    const after = keys === null ? null : { sort: keys[0]!, id: keys[1]! };
    const filter = { regionCode, state: state ?? null, overdueOnly: overdue, after, limit: limit + 1 };
    const read = await applicationsOfRegion(this.dataSource, filter, today);
    const page = toPage(
      read,
      limit,
      ({ sort, id }) => [sort, id],
      ({ sort: _, ...row }): ApplicationRow => row,
    );
    const counts = await applicationCounts(this.dataSource, regionCode, today);
    return { regionCode, today, counts, quota: await this.quota(regionCode), ...page };
  }

  /** Error: none; a region without a quota says so. */
  async quota(regionCode: string): Promise<QuotaStanding> {
    const today = this.today();
    const year = Number(today.slice(0, 4));
    const key = { regionCode, category: 'settlers' } as const;
    const quota = await this.programme.quota(regionCode, today, 'settlers');
    const persons = quota?.persons ?? null;
    const verified = quota?.verified ?? true;
    const { reserved, taken } = await ledgerNumbers(this.dataSource, key, year);
    const left = persons === null ? null : persons - reserved - taken;
    const { persons: waitingPersons, first: firstWaiting } = await waitingFor(this.dataSource, key);
    return { ...key, year, persons, verified, reserved, taken, left, waitingPersons, firstWaiting };
  }

  /** The same in numbers for a household, which sees no application but its own. */
  async quotaInNumbers(regionCode: string): Promise<Omit<QuotaStanding, 'firstWaiting'>> {
    const { firstWaiting: _, ...numbers } = await asSystem(() => this.quota(regionCode));
    return numbers;
  }

  private async complete(found: readonly ApplicationRow[], forCentre: boolean): Promise<ApplicationView[]> {
    const today = this.today();
    const ids = found.map(({ id }) => id);
    const steps = await stepsOf(this.dataSource, ids);
    const withQuota = new Map<string, boolean>();
    for (const code of new Set(found.map(({ regionCode }) => regionCode))) {
      withQuota.set(code, (await this.programme.quota(code, today, 'settlers')) !== null);
    }
    return found.map((row) => ({
      ...row,
      deadline:
        row.dueOn === null ? null : deadlineOn(this.deadlines, row.state, dateInKazakhstan(row.stateSince), row.dueOn),
      next: usuallyNext(row.state),
      steps: steps.filter(({ applicationId }) => applicationId === row.id).map(({ applicationId: _, ...step }) => step),
      regionWithoutQuota: !withQuota.get(row.regionCode),
      quotaYearNow: Number(today.slice(0, 4)),
      actions: !forCentre
        ? []
        : centreActionsIn(row.state).filter((action) => action !== 'settle' || !isBeforeYear(row, today)),
    }));
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }
}
