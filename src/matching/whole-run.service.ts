import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Job, WaitingChildrenError } from 'bullmq';
import { DataSource } from 'typeorm';
import { inTurn } from '../database/advisory-lock.js';
import { inTransaction } from '../database/transaction.js';
import type { JobPayload } from '../queue/backend.js';
import { JobPutBack } from '../queue/outage.js';
import { QueueService } from '../queue/queue.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { MatchRun } from './match-run.entity.js';
import { coveredByRun, currentSnapshot } from './match-run.queries.js';
import { MATCH_LOCK, MatchRunsService, rankedHere } from './match-runs.service.js';
import {
  type OpenSnapshot,
  countRound,
  openSnapshotOf,
  openSnapshots,
  shardsToDo,
  supersede,
} from './match-shards.queries.js';
import { MatchShardsService } from './match-shards.service.js';
import { waitForLast } from './whole-run-waits.js';
import { SnapshotService, snapshotOf } from './snapshot.service.js';

/** A run over all that an event asks for. */
export interface WholeRunWish {
  eventId: string;
  runId: string;
  reason: string;
  /** Somebody asked for this very run and reads its row: no other run stands for it, unless a newer one supersedes it. */
  isByName: boolean;
}

/** A shard fails for good after so many rounds of its attempts, and the run with it. */
const MOST_ROUNDS = 4;

/**
 * A run over all as a flow of jobs: it is the parent, its shards are the children, which any worker of any host takes. The parent's job
 * is processed twice: it hands the shards out and waits, and when they are done it hands out proposals and writes. Killed anywhere, it goes on
 * where it was, because what is done stands in the database.
 *
 * A newer run supersedes an older one that is still under way, for it has read everything that the older one has: once its own shards
 * are handed out, or, done in one piece, once it stands. One that has superseded another is left to its end, so that requests without
 * a pause do not keep every run from ending.
 */
@Injectable()
export class WholeRunService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly queues: QueueService,
    private readonly snapshots: SnapshotService,
    private readonly runs: MatchRunsService,
    private readonly shards: MatchShardsService,
  ) {}

  /** Processes the run's job. Throws `WaitingChildrenError` while its shards are under way, as BullMQ asks. */
  async process(wish: WholeRunWish, job: Job<JobPayload>): Promise<void> {
    const begun = await inTurn(this.dataSource, MATCH_LOCK, () => this.begin(wish));
    if (begun === null) return;
    await this.runs.orFail(wish.runId, true, () => this.enqueue(begun, job));
    if (await job.moveToWaitingChildren(job.token!)) throw new WaitingChildrenError();
    await inTurn(this.dataSource, MATCH_LOCK, () => this.finish(wish, begun));
  }

  /** The run's snapshot, taken now or by an earlier start of its job; null when nothing is left to do. */
  private async begin({ eventId, runId, reason, isByName }: WholeRunWish): Promise<OpenSnapshot | null> {
    const run = await this.dataSource.manager.findOneBy(MatchRun, { id: runId });
    if (run?.status === 'done' || (isByName && run?.status === 'superseded')) return null;
    const own = await openSnapshotOf(this.dataSource, runId);
    if (own !== undefined) return own;
    if (!isByName && (await coveredByRun(this.dataSource, eventId))) return null;
    const at = this.clock.now();
    const others = await openSnapshots(this.dataSource);
    waitForLast(others, at);
    const readSnapshot = await currentSnapshot(this.dataSource);
    const market = await this.snapshots.marketOn(this.dataSource, at);
    const { version } = market.scorer.weights;
    const row = { id: runId, reason, householdId: null, vacancyIds: null };
    const started = { id: runId, reason, householdIds: null, at, readSnapshot };
    const facts = await this.snapshots.read(this.dataSource, market, null);
    if (!this.shards.isWorthIt(facts)) {
      await this.runs.start(this.dataSource.manager, row, version, at);
      await this.runs.orFail(runId, true, async () =>
        this.runs.complete(started, await rankedHere(snapshotOf(facts, market.scorer))),
      );
      return null;
    }
    const older = others.map((other) => other.runId);
    return inTransaction(this.dataSource, async (tx) => {
      await supersede(tx, older, at);
      await this.runs.start(tx, { ...row, supersedes: older[0] ?? null }, version, at);
      return this.shards.write(tx, started, facts);
    });
  }

  /**
   * Adds a job for each shard that is not done. One that has a job already gets another: whichever comes second finds it done. Throws
   * when shards have failed too often.
   */
  private async enqueue({ id }: OpenSnapshot, job: Job<JobPayload>): Promise<void> {
    const parent = { id: job.id!, queue: job.queueQualifiedName };
    const left = await shardsToDo(this.dataSource, id);
    if (left.length > 0 && (await countRound(this.dataSource, id)) > MOST_ROUNDS) {
      throw new Error(`The shards ${left.join(', ')} of the snapshot ${id} fail again and again.`);
    }
    const jobs = left.map((number) => ({
      name: 'rematch-shard' as const,
      jobId: newId(),
      data: { eventId: '', shard: { snapshotId: id, number } },
      parent,
    }));
    if (jobs.length > 0) await this.queues.addAll(this.queues.queueOf('rematch-shard'), jobs);
  }

  private async finish({ runId, reason }: WholeRunWish, begun: OpenSnapshot): Promise<void> {
    const own = await openSnapshotOf(this.dataSource, runId);
    if (own?.id !== begun.id) throw new JobPutBack('A newer run has superseded this one.', 0);
    const { takenAt: at, readSnapshot } = own;
    await this.runs.orFail(runId, true, async () =>
      this.runs.complete({ id: runId, reason, householdIds: null, at, readSnapshot }, await this.shards.collect(own)),
    );
  }
}
