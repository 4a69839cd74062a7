import { MatchingService } from '../matching/matching.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

export const addMatchCommand: AddCommand = (program, environment) => {
  program
    .command('match')
    .description(
      'match every consenting household with the open vacancies now, and put proposals into the review queues',
    )
    .option('--json', 'print JSON only')
    .action(async ({ json }: { json?: boolean }) => {
      const run = await environment.withServices((services) =>
        services.get(MatchingService).run('command', { signal: environment.signal }),
      );
      if (json) environment.print(JSON.stringify(run, null, 2));
      else
        environment.print(
          textTable(
            ['', ''],
            Object.entries(run).map(([name, value]) => [name, String(value)]),
          ),
        );
    });
};
