import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction, isTaken } from '../database/transaction.js';
import { finishEvents } from '../outbox/outbox.queries.js';
import { isOutage } from '../queue/outage.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { allotProposals } from './core/allot.js';
import type { Allotment } from './core/congestion.js';
import { type HouseholdOptions, householdOptions } from './core/household.js';
import { planAsItStands } from './core/keep.js';
import { MatchRun } from './match-run.entity.js';
import { standingOf } from './proposal-draft.js';
import type { OpenProposal, ProposalDraft } from './proposal.queries.js';
import { dropSnapshots, openSnapshots, supersede } from './match-shards.queries.js';
import type { Snapshot } from './snapshot.service.js';
import { type MatchRunResult, bearingOn, decidedAnew, draftsOf, writeRun } from './write-run.js';

/** Any fixed number: runs of the matcher follow one another, over all processes. */
export const MATCH_LOCK = 7_145_222_017;
/** Households handled before the event loop gets a turn. */
const HOUSEHOLDS_AT_ONCE = 50;

/** What a run looks at, as its row says. */
export type RunRow = Pick<MatchRun, 'id' | 'reason' | 'householdId'> & {
  vacancyIds: readonly string[] | null;
  supersedes?: string | null;
};

/** A run whose market has been read. */
export interface StartedRun {
  id: string;
  reason: string;
  /** The households it looks at; null: all. */
  householdIds: readonly string[] | null;
  at: Date;
  /** What PostgreSQL showed before anything else was read: what it shows, all that was read afterwards shows too. */
  readSnapshot: string;
  /** Its households' open proposals, where they were read with the market. */
  own?: readonly OpenProposal[];
}

/** What a run's households may be proposed, by household id, and how many pairs were scored to find it. */
export interface RankedHouseholds {
  snapshot: Snapshot;
  options: Map<string, HouseholdOptions>;
  /** Beside those that the snapshot's ranker scored itself. */
  pairsScored: number;
}

/** For people who are given a past, as the demo does: all of it is called once more where the transaction is run again. */
export interface Past {
  /** When what is proposed to a household (by its id) was proposed, where that is not now. */
  madeAt(made: readonly ProposalDraft[]): ReadonlyMap<string, Date>;
  /** Enters, in the run's transaction, what has come of the proposals since. */
  enter(tx: EntityManager): Promise<void>;
}

export interface Completion {
  past?: Past;
  signal?: AbortSignal;
  /** Events that the run does too, beside the one that it is done for. */
  events?: readonly string[];
}

/** The items, with a turn for the event loop now and then. */
export async function* inTurns<Item>(items: readonly Item[]): AsyncIterable<Item> {
  for (const [i, item] of items.entries()) {
    if (i % HOUSEHOLDS_AT_ONCE === 0) await nextTurn();
    yield item;
  }
}

/** What a snapshot's households may be proposed, computed here and now. */
export async function rankedHere(snapshot: Snapshot, signal?: AbortSignal): Promise<RankedHouseholds> {
  const { households, ranker, scorer } = snapshot;
  const options = new Map<string, HouseholdOptions>();
  for await (const { id } of inTurns(households)) {
    signal?.throwIfAborted();
    options.set(id, householdOptions(ranker.household(id)!, ranker, scorer));
  }
  return { snapshot, options, pairsScored: 0 };
}

/** The rows of runs: begins one, and writes what it came to. */
@Injectable()
export class MatchRunsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async start(tx: EntityManager, wish: RunRow, weightsVersion: number, at: Date): Promise<void> {
    const run = {
      supersedes: null,
      ...wish,
      vacancyIds: wish.vacancyIds && [...wish.vacancyIds],
      weightsVersion,
      asOf: at,
      status: 'running' as const,
      startedAt: at,
      finishedAt: null,
    };
    await tx.upsert(MatchRun, run, ['id']);
  }

  /**
   * Does `work` for a run that has started; a run whose work throws has failed. Not of one that a job does (`hasJob`) at an outage:
   * the job goes on with it later.
   */
  async orFail<Result>(runId: string, hasJob: boolean, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (hasJob && isOutage(error)) throw error;
      await this.dataSource.manager.update(MatchRun, { id: runId }, { status: 'failed', finishedAt: this.clock.now() });
      await dropSnapshots(this.dataSource, [runId]);
      throw error;
    }
  }

  /** Hands out proposals and writes the run, proposals and all, in one transaction. Answers what it changed. */
  async complete(
    run: StartedRun,
    ranked: RankedHouseholds,
    { past, signal, events = [] }: Completion = {},
  ): Promise<MatchRunResult> {
    const { id: runId, reason, householdIds, at, readSnapshot } = run;
    const { snapshot } = ranked;
    const { weights } = snapshot.scorer;
    const { allotments, decided } = await this.allot(ranked, run);
    const drafts = await draftsOf(allotments, snapshot);
    signal?.throwIfAborted();
    const { pairsScored } = ranked;
    const computed = { runId, reason, householdIds, at, snapshot, pairsScored, decided, drafts, madeAt: past?.madeAt };
    const write = async (tx: EntityManager): Promise<MatchRunResult> => {
      const result = await writeRun(tx, computed, weights);
      const { households, seekers, vacancies, pairsScored, proposalsMade, proposalsWithdrawn } = result;
      const counts = { households, seekers, vacancies, pairsScored, proposalsMade, proposalsWithdrawn };
      const finishedAt = this.clock.now();
      await tx.update(MatchRun, { id: runId }, { ...counts, readSnapshot, status: 'done', finishedAt });
      if (householdIds === null) await this.supersedeOthers(tx, runId);
      await dropSnapshots(tx, [runId]);
      if (events.length > 0) await finishEvents(tx, events, finishedAt);
      await past?.enter(tx);
      return result;
    };
    // Another writer, which this one could not see yet, has just proposed the same district to the household: what it wrote is
    // seen at the next look, and stands.
    return inTransaction(this.dataSource, write, (error) => isTaken(error, 'proposal_open_once'));
  }

  /** Runs over all that others compute have read less than this one, whose turn it is: they are superseded once it stands. */
  private async supersedeOthers(tx: EntityManager, runId: string): Promise<void> {
    const others = (await openSnapshots(tx)).map((open) => open.runId).filter((id) => id !== runId);
    if (others.length === 0) return;
    await supersede(tx, others, this.clock.now());
    await tx.update(MatchRun, { id: runId }, { supersedes: others[0]! });
  }

  private async allot(
    { snapshot, options }: RankedHouseholds,
    { householdIds, own: read }: Pick<StartedRun, 'householdIds' | 'own'>,
  ): Promise<{ allotments: Allotment[]; decided: Set<string> }> {
    const { ranker, scorer } = snapshot;
    const open = await bearingOn(this.dataSource, householdIds, snapshot.offers.keys(), read);
    const anew = decidedAnew(householdIds);
    await nextTurn();
    const waiting = open.own.filter(anew);
    const comparable = waiting.filter(({ weightsVersion }) => weightsVersion === scorer.weights.version);
    const kept = comparable.flatMap((proposal): Allotment[] => {
      const own = options.get(proposal.householdId);
      const plan = own === undefined ? null : planAsItStands(own, proposal, ranker, scorer);
      return plan === null ? [] : [{ householdId: proposal.householdId, plan }];
    });
    const allotments = allotProposals([...options.values()], standingOf(open, anew), ranker, scorer, kept);
    return { allotments, decided: new Set(waiting.map(({ id }) => id)) };
  }
}
