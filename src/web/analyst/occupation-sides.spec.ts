import type { OccupationMismatch } from '../../matching/mismatch.service.js';
import { occupationSides } from './occupation-sides.js';

const grouping = { name: 'test', north: ['KZ-59', 'KZ-39'], south: ['KZ-61'] };
const region = (code: string, openings: number, seekers: number) => ({
  region: code,
  vacancies: openings,
  openings,
  seekers,
  tension: 0,
});
const occupation = (isco: string, sector: string, regions: OccupationMismatch['regions']): OccupationMismatch => ({
  isco,
  titleEn: isco,
  titleRu: null,
  titleKk: null,
  sector,
  vacancies: 0,
  openings: 0,
  seekers: 0,
  tension: 0,
  northSouth: { north: 0, south: 0, ratio: null },
  regions,
});
const NURSES = occupation('2221', 'medicine', [region('KZ-59', 10, 1), region('KZ-39', 20, 3), region('KZ-61', 8, 7)]);
const TEACHERS = occupation('2330', 'education', [region('KZ-59', 3, 0), region('KZ-61', 90, 8)]);
const ELSEWHERE = occupation('2512', 'it', [region('KZ-75', 50, 1)]);
const all = [NURSES, TEACHERS, ELSEWHERE];

describe('occupations in north and south', () => {
  it('add up the regions of a side before they are divided', () => {
    const [nurses] = occupationSides([NURSES], grouping, { sector: null, order: 'north' });
    expect(nurses).toMatchObject({
      north: { openings: 30, seekers: 4, tension: 6 },
      south: { openings: 8, seekers: 7, tension: 1 },
    });
  });

  it('leave out what neither side has, and other sectors', () => {
    const isco = (sector: string | null) =>
      occupationSides(all, grouping, { sector, order: 'north' }).map((one) => one.isco);
    expect(isco(null)).toEqual(['2221', '2330']);
    expect(isco('education')).toEqual(['2330']);
    expect(isco('it')).toEqual([]);
  });

  it.each([
    ['north', '2221'],
    ['south', '2330'],
    ['difference', '2221'],
    ['openings', '2330'],
    ['seekers', '2221'],
  ] as const)('come in the order asked for: %s', (order, first) => {
    expect(occupationSides(all, grouping, { sector: null, order })[0]!.isco).toBe(first);
  });
});
