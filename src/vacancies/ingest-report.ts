import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { ProblemParams } from '../shared/problem.js';

/** One refused record of a report, or one warning. */
export interface RejectedLine {
  /** How a person finds the record: `line 17` or its id; `header` for what a feed says of itself. */
  ref: string;
  code: string;
  field: string | null;
  params: ProblemParams;
  /** English words of the code, until `reportIn` says them in the caller's language. */
  message: string;
}

/**
 * What a run did. `read` = `inserted` + `updated` + `unchanged` + `rejectedCount`. `closed` counts vacancies that went from
 * open to closed, whether their record said so (then it is `updated` too) or was absent.
 */
export interface IngestReport {
  runId: string;
  source: string;
  status: 'applied' | 'refused';
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  closed: number;
  rejectedCount: number;
  /** The first `MOST_REPORTED` of the refused records; all of them are kept in `rejected_record` (`RejectedService.ofRun`). */
  rejected: RejectedLine[];
  /** How often each warning was given, by code. */
  warnings: Record<string, number>;
  /** The first `MOST_WARNED` of them with the records they were given for. */
  warned: RejectedLine[];
  /** Why nothing of the file was applied. */
  error?: { code: string; params: ProblemParams; message: string };
}

/** The same report with its messages in a language. */
export function reportIn(report: IngestReport, language: Language): IngestReport {
  const inWords = (line: RejectedLine): RejectedLine => ({
    ...line,
    message: translate(language, line.code, { field: line.field, ...line.params }),
  });
  const { rejected, warned, error } = report;
  return {
    ...report,
    rejected: rejected.map(inWords),
    warned: warned.map(inWords),
    ...(error && { error: { ...error, message: translate(language, error.code, error.params) } }),
  };
}

/** A report stays small however bad the file is. */
export const MOST_REPORTED = 1_000;
export const MOST_WARNED = 20;

export interface IngestProgress {
  runId: string;
  stage: 'reading' | 'applying';
  read: number;
  rejected: number;
  /** Number of records the file announced; null when it announced none. */
  expected: number | null;
}
