import { mismatchCells, moveMismatch, moveMismatchFacts, northSouthOf } from './mismatch.js';
import { WEIGHTS } from '../../../test/support/market.js';
import { estimateTensions } from './shortage.js';

const PAPER = ['education', 'medicine', 'agriculture'];
const cell = (region: string, sector: string, vacancies: number) => ({
  region,
  sector,
  vacancies,
  openings: vacancies,
  seekers: 1,
});

describe('mismatch', () => {
  it('adds up cells of one pair and shows the zero cells asked for', () => {
    const cells = mismatchCells(
      [cell('KZ-59', 'medicine', 60), cell('KZ-59', 'medicine', 38), cell('KZ-75', 'it', 3)],
      {
        regions: ['KZ-59'],
        sectors: PAPER,
      },
    );
    expect(cells.map(({ region, sector, vacancies }) => [region, sector, vacancies])).toEqual([
      ['KZ-59', 'agriculture', 0],
      ['KZ-59', 'education', 0],
      ['KZ-59', 'medicine', 98],
      ['KZ-75', 'it', 3],
    ]);
    expect(cells[2]).toMatchObject({ seekers: 2, tension: 98 / 3 });
  });

  it('compares the sides of a grouping by vacancies, and leaves out who stands on neither', () => {
    const counts = [
      cell('KZ-59', 'medicine', 98),
      cell('KZ-61', 'medicine', 49),
      cell('KZ-71', 'medicine', 329),
      cell('KZ-59', 'it', 4),
    ];
    expect(northSouthOf(counts, { north: ['KZ-59'], south: ['KZ-61'] })).toEqual({
      it: { north: 4, south: 0, ratio: null },
      medicine: { north: 98, south: 49, ratio: 2 },
    });
  });

  it('tells a nurse that she is scarcer in the north and a teacher that she is not', () => {
    const tensions = estimateTensions(
      [
        { regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings: 98, seekers: 5 },
        { regionCode: 'KZ-61', sector: 'medicine', isco: '2221', openings: 272, seekers: 900 },
        { regionCode: 'KZ-59', sector: 'education', isco: '2341', openings: 66, seekers: 200 },
        { regionCode: 'KZ-61', sector: 'education', isco: '2341', openings: 509, seekers: 300 },
      ],
      WEIGHTS.shortage,
    );
    expect(moveMismatch(tensions, 'KZ-61', 'KZ-59', '2221', 'medicine')).toBeGreaterThan(1);
    expect(moveMismatch(tensions, 'KZ-61', 'KZ-59', '2341', 'education')).toBeLessThan(1);
    expect(moveMismatch(estimateTensions([], WEIGHTS.shortage), 'KZ-61', 'KZ-59', '2341', 'education')).toBeNull();
  });

  it('goes with a move as the tensions at both ends and the sides of its sector', () => {
    const tensions = estimateTensions(
      [
        { regionCode: 'KZ-59', sector: 'education', isco: '2330', openings: 66, seekers: 200 },
        { regionCode: 'KZ-61', sector: 'education', isco: '2330', openings: 509, seekers: 300 },
      ],
      WEIGHTS.shortage,
    );
    const move = { from: 'KZ-61', to: 'KZ-59', isco: '2330', sector: 'education' };
    const sides = northSouthOf([cell('KZ-59', 'education', 565), cell('KZ-61', 'education', 1264)], {
      north: ['KZ-59'],
      south: ['KZ-61'],
    });
    const facts = moveMismatchFacts(tensions, move, sides, null);
    expect(facts.mismatch).toBeCloseTo(facts.tensionThere / facts.tensionHome, 12);
    expect(facts).toMatchObject({ sector: 'education', sectorNorthSouth: { north: 565, south: 1264 } });
    expect(facts.sectorNorthSouth!.ratio).toBeCloseTo(0.447, 3);
    expect(moveMismatchFacts(tensions, { ...move, sector: 'unstated' }, sides, null).sectorNorthSouth).toBeNull();
    expect(moveMismatchFacts(tensions, { ...move, sector: 'it' }, sides, null).sectorNorthSouth).toBeNull();
  });
});
