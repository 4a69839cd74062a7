import type { DataSource } from 'typeorm';
import type { EducationLevel } from '../../src/matching/core/types.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { RetrainingService } from '../../src/matching/retraining.service.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type VacancyWish, makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';

const NOW = new Date('2026-11-22T06:00:00Z');

interface Names {
  kk: string;
  ru: string;
  en: string;
}
interface Posts {
  vacancies: number;
  openings: number;
}
interface RouteJson extends Posts {
  isco: string;
  names: Names;
  similarity: number;
  course: { kind: string; months: number; gives: string | null; text: string };
  missing: { code: string; text: string }[];
  payRatio: number | null;
  matchedAnyway: boolean;
  regions: (Posts & { regionCode: string; districts: (Posts & { districtKato: string | null })[] })[];
}

let running: TestApp;
let owner: DataSource;

beforeAll(async () => {
  const database = await createTestDatabase();
  owner = await database.dataSource();
  await loadReferenceData(owner, NOW);
  running = await startTestApp({ role: 'api', database, clock: { now: () => NOW } });
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
});
beforeEach(() => owner.query('delete from vacancy'));

const get = async (path: string, language = 'en') => {
  const response = await fetch(`${running.url}/api/v1/occupations/${path}`, {
    headers: { 'accept-language': language },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const routes = async (isco: string, region = 'KZ-59'): Promise<RouteJson[]> => {
  const { status, body } = await get(`${isco}/routes?region=${region}`);
  expect(status).toBe(200);
  return body['routes'] as RouteJson[];
};
/** A post of a cook that a beginner may take, in Petropavl. */
const post = (wish: VacancyWish = {}) => makeVacancy(owner, { isco: '5120', sector: 'services', openings: 1, ...wish });
const cook = async (): Promise<RouteJson> => (await routes('9412')).find(({ isco }) => isco === '5120')!;

describe('an occupation over HTTP', () => {
  it('has names in three languages, its sector, its law, its level and what is near', async () => {
    const { status, body } = await get('3221', 'ru');
    expect(status).toBe(200);
    expect(body).toMatchObject({ isco: '3221', sector: 'medicine', regulated: 'medicine', skillLevel: 3 });
    const names = body['names'] as Names;
    expect(new Set(Object.values(names)).size).toBe(3);
    const near = body['near'] as {
      isco: string;
      viability: string;
      similarity: number;
      missing: RouteJson['missing'];
    }[];
    expect(near.length).toBe(12);
    expect(near.find(({ isco }) => isco === '2221')).toMatchObject({ viability: 'highly_viable' });
    expect(near.find(({ isco }) => isco === '2221')!.missing.map(({ code, text }) => [code, text])).toEqual([
      ['missing.education_higher', 'высшее образование'],
      ['missing.speciality_medicine', 'проверка, подходит ли ваш медицинский диплом к этой специальности'],
    ]);
    expect(near.map(({ similarity }) => similarity)).toEqual(
      near.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
  });

  it.each(['9999', '322', 'nurse', '3221x', "3221'--"])('answers %s with a coded 404', async (isco) => {
    const { status, body } = await get(isco);
    expect([status, body['code']]).toEqual([404, 'occupation.unknown']);
  });

  it.each([
    ['kk', 'танымадық'],
    ['ru', 'не узнали'],
    ['en', 'do not know'],
  ])('says so in %s', async (language, words) => {
    expect((await get('9999', language)).body['detail']).toContain(words);
  });
});

describe('routes over HTTP', () => {
  it('count what a beginner may take today, by region and district', async () => {
    await post({ openings: 3 });
    await post({ openings: 2, columns: { experience: 'none', education: 'general_secondary' } });
    await post({ districtKato: '595000000' });
    await post({ districtKato: '551000000', openings: 50 });
    const found = await cook();
    expect(found).toMatchObject({ vacancies: 3, openings: 6, matchedAnyway: false, payRatio: null });
    expect(found.course).toMatchObject({ kind: 'vocational', months: 3, text: 'short vocational course' });
    expect(found.regions).toEqual([
      {
        regionCode: 'KZ-59',
        vacancies: 3,
        openings: 6,
        openingsAskingMore: 0,
        districts: [
          { districtKato: '591000000', vacancies: 2, openings: 5, openingsAskingMore: 0 },
          { districtKato: '595000000', vacancies: 1, openings: 1, openingsAskingMore: 0 },
        ],
      },
    ]);
  });

  it.each<[string, VacancyWish]>([
    ['is closed', { columns: { status: 'closed', closed_at: NOW, closed_reason: 'feed' } }],
    ['ended yesterday', { columns: { valid_until: '2026-11-21' } }],
    ['may be of another occupation', { columns: { isco_sure: false } }],
    ['asks for experience', { columns: { experience: '1-3' } }],
    ['asks for a degree', { columns: { education: 'higher' } }],
    ['asks for a driving licence', { columns: { driving: ['B'] } }],
    ['is for a season', { employment: 'seasonal' }],
    ['has no post left', { openings: 0 }],
    ['lies in another region', { districtKato: '551000000' }],
  ])('leave out a vacancy that %s', async (_, wish) => {
    await post();
    await post(wish);
    expect((await cook()).vacancies).toBe(1);
  });

  it('leave out the vacancy of a firm that nobody has checked', async () => {
    const id = newId();
    await owner.query(
      `insert into employer (id, name, name_normalised, created_at) values ($1, 'ТОО Сынақ', $2, now())`,
      [id, id],
    );
    await post({ columns: { source: `employer:${id}`, employer_id: id } });
    expect((await cook()).vacancies).toBe(0);
    await owner.query('update employer set verified_at = now() where id = $1', [id]);
    expect((await cook()).vacancies).toBe(1);
  });

  it('count a vacancy that ends today, and one of unstated employment', async () => {
    await post({ columns: { valid_until: '2026-11-22' } });
    await post({ employment: null, columns: { valid_until: null } });
    expect((await cook()).vacancies).toBe(2);
  });

  it('read all reception regions of the date when none is named, the fullest first', async () => {
    await post({ openings: 1 });
    await post({ districtKato: '551000000', openings: 4 });
    await post({ districtKato: '612000000', openings: 90 });
    const { body } = await get('9412/routes');
    expect(body['regionCodes']).toEqual(expect.arrayContaining(['KZ-59', 'KZ-55']));
    expect(body['regionCodes']).not.toContain('KZ-61');
    const found = (body['routes'] as RouteJson[]).find(({ isco }) => isco === '5120')!;
    expect(found.regions.map(({ regionCode, openings }) => [regionCode, openings])).toEqual([
      ['KZ-55', 4],
      ['KZ-59', 1],
    ]);
  });

  it('put what unlocks most first, and what is matched without a course last', async () => {
    await makeVacancy(owner, { isco: '7412', openings: 9, columns: { title: 'Электромонтёр' } });
    await makeVacancy(owner, { isco: '7126', openings: 2, columns: { title: 'Сантехник' } });
    const found = await routes('7411');
    expect(found.map(({ isco, openings, matchedAnyway }) => [isco, openings, matchedAnyway])).toEqual([
      ['7126', 2, false],
      ['7412', 9, true],
      ['7413', 0, true],
    ]);
  });

  it('offer no work that pays less than three quarters, and say when pay is not known', async () => {
    const paid = (isco: string, payTenge: number, count: number) =>
      Promise.all(
        Array.from({ length: count }, () => makeVacancy(owner, { isco, payMinTenge: payTenge, payMaxTenge: null })),
      );
    await paid('9412', 200_000, 5);
    await paid('5120', 100_000, 4);
    expect((await cook()).payRatio).toBeNull();
    await paid('5120', 149_000, 5);
    expect(await cook()).toBeUndefined();
    await owner.query(`update vacancy set pay_min_tenge = 150000 where isco = '5120'`);
    expect((await cook()).payRatio).toBe(0.75);
  });

  it('count a bus only where its category is stated and the course gives it', async () => {
    const bus = (driving: string[]) => makeVacancy(owner, { isco: '8331', openings: 1, columns: { driving } });
    await bus([]);
    await bus(['D']);
    await bus(['D1']);
    const found = (await routes('8332')).find(({ isco }) => isco === '8331')!;
    expect(found).toMatchObject({ vacancies: 1, matchedAnyway: false, course: { gives: 'D1' } });
    expect(found.missing.map(({ code }) => code)).toEqual(['missing.driving']);
  });

  it('lead nobody into medicine or teaching who holds no diploma, whatever their occupation', async () => {
    const { routes: found } = await running.app
      .get(RetrainingService)
      .routes({ isco: '2341', education: 'higher', diplomas: [], driving: null }, null);
    expect(found.map(({ route }) => route.to)).not.toContain('2342');
    const { routes: teacher } = await running.app
      .get(RetrainingService)
      .routes({ isco: '2341', education: 'higher', diplomas: ['teaching'], driving: null }, null);
    expect(teacher.map(({ route }) => route.to)).toContain('2342');
  });

  it('count posts that ask for a college, and say how many do for who has school only', async () => {
    await post({ openings: 2 });
    await post({ openings: 3, columns: { education: 'vocational' } });
    const of = async (education: EducationLevel) => {
      const { routes: found } = await running.app
        .get(RetrainingService)
        .routes({ isco: '9412', education, diplomas: [], driving: [] }, ['KZ-59']);
      const { openings, openingsAskingMore } = found.find(({ route }) => route.to === '5120')!;
      return [openings, openingsAskingMore];
    };
    expect(await of('vocational')).toEqual([5, 0]);
    expect(await of('general_secondary')).toEqual([5, 3]);
    expect(await cook()).toMatchObject({ openings: 5, openingsAskingMore: 3 });
  });

  it('count posts that ask for a degree for who has one', async () => {
    await post({ columns: { education: 'higher' } });
    const { routes: found } = await running.app
      .get(RetrainingService)
      .routes({ isco: '9412', education: 'higher', diplomas: [], driving: [] }, ['KZ-59']);
    expect(found.find(({ route }) => route.to === '5120')).toMatchObject({ openings: 1, openingsAskingMore: 0 });
  });

  it('are none for an occupation without a course, and refuse what is unknown', async () => {
    expect(await routes('1111')).toEqual([]);
    const code = async (path: string) => {
      const { status, body } = await get(path);
      return [status, body['code']];
    };
    expect(await code('9999/routes')).toEqual([404, 'occupation.unknown']);
    expect(await code('9412/routes?region=KZ-99')).toEqual([404, 'region.unknown']);
    expect(await code('9412/routes?region=Kostanay')).toEqual([400, 'request.invalid']);
  });
});
