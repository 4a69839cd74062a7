import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { type AuditLine, auditTrail } from '../audit/audit.queries.js';
import { AccountLabels } from '../auth/account-labels.js';
import { HouseholdMatchesService } from '../matching/household-matches.service.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import { takeBy } from '../matching/second-chance-dates.js';
import type { MoveMoney } from '../programme/move-money.js';
import { asPeopleSay } from '../reference/place-words.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { isUuid } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import { type DayNumbers, type QueueCounts, dayNumbers, queueCounts } from './centre-numbers.queries.js';
import { type ContactAnswer, ContactService } from './contact.service.js';
import {
  type NoticeRow,
  type PersonRow,
  type PlacementRow,
  type ProposalRow,
  QUEUED_STATUSES,
  type QueueLineRow,
  type QueueSlice,
  holdsAny,
  neighboursOf,
  noticesOf,
  personsOf,
  placementsOf,
  proposalById,
  proposalsByIds,
  queueLines,
  queueSlice,
} from './proposal-view.queries.js';
import { regionExists } from './queue.queries.js';
import type { QuotaCheck, QuotaInSight } from './quota-check.js';
import { QuotaService } from './quota.service.js';
import { type Unreached, unreachedOf } from './unreached.queries.js';

/** A proposal as an officer sees it: the household whole, each job with what the employer claims of it. */
export type ProposalView = Omit<ProposalRow, 'createdKey' | 'takeFrom'> & {
  /** The last day on which its household may take an approved second chance, `YYYY-MM-DD`; null: it is none, or not approved. */
  takeBy: string | null;
  adults: Omit<PersonRow, 'householdId'>[];
  placements: Omit<PlacementRow, 'proposalId'>[];
  quota: QuotaCheck;
};

/** One proposal by itself: with what the household was told, and its contact where the officer may see it. */
export type WholeProposalView = ProposalView &
  ContactAnswer & {
    notices: NoticeRow[];
    unreached: Unreached | null;
    /** Support and budget by the rules of today, as the household reads them; null where it was erased. */
    support: MoveMoney | null;
  };

export interface QueueView extends Page<ProposalView> {
  regionCode: string;
  /** `YYYY-MM-DD` in Kazakhstan. */
  today: string;
  numbers: DayNumbers;
  quota: QuotaInSight;
}

/** A case in a list of the queue. */
export type QueueLine = Omit<QueueLineRow, 'createdKey'>;

/** The queue as its page lists it. */
export interface QueueList extends Page<QueueLine> {
  /** What the reader holds; empty where it was not asked for. */
  mine: QueueLine[];
  numbers: DayNumbers;
  quota: QuotaInSight;
  counts: QueueCounts;
}

export interface QueueWish {
  status?: ProposalStatus;
  overdue?: boolean;
  /** Only what the asking actor has claimed. */
  mine?: boolean;
  housing?: boolean;
  cursor?: string;
  limit: number;
}

/** Reads of a centre: its queue and the proposals in it. */
@Injectable()
export class QueueViewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly quotas: QuotaService,
    private readonly contacts: ContactService,
    private readonly accounts: AccountLabels,
    private readonly matches: HouseholdMatchesService,
  ) {}

  /** The region an actor works for: an officer's own, who may ask for no other (`auth.region_forbidden`); an administrator's as asked. */
  async regionOf(actor: Actor, asked: string | undefined): Promise<string> {
    if (actor.regionCode !== null) {
      if (asked !== undefined && asked !== actor.regionCode) throw new Problem('auth.region_forbidden', 403);
      return actor.regionCode;
    }
    if (asked === undefined) throw new Problem('centre.region_required', 400);
    if (!(await regionExists(this.dataSource, asked)))
      throw new Problem('centre.region_unknown', 400, { region: asked });
    return asked;
  }

  async queue(actor: Actor, regionCode: string, wish: QueueWish): Promise<QueueView> {
    const today = this.today();
    const read = await queueSlice(this.dataSource, {
      regionCode,
      ...this.sliceOf(actor, wish),
      today,
      after: wish.cursor === undefined ? null : queueKeys(wish.cursor),
      limit: wish.limit,
    });
    const quota = await this.quotas.inSight(regionCode);
    const views = await this.complete(regionCode, read.slice(0, wish.limit), quota);
    const page = toPage(
      read,
      wish.limit,
      ({ dueOn, createdKey, id }) => [dueOn, createdKey, id],
      ({ id }) => views.get(id)!,
    );
    const numbers = await dayNumbers(this.dataSource, regionCode, today);
    return { ...page, regionCode, today, numbers, quota };
  }

  /** The queue in lines: as `queue`, with what a line shows and no more; on wish what the actor holds beside it. */
  async lines(actor: Actor, regionCode: string, wish: QueueWish, withMine: boolean): Promise<QueueList> {
    const read = await this.readLines(actor, regionCode, wish);
    const isHeld = withMine && (await holdsAny(this.dataSource, regionCode, actor.id, this.clock.now()));
    const held = isHeld ? await this.readLines(actor, regionCode, { mine: true, limit: wish.limit }) : [];
    const labels = await this.accounts.of([...read, ...held].map(({ claimedBy }) => claimedBy));
    const lineOf = ({ createdKey: _, ...row }: QueueLineRow): QueueLine => ({
      ...row,
      claimedByLabel: row.claimedByLabel ?? labels.get(row.claimedBy ?? '') ?? null,
    });
    const page = toPage(read, wish.limit, ({ dueOn, createdKey, id }) => [dueOn, createdKey, id], lineOf);
    const mine = held.slice(0, wish.limit).map(lineOf);
    const numbers = await dayNumbers(this.dataSource, regionCode, this.today());
    const quota = await this.quotas.inSight(regionCode);
    return { ...page, mine, numbers, quota, counts: await this.counts(regionCode) };
  }

  private readLines(actor: Actor, regionCode: string, wish: QueueWish): Promise<QueueLineRow[]> {
    const after = wish.cursor === undefined ? null : queueKeys(wish.cursor);
    const slice = { regionCode, today: this.today(), after, limit: wish.limit, ...this.sliceOf(actor, wish) };
    return queueLines(this.dataSource, slice);
  }

  /** The proposals before and after one in its region's queue, seen through the same filters; null at the ends. */
  async neighbours(
    actor: Actor,
    id: string,
    wish: Omit<QueueWish, 'cursor' | 'limit'>,
  ): Promise<{ previousId: string | null; nextId: string | null }> {
    const { regionCode, dueOn, createdKey } = await this.seen(actor, id);
    const after: [string, string, string] = [dueOn, createdKey, id];
    const slice = { regionCode, today: this.today(), after, ...this.sliceOf(actor, wish) };
    return neighboursOf(this.dataSource, slice);
  }

  private sliceOf(actor: Actor, wish: Omit<QueueWish, 'cursor' | 'limit'>): Pick<QueueSlice, 'statuses' | 'filter'> {
    const { status, overdue, housing, mine } = wish;
    return {
      statuses: status === undefined ? QUEUED_STATUSES : [status],
      filter: { overdue, housing, ...(mine && { heldBy: { id: actor.id, at: this.clock.now() } }) },
    };
  }

  /** How much waits in a region, by state. */
  private counts(regionCode: string): Promise<QueueCounts> {
    return queueCounts(this.dataSource, regionCode, this.today(), this.clock.now());
  }

  /** One proposal of a region that the actor sees, whatever its state; refuses the rest as unknown. */
  async proposal(actor: Actor, id: string): Promise<WholeProposalView> {
    const row = await this.seen(actor, id);
    const view = (await this.complete(row.regionCode, [row])).get(row.id)!;
    const notices = await noticesOf(this.dataSource, row.id);
    const unreached = await unreachedOf(this.dataSource, row.id);
    const support = await this.moneyOf(actor, row);
    return { ...view, notices, unreached, support, ...(await this.contacts.read(actor, row.id)) };
  }

  private async moneyOf(actor: Actor, { id, household }: ProposalRow): Promise<MoveMoney | null> {
    try {
      return (await this.matches.matches(actor, household.id)).find((match) => match.id === id)?.support ?? null;
    } catch (error) {
      if (error instanceof Problem && error.code === 'household.not_found') return null;
      throw error;
    }
  }

  /** Some proposals of the region of one that the actor sees, itself first if it is among them; in the order given. */
  async several(actor: Actor, id: string, ids: readonly string[]): Promise<ProposalView[]> {
    const { regionCode } = await this.seen(actor, id);
    const read = (await proposalsByIds(this.dataSource, ids, this.today())).filter(
      (row) => row.regionCode === regionCode,
    );
    const views = await this.complete(regionCode, read);
    const ordered = [...ids].sort((a, b) => Number(b === id) - Number(a === id));
    return ordered.flatMap((one) => views.get(one) ?? []);
  }

  async audit(actor: Actor, id: string): Promise<AuditLine[]> {
    await this.seen(actor, id);
    const lines = await auditTrail(this.dataSource, 'proposal', id);
    const labels = await this.accounts.of(lines.map(({ actor: by }) => by));
    return lines.map((line) => ({ ...line, actorLabel: line.actorLabel ?? labels.get(line.actor) ?? null }));
  }

  private async seen(actor: Actor, id: string): Promise<ProposalRow> {
    const row = isUuid(id) ? await proposalById(this.dataSource, id, this.today()) : undefined;
    if (row === undefined || !seesRegion(actor, row.regionCode)) throw new Problem('proposal.unknown', 404);
    return row;
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }

  /** What a proposal of a region that the actor sees means, or meant, for the region's quota. */
  async quotaOf(actor: Actor, id: string): Promise<QuotaCheck> {
    const { regionCode, household, persons } = await this.seen(actor, id);
    const [check] = await this.quotas.check(regionCode, [{ id: household.id, persons }]);
    return check!;
  }

  private async complete(
    regionCode: string,
    proposals: ProposalRow[],
    quota?: QuotaInSight,
  ): Promise<Map<string, ProposalView>> {
    const households = proposals.map(({ household: { id }, persons }) => ({ id, persons }));
    const [persons, placements, checks, labels] = await Promise.all([
      personsOf(this.dataSource, [...new Set(proposals.map(({ household }) => household.id))]),
      placementsOf(
        this.dataSource,
        proposals.map(({ id }) => id),
      ),
      this.quotas.check(regionCode, households, quota),
      this.accounts.of(proposals.map(({ claimedBy }) => claimedBy)),
    ]);
    const adultsOf = groupBy(persons, ({ householdId }) => householdId);
    const jobsOf = groupBy(placements, ({ proposalId }) => proposalId);
    return new Map(
      proposals.map(({ createdKey: _, takeFrom, ...proposal }, i) => {
        const adults = (adultsOf.get(proposal.household.id) ?? []).map(({ householdId: _of, ...adult }) => adult);
        const jobs = (jobsOf.get(proposal.id) ?? []).map(({ proposalId: _of, ...job }) => job);
        const claimedByLabel = proposal.claimedByLabel ?? labels.get(proposal.claimedBy ?? '') ?? null;
        return [
          proposal.id,
          {
            ...withSpokenPlaces(proposal),
            takeBy: takeFrom && takeBy(takeFrom),
            claimedByLabel,
            adults,
            placements: jobs,
            quota: checks[i]!,
          },
        ];
      }),
    );
  }
}

/** The names of places as the notices say them, so that an officer reads what the household reads. */
function withSpokenPlaces<Row extends Pick<ProposalRow, 'districtNameRu' | 'districtNameKk' | 'household'>>(
  proposal: Row,
): Row {
  const { districtNameRu, districtNameKk, household } = proposal;
  return {
    ...proposal,
    districtNameRu: asPeopleSay(districtNameRu),
    districtNameKk: asPeopleSay(districtNameKk),
    household: {
      ...household,
      homeNameRu: asPeopleSay(household.homeNameRu),
      homeNameKk: asPeopleSay(household.homeNameKk),
    },
  };
}

const TIMESTAMP = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const DATE = /^[12]\d{3}-\d{2}-\d{2}$/;

/** A day of the calendar and a time of the day: JavaScript takes 30 February for a day in March, PostgreSQL for none. */
function isReal(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
}

/** The sort keys of a page's end. Refuses a cursor that this list did not give. */
function queueKeys(cursor: string): [string, string, string] {
  const [dueOn, created, id] = decodeCursor(cursor, 3).map(String) as [string, string, string];
  if (!DATE.test(dueOn) || !isReal(dueOn) || !TIMESTAMP.test(created) || !isReal(created) || !isUuid(id)) {
    throw new Problem('page.cursor_invalid', 400);
  }
  return [dueOn, created, id];
}
