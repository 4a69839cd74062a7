import fc from 'fast-check';
import { LEAST_COUNTED, type MarketSides, sidesOf, smoothedRatio } from './sides.js';

const EDUCATION = { north: 565, south: 1264, ratio: 565 / 1264 };
const MARKET: MarketSides = {
  sectors: { education: EDUCATION, tourism: { north: 0, south: 0, ratio: null } },
  occupations: new Map([
    ['2330', { sector: 'education', north: 306, south: 738 }],
    ['2354', { sector: 'education', north: 4, south: 1 }],
    ['4221', { sector: 'tourism', north: 0, south: 0 }],
    ['0110', { sector: null, north: 40, south: 10 }],
  ]),
};

describe('the smoothed ratio of north and south', () => {
  const count = fc.integer({ min: 0, max: 5_000 });
  const sectorOf = (north: number, south: number) => ({ north, south, ratio: south === 0 ? null : north / south });

  it('lies between the counted and the sector’s, and is turned round with the sides', () => {
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 5_000 }),
        (n, s, N, S) => {
          const ratio = smoothedRatio({ north: n, south: s }, sectorOf(N, S))!;
          const counted = s === 0 ? (n === 0 ? N / S : Infinity) : n / s;
          expect(ratio).toBeGreaterThanOrEqual(Math.min(counted, N / S) * (1 - 1e-9));
          expect(ratio).toBeLessThanOrEqual(Math.max(counted, N / S) * (1 + 1e-9));
          expect(1 / smoothedRatio({ north: s, south: n }, sectorOf(S, N))!).toBeCloseTo(ratio, 6);
        },
      ),
    );
  });

  it('comes to the counted one as vacancies grow, and is the sector’s where none are open', () => {
    expect(smoothedRatio({ north: 0, south: 0 }, EDUCATION)).toBeCloseTo(EDUCATION.ratio, 12);
    expect(smoothedRatio({ north: 3e7, south: 1e7 }, EDUCATION)).toBeCloseTo(3, 4);
    expect(smoothedRatio({ north: 3, south: 0 }, null)).toBeNull();
  });
});

describe('what an occupation is told', () => {
  it('is its own ratio beside its sector’s where enough is open', () => {
    const told = sidesOf(MARKET, '2330', 'south')!;
    expect(told).toMatchObject({ sector: 'education', home: 'south', bySector: EDUCATION });
    expect(told.byOccupation!.ratio).toBeCloseTo((306 + (20 * 565) / 1829) / (738 + (20 * 1264) / 1829), 12);
  });

  it('is its sector’s where little is open of it, and nothing where its sector has nothing', () => {
    expect(LEAST_COUNTED).toBeGreaterThan(5);
    expect(sidesOf(MARKET, '2354', null)).toEqual({
      ...{ isco: '2354', sector: 'education', home: null, bySector: EDUCATION, byOccupation: null },
    });
    expect(sidesOf(MARKET, '4221', 'south')).toBeNull();
    expect(sidesOf(MARKET, '9999', 'south')).toBeNull();
  });

  it('is its own alone where it belongs to no sector', () => {
    expect(sidesOf(MARKET, '0110', 'north')).toMatchObject({ bySector: null, byOccupation: { ratio: 4 } });
  });
});
