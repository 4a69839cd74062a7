import { mismatchCells, northSouthOf } from '../../matching/core/mismatch.js';
import { PRINTED_TABLE_1, SEED_TABLE_1 } from '../../programme/groupings.js';
import { SEED_SECTORS } from '../../reference/sectors.js';
import { printedSum, table1 } from './table-1.js';

const grouping = { name: SEED_TABLE_1.name, north: [...SEED_TABLE_1.north], south: [...SEED_TABLE_1.south] };
const cells = mismatchCells(
  Object.entries(PRINTED_TABLE_1).flatMap(([region, row]) =>
    SEED_SECTORS.map((sector) => ({ region, sector, vacancies: row[sector], openings: 2 * row[sector], seekers: 3 })),
  ),
  { regions: [], sectors: [] },
);
const wish = { grouping, alone: ['KZ-71'], sectors: SEED_SECTORS, measure: 'vacancies' as const };

describe('Table 1', () => {
  it('has the paper’s rows, and its sums where the live counts are the paper’s', () => {
    const rows = table1(cells, wish);
    expect(rows.map(({ region }) => region)).toEqual(['KZ-71', ...grouping.north, null, ...grouping.south, null]);
    const [north, south] = rows.filter(({ region }) => region === null);
    expect(north!.live).toEqual({ education: 565, medicine: 1064, agriculture: 470 });
    expect(south!.live).toEqual({ education: 1264, medicine: 551, agriculture: 230 });
    for (const { live, printed } of rows) expect(printed).toEqual(live);
    expect(north!.live['medicine']! / south!.live['medicine']!).toBe(northSouthOf(cells, grouping)['medicine']!.ratio);
  });

  it('prints nothing of the paper beside what it does not count', () => {
    const openings = table1(cells, { ...wish, measure: 'openings' });
    expect(openings[1]).toMatchObject({ live: { medicine: 2 * 98 }, printed: { medicine: null } });
    expect(printedSum(['KZ-59', 'KZ-62'], 'medicine')).toBeNull();
    expect(printedSum(['KZ-59'], 'it')).toBeNull();
    expect(printedSum([], 'medicine')).toBeNull();
  });

  it('takes a side’s tension of its sums', () => {
    const rows = table1(cells, { ...wish, measure: 'tension' });
    expect(rows.filter(({ region }) => region === null)[0]!.live['medicine']).toBeCloseTo((2 * 1064) / (6 * 3 + 1));
  });
});
