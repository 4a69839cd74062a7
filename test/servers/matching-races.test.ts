import 'reflect-metadata';
import { jest } from '@jest/globals';
import { ReferralService } from '../../src/centres/referral.service.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';

jest.setTimeout(120_000);

/** What the matcher and the centres do to one another at the same moment, over the real program and its policies. */

const officer = (regionCode = 'KZ-59'): Actor => ({
  id: newId(),
  label: 'test',
  role: 'officer',
  regionCode,
  employerId: null,
  householdId: null,
  via: 'token',
});

describe('a program with two connections', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT }, config: { databasePoolSize: 2 } });
  });
  afterAll(() => app.close());

  it('hands over more households at once than it has connections', async () => {
    const vacancies = [await makeVacancy(app.dataSource, { openings: 50 })];
    await makeVacancy(app.dataSource, { districtKato: '551000000', openings: 50 });
    const proposals = await Promise.all(
      Array.from({ length: 6 }, async () =>
        makeProposal(app.dataSource, { household: await makeHousehold(app.dataSource, { adults: [{}] }), vacancies }),
      ),
    );
    const referrals = app.app.get(ReferralService);
    const referred = await Promise.all(
      proposals.map(({ id }) => referrals.refer(officer(), id, 'KZ-55', { version: 1, reason: 'quota_exhausted' })),
    );
    expect(new Set(referred.map(({ referredToId }) => referredToId)).size).toBe(6);
  }, 25_000);
});
