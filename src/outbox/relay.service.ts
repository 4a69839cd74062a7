import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem } from '../database/scope.js';
import { rows } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { type NewJob, QueueService } from '../queue/queue.service.js';
import type { Topic } from '../queue/queues.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { OUTBOX_CHANNEL, jobOf } from './outbox.js';

const BATCH = 500;
/** A notification may be lost with its connection; the table is looked at this often all the same. */
const POLL_MS = 1_000;

/**
 * Carries outbox events to their queues: read locked, add to BullMQ, mark. A death between adding and marking adds the
 * same job id again later. Any number of processes may relay; `skip locked` keeps them out of each other's way.
 */
@Injectable()
export class RelayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RelayService.name);
  private listener: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queues: QueueService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
    this.timer = setInterval(() => {
      if (this.listener === null) void this.listen();
      this.wake();
    }, POLL_MS);
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
    await this.listener?.end().catch(() => undefined);
  }

  /** Carries everything that waits. Runs once at a time; a wake during a run makes it look once more. */
  private wake(): void {
    if (this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    this.running = asSystem(() => this.drain())
      .catch((error: Error) => this.logger.warn(`Outbox relay: ${error.message}`))
      .finally(() => {
        this.running = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  private async drain(): Promise<void> {
    while (!this.stopped && (await this.relayBatch()) === BATCH);
  }

  /** Carries one batch and answers how many events it held. */
  async relayBatch(): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const events = await rows<{ id: string; topic: Topic; regionCode: string | null }>(
        tx,
        `select id, topic, region_code as "regionCode" from outbox_event where enqueued_at is null order by id limit $1 for update skip locked`,
        [BATCH],
      );
      const byQueue = new Map<string, NewJob[]>();
      for (const event of events) {
        const { queueName, job } = jobOf(event);
        byQueue.set(queueName, [...(byQueue.get(queueName) ?? []), job]);
      }
      for (const [queueName, jobs] of byQueue) await this.queues.addAll(queueName, jobs);
      if (events.length > 0) {
        await tx.query(`update outbox_event set enqueued_at = $1 where id = any($2::uuid[])`, [
          this.clock.now(),
          events.map(({ id }) => id),
        ]);
      }
      return events.length;
    });
  }

  private async listen(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client({
      connectionString: this.config.databaseUrl ?? undefined,
      application_name: 'qonys relay',
      keepAlive: true,
    });
    const drop = (): void => {
      if (this.listener === client) this.listener = null;
    };
    client.on('error', drop);
    client.on('end', drop);
    client.on('notification', () => this.wake());
    this.listener = client;
    try {
      await client.connect();
      await client.query(`listen ${OUTBOX_CHANNEL}`);
    } catch (error) {
      drop();
      this.logger.warn(`Outbox relay cannot listen: ${(error as Error).message}`);
    }
  }
}
