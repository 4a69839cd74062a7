import fc from 'fast-check';
import { estimateTensions, rawTension, smoothTension, withMovers } from './shortage.js';
import type { MarketCount } from './types.js';

const counts = fc.array(
  fc.record({
    regionCode: fc.constantFrom('KZ-59', 'KZ-61'),
    sector: fc.constantFrom('medicine', 'education'),
    isco: fc.option(fc.constantFrom('2221', '2341')),
    openings: fc.integer({ min: 0, max: 500 }),
    seekers: fc.integer({ min: 0, max: 500 }),
  }),
  { maxLength: 12 },
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
    const plain = estimateTensions(market, 5);
    const crowded = estimateTensions(withMovers(market, RULES), 5);
    const at = (tensions: typeof plain, region: string): number => tensions.occupation(region, '2221', 'medicine');
    expect(at(crowded, 'KZ-59')).toBeLessThan(at(plain, 'KZ-59'));
    expect(at(crowded, 'KZ-61') / at(plain, 'KZ-61')).toBeGreaterThan(0.95);
  });
});

describe('tension', () => {
  it('smoothed, lies between the raw tension and its prior', () => {
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(count, count, fc.double({ min: 0, max: 50, noNaN: true }), (openings, seekers, prior) => {
        const raw = rawTension(openings, seekers);
        const smooth = smoothTension(openings, seekers, prior, 5);
        expect(smooth).toBeGreaterThanOrEqual(Math.min(raw, prior) - 1e-9);
        expect(smooth).toBeLessThanOrEqual(Math.max(raw, prior) + 1e-9);
      }),
    );
  });

  it('is finite everywhere and rises with every opening', () => {
    fc.assert(
      fc.property(counts, (market: MarketCount[]) => {
        const before = estimateTensions(market, 5).occupation('KZ-59', '2221', 'medicine');
        const more: MarketCount = { regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings: 1, seekers: 0 };
        const after = estimateTensions([...market, more], 5).occupation('KZ-59', '2221', 'medicine');
        expect(Number.isFinite(before)).toBe(true);
        expect(after).toBeGreaterThan(before);
      }),
    );
  });

  it('leans to the sector where an occupation is not seen at all', () => {
    const tensions = estimateTensions(
      [{ regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings: 100, seekers: 9 }],
      5,
    );
    const sector = tensions.sector('KZ-59', 'medicine');
    expect(sector).toBeCloseTo(10, 12);
    expect(tensions.occupation('KZ-59', '2212', 'medicine')).toBeCloseTo((5 * sector) / 6, 12);
  });
});
