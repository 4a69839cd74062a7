import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { type Page, type CursorKeys, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import { LARGEST_FILE_BYTES, limited } from './byte-limit.js';
import type { ConnectorName } from './connector.js';
import { isWebAddress } from './connectors/open-origin.js';
import { type IngestRunRow, ingestRun, ingestRuns, queueRun } from './ingest-run.queries.js';
import type { IngestReport } from './ingest-report.js';
import { IngestService } from './ingest.service.js';
import { idOfCursor } from './rejected.service.js';
import { refuseSourceName } from './source-name.js';

export interface IngestWish {
  origin: string;
  source?: string;
  connector?: ConnectorName;
  synthetic?: boolean;
}

const UNKNOWN = 'unknown';
const UPLOAD_KEPT_MS = 24 * 3_600_000;
const UPLOAD_NAME = /^([0-9a-f-]{36})\.upload$/;

/** Runs asked for through the API: the upload is kept in a file until a worker has read it. */
@Injectable()
export class IngestRunsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly ingests: IngestService,
  ) {}

  /** Keeps an upload and queues its run. Answers the run's id. Refuses `file.empty` and `file.too_large`. */
  async requestUpload(bytes: AsyncIterable<Uint8Array>, wish: IngestWish): Promise<string> {
    if (wish.source !== undefined) refuseSourceName(wish.source);
    const id = newId();
    const path = this.spoolPath(id);
    await mkdir(join(this.config.home, 'spool'), { recursive: true, mode: 0o700 });
    try {
      await pipeline(limited(bytes, LARGEST_FILE_BYTES), createWriteStream(path, { mode: 0o600 }));
      await this.queue(id, wish);
    } catch (fault) {
      await rm(path, { force: true });
      throw fault;
    }
    return id;
  }

  /** Queues the reading of one page or file at an address. */
  async requestUrl(url: string, wish: Omit<IngestWish, 'origin'>): Promise<string> {
    if (wish.source !== undefined) refuseSourceName(wish.source);
    const id = newId();
    await this.queue(id, { ...wish, origin: url });
    return id;
  }

  /** Does a queued run; one that has ended already stays as it is. Refused with `ingest.upload_gone` when the upload lies on another machine. */
  async perform(runId: string): Promise<IngestReport | null> {
    const run = await ingestRun(this.dataSource, runId);
    const path = this.spoolPath(runId);
    if (run === undefined || !mayStart(run)) {
      await rm(path, { force: true });
      return null;
    }
    const spooled = await stat(path).then(
      () => true,
      () => false,
    );
    try {
      const report = await this.ingests.ingest({
        bytes: spooled || !isWebAddress(run.origin) ? uploadAt(path) : undefined,
        origin: run.origin,
        synthetic: run.synthetic,
        runId,
        ...(run.source === UNKNOWN ? {} : { source: run.source }),
        ...(run.connector === UNKNOWN ? {} : { connector: run.connector as ConnectorName }),
      });
      await rm(path, { force: true });
      return report;
    } catch (fault) {
      if (fault instanceof Problem && fault.code === 'ingest.run_ended') return null;
      throw fault;
    }
  }

  /** Drops the upload of a run that is not tried again. */
  async discardUpload(runId: string): Promise<void> {
    await rm(this.spoolPath(runId), { force: true });
  }

  /** Drops uploads older than a day whose run neither waits nor goes on: what a killed process or a lost job left. Answers how many. */
  async sweepUploads(): Promise<number> {
    const folder = join(this.config.home, 'spool');
    const names = await readdir(folder).catch(() => []);
    const oldest = this.clock.now().getTime() - UPLOAD_KEPT_MS;
    let swept = 0;
    for (const name of names) {
      const runId = UPLOAD_NAME.exec(name)?.[1];
      if (runId === undefined) continue;
      const changedAt = await stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      );
      if (changedAt >= oldest) continue;
      const run = await ingestRun(this.dataSource, runId);
      if (run?.status === 'queued' || run?.status === 'running') continue;
      await this.discardUpload(runId);
      swept += 1;
    }
    return swept;
  }

  /** A run whose process was killed is shown as failed, not as running for ever. */
  async one(id: string): Promise<IngestRunRow> {
    await this.ingests.failAbandoned();
    const run = await ingestRun(this.dataSource, id);
    if (run === undefined) throw new Problem('ingest.run_not_found', 404);
    return run;
  }

  async list(source: string | undefined, cursor: string | undefined, limit: number): Promise<Page<IngestRunRow>> {
    const before = cursor === undefined ? null : idOfCursor(cursor);
    await this.ingests.failAbandoned();
    const read = await ingestRuns(this.dataSource, { source: source ?? null, before, limit: limit + 1 });
    return toPage(
      read,
      limit,
      ({ id }): CursorKeys => [id],
      (run) => run,
    );
  }

  private async queue(id: string, { origin, source, connector, synthetic }: IngestWish): Promise<void> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const run = {
        id,
        origin,
        source: source ?? UNKNOWN,
        connector: connector ?? UNKNOWN,
        synthetic: synthetic ?? false,
      };
      await queueRun(tx, run, at);
      await recordEvent(tx, { topic: 'ingest.requested', regionCode: null, payload: { runId: id } }, at);
    });
  }

  private spoolPath(runId: string): string {
    return join(this.config.home, 'spool', `${runId}.upload`);
  }
}

/** The bytes of an upload, opened when the first is asked for: one that is gone is refused by its run. */
async function* uploadAt(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path)) yield part as Uint8Array;
  } catch (fault) {
    throw (fault as NodeJS.ErrnoException).code === 'ENOENT' ? new Problem('ingest.upload_gone', 410) : fault;
  }
}

/** A run that was cut off is begun anew: nothing of it was applied. */
function mayStart({ status }: IngestRunRow): boolean {
  return status === 'queued' || status === 'running' || status === 'failed';
}
