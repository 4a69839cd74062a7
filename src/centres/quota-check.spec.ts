import { LANGUAGES, translate } from '../i18n/i18n.js';
import { QUOTA_CODES, type QuotaInSight, checkQuota } from './quota-check.js';

const quota = (left: number | null): QuotaInSight => ({
  year: 2026,
  category: 'settlers',
  persons: left === null ? null : 100,
  verified: true,
  reserved: 0,
  taken: 0,
  approvedPersons: 0,
  left,
});

describe('the quota beside a household', () => {
  it('has room for as many persons as are left, and not for one more', () => {
    expect(checkQuota(quota(4), 4, false)).toMatchObject({ code: 'quota.enough', left: 4, leftAfter: 0, beyond: 0 });
    expect(checkQuota(quota(4), 5, false)).toMatchObject({ code: 'quota.exceeded', leftAfter: -1, beyond: 1 });
    expect(checkQuota(quota(-2), 3, false)).toMatchObject({ code: 'quota.exceeded', leftAfter: -5, beyond: 5 });
  });

  it('does not count a household twice', () => {
    expect(checkQuota(quota(0), 4, true)).toMatchObject({ code: 'quota.enough', left: 0, leftAfter: 0 });
    expect(checkQuota(quota(-1), 4, true)).toMatchObject({ code: 'quota.exceeded', leftAfter: -1, beyond: 1 });
  });

  it('says so where the region has none', () => {
    expect(checkQuota(quota(null), 4, false)).toMatchObject({
      code: 'quota.none',
      left: null,
      leftAfter: null,
      beyond: 0,
    });
  });

  it('has words in every language, with the numbers in them', () => {
    for (const language of LANGUAGES) {
      const said = QUOTA_CODES.map((code) => translate(language, code, { ...checkQuota(quota(2), 7, false) }));
      expect(new Set(said).size).toBe(QUOTA_CODES.length);
      expect(said.join(' ')).not.toContain('quota.');
      expect(said[2]).toMatch(/7.*2026.*5/);
    }
  });
});
