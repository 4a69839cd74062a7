import { Option } from 'commander';
import { ApplicationsView } from '../applications/applications-view.service.js';
import type { ApplicationList } from '../applications/applications-view.service.js';
import { QuotaRevisionsService } from '../applications/quota-revisions.service.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { Problem } from '../shared/problem.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface ListOptions {
  region?: string;
  overdue?: boolean;
  json?: boolean;
}

const MOST_AT_ONCE = 200;

export const addApplicationsCommand: AddCommand = (program, environment) => {
  program
    .command('applications')
    .description('applications on their way: who has them and until when, the overdue first; the quota of each region')
    .option('--region <code>', 'one reception region (KZ-59); all without')
    .option('--overdue', 'only those whose date has passed')
    .option('--json', 'print JSON only')
    .action(async ({ region, overdue = false, json }: ListOptions) => {
      const lists = await environment.withServices(async (services) => {
        const views = services.get(ApplicationsView);
        const known = await services.get(ProgrammeService).everReceptionRegions();
        if (region !== undefined && !known.includes(region)) {
          throw new Problem('centre.region_unknown', 400, { region });
        }
        const all: ApplicationList[] = [];
        for (const code of region === undefined ? known : [region]) {
          const whole = await views.list(code, { overdue, limit: MOST_AT_ONCE });
          while (whole.nextCursor !== null) {
            const more = await views.list(code, { overdue, limit: MOST_AT_ONCE, cursor: whole.nextCursor });
            whole.items.push(...more.items);
            whole.nextCursor = more.nextCursor;
          }
          all.push(whole);
        }
        return all;
      });
      if (json) return environment.print(JSON.stringify(lists, null, 2));
      environment.print(
        textTable(
          ['Region', 'Open', 'Overdue', 'Quota', 'Reserved', 'Taken', 'Left', 'Persons waiting', ''],
          lists.map(({ regionCode, counts, quota }) => [
            regionCode,
            counts.reduce((sum, { open }) => sum + open, 0),
            counts.reduce((sum, count) => sum + count.overdue, 0),
            quota.persons ?? '–',
            quota.reserved,
            quota.taken,
            quota.left ?? '–',
            quota.waitingPersons,
            quota.verified ? '' : 'unverified',
          ]),
        ),
      );
      const items = lists.flatMap((list) => list.items);
      if (items.length === 0) return;
      environment.print('');
      environment.print(
        textTable(
          ['Application', 'Region', 'Persons', 'State', 'With', 'Until', ''],
          items.map(({ id, regionCode, persons, state, owner, dueOn, overdue: late, waitPosition }) => [
            id,
            regionCode,
            persons,
            waitPosition === null ? state : `${state} (${waitPosition})`,
            owner ?? '–',
            dueOn ?? '–',
            late ? 'overdue' : '',
          ]),
        ),
      );
    });
};

interface QuotaOptions {
  region: string;
  category: 'settlers' | 'kandas';
  persons: string;
  from: string;
  source: string;
  verified?: boolean;
  json?: boolean;
}

export const addQuotaCommand: AddCommand = (program, environment) => {
  program
    .command('quota')
    .description('revises a region’s quota from a day on; one below what is reserved and taken is refused')
    .requiredOption('--region <code>', 'KZ-59')
    .requiredOption('--persons <number>', 'the whole quota of the year, not the change')
    .requiredOption('--from <date>', 'the day from which it counts (YYYY-MM-DD)')
    .requiredOption('--source <text>', 'the order that says so')
    .addOption(new Option('--category <category>').choices(['settlers', 'kandas']).default('settlers'))
    .option('--verified', 'somebody has read the order itself')
    .option('--json', 'print JSON only')
    .action(async ({ region, category, persons, from, source, verified = false, json }: QuotaOptions) => {
      if (!/^\d{1,7}$/.test(persons)) throw new Problem('quota.persons_invalid', 400, { persons });
      const balance = await environment.withServices((services) =>
        services
          .get(QuotaRevisionsService)
          .revise(
            { id: 'command-line', role: 'system' },
            { regionCode: region, category, validFrom: from, persons: Number(persons), source, verified },
          ),
      );
      // Of today: a revision of a later day is not in force yet.
      const { year, reserved, taken, left } = balance;
      const numbers = { region, category, year, persons: balance.persons, reserved, taken, left };
      if (json) return environment.print(JSON.stringify({ ...numbers, verified: balance.verified }, null, 2));
      const mark = balance.verified ? '' : 'unverified';
      environment.print(textTable([...Object.keys(numbers), ''], [[...Object.values(numbers), mark]]));
    });
};
