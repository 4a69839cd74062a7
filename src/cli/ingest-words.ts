import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { IngestReport, RejectedLine } from '../vacancies/ingest-report.js';

/** Rejected records a person is shown at once; all of them are listed by `qonys rejected`. */
const SHOWN = 20;

/** The report as JSON: the counts first, messages in the caller's language. `rejectedMore`: refused records that `rejected` leaves out. */
export function ingestJson(report: IngestReport, language: Language): string {
  const {
    read,
    inserted,
    updated,
    unchanged,
    closed,
    rejected,
    rejectedCount,
    warnings,
    warned,
    runId,
    source,
    status,
    error,
  } = report;
  const inWords = ({ ref, code, field, params }: RejectedLine): object => ({
    ref,
    code,
    field,
    message: translate(language, code, { field, ...params }),
  });
  return JSON.stringify(
    {
      read,
      inserted,
      updated,
      unchanged,
      closed,
      rejected: rejected.map(inWords),
      rejectedCount,
      rejectedMore: rejectedCount - rejected.length,
      warnings,
      warned: warned.map(inWords),
      runId,
      source,
      status,
      ...(error && { error: { code: error.code, message: translate(language, error.code, error.params) } }),
    },
    null,
    2,
  );
}

/** The report in lines for a person. */
export function ingestText(report: IngestReport, language: Language): string {
  const { read, inserted, updated, unchanged, closed, rejected, rejectedCount, warnings, warned, source, error } =
    report;
  if (error)
    return translate(language, 'cli.ingest.refused', {
      reason: translate(language, error.code, error.params),
    });
  const lines = [
    translate(language, 'cli.ingest.counts', {
      source,
      read,
      inserted,
      updated,
      unchanged,
      closed,
      rejected: rejectedCount,
    }),
    ...Object.entries(warnings).map(([code, times]) => {
      const first = warned.find((warning) => warning.code === code);
      const words = translate(language, code, { field: first?.field, ...first?.params });
      return `  ${times} × ${words} (${code}${first === undefined ? '' : `; ${first.ref}`})`;
    }),
    ...rejected.slice(0, SHOWN).map(({ ref, code, field, params }) => {
      return `  ${ref}: ${translate(language, code, { field, ...params })} (${code}${field === null ? '' : `, ${field}`})`;
    }),
  ];
  if (rejectedCount > SHOWN) lines.push(`  ${translate(language, 'cli.ingest.more', { more: rejectedCount - SHOWN })}`);
  return lines.join('\n');
}
