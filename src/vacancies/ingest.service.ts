import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pLimit, { type LimitFunction } from 'p-limit';
import type { PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { cancelOnAbort } from '../database/cancel-on-abort.js';
import { asSystem } from '../database/scope.js';
import { inTransaction, sqlState } from '../database/transaction.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { recordEvent } from '../outbox/outbox.js';
import { PlaceService } from '../reference/place.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { AddressReading } from './address-reading.js';
import type { ConnectorName, ReadContext } from './connector.js';
import { peekHead, untilAborted } from './connectors/bytes.js';
import { chooseConnector } from './connectors/connectors.js';
import { PageFetcher } from './connectors/page-fetch.js';
import { type Application, applyStaged } from './ingest-apply.js';
import type { IngestProgress, IngestReport } from './ingest-report.js';
import {
  HOST_LOCK,
  RUN_LOCK,
  SOURCE_LOCK,
  beginRun,
  endRun,
  failAbandoned,
  ingestedSources,
  isBusy,
  lockForRun,
  requeueRun,
  unlockOfRun,
} from './ingest-run.queries.js';
import { copyStaged } from './ingest-staging.js';
import { RunLedger } from './ingest-ledger.js';
import { CREATE_STAGING, closeExpiredEverywhere } from './ingest.queries.js';
import { type SourceEvent, splitHeader, stagedRecords } from './ingest-records.js';
import { refusedAgain } from './ingest-retry.js';
import { ownFirmOf } from './own-firm.queries.js';
import { type RetryIds, retryGroups } from './rejected.queries.js';
import { refuseSourceName } from './source-name.js';

export interface IngestInput {
  /** Absent: the origin is an http(s) address, which is asked for them. Not read before the run has begun: what they throw is its refusal. */
  bytes?: AsyncIterable<Uint8Array>;
  /** File name or address, as a person knows it. */
  origin: string;
  connector?: ConnectorName;
  /** The name under which the vacancies are identified. Default: what the file says, else the connector's. */
  source?: string;
  synthetic?: boolean;
  /** The id of a run that is queued already. */
  runId?: string;
  /** Ask for a new match when the run changes anything. Default true. */
  rematch?: boolean;
  /** Aborted: the run ends as `failed` with nothing applied, and `ingest` throws the signal's reason. */
  signal?: AbortSignal;
}

interface RunTask {
  runId?: string;
  origin: string;
  source: string | null;
  connector: string | null;
  synthetic: boolean;
  rematch?: boolean;
  signal?: AbortSignal;
  /** The address that `ofAddress` asks; absent where `open` has its bytes otherwise. */
  address?: string;
  open(
    context: Pick<ReadContext, 'today' | 'firm'>,
    ofAddress: () => AsyncIterable<Uint8Array>,
  ): Promise<{ connector: { name: string; defaultSource: string }; events: AsyncIterable<SourceEvent> }>;
}

type OnProgress = (progress: IngestProgress) => void;

/** How long a run waits for another one of its source before it is `ingest.busy`, or of its host before it is `ingest.host_busy`. */
const MOST_WAIT_MS = 120_000;
/** A clock may go wrong by minutes; a feed from the day after tomorrow would block all feeds until then. */
const MOST_AHEAD_MS = 24 * 3_600_000;
const MOST_ATTEMPTS = 3;
/**
 * A run holds one connection and asks for a second one beside it. With this share of the pool and the sending of notices
 * (60 %) there is always one left to ask for; without a limit, as many runs as connections would wait for ever.
 */
const POOL_SHARE = 0.3;
const USUAL_POOL = 10;

/**
 * Reads vacancies out of a file into the tables. One run is: connector → prepared records → COPY into a temporary table →
 * one short transaction that applies everything. A file that cannot be trusted as a whole changes nothing; a process that dies
 * leaves nothing. Memory does not grow with the file.
 */
@Injectable()
export class IngestService {
  /** Not private and not fixed, so that a test need not wait so long. */
  mostWaitMs = MOST_WAIT_MS;
  /** The same, so that a test may fetch from a server of its own. */
  fetcher = new PageFetcher();
  private readonly turns: LimitFunction;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly places: PlaceService,
    private readonly occupations: OccupationService,
  ) {
    const { poolSize = USUAL_POOL } = dataSource.options as { poolSize?: number };
    this.turns = pLimit(Math.max(1, Math.floor(poolSize * POOL_SHARE)));
  }

  /** Names of every source that was read. */
  sources(): Promise<string[]> {
    return ingestedSources(this.dataSource);
  }

  /**
   * Reads a file. A refused file (`error` in the report) and refused records are results, not exceptions; what is thrown
   * is a failure of the machinery, after the run was marked `failed`, `ingest.busy` or `ingest.host_busy` for a
   * queued run, which is queued as before, or `ingest.run_ended` for one that was done already.
   */
  ingest(input: IngestInput, onProgress?: OnProgress): Promise<IngestReport> {
    const { bytes, origin, runId, source = null, connector = null, synthetic = false, rematch, signal } = input;
    return this.run(
      {
        runId, origin, source, connector, synthetic, rematch, signal,
        ...(bytes === undefined && { address: origin }),
        open: async (context, ofAddress) => {
          const file = bytes ?? ofAddress();
          const peeked = await peekHead(signal === undefined ? file : untilAborted(file, signal));
          const chosen = chooseConnector(peeked.head, origin, connector);
          return { connector: chosen, events: chosen.read(peeked.bytes, { origin, ...context }) };
        },
      }, // prettier-ignore
      onProgress,
    );
  }

  /**
   * Reads refused records again, after a fix of what refused them. `ids` null: every open one. One report and one transaction for
   * each source: what was reported before a failure stays applied.
   */
  async retryRejected(
    ids: RetryIds,
    source: string | null = null,
    signal?: AbortSignal,
    onReport?: (report: IngestReport) => void,
  ): Promise<IngestReport[]> {
    const reports: IngestReport[] = [];
    for (const group of await retryGroups(this.dataSource, ids, source)) {
      const report = await this.run({
        ...group,
        origin: 'retry',
        signal,
        open: (context) =>
          Promise.resolve({
            connector: { name: group.connector, defaultSource: group.source },
            events: refusedAgain(this.dataSource, group, ids, context),
          }),
      });
      reports.push(report);
      onReport?.(report);
    }
    return reports;
  }

  /** Closes every vacancy whose last day is past. Answers how many. */
  closeExpired(at: Date = this.clock.now()): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const batchId = newId();
      const closed = await closeExpiredEverywhere(tx, batchId, dateInKazakhstan(at), at);
      if (closed > 0) await recordEvent(tx, { topic: 'vacancies.changed', regionCode: null, payload: { batchId } }, at);
      return closed;
    });
  }

  /** Marks runs whose process died as failed. Answers their ids. */
  failAbandoned(): Promise<string[]> {
    // Whoever looks at runs must find none that is dead; they may not write runs themselves.
    return asSystem(() => failAbandoned(this.dataSource, this.clock.now()));
  }

  private run(task: RunTask, onProgress?: OnProgress): Promise<IngestReport> {
    // A firm's own post or feed changes firms, rejected records and what the market asks of the matcher, as every run does.
    return this.turns(() => asSystem(() => this.runInTurn(task, onProgress)));
  }

  private async runInTurn(task: RunTask, onProgress?: OnProgress): Promise<IngestReport> {
    const at = this.clock.now();
    const runId = task.runId ?? newId();
    const ledger = new RunLedger(this.dataSource, runId, task, onProgress);
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    let endWatch = (): Promise<void> => Promise.resolve();
    const asked = task.address === undefined ? null : this.readingOf(task.address, client, task.signal);
    try {
      endWatch = await cancelOnAbort(this.dataSource, runner, task.signal);
      if (task.source !== null) refuseSourceName(task.source);
      await failAbandoned(this.dataSource, at);
      const busy = (): Problem => new Problem('ingest.busy', 409, { source: task.source ?? task.origin });
      await lockForRun(client, RUN_LOCK, runId, this.mostWaitMs, busy);
      const run = { ...task, id: runId, source: ledger.source, connector: ledger.connector };
      if (!(await beginRun(this.dataSource, run, at))) throw new Problem('ingest.run_ended', 409);
      try {
        await this.readAndApply(task, asked, ledger, runner, client, at);
      } catch (fault) {
        const stopped = task.signal?.aborted === true;
        const problem = fault instanceof Problem && !stopped ? fault : null;
        // A run that was queued waits on: its file is as good as before.
        if (isBusy(problem) && task.runId !== undefined) {
          await requeueRun(this.dataSource, runId, at);
          throw problem;
        }
        ledger.refuse(problem ?? new Problem(stopped ? 'ingest.interrupted' : 'ingest.failed', 500));
        const status = problem === null ? 'failed' : 'refused';
        await endRun(this.dataSource, runId, ledger.end(status), this.clock.now(), at);
        if (problem === null) throw stopped ? task.signal?.reason : fault;
      }
      return ledger.report();
    } finally {
      await endWatch();
      // The host stays this run's until it has had its pause: whoever asks it next may be another process.
      await asked?.end();
      await letGo(runner, client);
    }
  }

  private readingOf(address: string, client: PoolClient, signal?: AbortSignal): AddressReading {
    const turn = {
      hold: (host: string) =>
        lockForRun(client, HOST_LOCK, host, this.mostWaitMs, () => new Problem('ingest.host_busy', 409, { host })),
      release: (host: string) => unlockOfRun(client, HOST_LOCK, host),
    };
    return new AddressReading(address, this.fetcher, turn, signal);
  }

  private async readAndApply(
    task: RunTask,
    asked: AddressReading | null,
    ledger: RunLedger,
    runner: QueryRunner,
    client: PoolClient,
    at: Date,
  ): Promise<void> {
    const today = dateInKazakhstan(at);
    const tomorrow = dateInKazakhstan(new Date(at.getTime() + 86_400_000));
    const speaker = task.source === null ? null : await ownFirmOf(this.dataSource, task.source);
    const { connector, events } = await task.open({ today, firm: speaker }, () => {
      if (asked === null) throw new Error('A run without an address brings its bytes.');
      return asked.bytes();
    });
    const { header, rest } = await splitHeader(events);
    if (header.generatedAt !== null && header.generatedAt.getTime() > at.getTime() + MOST_AHEAD_MS) {
      throw new Problem('feed.from_future', 422, { generatedAt: header.generatedAt.toISOString() });
    }
    const source = refuseSourceName(task.source ?? header.source ?? connector.defaultSource);
    ledger.opened(source, connector.name, header, task.synthetic || header.synthetic === true);
    // A page is whole by now: while the source is waited for, others may ask its host.
    await asked?.releaseIfRead();
    await lockForRun(client, SOURCE_LOCK, source, this.mostWaitMs, () => new Problem('ingest.busy', 409, { source }));
    const ownFirm = speaker ?? (await ownFirmOf(this.dataSource, source));
    // Whatever an officer has taught by now, this file is read by.
    const lexiconVersion = await this.occupations.learn();
    await client.query(CREATE_STAGING);
    await copyStaged(
      client,
      stagedRecords(rest, ledger, { places: this.places, occupations: this.occupations, ownFirm, tomorrow }),
    );
    await asked?.releaseIfRead();
    ledger.applying();
    if (header.complete && ledger.read === 0) throw new Problem('feed.no_vacancies', 422);
    await client.query('create index on staged_vacancy (external_id)');
    await client.query('analyze staged_vacancy (seq, external_id, code, content_hash, employer_key)');
    await this.applyOnce(runner, ledger, task.signal, {
      run: {
        runId: ledger.runId,
        source,
        connector: connector.name,
        synthetic: ledger.synthetic,
        today,
        at,
        lexiconVersion,
        origin: task.origin,
      },
      complete: header.complete,
      feed: header.feed === true,
      generatedAt: header.generatedAt,
      accepted: ledger.accepted,
      employerId: ownFirm?.id ?? null,
      rematch: task.rematch ?? true,
    });
  }

  /** The transaction, on the run's own connection because the staging table lives there; run again when PostgreSQL asks for it. */
  private async applyOnce(
    runner: QueryRunner,
    ledger: RunLedger,
    signal: AbortSignal | undefined,
    application: Application,
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await runner.startTransaction();
      try {
        const applied = await applyStaged(runner.manager, application);
        const end = ledger.applied(applied);
        await endRun(runner.manager, ledger.runId, end, this.clock.now());
        signal?.throwIfAborted();
        await runner.commitTransaction();
        return;
      } catch (fault) {
        await runner.rollbackTransaction().catch(() => undefined);
        if (attempt === MOST_ATTEMPTS || !['40001', '40P01'].includes(sqlState(fault) ?? '')) throw fault;
        ledger.forgetApplied();
      }
    }
  }
}

/** Leaves nothing of the run on the pooled connection. A connection that is broken already takes its remains with it. */
async function letGo(runner: QueryRunner, client: PoolClient): Promise<void> {
  await client.query('drop table if exists staged_vacancy; select pg_advisory_unlock_all()').catch(() => undefined);
  await runner.release().catch(() => undefined);
}
