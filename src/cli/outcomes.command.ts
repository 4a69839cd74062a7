import { translate } from '../i18n/i18n.js';
import { type CountedRow, type CountedTable, TABLE_3_SOURCE } from '../outcomes/table-3.js';
import { Table3Service } from '../outcomes/table-3.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface Options {
  table3?: boolean;
  json?: boolean;
}

/** The source's name in the ledger of those who applied here. */
const APPLIED = 'application';

export const addOutcomesCommand: AddCommand = (program, environment) => {
  program
    .command('outcomes')
    .description('what became of the people who moved, region by region, counted person by person')
    .option('--table-3', 'the seed study’s Table 3: enters the made-up people behind its counts once, and counts them')
    .option('--json', 'print JSON only')
    .action(async ({ table3 = false, json }: Options) => {
      const counted = await environment.withServices(async (services) => {
        const service = services.get(Table3Service);
        if (table3) await service.enter();
        return service.count(table3 ? TABLE_3_SOURCE : APPLIED);
      });
      if (json) {
        const about = { source: table3 ? TABLE_3_SOURCE : APPLIED, synthetic: table3 };
        environment.print(JSON.stringify({ ...about, ...counted }, null, 2));
        return;
      }
      const say = (code: string, values: Record<string, string | number> = {}): string =>
        translate(environment.language, code, values);
      if (table3) environment.remark(say('outcomes.table_3'));
      environment.print(counted.rows.length === 0 ? say('outcomes.none') : inWords(counted, say));
    });
};

type Say = (code: string, values?: Record<string, string | number>) => string;

function inWords({ rows, returnedOfKnown }: CountedTable, say: Say): string {
  const number = (value: number | null): number | string => value ?? '–';
  const percent = (value: number | null): string => (value === null ? '–' : value.toFixed(1));
  const table = textTable(
    ['region', 'moved', 'returned', 'active', 'employed', 'own_business', 'active_otherwise', 'percent'].map((head) =>
      say(`outcomes.head.${head}`),
    ),
    rows.map((row: CountedRow) => [
      row.regionCode,
      row.moved,
      number(row.returned),
      number(row.active),
      number(row.employed),
      number(row.ownBusiness),
      number(row.activeOtherwise),
      percent(row.activePercent),
    ]),
  );
  if (returnedOfKnown === null) return table;
  const { moved, returned } = returnedOfKnown;
  return `${table}\n\n${say('outcomes.returned_of_known', { moved, returned, percent: returnedOfKnown.percent.toFixed(2) })}`;
}
