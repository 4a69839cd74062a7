import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../config/paths.js';
import { isArea, sectorOfArea, SECTORS, SEED_SECTORS } from './sectors.js';

describe('sectors', () => {
  it('are stated for each of the 25 areas and for none', () => {
    const areas = parse<{ id: string }>(readFileSync(fromRoot('data', 'areas.csv')), { columns: true });
    expect(areas.map(({ id }) => Number(id))).toEqual(Array.from({ length: 25 }, (_, i) => 101 + i));
    for (const { id } of areas) expect(sectorOfArea(Number(id))).not.toBe('unstated');
    expect(sectorOfArea(null)).toBe('unstated');
    expect(sectorOfArea(126)).toBe('unstated');
    expect(isArea(100)).toBe(false);
  });

  it('join only education and science; the paper has three of them', () => {
    expect([119, 114, 112, 121].map(sectorOfArea)).toEqual(['education', 'education', 'medicine', 'agriculture']);
    expect(SECTORS).toHaveLength(25);
    expect(SECTORS).toEqual(expect.arrayContaining([...SEED_SECTORS]));
  });
});
