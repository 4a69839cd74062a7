import { translate } from '../i18n/i18n.js';
import type { AddCommand } from './cli.js';

export const addMigrateCommand: AddCommand = (program, environment) => {
  program
    .command('migrate')
    .description('bring the schema up to date and load the reference data')
    .option('--json', 'print JSON only')
    .action(async ({ json }: { json?: boolean }) => {
      const ran = await environment.migrate();
      if (json) environment.print(JSON.stringify({ migrations: ran }));
      else
        environment.print(
          ran.length === 0
            ? translate(environment.language, 'cli.migrate.up_to_date')
            : translate(environment.language, 'cli.migrate.ran', { names: ran.join(', ') }),
        );
    });
};
