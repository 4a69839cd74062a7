import type { AddCommand } from './cli.js';

export const addMigrateCommand: AddCommand = (program, environment) => {
  program
    .command('migrate')
    .description('bring the schema up to date and load the reference data')
    .option('--json', 'print JSON only')
    .action(async ({ json }: { json?: boolean }) => {
      const ran = await environment.migrate();
      if (json) environment.print(JSON.stringify({ migrations: ran }));
      else environment.print(ran.length === 0 ? 'The schema is up to date.' : `Ran ${ran.join(', ')}.`);
    });
};
