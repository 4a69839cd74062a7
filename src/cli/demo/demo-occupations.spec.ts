import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { fromRoot } from '../../config/paths.js';
import { type OccupationRow, buildTitleIndex, findOccupation } from '../../occupations/title-index.js';
import { normaliseTitle } from '../../occupations/title.js';
import { sectorOfArea } from '../../reference/sectors.js';
import { DEMO_OCCUPATIONS } from './demo-occupations.js';

const records = (name: string): Record<string, string>[] =>
  parse(readFileSync(fromRoot('data', 'occupations', name)), { columns: true });

describe('demo occupations', () => {
  it('carry the ISCO-08 code that their title resolves to, so that people and posts of the demo meet', () => {
    const groups: OccupationRow[] = records('occupations.csv').map((group) => ({
      isco: group['isco']!,
      titleEn: group['title_en']!,
      titleRu: group['title_ru'] || null,
      titleKk: group['title_kk'] || null,
      sector: group['sector'] || null,
      regulated: null,
    }));
    const titles = records('titles.csv').map(({ title, isco }) => ({
      titleNormalised: normaliseTitle(title!),
      isco: isco!,
    }));
    const index = buildTitleIndex(groups, titles);
    const odd = DEMO_OCCUPATIONS.map(({ title, isco, areaId }) => {
      return { title, isco, found: findOccupation(index, title, sectorOfArea(areaId))?.isco ?? null };
    }).filter(({ isco, found }) => isco !== found);
    expect(odd).toEqual([]);
  });
});
