import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { inTurn } from '../database/advisory-lock.js';
import { inTransaction, isTaken } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { allotProposals } from './core/allot.js';
import type { Allotment } from './core/congestion.js';
import { type HouseholdOptions, householdOptions } from './core/household.js';
import { planAsItStands } from './core/keep.js';
import type { Weights } from './core/weights.js';
import { MatchRun } from './match-run.entity.js';
import { standingOf } from './proposal-draft.js';
import { askedVacancies, coveredByRun, currentSnapshot } from './match-run.queries.js';
import { type ProposalDraft, openProposals } from './proposal.queries.js';
import { type MarketOfDay, type Snapshot, SnapshotService } from './snapshot.service.js';
import { WEIGHTS } from './weights.provider.js';
import { type MatchRunResult, bearingOn, decidedAnew, draftsOf, writeRun } from './write-run.js';

export interface MatchRunWish {
  /** The run's id: a job that runs again does the same run again. Default: a new one. */
  runId?: string;
  /** Match this household only; every other proposal stands. */
  householdId?: string | null;
  /** Match only the households that these new or changed vacancies may concern. */
  vacancyIds?: readonly string[] | null;
  /**
   * For people whose past is entered afterwards, as the demo does: when what is proposed to a household (by its id) was proposed, where
   * that is not now. Pure, for a transaction may be run again.
   */
  madeAt?: (made: readonly ProposalDraft[]) => ReadonlyMap<string, Date>;
  /** Aborted before the run is written: nothing of it is, and `run` throws the signal's reason. */
  signal?: AbortSignal;
}

type RunRow = Pick<MatchRun, 'id' | 'reason' | 'householdId'> & { vacancyIds: readonly string[] | null };

/** Any fixed number: runs of the matcher follow one another, over all processes. */
const MATCH_LOCK = 7_145_222_017;
/** More vacancies than this are looked at in a run over all. */
const MOST_VACANCIES = 50;
/** Households handled before the event loop gets a turn. */
const HOUSEHOLDS_AT_ONCE = 50;

/**
 * Matches households with vacancies and keeps the review queues filled. A run looks anew at every proposal that still waits and
 * that no officer referred or returned (`decidedAnew`). One whose jobs can still be had stays, with its due date and its place in the
 * queue, unless its household can have a clearly better one (`allotProposals`); otherwise it is withdrawn as `superseded` (nobody has
 * been told of it). Weights of another version decide all of them from the start. Claimed, returned and approved proposals are
 * never touched, and count towards the limits of their vacancies and of their household.
 */
@Injectable()
export class MatchingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WEIGHTS) private readonly weights: Weights,
    private readonly snapshots: SnapshotService,
  ) {}

  /** Records a run and asks the workers to do it; answers its id. */
  async requestRun(reason: string): Promise<string> {
    return inTransaction(this.dataSource, async (tx) => {
      const at = this.clock.now();
      const runId = newId();
      await this.startRun(tx, { id: runId, reason, householdId: null, vacancyIds: null }, at);
      await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { runId, reason } }, at);
      return runId;
    });
  }

  /** The latest runs, the newest first. */
  latestRuns(limit: number): Promise<MatchRun[]> {
    return this.dataSource.manager.find(MatchRun, { order: { startedAt: 'DESC', id: 'DESC' }, take: limit });
  }

  /** The run of an id; throws `match_run.unknown`. */
  async runById(id: string): Promise<MatchRun> {
    const run = await this.dataSource.manager.findOneBy(MatchRun, { id });
    if (run === null) throw new Problem('match_run.unknown', 404);
    return { ...run, pairsScored: Number(run.pairsScored) };
  }

  /** True when a run over all households, or over the event's vacancy, has read what the event's transaction wrote, and is done. */
  covers(eventId: string): Promise<boolean> {
    return coveredByRun(this.dataSource, eventId);
  }

  /** Does a run, one at a time over all processes, and answers what it changed. Proposals and run are written in one transaction. */
  async run(
    reason: string,
    { runId = newId(), householdId = null, vacancyIds = null, signal, madeAt }: MatchRunWish = {},
  ): Promise<MatchRunResult> {
    const wish = { id: runId, reason, householdId, vacancyIds };
    return inTurn(this.dataSource, MATCH_LOCK, () => this.runAlone(wish, signal, madeAt), signal);
  }

  /**
   * The run that an event asks for; null when its turn comes after a run that has read what the event tells of, because then it has
   * nothing left to find. Vacancies that others ask for meanwhile are looked at together.
   */
  async runAsked(
    eventId: string,
    reason: string,
    { runId = newId(), householdId = null, vacancyIds = null }: MatchRunWish,
  ): Promise<MatchRunResult | null> {
    return inTurn(this.dataSource, MATCH_LOCK, async () => {
      if (await this.covers(eventId)) return null;
      const together = vacancyIds === null ? null : await this.askedTogether(vacancyIds);
      return this.runAlone({ id: runId, reason, householdId, vacancyIds: together });
    });
  }

  /** These vacancies and those that other unfinished events ask for; null, a run over all, where they are many. */
  private async askedTogether(vacancyIds: readonly string[]): Promise<string[] | null> {
    const all = new Set([...vacancyIds, ...(await askedVacancies(this.dataSource, MOST_VACANCIES + 1))]);
    return all.size > MOST_VACANCIES ? null : [...all].sort();
  }

  private async runAlone(wish: RunRow, signal?: AbortSignal, madeAt?: MatchRunWish['madeAt']): Promise<MatchRunResult> {
    const { id: runId, reason, householdId, vacancyIds } = wish;
    const at = this.clock.now();
    await this.startRun(this.dataSource.manager, wish, at);
    try {
      // Before anything else is read: what this snapshot shows, all that is read afterwards shows too.
      const readSnapshot = await currentSnapshot(this.dataSource);
      const market = await this.snapshots.marketOn(this.dataSource, at);
      const householdIds = await this.householdsOf({ householdId, vacancyIds }, market);
      const snapshot = await this.snapshots.take(this.dataSource, at, householdIds, { market });
      const { allotments, decided } = await this.allot(snapshot, householdIds, signal);
      const drafts = await draftsOf(allotments, snapshot);
      signal?.throwIfAborted();
      const run = { runId, reason, householdIds, at, snapshot, decided, drafts, madeAt };
      const write = async (tx: EntityManager): Promise<MatchRunResult> => {
        const result = await writeRun(tx, run, this.weights);
        const { households, seekers, vacancies, pairsScored, proposalsMade, proposalsWithdrawn } = result;
        const counts = { households, seekers, vacancies, pairsScored, proposalsMade, proposalsWithdrawn };
        const finishedAt = this.clock.now();
        await tx.update(MatchRun, { id: runId }, { ...counts, readSnapshot, status: 'done', finishedAt });
        return result;
      };
      // Another writer, which this one could not see yet, has just proposed the same district to the household: what it wrote is
      // seen at the next look, and stands.
      return await inTransaction(this.dataSource, write, (error) => isTaken(error, 'proposal_open_once'));
    } catch (error) {
      await this.dataSource.manager.update(MatchRun, { id: runId }, { status: 'failed', finishedAt: this.clock.now() });
      throw error;
    }
  }

  /** The households that a run looks at; null: all. */
  private async householdsOf(
    { householdId, vacancyIds }: Pick<RunRow, 'householdId' | 'vacancyIds'>,
    market: MarketOfDay,
  ): Promise<readonly string[] | null> {
    if (householdId !== null) return [householdId];
    return vacancyIds === null ? null : this.snapshots.concerned(this.dataSource, market, vacancyIds);
  }

  private async startRun(tx: EntityManager, wish: RunRow, at: Date): Promise<void> {
    const run = {
      ...wish,
      vacancyIds: wish.vacancyIds && [...wish.vacancyIds],
      weightsVersion: this.weights.version,
      asOf: at,
      status: 'running' as const,
      startedAt: at,
      finishedAt: null,
    };
    await tx.upsert(MatchRun, run, ['id']);
  }

  private async allot(
    snapshot: Snapshot,
    householdIds: readonly string[] | null,
    signal?: AbortSignal,
  ): Promise<{ allotments: Allotment[]; decided: Set<string> }> {
    const { households, ranker, scorer } = snapshot;
    const open = await openProposals(this.dataSource, bearingOn(householdIds, snapshot));
    const anew = decidedAnew(householdIds);
    const options = new Map<string, HouseholdOptions>();
    for (const [i, { id }] of households.entries()) {
      if (i % HOUSEHOLDS_AT_ONCE === 0) await nextTurn();
      signal?.throwIfAborted();
      options.set(id, householdOptions(ranker.household(id)!, ranker, scorer));
    }
    await nextTurn();
    const waiting = open.filter(anew);
    const comparable = waiting.filter(({ weightsVersion }) => weightsVersion === this.weights.version);
    const kept = comparable.flatMap((proposal): Allotment[] => {
      const own = options.get(proposal.householdId);
      const plan = own === undefined ? null : planAsItStands(own, proposal, ranker, scorer);
      return plan === null ? [] : [{ householdId: proposal.householdId, plan }];
    });
    const allotments = allotProposals([...options.values()], standingOf(open, anew), ranker, scorer, kept);
    return { allotments, decided: new Set(waiting.map(({ id }) => id)) };
  }
}
