import fc from 'fast-check';
import { estimateTensions, rawTension, smoothTension } from './shortage.js';
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
