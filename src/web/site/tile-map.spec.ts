import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fromRoot } from '../../config/paths.js';
import { REGION_TILES } from './region-tiles.js';
import { classBounds } from './tile-map.js';

describe('the tile map', () => {
  it('has one tile for each region, each in a place of its own', () => {
    const regions = JSON.parse(readFileSync(fromRoot('data', 'regions.json'), 'utf8')) as { code: string }[];
    expect(REGION_TILES.map(({ code }) => code).sort()).toEqual(regions.map(({ code }) => code).sort());
    expect(new Set(REGION_TILES.map(({ column, row }) => `${column} ${row}`)).size).toBe(REGION_TILES.length);
  });

  it('puts every value into one class, larger ones never into a lighter one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 }), (values) => {
        const bounds = classBounds(values);
        expect(bounds.length).toBeLessThanOrEqual(5);
        for (const value of values) {
          expect(bounds.filter(({ least, most }) => least <= value && value <= most)).toHaveLength(1);
        }
        const shades = bounds.map(({ shade }) => shade);
        expect(shades).toEqual([...new Set(shades)].sort((a, b) => a - b));
      }),
    );
  });

  it('needs no class without a figure', () => {
    expect(classBounds([])).toEqual([]);
  });
});
