import { greatCircleKm } from './distance.js';

describe('greatCircleKm', () => {
  it('is a quarter of the circumference from the pole to the equator', () => {
    expect(greatCircleKm({ lat: 90, lon: 0 }, { lat: 0, lon: 71 })).toBeCloseTo(10_007.5, 0);
  });

  it('measures Shymkent to Petropavl as maps do, both ways', () => {
    const [shymkent, petropavl] = [
      { lat: 42.3417, lon: 69.5901 },
      { lat: 54.8753, lon: 69.1628 },
    ];
    expect(greatCircleKm(shymkent, petropavl)).toBeCloseTo(greatCircleKm(petropavl, shymkent), 9);
    expect(Math.round(greatCircleKm(shymkent, petropavl) / 10)).toBe(139);
  });

  it('is nothing from a place to itself', () => {
    expect(greatCircleKm({ lat: 51.1, lon: 71.4 }, { lat: 51.1, lon: 71.4 })).toBe(0);
  });
});
