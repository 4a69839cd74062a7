import fc from 'fast-check';
import { WEIGHTS } from '../../../test/support/market.js';
import { priorOpeningsOf } from './prior-strength.js';
import { estimateTensions, smoothTension, withMovers } from './shortage.js';
import type { MarketCount } from './types.js';

const RULES_OF_PRIOR = WEIGHTS.shortage;
const SECTORS = { '2221': 'medicine', '2212': 'medicine', '2341': 'education' } as const;

const counts = fc.array(
  fc
    .record({
      regionCode: fc.constantFrom('KZ-59', 'KZ-61'),
      isco: fc.option(fc.constantFrom('2221', '2212', '2341')),
      openings: fc.integer({ min: 0, max: 500 }),
      seekers: fc.integer({ min: 0, max: 500 }),
    })
    .map((count) => ({ ...count, sector: count.isco === null ? 'medicine' : SECTORS[count.isco] })),
  { maxLength: 12 },
);

/** A market of many cells, so that the strength of every prior is estimated and not stated. */
const wide = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 30 })), { minLength: 120, maxLength: 120 })
  .map((drawn) =>
    drawn.map(([openings, seekers], i): MarketCount => {
      const occupation = i % 12;
      return {
        regionCode: `KZ-${10 + Math.floor(i / 12)}`,
        sector: occupation < 6 ? 'medicine' : 'education',
        isco: `2${100 + occupation}`,
        openings,
        squaredOpenings: 2 * openings,
        seekers,
      };
    }),
  );

const RULES = { receptionRegions: new Set(['KZ-59', 'KZ-55']), departureRegions: new Set(['KZ-61']) };

describe('people who wish to move', () => {
  const nurses = { sector: 'medicine', isco: '2221' };
  const market: MarketCount[] = [
    { regionCode: 'KZ-59', ...nurses, openings: 30, seekers: 5 },
    { regionCode: 'KZ-55', ...nurses, openings: 10, seekers: 0 },
    { regionCode: 'KZ-71', ...nurses, openings: 40, seekers: 1 },
    { regionCode: 'KZ-61', ...nurses, openings: 20, seekers: 100, movers: 8 },
    { regionCode: 'KZ-75', ...nurses, openings: 0, seekers: 9, movers: 9 },
    { regionCode: 'KZ-59', sector: 'education', isco: '2341', openings: 6, seekers: 1 },
  ];

  it('compete in the reception regions in proportion to the openings there, and stay seekers at home', () => {
    expect(withMovers(market, RULES).map(({ seekers }) => seekers)).toEqual([5 + 6, 0 + 2, 1, 100, 9, 1]);
  });

  it('are counted once among all reception regions, whatever the market', () => {
    const total = (from: readonly MarketCount[]): number => from.reduce((sum, { seekers }) => sum + seekers, 0);
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 99 }), (drawn, movers) => {
        const home: MarketCount = { regionCode: 'KZ-61', ...nurses, openings: 0, seekers: movers, movers };
        const before = [...drawn, home];
        const open = drawn.some((one) => one.regionCode === 'KZ-59' && one.isco === '2221' && one.openings > 0);
        expect(total(withMovers(before, RULES))).toBeCloseTo(total(before) + (open ? movers : 0), 6);
      }),
    );
  });

  it('lower the tension where they would go and nowhere else', () => {
    const plain = estimateTensions(market, RULES_OF_PRIOR);
    const crowded = estimateTensions(withMovers(market, RULES), RULES_OF_PRIOR);
    const at = (tensions: typeof plain, region: string): number => tensions.occupation(region, '2221', 'medicine');
    expect(at(crowded, 'KZ-59')).toBeLessThan(at(plain, 'KZ-59'));
    expect(at(crowded, 'KZ-61') / at(plain, 'KZ-61')).toBeGreaterThan(0.95);
  });
});

describe('a smoothed tension', () => {
  const count = fc.integer({ min: 0, max: 1000 });
  const people = fc.integer({ min: 1, max: 1000 });
  const prior = fc.double({ min: 1e-3, max: 50, noNaN: true });
  const strength = fc.double({ min: 0.5, max: 100, noNaN: true });

  it('lies between the raw tension and its prior', () => {
    fc.assert(
      fc.property(count, people, prior, strength, (openings, competitors, mean, a) => {
        const raw = openings / competitors;
        const smooth = smoothTension(openings, competitors, mean, a);
        expect(smooth).toBeGreaterThanOrEqual(Math.min(raw, mean) * (1 - 1e-9));
        expect(smooth).toBeLessThanOrEqual(Math.max(raw, mean) * (1 + 1e-9));
      }),
    );
  });

  it('comes nearer to the raw one as both counts grow, and reaches it', () => {
    fc.assert(
      fc.property(count, people, prior, strength, fc.double({ min: 1, max: 50, noNaN: true }), (o, c, mean, a, k) => {
        const away = (times: number): number => Math.abs(smoothTension(times * o, times * c, mean, a) - o / c);
        expect(away(k)).toBeLessThanOrEqual(away(1) + 1e-9);
        expect(away(1e9)).toBeLessThanOrEqual(1e-3 * (1 + o / c));
      }),
    );
  });

  it('keeps the order of the raw ones among as many competitors, and does not feel the unit of tension', () => {
    fc.assert(
      fc.property(count, count, people, prior, strength, (one, other, competitors, mean, a) => {
        const at = (openings: number): number => smoothTension(openings, competitors, mean, a);
        expect(Math.sign(at(one) - at(other))).toBe(Math.sign(one - other));
        expect(smoothTension(one, competitors * 7, mean / 7, a)).toBeCloseTo(at(one) / 7, 9);
      }),
    );
  });
});

describe('the strength of a prior', () => {
  const cells = (shares: readonly number[]): { openings: number; competitors: number; prior: number }[] =>
    shares.map((share) => ({ openings: 10 * share, competitors: 10, prior: 1 }));
  const { leastPriorOpenings: least, mostPriorOpenings: most } = RULES_OF_PRIOR;

  it('is weak where cells scatter, strong where they are alike, and never beyond its bounds', () => {
    const many = (low: number, high: number): number[] => Array.from({ length: 40 }, (_, i) => (i % 2 ? low : high));
    const of = (low: number, high: number, lot = 1): number =>
      priorOpeningsOf(cells(many(low, high)), lot, RULES_OF_PRIOR)(1);
    expect(of(1, 1)).toBe(most);
    expect(of(0.4, 1.6)).toBeLessThan(of(0.6, 1.4));
    expect(of(0, 30)).toBeCloseTo(least, 6);
    // (6)² = 36 against 10 + 100 ÷ a for 39 of 40 cells.
    expect(of(0.4, 1.6)).toBeCloseTo(100 / ((36 * 40) / 39 - 10), 3);
  });

  it('is stronger the larger the lots that openings come in', () => {
    const shares = Array.from({ length: 40 }, (_, i) => (i % 2 ? 0.2 : 1.8));
    const at = (lot: number): number => priorOpeningsOf(cells(shares), lot, RULES_OF_PRIOR)(1);
    expect(at(3)).toBeGreaterThan(at(1));
  });

  it('is stated in people where there are too few cells to tell', () => {
    const few = priorOpeningsOf(cells([0, 3]), 1, RULES_OF_PRIOR);
    expect(few(4)).toBe(4 * RULES_OF_PRIOR.priorSeekers);
  });
});

describe('the tensions of a market', () => {
  it('are finite and rise with every opening more of an occupation', () => {
    fc.assert(
      fc.property(counts, (drawn: MarketCount[]) => {
        const more: MarketCount = { regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings: 1, seekers: 0 };
        const market = [...drawn, more];
        const before = estimateTensions(market, RULES_OF_PRIOR).occupation('KZ-59', '2221', 'medicine');
        const after = estimateTensions([...market, more], RULES_OF_PRIOR).occupation('KZ-59', '2221', 'medicine');
        expect(Number.isFinite(before)).toBe(true);
        expect(after).toBeGreaterThan(before);
      }),
    );
  });

  it('are finite and positive for what nobody seeks and nothing is open of, in a market that tells its own scatter', () => {
    fc.assert(
      fc.property(wide, (market) => {
        fc.pre(market.some(({ openings }) => openings > 0));
        const tensions = estimateTensions(market, RULES_OF_PRIOR);
        for (const [region, isco] of [
          ['KZ-10', '2100'],
          ['KZ-10', '9999'],
          ['KZ-99', '2100'],
          ['KZ-99', null],
        ] as const) {
          const tension = tensions.occupation(region, isco, 'medicine');
          expect(Number.isFinite(tension) && tension > 0).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('come to the counted ones when a market is counted a thousand times over', () => {
    fc.assert(
      fc.property(wide, (market) => {
        const far = market.map((one) => ({
          ...one,
          openings: 1e6 * one.openings,
          seekers: 1e6 * (one.seekers + 1) - 1,
        }));
        const tensions = estimateTensions(far, RULES_OF_PRIOR);
        for (const { regionCode, isco, sector, openings, seekers } of market) {
          expect(tensions.occupation(regionCode, isco, sector)).toBeCloseTo(openings / (seekers + 1), 3);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('lean, where an occupation is rare, to its region’s sector and to the occupation elsewhere', () => {
    const market = (openings: number, seekers: number): MarketCount[] => [
      { regionCode: 'KZ-59', sector: 'medicine', isco: '2212', openings: 400, seekers: 99 },
      { regionCode: 'KZ-61', sector: 'medicine', isco: '2212', openings: 100, seekers: 99 },
      { regionCode: 'KZ-61', sector: 'medicine', isco: '2221', openings: 50, seekers: 99 },
      { regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings, seekers },
    ];
    const rare = estimateTensions(market(1, 0), RULES_OF_PRIOR).occupation('KZ-59', '2221', 'medicine');
    // Half of what doctors have there, as in the other region, drawn a little to the one opening that is counted.
    expect(rare).toBeGreaterThan(1);
    expect(rare).toBeLessThan(2.5);
    const common = estimateTensions(market(800, 99), RULES_OF_PRIOR).occupation('KZ-59', '2221', 'medicine');
    expect(common).toBeGreaterThan(7);
  });

  it('lean to the sector where an occupation is not seen at all', () => {
    const tensions = estimateTensions(
      [{ regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings: 100, seekers: 9 }],
      RULES_OF_PRIOR,
    );
    const sector = tensions.sector('KZ-59', 'medicine');
    expect(sector).toBeCloseTo(10, 12);
    expect(tensions.occupation('KZ-59', '2212', 'medicine')).toBeCloseTo((5 * sector) / 6, 12);
  });
});
