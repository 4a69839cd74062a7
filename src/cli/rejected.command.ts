import { InvalidArgumentError } from 'commander';
import { translate } from '../i18n/i18n.js';
import { IngestService } from '../vacancies/ingest.service.js';
import { RejectedService } from '../vacancies/rejected.service.js';
import type { AddCommand } from './cli.js';
import { EXIT } from './environment.js';
import { ingestJson, ingestText } from './ingest-words.js';
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
    .option('--retry', 'read them again; those that pass now are applied')
    .option('--limit <n>', 'how many to list', asLimit, 100)
    .option('--json', 'print JSON only')
    .action(async ({ source, retry, limit, json }: Options) => {
      const { language } = environment;
      await environment.withServices(async (services) => {
        if (retry) {
          const reports = await services.get(IngestService).retryRejected(null, source ?? null, environment.signal);
          if (json) environment.print(`[${reports.map((report) => ingestJson(report, language)).join(',\n')}]`);
          else
            environment.print(
              reports.map((report) => ingestText(report, language)).join('\n') ||
                translate(language, 'cli.rejected.nothing_to_retry'),
            );
          if (reports.some(({ status }) => status === 'refused')) done(EXIT.failed);
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
        }
      });
    });
};
