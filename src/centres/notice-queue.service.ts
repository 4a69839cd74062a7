import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { v5 } from 'uuid';
import { recordAudit } from '../audit/audit.js';
import { inTransaction } from '../database/transaction.js';
import { QueueService } from '../queue/queue.service.js';
import { notifyQueueName } from '../queue/queues.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';

/** A queue has a name, the audit log asks for an id: it is derived from the name under this one. */
const QUEUE_IDS = '6f1f5b1e-7f0c-4a3e-9f43-2f0c7e6d8a51';

/** Holds a region's notices back, and lets them go again. Nothing is lost meanwhile: jobs wait in the queue. */
@Injectable()
export class NoticeQueueService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly queues: QueueService,
  ) {}

  async pause(actor: Actor, regionCode: string): Promise<{ queue: string; paused: boolean }> {
    return this.set(actor, regionCode, true);
  }

  async resume(actor: Actor, regionCode: string): Promise<{ queue: string; paused: boolean }> {
    return this.set(actor, regionCode, false);
  }

  /** The audit line commits only after the queue has obeyed; asking for what already is so leaves none. */
  private async set(actor: Actor, regionCode: string, paused: boolean): Promise<{ queue: string; paused: boolean }> {
    const queue = notifyQueueName(regionCode);
    const before = await this.queues.isPaused(queue);
    if (before !== paused) {
      await inTransaction(this.dataSource, async (tx) => {
        await recordAudit(tx, {
          at: this.clock.now(),
          actor,
          regionCode,
          subject: 'notice_queue',
          subjectId: v5(queue, QUEUE_IDS),
          action: paused ? 'pause' : 'resume',
          from: before ? 'paused' : 'running',
          to: paused ? 'paused' : 'running',
          details: { queue },
        });
        await (paused ? this.queues.pause(queue) : this.queues.resume(queue));
      });
    }
    return { queue, paused };
  }
}
