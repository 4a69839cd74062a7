import type { INestApplicationContext } from '@nestjs/common';
import { InvalidArgumentError } from 'commander';
import { translate } from '../i18n/i18n.js';
import { Problem } from '../shared/problem.js';
import type { IngestReport } from '../vacancies/ingest-report.js';
import { IngestService } from '../vacancies/ingest.service.js';
import { RejectedService } from '../vacancies/rejected.service.js';
import type { AddCommand, Done } from './cli.js';
import { type CliEnvironment, EXIT } from './environment.js';
import { ingestText, printIngestJson } from './ingest-words.js';
import { textTable } from './table.js';

interface Options {
  source?: string;
  retry?: boolean;
  limit: number;
  json?: boolean;
}

function asLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new InvalidArgumentError('A whole number from 1 to 10000.');
  return limit;
}

export const addRejectedCommand: AddCommand = (program, environment, done) => {
  program
    .command('rejected')
    .description('vacancy records that were refused: list them, or read them again after a fix')
    .option('--source <name>', 'only records of this source')
    .option(
      '--retry',
      'read them again; those that pass now are applied, source by source: what is reported stays applied whatever ends the command',
    )
    .option('--limit <n>', 'how many to list', asLimit, 100)
    .option('--json', 'print JSON only')
    .action(async ({ source, retry, limit, json }: Options) => {
      const { language } = environment;
      await environment.withServices(async (services) => {
        if (retry) {
          await retryAll(services, source ?? null, json === true, environment, done);
          return;
        }
        const refused = services.get(RejectedService);
        const { items } = await refused.list({ source, limit }, null, language);
        const total = await refused.count(source);
        if (json) environment.print(JSON.stringify({ total, items }, null, 2));
        else if (items.length === 0) environment.print(translate(language, 'cli.rejected.none'));
        else {
          environment.print(
            textTable(
              ['Id', 'Source', 'Record', 'Field', 'Why'],
              items.map(({ id, source: from, ref, field, message }) => [id, from, ref, field ?? '', message]),
            ),
          );
          if (total > items.length)
            environment.print(translate(language, 'cli.rejected.more', { more: total - items.length }));
          await remarkUnread(refused, source, environment);
        }
      });
    });
};

/**
 * Each source is a transaction of its own, so what ends the command later undoes nothing of what was reported: the reports are
 * printed all the same. In JSON what a person may be told of the failure (a `Problem`, Ctrl-C) is the last of them; a failure of the
 * machinery stands on stderr and in the exit code only.
 */
async function retryAll(
  services: INestApplicationContext,
  source: string | null,
  json: boolean,
  environment: CliEnvironment,
  done: Done,
): Promise<void> {
  const { language, signal, print, remark } = environment;
  const refused = services.get(RejectedService);
  const reports: IngestReport[] = [];
  const failure = await services
    .get(IngestService)
    .retryRejected(null, source, signal, (report) => reports.push(report))
    .then(
      () => null,
      (fault: unknown) => ({ fault }),
    );
  if (failure !== null && reports.length === 0) throw failure.fault;
  const reason = failure === null ? null : reasonOf(failure.fault, signal);
  const words = reason && translate(language, reason.code, reason.params);
  const rest = failure && translate(language, 'cli.rejected.rest_waits');
  if (json) {
    print('[');
    for (const [index, report] of reports.entries()) {
      const isLast = index === reports.length - 1 && reason === null;
      await printIngestJson(report, environment, (runId) => refused.ofRun(runId), isLast ? '' : ',');
    }
    if (reason !== null)
      print(JSON.stringify({ error: { code: reason.code, params: reason.params, message: `${words} ${rest}` } }));
    print(']');
  } else {
    print(
      reports.map((report) => ingestText(report, language)).join('\n') ||
        translate(language, 'cli.rejected.nothing_to_retry'),
    );
    await remarkUnread(refused, source ?? undefined, environment);
  }
  if (reports.some(({ status }) => status === 'refused')) done(EXIT.failed);
  if (failure === null) return;
  if (words !== null) remark(words);
  if (rest !== null) remark(rest);
  if (reason === null) throw failure.fault;
  done(signal.aborted ? EXIT.interrupted : EXIT.failed);
}

/** Of lines that no retry reads, so that nobody waits for them. */
async function remarkUnread(
  refused: RejectedService,
  source: string | undefined,
  { language, remark }: CliEnvironment,
): Promise<void> {
  const count = await refused.countUnread(source);
  if (count > 0) remark(translate(language, 'cli.rejected.unread', { count }));
}

/** What a person may be told of a failure; null for one of the machinery. */
function reasonOf(fault: unknown, { aborted }: AbortSignal): Problem | null {
  if (aborted) return new Problem('cli.interrupted', 499);
  return fault instanceof Problem ? fault : null;
}
