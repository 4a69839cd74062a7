import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { RequestHandler } from 'express';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { regionCodes } from '../notifications/notifications.queries.js';
import { outboxLag } from '../outbox/outbox.queries.js';
import { QUEUES, notifyQueueName } from '../queue/queues.js';
import { QueueService } from '../queue/queue.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { inTime } from '../shared/in-time.js';
import { routeOf } from './request-log.js';

/** Longest wait for one source; monitoring itself asks every few seconds. */
const PATIENCE_MS = 5_000;

/** What monitoring reads: requests by route, jobs by queue (one queue a region), outbox lag, deliveries. */
@Injectable()
export class MetricsService {
  private readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'qonys_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  private readonly sources = this.gauge('source_up', 'Whether the queue and the database answered for these metrics.', [
    'source',
  ]);
  private readonly jobs = this.gauge(
    'queue_jobs',
    'Jobs in each queue by state; notify-kz-NN are the notices of each region.',
    ['queue', 'state'],
  );
  private readonly waiting = this.gauge('outbox_waiting', 'Events recorded but not yet in their queue.');
  private readonly lag = this.gauge('outbox_lag_seconds', 'Age of the oldest event that is not yet in its queue.');
  private readonly deliveries = this.gauge('deliveries', 'Notices by status, channel and reception region.', [
    'region',
    'channel',
    'status',
  ]);
  private readonly unfinished = this.gauge(
    'unfinished',
    'Receipts and events in queues that have not come to an end.',
    ['of'],
  );
  private readonly oldestUnfinished = this.gauge(
    'oldest_unfinished_seconds',
    'Age of the oldest of those: hours mean a job that fails again and again, or a gateway that is away.',
    ['of'],
  );

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queues: QueueService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Times every request; the label is the route's pattern, never the address, so that labels stay few. */
  timeRequests(): RequestHandler {
    return (request, response, next) => {
      const started = process.hrtime.bigint();
      response.on('finish', () => {
        const seconds = Number(process.hrtime.bigint() - started) / 1e9;
        const labels = { method: request.method, route: routeOf(request) ?? 'unmatched', status: response.statusCode };
        this.durations.observe(labels, seconds);
      });
      next();
    };
  }

  /** All metrics as text. Each source is asked anew; one that does not answer leaves its own out and says so. */
  async text(): Promise<string> {
    await Promise.all([
      this.readSource('queue', [this.jobs], () => this.readQueues()),
      this.readSource(
        'database',
        [this.waiting, this.lag, this.deliveries, this.unfinished, this.oldestUnfinished],
        () => this.readDatabase(),
      ),
    ]);
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name: `qonys_${name}`, help, labelNames, registers: [this.registry] });
  }

  /** `read` answers what it has read as a function that sets the gauges: all of them, or none of a source that is away. */
  private async readSource(source: string, gauges: Gauge[], read: () => Promise<() => void>): Promise<void> {
    const set = await inTime(read(), PATIENCE_MS).catch(() => null);
    this.sources.set({ source }, set === null ? 0 : 1);
    for (const gauge of gauges) {
      gauge.reset();
      // One without labels is set to nought by that; nothing is not nought.
      gauge.remove({});
    }
    set?.();
  }

  private async readQueues(): Promise<() => void> {
    const counts = await Promise.all(
      (await this.queueNames()).map(async (queue) => ({ queue, states: await this.queues.counts(queue) })),
    );
    return () => {
      for (const { queue, states } of counts)
        for (const state of ['waiting', 'active', 'delayed', 'failed', 'paused']) {
          this.jobs.set({ queue, state }, states[state] ?? 0);
        }
    };
  }

  /** The queues that workers serve. */
  private async queueNames(): Promise<string[]> {
    return [...Object.keys(QUEUES), ...(await regionCodes(this.dataSource)).map(notifyQueueName)];
  }

  private async readDatabase(): Promise<() => void> {
    const now = this.clock.now();
    const lag = await outboxLag(this.dataSource, now);
    const deliveries = await rows<{ region: string; channel: string; status: string; count: string }>(
      this.dataSource,
      `select coalesce(region_code, '') as region, channel, status, count(*) as count from delivery group by 1, 2, 3`,
    );
    const unfinished = await rows<{ of: string; count: string; oldest: Date | null }>(
      this.dataSource,
      `select 'delivery' as of, count(*) as count, min(created_at) as oldest from delivery where finished_at is null
       union all
       select 'event', count(*), min(enqueued_at) from outbox_event where finished_at is null and enqueued_at is not null`,
    );
    return () => {
      this.waiting.set(lag.waiting);
      this.lag.set(lag.oldestSeconds);
      for (const { count, ...labels } of deliveries) this.deliveries.set(labels, Number(count));
      for (const { of, count, oldest } of unfinished) {
        this.unfinished.set({ of }, Number(count));
        this.oldestUnfinished.set({ of }, oldest === null ? 0 : Math.max(0, (now.getTime() - oldest.getTime()) / 1000));
      }
    };
  }
}
