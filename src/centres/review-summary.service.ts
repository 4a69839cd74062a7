import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ProgrammeService } from '../programme/programme.service.js';
import { QueueService } from '../queue/queue.service.js';
import { notifyQueueName } from '../queue/queues.js';
import { allRegions } from '../reference/reference.queries.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import {
  type DayNumbers,
  type QueueCounts,
  type ReceiptNumbers,
  type Waits,
  dayNumbers,
  noticesSent,
  queueCounts,
  receiptNumbers,
  regionsWithProposals,
  waits,
} from './centre-numbers.queries.js';
import type { QuotaInSight } from './quota-check.js';
import { QuotaService } from './quota.service.js';
import { type UnreachedNumbers, unreachedNumbers } from './unreached.queries.js';

export interface NoticeNumbers {
  queue: string;
  paused: boolean;
  /** Receipts of this region that say `sent` or `delivered`. */
  sent: number;
  /** Notices in the queue that have not gone out yet. */
  waiting: number;
  /** Notices given up after their last attempt. */
  failed: number;
  /** Of today, by their receipts. */
  receipts: ReceiptNumbers;
  /** Of any day. */
  unreached: UnreachedNumbers;
}

export interface CentreSummary {
  regionCode: string;
  /** `YYYY-MM-DD` in Kazakhstan. */
  today: string;
  queue: QueueCounts;
  numbers: DayNumbers;
  quota: QuotaInSight;
  waits: Waits;
  notices: NoticeNumbers;
}

/** One line for each region: what `qonys queues` and the start's table show. */
export interface RegionQueue extends QueueCounts {
  regionCode: string;
  /** Left of the quota after what is promised. */
  quotaLeftPersons: number | null;
  /** False where no written source gave the quota. */
  quotaVerified: boolean;
  noticesSent: number;
  noticesWaiting: number;
  /** Jobs out of attempts. */
  noticesFailed: number;
}

/** A centre's numbers, for its officers and for whoever watches all centres. */
@Injectable()
export class ReviewSummaryService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly queues: QueueService,
    private readonly quotas: QuotaService,
    private readonly programme: ProgrammeService,
  ) {}

  async summary(regionCode: string): Promise<CentreSummary> {
    const now = this.clock.now();
    const today = dateInKazakhstan(now);
    const [queue, numbers, quota, waited, notices] = await Promise.all([
      queueCounts(this.dataSource, regionCode, today, now),
      dayNumbers(this.dataSource, regionCode, today),
      this.quotas.inSight(regionCode),
      waits(this.dataSource, regionCode, today, now),
      this.notices(regionCode, today),
    ]);
    return { regionCode, today, queue, numbers, quota, waits: waited, notices };
  }

  /** Every region that receives people today or still has proposals, by its code. */
  async allRegions(): Promise<RegionQueue[]> {
    const now = this.clock.now();
    const today = dateInKazakhstan(now);
    const codes = new Set([
      ...(await this.programme.receptionRegions(today)),
      ...(await regionsWithProposals(this.dataSource)),
    ]);
    return this.regionQueues([...codes].sort(), today, now);
  }

  /** Every region, by its code: each has a queue of notices, which carries answers to questions too. */
  async everyQueue(): Promise<RegionQueue[]> {
    const now = this.clock.now();
    const codes = (await allRegions(this.dataSource)).map(({ code }) => code);
    return this.regionQueues(codes, dateInKazakhstan(now), now);
  }

  private async regionQueues(codes: readonly string[], today: string, now: Date): Promise<RegionQueue[]> {
    // One after the other: a queue of each region at once would want a connection of each.
    const lines: RegionQueue[] = [];
    for (const regionCode of codes) lines.push(await this.regionQueue(regionCode, today, now));
    return lines;
  }

  /** Only what the line shows: the twenty lines of the start's table are read while somebody waits. */
  private async regionQueue(regionCode: string, today: string, now: Date): Promise<RegionQueue> {
    const [queue, quota, sent, jobs] = await Promise.all([
      queueCounts(this.dataSource, regionCode, today, now),
      this.quotas.inSight(regionCode),
      noticesSent(this.dataSource, regionCode),
      this.queues.counts(notifyQueueName(regionCode)),
    ]);
    return {
      regionCode,
      ...queue,
      quotaLeftPersons: quota.left,
      quotaVerified: quota.verified,
      noticesSent: sent,
      noticesWaiting: unfinishedJobs(jobs),
      noticesFailed: jobs.failed ?? 0,
    };
  }

  private async notices(regionCode: string, today: string): Promise<NoticeNumbers> {
    const queue = notifyQueueName(regionCode);
    const [paused, jobs, sent, receipts, unreached] = await Promise.all([
      this.queues.isPaused(queue),
      this.queues.counts(queue),
      noticesSent(this.dataSource, regionCode),
      receiptNumbers(this.dataSource, regionCode, today),
      unreachedNumbers(this.dataSource, regionCode),
    ]);
    return { queue, paused, sent, waiting: unfinishedJobs(jobs), failed: jobs.failed ?? 0, receipts, unreached };
  }
}

/** Jobs of a queue that are still to be done, of the counts by state. */
function unfinishedJobs({ completed: _, failed: __, ...unfinished }: Record<string, number>): number {
  return Object.values(unfinished).reduce((sum, count) => sum + count, 0);
}
