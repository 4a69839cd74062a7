import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { rows } from '../../src/database/sql.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { ProgrammeService } from '../../src/programme/programme.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { regionStatistics } from '../../src/reference/reference.queries.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let dataSource: DataSource;
let places: PlaceService;
let programme: ProgrammeService;
let occupations: OccupationService;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await database.dataSource();
  places = new PlaceService(dataSource);
  occupations = new OccupationService(dataSource);
  programme = new ProgrammeService(dataSource);
  await places.onModuleInit();
  await occupations.onModuleInit();
}, 60_000);

afterAll(async () => {
  await database.drop();
});

async function count(table: string, condition = 'true'): Promise<number> {
  const [row] = await rows<{ n: number }>(dataSource, `select count(*)::integer as n from ${table} where ${condition}`);
  return row!.n;
}

describe('reference data', () => {
  it('is whole', async () => {
    expect(await count('region')).toBe(20);
    expect(await count('place', `level = 'region'`)).toBe(20);
    expect(await count('place', `level = 'district'`)).toBe(209);
    expect(await count('place', `level = 'sub_district'`)).toBe(2379);
    expect(await count('place', `level = 'settlement'`)).toBe(12_986);
    expect(await count('area')).toBe(25);
    expect(await count('occupation')).toBe(436);
    expect(await count('place', `level = 'settlement' and settlement_type is null`)).toBe(0);
    expect(await count('place', `level <> 'region' and (district_kato is null or parent_kato is null)`)).toBe(0);
    expect(await count('place', `region_code <> 'KZ-' || left(kato, 2)`)).toBe(0);
  });

  it('is loaded once: a later start writes nothing', async () => {
    // The transaction that wrote a row last: another one as soon as it is written again, even with the same values.
    const written = (): Promise<unknown[]> =>
      rows(
        dataSource,
        `select 'region' as name, max(xmin::text::bigint) as last from region
         union all select 'place', max(xmin::text::bigint) from place
         union all select 'place_alias', max(xmin::text::bigint) from place_alias
         union all select 'area', max(xmin::text::bigint) from area
         union all select 'region_statistic', max(xmin::text::bigint) from region_statistic
         union all select 'occupation', max(xmin::text::bigint) from occupation`,
      );
    const before = await written();
    expect(await loadReferenceData(dataSource, new Date())).toEqual([]);
    expect(await written()).toEqual(before);
  });

  it('loads a changed file again, and it alone', async () => {
    await dataSource.query(`update reference_load set checksum = 'old' where name = 'kato.csv'`);
    await dataSource.query(`update place set name_ru = 'x' where kato = '551010000'`);
    expect(await loadReferenceData(dataSource, new Date())).toEqual(['kato.csv']);
    expect(await count('place', `kato = '551010000' and name_ru = 'г.Павлодар'`)).toBe(1);
    expect(await count('place')).toBe(15_594);
  });

  it('keeps what a source does not have missing: no living costs of Shymkent', async () => {
    const spending = await regionStatistics(dataSource, 'spending_per_head');
    expect(spending).toHaveLength(19);
    expect(spending.map(({ regionCode }) => regionCode)).not.toContain('KZ-79');
    expect(spending.find(({ regionCode }) => regionCode === 'KZ-59')).toMatchObject({ value: 88_905, verified: false });
  });
});

describe('places of Enbek’s own records', () => {
  const fixture = <Shape>(name: string): Shape =>
    JSON.parse(readFileSync(new URL(`../fixtures/enbek/${name}`, import.meta.url), 'utf8')) as Shape;

  it('the three real vacancy pages', () => {
    const postings =
      fixture<{ jobLocation: { address: { addressLocality: string } } }[]>('enbek_jobposting_jsonld.json');
    const found = postings.map((posting) => places.resolve(posting.jobLocation.address.addressLocality, null));
    expect(found.map(({ kato }) => kato)).toEqual(['551010000', '352410000', '191810000']);
    expect(found.map(({ regionCode }) => regionCode)).toEqual(['KZ-55', 'KZ-35', 'KZ-19']);
    expect(found.map(({ districtKato }) => districtKato)).toEqual(['551000000', '352400000', '191800000']);
  });

  it('the five real cards', () => {
    const cards = fixture<{ location: string }[]>('enbek_search_cards_excerpt.json');
    const found = cards.map((card) => places.resolve(card.location, null));
    expect(found.map(({ kato }) => kato)).toEqual(['191010000', '352410000', '315637400', '154820100', '101010000']);
    expect(found.map(({ settlementType }) => settlementType)).toEqual(['urban', 'urban', 'rural', 'urban', 'urban']);
    expect(found.every(({ match }) => match === 'settlement')).toBe(true);
  });

  it('answers repeated texts from memory', () => {
    for (const text of ['Павлодарская область / г. Павлодар', 'Область Абай, г.Семей', 'СКО, с. Небывалое']) {
      expect(places.resolve(text, null)).toBe(places.resolve(text, null));
    }
  });

  it('gives districts and regions by their codes', () => {
    expect(places.district('595030100')).toMatchObject({
      kato: '595000000',
      nameRu: 'Кызылжарский район',
      regionCode: 'KZ-59',
    });
    expect(places.district('710000000')?.kato).toBe('710000000');
    expect(places.district('590000000')).toBeNull();
    expect(places.byKato('000000000')).toBeNull();
    expect(places.regionOfEnbekId(59)).toBe('KZ-59');
    expect(places.regionOfEnbekId(51)).toBeNull();
  });
});

describe('the programme', () => {
  const seven = ['KZ-10', 'KZ-35', 'KZ-39', 'KZ-55', 'KZ-59', 'KZ-62', 'KZ-63'];

  it('has the lists of each date', async () => {
    expect((await programme.versionOn('2018-12-31')).code).toBe('enbek-2017');
    expect((await programme.versionOn('2019-01-01')).code).toBe('enbek-2019');
    expect(await programme.versionOn('2026-11-22')).toMatchObject({
      code: 'settlers-2026',
      validTo: null,
      verified: false,
    });
    expect(await programme.receptionRegions('2026-11-22')).toEqual(seven);
    expect(await programme.receptionRegions('2022-03-01')).toContain('KZ-11');
    expect(await programme.departureRegions('2026-11-22')).toEqual(
      ['KZ-19', 'KZ-31', 'KZ-33', 'KZ-43', 'KZ-47', 'KZ-61', 'KZ-71', 'KZ-75', 'KZ-79'],
    ); // prettier-ignore
    expect(await programme.everReceptionRegions()).toEqual(['KZ-10', 'KZ-11', ...seven.slice(1)]);
  });

  it('refuses a date before its first version and a text that is no date', async () => {
    await expect(programme.versionOn('2016-12-31')).rejects.toMatchObject({
      code: 'programme.before_first_version',
      status: 422,
      params: { date: '2016-12-31', first: '2017-01-01' },
    });
    await expect(programme.receptionRegions('2026-02-30')).rejects.toMatchObject({
      code: 'programme.date_invalid',
      status: 400,
    });
  });

  it('has the quota in force, and none where none was given', async () => {
    expect(await programme.quota('KZ-59', '2026-11-22', 'settlers')).toMatchObject({ persons: 2820, year: 2026 });
    expect(await programme.quota('KZ-55', '2025-06-01', 'kandas')).toMatchObject({ persons: 1056 });
    expect(await programme.quota('KZ-11', '2026-11-22', 'settlers')).toBeNull();
    expect(await programme.quota('KZ-59', '2024-06-01', 'settlers')).toBeNull();
  });

  it('takes a later revision of a year’s quota from its day on', async () => {
    await dataSource.query(
      `insert into programme_quota values (2026, 'KZ-59', 'settlers', '2026-08-24', 2500, 'a test', false)`,
    );
    expect(await programme.quota('KZ-59', '2026-08-23', 'settlers')).toMatchObject({ persons: 2820 });
    expect(await programme.quota('KZ-59', '2026-08-24', 'settlers')).toMatchObject({ persons: 2500, verified: false });
    const ofYear = async (date: string) => (await programme.quotaSources(date)).filter(({ year }) => year === 2026);
    expect(await ofYear('2026-08-23')).toMatchObject([{ persons: 5997 }]);
    const [after, ...more] = await ofYear('2026-08-24');
    expect(more).toEqual([]);
    expect(after).toMatchObject({ persons: 5997 - 2820 + 2500, verified: false });
    expect(after!.sources).toContain('a test');
    expect(after!.sources.length).toBeGreaterThan(1);
  });

  it('groups regions as the paper or as its own lists', async () => {
    expect((await programme.grouping('seed-table-1', '2026-11-22')).south).toEqual([
      'KZ-19',
      'KZ-47',
      'KZ-43',
      'KZ-31',
      'KZ-61',
    ]);
    expect((await programme.grouping('programme', '2026-11-22')).north).toEqual(seven);
    await expect(programme.grouping('other', '2026-11-22')).rejects.toMatchObject({
      code: 'programme.grouping_unknown',
    });
  });
});

describe('occupations', () => {
  it('come by title, with sector and the paper that the law asks for', () => {
    const resolve = (title: string, areaId: number | null) => occupations.resolve({ title, areaId });
    expect(resolve('Учитель казахского языка и литературы', 119)).toMatchObject({ isco: '2330', sure: true });
    expect(resolve('Ветеринар дәрігер', 121)).toMatchObject({ isco: '2250', sure: true });
    expect(resolve('Лаборант', 112)).toMatchObject({ isco: '3212' });
    expect(resolve('срочно!!!', null)).toMatchObject({ isco: null, sure: false });
    expect([occupations.sectorOf('2250'), occupations.sectorOf('2330'), occupations.sectorOf('0000')]).toEqual([
      'agriculture',
      'education',
      null,
    ]);
    expect([occupations.regulatedOf('3221'), occupations.regulatedOf('8332'), occupations.regulatedOf('5120')]).toEqual(
      ['medicine', 'driving', null],
    );
  });
});
