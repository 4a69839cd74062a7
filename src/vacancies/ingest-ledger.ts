import type { Sql } from '../database/sql.js';
import { translate } from '../i18n/i18n.js';
import type { Problem } from '../shared/problem.js';
import type { ReadEvent, Warning } from './connector.js';
import type { Applied } from './ingest-apply.js';
import {
  type IngestProgress,
  type IngestReport,
  MOST_REPORTED,
  MOST_WARNED,
  type RejectedLine,
} from './ingest-report.js';
import { type RunEnd, noteProgress } from './ingest-run.queries.js';

const PROGRESS_EVERY_RECORDS = 500;
const PROGRESS_EVERY_MS = 1_000;
const UNKNOWN = 'unknown';

/** Counts what becomes of a run's records, and tells of it while it goes on. */
export class RunLedger {
  source: string;
  connector: string;
  synthetic: boolean;
  read = 0;
  accepted = 0;
  private rejectedCount = 0;
  private readonly rejected: RejectedLine[] = [];
  private readonly warnings = new Map<string, number>();
  private readonly warned: RejectedLine[] = [];
  private header: Extract<ReadEvent, { kind: 'header' }> | null = null;
  private outcome: Omit<Applied, 'repeated' | 'absenceKnown'> | null = null;
  private repeated: RejectedLine[] = [];
  private refusal: Problem | null = null;
  private stage: IngestProgress['stage'] = 'reading';
  private notedAt = performance.now();

  constructor(
    private readonly sql: Sql,
    readonly runId: string,
    task: { source: string | null; connector: string | null; synthetic: boolean },
    private readonly onProgress?: (progress: IngestProgress) => void,
  ) {
    this.source = task.source ?? UNKNOWN;
    this.connector = task.connector ?? UNKNOWN;
    this.synthetic = task.synthetic;
  }

  opened(source: string, connector: string, header: Extract<ReadEvent, { kind: 'header' }>, synthetic: boolean): void {
    this.source = source;
    this.connector = connector;
    this.header = header;
    this.synthetic = synthetic;
    this.note('header', header.warnings ?? []);
  }

  took(ref: string, warnings: Warning[]): void {
    this.accepted += 1;
    this.note(ref, warnings);
    this.count();
  }

  refused(ref: string, { code, field, params }: Omit<RejectedLine, 'ref' | 'message'>): void {
    this.rejectedCount += 1;
    if (this.rejected.length < MOST_REPORTED) this.rejected.push(lineOf(ref, { code, field, params }));
    this.count();
  }

  applying(): void {
    this.stage = 'applying';
    this.tell();
  }

  applied({ repeated, absenceKnown, ...outcome }: Applied): RunEnd {
    this.outcome = outcome;
    this.repeated = repeated.map((line) => lineOf(line.ref, line));
    if (!absenceKnown) this.warn('feed.absence_unknown');
    return this.end('applied');
  }

  /** The transaction is rolled back and run again. */
  forgetApplied(): void {
    this.outcome = null;
    this.repeated = [];
    this.warnings.delete('feed.absence_unknown');
  }

  refuse(problem: Problem): void {
    this.forgetApplied();
    this.refusal = problem;
  }

  end(status: RunEnd['status']): RunEnd {
    const { inserted, updated, unchanged, closed } = this.outcome ?? NOTHING;
    return {
      status,
      source: this.source,
      connector: this.connector,
      synthetic: this.synthetic,
      complete: this.header?.complete ?? null,
      generatedAt: this.header?.generatedAt ?? null,
      errorCode: this.refusal?.code ?? null,
      errorParams: this.refusal?.params ?? null,
      read: this.read,
      inserted,
      updated,
      unchanged,
      closed,
      rejected: this.rejectedCount + this.repeated.length,
      warnings: Object.fromEntries(this.warnings),
    };
  }

  report(): IngestReport {
    const { read, inserted, updated, unchanged, closed, rejected, warnings } = this.end('applied');
    const error = this.refusal && {
      code: this.refusal.code,
      params: this.refusal.params,
      message: translate('en', this.refusal.code, this.refusal.params),
    };
    return {
      runId: this.runId,
      source: this.source,
      status: error ? 'refused' : 'applied',
      read,
      inserted,
      updated,
      unchanged,
      closed,
      rejectedCount: rejected,
      rejected: [...this.rejected, ...this.repeated].slice(0, MOST_REPORTED),
      warnings,
      warned: this.warned,
      ...(error ? { error } : {}),
    };
  }

  private note(ref: string, warnings: Warning[]): void {
    for (const { code, field = null, params = {} } of warnings) {
      this.warn(code);
      if (this.warned.length < MOST_WARNED) this.warned.push(lineOf(ref, { code, field, params }));
    }
  }

  private warn(code: string): void {
    this.warnings.set(code, (this.warnings.get(code) ?? 0) + 1);
  }

  private count(): void {
    this.read += 1;
    if (this.read % PROGRESS_EVERY_RECORDS !== 0) return;
    this.tell();
    if (performance.now() - this.notedAt < PROGRESS_EVERY_MS) return;
    this.notedAt = performance.now();
    // The bar of whoever looks through the API; a run does not fail over it.
    void noteProgress(this.sql, this.runId, this.read, this.rejectedCount).catch(() => undefined);
  }

  private tell(): void {
    const { runId, stage, read, rejectedCount: rejected } = this;
    this.onProgress?.({ runId, stage, read, rejected, expected: this.header?.count ?? null });
  }
}

const NOTHING = { inserted: 0, updated: 0, unchanged: 0, closed: 0 };

function lineOf(ref: string, { code, field, params }: Omit<RejectedLine, 'ref' | 'message'>): RejectedLine {
  return { ref, code, field, params, message: translate('en', code, { field, ...params }) };
}
