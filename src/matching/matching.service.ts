import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { inTurn } from '../database/advisory-lock.js';
import { asSystem } from '../database/scope.js';
import { together } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { isFinished } from '../outbox/outbox.queries.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import type { Weights } from './core/weights.js';
import { MatchRun } from './match-run.entity.js';
import { askedHouseholds, askedVacancies, coveredByRun, currentSnapshot, hasFailed } from './match-run.queries.js';
import {
  type Completion,
  MATCH_LOCK,
  MatchRunsService,
  type Past,
  type RunRow,
  rankedHere,
} from './match-runs.service.js';
import { shardProgress } from './match-shards.queries.js';
import { openProposals } from './proposal.queries.js';
import { waitForWholeRun } from './whole-run-waits.js';
import { SnapshotService } from './snapshot.service.js';
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
/** Of more households than this that ask, the others are looked at by the next run. */
const MOST_HOUSEHOLDS = 200;

/** What a run looks at that is not over all. */
interface Asked {
  householdIds: readonly string[];
  vacancyIds: readonly string[];
  /** Beside the run's own event those that ask for the other households. */
  events: readonly string[];
}

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

  /**
   * True when what an event asks for is done: a run over all households, or over the event's vacancy, has read what the event's
   * transaction wrote, or a run for others has looked at its household too.
   */
  async covers(eventId: string): Promise<boolean> {
    return (await coveredByRun(this.dataSource, eventId)) || (await isFinished(this.dataSource, eventId));
  }

  /** Does a run, one at a time over all processes, and answers what it changed. Proposals and run are written in one transaction. */
  async run(
    reason: string,
    { runId = newId(), householdId = null, vacancyIds = null, signal, past }: MatchRunWish = {},
  ): Promise<MatchRunResult> {
    const householdIds = householdId === null ? [] : [householdId];
    const overAll = householdId === null && vacancyIds === null;
    const asked = overAll ? null : { householdIds, vacancyIds: vacancyIds ?? [], events: [] };
    const work = () => this.runAlone({ id: runId, reason }, asked, false, { signal, past });
    return inTurn(this.dataSource, MATCH_LOCK, work, signal);
  }

  /**
   * The run over one household, or over vacancies, that an event asks for. `covered` when its turn comes after a run that has read what
   * the event tells of, because then it has nothing left to find. What others ask for meanwhile is looked at together, households and
   * vacancies; `too many`, and nothing is done, where a run over all should look at them. A run that has failed is tried again alone.
   */
  async runAsked(
    eventId: string,
    reason: string,
    { runId = newId(), householdId = null, vacancyIds = null }: MatchRunWish,
  ): Promise<MatchRunResult | 'covered' | 'too many'> {
    // Of a burst all jobs but one find their work done: these wait for no turn.
    if (await this.covers(eventId)) return 'covered';
    return inTurn(this.dataSource, MATCH_LOCK, async () => {
      if (await this.covers(eventId)) return 'covered';
      await waitForWholeRun(this.dataSource, this.clock.now());
      const own = { householdIds: householdId === null ? [] : [householdId], vacancyIds: vacancyIds ?? [], events: [] };
      const asked = (await hasFailed(this.dataSource, runId)) ? own : await this.askedTogether(own, eventId);
      if (vacancyIds !== null && asked.vacancyIds.length > MOST_VACANCIES) return 'too many';
      return this.runAlone({ id: runId, reason }, asked, true);
    });
  }

  /** With it what other unfinished events ask for; of very many not all. */
  private async askedTogether(own: Asked, eventId: string): Promise<Asked> {
    const vacancies = await askedVacancies(this.dataSource, MOST_VACANCIES + 1);
    const households = await askedHouseholds(this.dataSource, MOST_HOUSEHOLDS);
    // Too many for this run are left to a run over all, which the job of one of them will ask for.
    const taken = own.vacancyIds.length === 0 && vacancies.length > MOST_VACANCIES ? [] : vacancies;
    return {
      householdIds: [...new Set([...own.householdIds, ...households.map((one) => one.householdId)])].sort(),
      vacancyIds: [...new Set([...own.vacancyIds, ...taken])].sort(),
      events: households.map((one) => one.eventId).filter((id) => id !== eventId),
    };
  }

  private async runAlone(
    { id, reason }: Pick<RunRow, 'id' | 'reason'>,
    asked: Asked | null,
    hasJob: boolean,
    completion: Completion = {},
  ): Promise<MatchRunResult> {
    const at = this.clock.now();
    await this.runs.start(this.dataSource.manager, { id, reason, ...rowOf(asked) }, this.weights.version, at);
    return this.runs.orFail(id, hasJob, async () => {
      const readSnapshot = await currentSnapshot(this.dataSource);
      const rules = await this.snapshots.rules(at);
      const [scorer, mayConcern] = await together(this.dataSource, [
        () => this.snapshots.scorer(this.dataSource, rules),
        () => this.snapshots.mayConcern(this.dataSource, rules, asked?.vacancyIds ?? []),
      ]);
      const market = { rules, scorer };
      const householdIds =
        asked && [...new Set([...asked.householdIds, ...this.snapshots.concerned(market, mayConcern)])].sort();
      const known = new Map(mayConcern.households.map((household) => [household.id, household]));
      const [snapshot, own] = await together(this.dataSource, [
        () => this.snapshots.take(this.dataSource, at, householdIds, { market, known }),
        () => openProposals(this.dataSource, householdIds),
      ]);
      const ranked = await rankedHere(snapshot, completion.signal);
      const run = { id, reason, householdIds, at, readSnapshot, own };
      return this.runs.complete(run, ranked, { ...completion, events: asked?.events });
    });
  }
}

/** What a run's row says of what was asked: one household by its id; of several, or of vacancies, the vacancies only. */
function rowOf(asked: Asked | null): Pick<RunRow, 'householdId' | 'vacancyIds'> {
  if (asked === null) return { householdId: null, vacancyIds: null };
  const { householdIds, vacancyIds } = asked;
  return householdIds.length === 1 && vacancyIds.length === 0
    ? { householdId: householdIds[0]!, vacancyIds: null }
    : { householdId: null, vacancyIds };
}
