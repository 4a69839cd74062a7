import type { AddCommand } from './cli.js';
import { MismatchService } from '../matching/mismatch.service.js';
import { textTable } from './table.js';

interface Options {
  source?: string;
  grouping: string;
  on?: string;
  json?: boolean;
}

export const addMismatchCommand: AddCommand = (program, environment) => {
  program
    .command('mismatch')
    .description('vacancies, openings and seekers by region and sector, and the north/south ratios')
    .option('--source <name>', 'only vacancies of this source')
    .option('--grouping <name>', 'what counts as north and south: seed-table-1 or programme', 'seed-table-1')
    .option('--on <date>', 'date of the programme lists (YYYY-MM-DD), with --grouping programme; today by default')
    .option('--json', 'print JSON only')
    .action(async ({ source, grouping, on, json }: Options) => {
      const mismatch = await environment.withServices((services) =>
        services.get(MismatchService).mismatch({ source, grouping, on }, true),
      );
      if (json) {
        environment.print(JSON.stringify(mismatch, null, 2));
        return;
      }
      environment.print(
        textTable(
          ['Sector', 'North', 'South', 'North per south'],
          Object.entries(mismatch.northSouth).map(([sector, { north, south, ratio }]) => [
            sector,
            north,
            south,
            ratio === null ? '–' : ratio.toFixed(2),
          ]),
        ),
      );
    });
};
