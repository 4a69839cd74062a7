import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { IngestReport, RejectedLine } from '../vacancies/ingest-report.js';
import type { CliEnvironment } from './environment.js';

/** Rejected records a person is shown at once; all of them are listed by `qonys rejected`. */
const SHOWN = 20;

/**
 * The report for JSON: the counts first, messages in the caller's language. `rejectedMore`: refused records that `rejected`
 * leaves out.
 */
export function ingestFacts(report: IngestReport, language: Language): IngestFacts {
  const { read, inserted, updated, unchanged, closed, rejected, rejectedCount, warnings, warned, runId, source, status, error } = report; // prettier-ignore
  return {
    read,
    inserted,
    updated,
    unchanged,
    closed,
    rejected: rejected.map((line) => inWords(line, language)),
    rejectedCount,
    rejectedMore: rejectedCount - rejected.length,
    warnings,
    warned: warned.map((line) => inWords(line, language)),
    runId,
    source,
    status,
    ...(error && { error: { code: error.code, message: translate(language, error.code, error.params) } }),
  };
}

type IngestFacts = Omit<IngestReport, 'rejected' | 'warned' | 'error'> & {
  rejected: object[];
  rejectedMore: number;
  warned: object[];
  error?: { code: string; message: string };
};
type ReportedLine = Omit<RejectedLine, 'message'>;

function inWords({ ref, code, field, params }: ReportedLine, language: Language): object {
  return { ref, code, field, message: translate(language, code, { field, ...params }) };
}

/**
 * Prints the report as JSON with every refused record, however many: where the report lists the first of them only, they are what
 * `refusedBy` answers for its run, a line each, so that none but one is held. Of a file that was refused whole nothing is kept:
 * there the list stays as it is. `after`: what follows the last brace.
 */
export async function printIngestJson(
  report: IngestReport,
  { language, print }: Pick<CliEnvironment, 'language' | 'print'>,
  refusedBy: (runId: string) => AsyncIterable<ReportedLine>,
  after = '',
): Promise<void> {
  const facts = ingestFacts(report, language);
  if (facts.rejectedMore === 0 || report.status === 'refused') {
    print(`${JSON.stringify(facts, null, 2)}${after}`);
    return;
  }
  const { read, inserted, updated, unchanged, closed, rejected: _, ...rest } = facts;
  print(`${JSON.stringify({ read, inserted, updated, unchanged, closed }, null, 2).slice(0, -2)},\n  "rejected": [`);
  let printed = 0;
  let line = '';
  for await (const row of refusedBy(report.runId)) {
    if (printed > 0) print(`${line},`);
    line = `    ${JSON.stringify(inWords(row, language))}`;
    printed += 1;
  }
  if (printed > 0) print(line);
  rest.rejectedMore = report.rejectedCount - printed;
  print(`  ],${JSON.stringify(rest, null, 2).slice(1)}${after}`);
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
