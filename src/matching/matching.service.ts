import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { inTurn } from '../database/advisory-lock.js';
import { asSystem } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import type { Weights } from './core/weights.js';
import { MatchRun } from './match-run.entity.js';
import { askedVacancies, coveredByRun, currentSnapshot } from './match-run.queries.js';
import {
  type Completion,
  MATCH_LOCK,
  MatchRunsService,
  type Past,
  type RunRow,
  rankedHere,
} from './match-runs.service.js';
import { shardProgress } from './match-shards.queries.js';
import { waitForWholeRun } from './whole-run-waits.js';
import { type MarketOfDay, SnapshotService } from './snapshot.service.js';
import { WEIGHTS } from './weights.provider.js';
import type { MatchRunResult } from './write-run.js';

export interface MatchRunWish {
  /** The run's id: a job that runs again does the same run again. Default: a new one. */
  runId?: string;
  /** Match this household only; every other proposal stands. */
  householdId?: string | null;
  /** Match only the households that these new or changed vacancies may concern. */
  vacancyIds?: readonly string[] | null;
  past?: Past;
  /** Aborted before the run is written: nothing of it is, and `run` throws the signal's reason. */
  signal?: AbortSignal;
}

/** More vacancies than this are looked at in a run over all. */
const MOST_VACANCIES = 50;

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
    private readonly runs: MatchRunsService,
  ) {}

  /** Records a run and asks the workers to do it; answers its id. */
  async requestRun(reason: string): Promise<string> {
    return inTransaction(this.dataSource, async (tx) => {
      const at = this.clock.now();
      const runId = newId();
      await this.runs.start(tx, { id: runId, reason, householdId: null, vacancyIds: null }, this.weights.version, at);
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

  /** How many shards of a run over all are done; null for one that nobody computes in shards now. */
  progressOf(id: string): Promise<{ done: number; all: number } | null> {
    return asSystem(() => shardProgress(this.dataSource, id));
  }

  /** True when a run over all households, or over the event's vacancy, has read what the event's transaction wrote, and is done. */
  covers(eventId: string): Promise<boolean> {
    return coveredByRun(this.dataSource, eventId);
  }

  /** Does a run, one at a time over all processes, and answers what it changed. Proposals and run are written in one transaction. */
  async run(
    reason: string,
    { runId = newId(), householdId = null, vacancyIds = null, signal, past }: MatchRunWish = {},
  ): Promise<MatchRunResult> {
    const wish = { id: runId, reason, householdId, vacancyIds };
    return inTurn(this.dataSource, MATCH_LOCK, () => this.runAlone(wish, false, { signal, past }), signal);
  }

  /**
   * The run over one household, or over vacancies, that an event asks for. `covered` when its turn comes after a run that has read what
   * the event tells of, because then it has nothing left to find. Vacancies that others ask for meanwhile are looked at together;
   * `too many`, and nothing is done, where a run over all should look at them.
   */
  async runAsked(
    eventId: string,
    reason: string,
    { runId = newId(), householdId = null, vacancyIds = null }: MatchRunWish,
  ): Promise<MatchRunResult | 'covered' | 'too many'> {
    return inTurn(this.dataSource, MATCH_LOCK, async () => {
      if (await this.covers(eventId)) return 'covered';
      await waitForWholeRun(this.dataSource, this.clock.now());
      const together = vacancyIds === null ? null : await this.askedTogether(vacancyIds);
      if (together !== null && together.length > MOST_VACANCIES) return 'too many';
      return this.runAlone({ id: runId, reason, householdId, vacancyIds: together }, true);
    });
  }

  /** These vacancies and those that other unfinished events ask for; of very many not all. */
  private async askedTogether(vacancyIds: readonly string[]): Promise<string[]> {
    return [...new Set([...vacancyIds, ...(await askedVacancies(this.dataSource, MOST_VACANCIES + 1))])].sort();
  }

  private async runAlone(wish: RunRow, hasJob: boolean, completion: Completion = {}): Promise<MatchRunResult> {
    const { id, reason } = wish;
    const at = this.clock.now();
    await this.runs.start(this.dataSource.manager, wish, this.weights.version, at);
    return this.runs.orFail(id, hasJob, async () => {
      const readSnapshot = await currentSnapshot(this.dataSource);
      const market = await this.snapshots.marketOn(this.dataSource, at);
      const householdIds = await this.householdsOf(wish, market);
      const snapshot = await this.snapshots.take(this.dataSource, at, householdIds, { market });
      const ranked = await rankedHere(snapshot, completion.signal);
      return this.runs.complete({ id, reason, householdIds, at, readSnapshot }, ranked, completion);
    });
  }

  /** The households that a run looks at; null: all. */
  private async householdsOf(
    { householdId, vacancyIds }: Pick<RunRow, 'householdId' | 'vacancyIds'>,
    market: MarketOfDay,
  ): Promise<readonly string[] | null> {
    if (householdId !== null) return [householdId];
    return vacancyIds === null ? null : this.snapshots.concerned(this.dataSource, market, vacancyIds);
  }
}
