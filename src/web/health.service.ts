import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { QueueService } from '../queue/queue.service.js';
import { inTime } from '../shared/in-time.js';

export interface Readiness {
  ready: boolean;
  checks: { database: 'up' | 'down'; queue: 'up' | 'down'; migrations: 'current' | 'pending' | 'unknown' };
}

const PATIENCE_MS = 2_000;

/** Whether this process can serve: its database and queue answer and the schema is the one the code was built for. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queues: QueueService,
  ) {}

  /** A process that is stopping takes no new requests; those it has are finished. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async readiness(): Promise<Readiness> {
    const [database, queue, migrations] = await Promise.all([
      answered(this.dataSource.query('select 1')),
      answered(this.queues.backend.ping()),
      this.migrations(),
    ]);
    return {
      ready: !this.stopping && database && queue && migrations === 'current',
      checks: { database: database ? 'up' : 'down', queue: queue ? 'up' : 'down', migrations },
    };
  }

  private async migrations(): Promise<Readiness['checks']['migrations']> {
    try {
      return (await inTime(this.dataSource.showMigrations(), PATIENCE_MS)) ? 'pending' : 'current';
    } catch {
      return 'unknown';
    }
  }
}

async function answered(question: Promise<unknown>): Promise<boolean> {
  try {
    await inTime(question, PATIENCE_MS);
    return true;
  } catch {
    return false;
  }
}
