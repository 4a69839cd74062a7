import { readFileSync } from 'node:fs';
import { DEMO_OCCUPATIONS } from './demo-occupations.js';
import {
  ADS_BY_AREA,
  ADS_BY_REGION,
  DEMO_VACANCIES,
  type DemoPlace,
  addDays,
  demoCells,
  demoFeed,
  feedLines,
  sharesOf,
} from './feed.js';
import { PRINTED_TABLE_1 } from '../../programme/groupings.js';
import { seededChance } from '../../shared/chance.js';

const REGIONS = ['10', '11', '15', '19', '23', '27', '31', '33', '35', '39', '43', '47', '55', '59', '61', '62', '63', '71', '75', '79']; // prettier-ignore
const places: DemoPlace[] = REGIONS.flatMap((region) =>
  (['urban', 'rural'] as const).map((settlementType, i) => ({
    kato: `${region}10${i}0000`,
    regionCode: `KZ-${region}`,
    location: `region ${region}, place ${i}`,
    settlementType,
    wordsSuffice: i === 0,
  })),
);
const surroundings = { places, payIndexOf: () => 1, today: '2026-11-22' };
const SECTOR_OF: Record<number, string> = { 119: 'education', 114: 'education', 112: 'medicine', 121: 'agriculture' };

describe('the demo feed', () => {
  const feed = demoFeed(surroundings);

  it('reproduces every cell and total of Table 1', () => {
    const counts: Record<string, Record<string, number>> = {};
    for (const { region_id, profobl } of feed) {
      const sector = SECTOR_OF[profobl as number];
      if (sector === undefined) continue;
      const row = (counts[`KZ-${region_id as number}`] ??= {});
      row[sector] = (row[sector] ?? 0) + 1;
    }
    expect(counts).toEqual(PRINTED_TABLE_1);
    const total = (regions: string[], sector: 'education' | 'medicine' | 'agriculture'): number =>
      regions.reduce((sum, region) => sum + PRINTED_TABLE_1[region]![sector], 0);
    const north = ['KZ-59', 'KZ-63', 'KZ-39', 'KZ-11', 'KZ-55', 'KZ-35'];
    const south = ['KZ-19', 'KZ-47', 'KZ-43', 'KZ-31', 'KZ-61'];
    expect([total(north, 'education'), total(south, 'education')]).toEqual([565, 1264]);
    expect([total(north, 'medicine'), total(south, 'medicine')]).toEqual([1064, 551]);
    expect([total(north, 'agriculture'), total(south, 'agriculture')]).toEqual([470, 230]);
  });

  it('holds 12,000 vacancies, 4,684 of them of Table 1, with ids of their own', () => {
    expect(feed).toHaveLength(DEMO_VACANCIES);
    expect(feed.filter(({ profobl }) => SECTOR_OF[profobl as number] !== undefined)).toHaveLength(4684);
    expect(new Set(feed.map(({ id }) => id)).size).toBe(DEMO_VACANCIES);
  });

  it('is the same again for the same seed and another for another', () => {
    const text = JSON.stringify(feed);
    expect(JSON.stringify(demoFeed(surroundings)) === text).toBe(true);
    expect(JSON.stringify(demoFeed(surroundings, 7)) === text).toBe(false);
  });

  it('is open on its day: nothing published later, nothing already expired', () => {
    const day = '2026-11-22';
    const shut = feed.filter((r) => (r['published'] as string) > day || (r['valid_until'] as string) <= day);
    expect(shut).toEqual([]);
  });

  it.each([3, 40, 1_000])('is still wholly open %i days later', (days) => {
    const later = addDays(surroundings.today, days);
    expect(feed.filter(({ valid_until: last }) => last !== null && (last as string) < later)).toHaveLength(0);
  });

  const enbek = JSON.parse(readFileSync('test/fixtures/enbek/enbek_codelists.json', 'utf8')) as Record<
    'region_id' | 'industry_profobl' | 'schedule_regim' | 'employment_SHEDULE',
    { id: number | string; ads: number }[]
  >;

  it('counts by area and region as Enbek did', () => {
    const areas = enbek.industry_profobl.filter(({ id }) => SECTOR_OF[Number(id)] === undefined);
    expect(ADS_BY_AREA).toEqual(Object.fromEntries(areas.map(({ id, ads }) => [id, ads])));
    expect(ADS_BY_REGION).toEqual(Object.fromEntries(enbek.region_id.map(({ id, ads }) => [`KZ-${id}`, ads])));
  });

  it('has every area and region beside Table 1 at Enbek’s share, to the vacancy', () => {
    const others = feed.filter(({ profobl }) => SECTOR_OF[profobl as number] === undefined);
    const counted = (of: (record: (typeof feed)[number]) => string): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const record of others) counts[of(record)] = (counts[of(record)] ?? 0) + 1;
      return counts;
    };
    expect(others).toHaveLength(DEMO_VACANCIES - 4684);
    for (const [counts, ads] of [
      [counted(({ profobl }) => String(profobl)), ADS_BY_AREA],
      [counted(({ region_id }) => `KZ-${region_id as number}`), ADS_BY_REGION],
    ] as const) {
      const all = Object.values(ads).reduce((sum, n) => sum + n, 0);
      expect(Object.keys(counts).sort()).toEqual(Object.keys(ads).sort());
      for (const [key, n] of Object.entries(ads))
        expect(Math.abs(counts[key]! - (n * others.length) / all)).toBeLessThan(1);
    }
  });

  const share = (records: typeof feed, of: (record: (typeof feed)[number]) => boolean): number =>
    records.filter(of).length / records.length;

  it('offers housing in the north, in its villages most, and seldom elsewhere', () => {
    const north = [59, 63, 39, 11, 55, 35, 10, 62];
    const rural = (location: unknown): boolean => String(location).endsWith('place 1');
    const housed = (record: (typeof feed)[number]): boolean => (record['tags'] as string[]).includes('housing');
    const inNorth = feed.filter(({ region_id }) => north.includes(region_id as number));
    const elsewhere = feed.filter(({ region_id }) => !north.includes(region_id as number));
    expect(
      share(
        inNorth.filter(({ location }) => rural(location)),
        housed,
      ),
    ).toBeCloseTo(0.24, 1);
    expect(
      share(
        inNorth.filter(({ location }) => !rural(location)),
        housed,
      ),
    ).toBeCloseTo(0.12, 1);
    expect(Math.abs(share(elsewhere, housed) - 0.03)).toBeLessThan(0.02);
    const claims = feed.map(({ relocation }) => (relocation as { housing: string } | null)?.housing ?? null);
    expect(feed.filter((record, at) => claims[at] !== null && housed(record) !== (claims[at] === 'provided'))).toEqual(
      [],
    );
  });

  it.each([
    ['schedule', 'schedule_regim'],
    ['employment', 'employment_SHEDULE'],
  ] as const)('has each %s about as often as Enbek', (field, list) => {
    const all = enbek[list].reduce((sum, { ads }) => sum + ads, 0);
    for (const { id, ads } of enbek[list]) {
      const found = share(feed, (record) => record[field] === id);
      expect(Math.abs(found - ads / all)).toBeLessThan(0.02);
    }
  });

  it('gives the code of every place that its words do not find', () => {
    const found = new Set(places.filter((place) => place.wordsSuffice).map((place) => place.location));
    expect(feed.filter(({ kato, location }) => kato === null && !found.has(location as string))).toEqual([]);
  });

  it('says in its header how many lines follow', () => {
    const [header, ...lines] = [...feedLines(feed.slice(0, 5), new Date('2026-11-22T06:00:00Z'))];
    expect(JSON.parse(header!)).toMatchObject({ feed: 'enbek-feed', version: 1, complete: true, count: 5 });
    expect(lines).toHaveLength(5);
  });
});

describe('demo occupations', () => {
  it('cover every area that the cells need', () => {
    const covered = new Set(DEMO_OCCUPATIONS.map(({ areaId }) => areaId));
    expect(demoCells(seededChance(1)).filter(({ areaId }) => !covered.has(areaId))).toEqual([]);
  });

  it('are whole', () => {
    for (const { isco, education, payThousandTenge, weight } of DEMO_OCCUPATIONS) {
      expect(isco).toMatch(/^\d{4}$/);
      expect(education).toBeDefined();
      expect(payThousandTenge).toBeGreaterThan(85);
      expect(weight).toBeGreaterThan(0);
    }
  });
});

describe('sharesOf', () => {
  it('keeps the total and stays within one of the exact share', () => {
    expect(sharesOf({ a: 1, b: 1, c: 1 }, 100)).toEqual([
      ['a', 34],
      ['b', 33],
      ['c', 33],
    ]);
  });
});

describe('addDays', () => {
  it('crosses months and leap days', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});
