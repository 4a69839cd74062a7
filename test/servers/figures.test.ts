import 'reflect-metadata';
import { AnswersService } from '../../src/outcomes/answers.service.js';
import { FollowUpsService } from '../../src/outcomes/follow-ups.service.js';
import type { Activity, Answer, Housing, ReturnReason } from '../../src/outcomes/outcome-kinds.js';
import { newId } from '../../src/shared/ids.js';
import { type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeArrival, ownActor } from '../support/arrivals.js';
import { BUILT_AT } from '../support/builders.js';

let running: TestApp;
let analyst: Caller;

/** Households of three persons, one of them an adult, that have arrived and said how they are, each paid so many tenge. */
async function families(
  districtKato: string,
  count: number,
  how: { activity: Activity; housing: Housing } | { reason: ReturnReason },
  tenge: number,
): Promise<void> {
  const answers = running.app.get(AnswersService);
  for (let i = 0; i < count; i++) {
    const { household } = await makeArrival(running.dataSource, { arrivedOn: '2026-10-22', districtKato });
    await running.app.get(FollowUpsService).look();
    const { arrival } = (await answers.own(ownActor(household.id)))!;
    const adults = arrival.adults.map(({ personId }) => ({ personId, activity: 'looking' as Activity }));
    const answer: Answer =
      'reason' in how
        ? { stays: false, reason: how.reason }
        : { stays: true, housing: how.housing, adults: adults.map((one) => ({ ...one, activity: how.activity })) };
    await answers.tell(ownActor(household.id), answer);
    await running.dataSource.query(
      `insert into support_payment (id, household_id, region_code, measure, payee, tenge, paid_on, recorded_by, recorded_at)
       values ($1, $2, $3, 'moving_grant', 'household', $4, '2026-11-02', 'test', $5)`,
      [newId(), household.id, arrival.regionCode, tenge, BUILT_AT],
    );
  }
}

beforeAll(async () => {
  running = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT } });
  analyst = await signedIn(running, { role: 'analyst' });
  await families('591000000', 7, { activity: 'employed', housing: 'housed' }, 100_000);
  await families('591000000', 5, { activity: 'looking', housing: 'housing_trouble' }, 200_000);
  await families('591000000', 6, { reason: 'climate' }, 300_000);
  await families('551000000', 8, { activity: 'employed', housing: 'housed' }, 1_000_000);
  await families('551000000', 5, { reason: 'no_job' }, 1_000);
});
afterAll(() => running.close());

interface Table {
  regions: string[];
  columns: string[];
  cells: (number | null)[][];
  sums: (number | null)[];
  columnSums: (number | null)[];
  total: number | null;
}

/** What a table shows of the two regions, of the columns where anybody is, and of all together; nobody is anywhere else. */
function shown(table: Table): object {
  const used = table.columns.filter((_, c) => table.columnSums[c] !== 0);
  const line = (region: string): (number | null)[] => {
    const r = table.regions.indexOf(region);
    return [...used.map((column) => table.cells[r]![table.columns.indexOf(column)]!), table.sums[r]!];
  };
  const elsewhere = table.regions.filter((_, r) => table.sums[r] !== 0);
  expect(elsewhere.sort()).toEqual(['KZ-55', 'KZ-59']);
  const all = [...used.map((column) => table.columnSums[table.columns.indexOf(column)]!), table.total];
  return { used, 'KZ-55': line('KZ-55'), 'KZ-59': line('KZ-59'), all };
}

const TABLES = {
  adults: {
    used: ['employed', 'looking', 'returned'],
    'KZ-55': [8, 0, 5, 13],
    'KZ-59': [7, 5, 6, 18],
    all: [15, 5, 11, 31],
  },
  housing: { used: ['housed', 'housing_trouble'], 'KZ-55': [8, 0, 8], 'KZ-59': [7, 5, 12], all: [15, 5, 20] },
  returns: { used: ['no_job', 'climate'], 'KZ-55': [5, 0, 5], 'KZ-59': [0, 6, 6], all: [5, 6, 11] },
  persons: { used: ['no_job', 'climate'], 'KZ-55': [15, 0, 15], 'KZ-59': [0, 18, 18], all: [15, 18, 33] },
  payments: {
    used: ['moving_grant'],
    'KZ-55': [8_005_000, 8_005_000],
    'KZ-59': [3_500_000, 3_500_000],
    all: [11_505_000, 11_505_000],
  },
};

describe('the analyst’s figures', () => {
  it('are the sums of what was told and paid, by region and kind', async () => {
    const body = async (path: string) => (await analyst(`/api/v1/analysis/${path}`)).body;
    const [outcomes, returns, payments] = await Promise.all(['outcomes', 'returns', 'payments?year=2026'].map(body));
    expect({
      adults: shown(outcomes.adults),
      housing: shown(outcomes.housing),
      returns: shown(returns.households),
      persons: shown(returns.persons),
      payments: shown(payments.tenge),
    }).toEqual(TABLES);
  });

  it.each([
    ['adults', 'outcomes-adults'],
    ['housing', 'outcomes-housing'],
    ['returns', 'outcomes-returns'],
    ['persons', 'outcomes-persons'],
    ['payments', 'payments'],
  ] as const)('stand in the file of %s: each region’s line, and the sums', async (name, file) => {
    const { text } = await analyst(`/ru/analyst/${file}.csv`);
    const numbers = (start: string): number[] => {
      const line = text.split('\r\n').find((one) => one.startsWith(start))!;
      return line
        .split(';')
        .slice(1)
        .map((cell) => Number(cell.replace(/[^\d]/g, '')))
        .filter((value) => value !== 0 && !Number.isNaN(value));
    };
    const table = TABLES[name];
    const full = (line: number[]): number[] => line.filter((value) => value !== 0);
    expect(numbers('Северо-Казахстанская')).toEqual(full(table['KZ-59']));
    expect(numbers('Павлодарская')).toEqual(full(table['KZ-55']));
    expect(numbers('Всего')).toEqual(full(table.all));
  });
});
