import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { RequestHandler } from 'express';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { outboxLag } from '../outbox/outbox.queries.js';
import { QUEUES, notifyQueueName } from '../queue/queues.js';
import { QueueService } from '../queue/queue.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { routeOf } from './request-log.js';

/** What monitoring reads: requests by route, jobs by queue (one queue a reception region), outbox lag, deliveries. */
@Injectable()
export class MetricsService {
  readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'qonys_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queues: QueueService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.measureQueues();
    this.measureOutbox();
    this.measureDeliveries();
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

  private measureQueues(): void {
    const gauge: Gauge = new Gauge({
      name: 'qonys_queue_jobs',
      help: 'Jobs in each queue by state; notify-kz-NN are the reception regions.',
      labelNames: ['queue', 'state'],
      registers: [this.registry],
      collect: async () => {
        const counts = await Promise.all(
          (await this.queueNames()).map(async (queue) => ({ queue, states: await this.queues.counts(queue) })),
        );
        gauge.reset();
        for (const { queue, states } of counts)
          for (const state of ['waiting', 'active', 'delayed', 'failed', 'paused']) {
            gauge.set({ queue, state }, states[state] ?? 0);
          }
      },
    });
  }

  private async queueNames(): Promise<string[]> {
    const regions = await rows<{ code: string }>(
      this.dataSource,
      `select distinct region_code as code from programme_region where role = 'reception' order by 1`,
    );
    return [...Object.keys(QUEUES), ...regions.map(({ code }) => notifyQueueName(code))];
  }

  private measureOutbox(): void {
    const waiting = new Gauge({
      name: 'qonys_outbox_waiting',
      help: 'Events recorded but not yet in their queue.',
      registers: [this.registry],
    });
    const lag: Gauge = new Gauge({
      name: 'qonys_outbox_lag_seconds',
      help: 'Age of the oldest event that is not yet in its queue.',
      registers: [this.registry],
      collect: async () => {
        const now = await outboxLag(this.dataSource, this.clock.now());
        waiting.set(now.waiting);
        lag.set(now.oldestSeconds);
      },
    });
  }

  private measureDeliveries(): void {
    const gauge: Gauge = new Gauge({
      name: 'qonys_deliveries',
      help: 'Notices by status, channel and reception region.',
      labelNames: ['region', 'channel', 'status'],
      registers: [this.registry],
      collect: async () => {
        const counts = await rows<{ region: string; channel: string; status: string; count: string }>(
          this.dataSource,
          `select coalesce(region_code, '') as region, channel, status, count(*) as count from delivery group by 1, 2, 3`,
        );
        gauge.reset();
        for (const { count, ...labels } of counts) gauge.set(labels, Number(count));
      },
    });
  }
}
