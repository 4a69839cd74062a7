import type { DataSource } from 'typeorm';
import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';

let running: TestApp;
let owner: DataSource;

beforeAll(async () => {
  const database = await createTestDatabase();
  owner = await database.dataSource();
  await loadReferenceData(owner, new Date('2026-11-22T06:00:00Z'));
  running = await startTestApp({ role: 'api', database });
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
});

const resolve = async (query: Record<string, string>) => {
  const response = await fetch(`${running.url}/api/v1/occupations/resolve?${new URLSearchParams(query).toString()}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('GET /occupations/resolve', () => {
  it('answers the unit group with its names, and the next best', async () => {
    const { status, body } = await resolve({ title: 'эл.газосварщик 5р' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: 'эл.газосварщик 5р',
      isco: '7212',
      sure: true,
      names: { kk: 'Дәнекерлеуші', ru: 'Сварщик', en: 'Welder' },
    });
    expect(body['confidence']).toBeGreaterThan(0.9);
  });

  it('weighs the area and the second title', async () => {
    expect((await resolve({ title: 'Лаборант', area: '112' })).body['isco']).toBe('3212');
    const both = await resolve({ title: 'Машинист', secondTitle: 'Тепловоз машинисі' });
    expect(both.body['isco']).toBe('8311');
  });

  it('says that a text names no occupation', async () => {
    for (const title of ['', 'срочно!!!', '<b></b>']) {
      const { body } = await resolve({ title });
      expect(body).toMatchObject({ isco: null, names: null, confidence: 0, sure: false, alternatives: [] });
    }
  });

  it.each([
    ['no title', {}, 'title'],
    ['a title too long', { title: 'а'.repeat(501) }, 'title'],
    ['an area that is none', { title: 'повар', area: '99' }, 'area'],
  ])('refuses %s by its field', async (_, query, field) => {
    const { status, body } = await resolve(query as Record<string, string>);
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([{ field }]);
  });
});

describe('the names of occupations', () => {
  it('come from the packs, in three languages', async () => {
    const names = await owner.query<{ title_kk: string; title_ru: string; title_en: string }[]>(
      `select title_kk, title_ru, title_en from occupation where isco = '2330'`,
    );
    expect(names[0]!.title_en).not.toContain('education');
    const unnamed = await owner.query<unknown[]>(`select from occupation where isco in (title_kk, title_ru, title_en)`);
    expect(unnamed).toEqual([]);
  });
});
