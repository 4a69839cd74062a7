import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { asSystem } from '../../src/database/scope.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { isUntouched } from '../../src/ready-database.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeVacancy } from '../support/builders.js';

jest.setTimeout(60_000);

describe('a database without anything that somebody has entered', () => {
  let app: TestApp;
  const untouched = (): Promise<boolean> => asSystem(() => isUntouched(app.app.get(DataSource)));

  beforeAll(async () => {
    app = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT } });
  });
  afterAll(() => app.close());

  it('is untouched until the demo has been matched, however far an interrupted demo had come', async () => {
    expect(await untouched()).toBe(true);
    await makeVacancy(app.dataSource);
    await makeHousehold(app.dataSource);
    expect(await untouched()).toBe(true);
    // The demo's own vacancies may be matched as they come in, before its households are there.
    await app.app.get(MatchingService).run('vacancies');
    expect(await untouched()).toBe(true);
    await app.app.get(MatchingService).run('demo');
    expect(await untouched()).toBe(false);
  });
});

it.each([
  ['household', (app: TestApp) => makeHousehold(app.dataSource, { columns: { synthetic: false } })],
  ['vacancy', (app: TestApp) => makeVacancy(app.dataSource, { columns: { synthetic: false } })],
])('a %s that is not invented touches it', async (_, make) => {
  const app = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT } });
  try {
    await make(app);
    expect(await asSystem(() => isUntouched(app.app.get(DataSource)))).toBe(false);
  } finally {
    await app.close();
  }
});
