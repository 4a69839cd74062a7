import type { VacancyAnswer } from '../../vacancies/vacancies.dto.js';
import { scriptJson } from '../site/script-json.js';
import { jobPosting } from './job-posting.js';

const VACANCY = {
  title: 'Медсестра', source: 'enbek', externalId: '5916687', publishedOn: '2026-11-03', validUntil: '2026-12-04', duties: null,
  employment: 'permanent', schedule: 'full_day', education: 'vocational', experience: '1-3', payMinTenge: 300_000, payMaxTenge: 350_000,
  openings: 2, isco: '3221', addressText: null, employer: { id: null, name: 'Больница', verified: false },
} as Partial<VacancyAnswer> as VacancyAnswer; // prettier-ignore
const PLACES = {
  url: 'https://q.kz/ru/vacancies/1',
  region: 'Северо-Казахстанская область',
  locality: null,
  summary: 'a & b\n<i>',
};

describe('a vacancy as JobPosting', () => {
  it('has ISO dates, the last day included', () => {
    expect(jobPosting(VACANCY, PLACES)).toMatchObject({
      datePosted: '2026-11-03',
      validThrough: '2026-12-04T23:59:59+05:00',
      employmentType: 'FULL_TIME',
    });
  });

  it('names the firm where the firm itself is the source', () => {
    expect(jobPosting(VACANCY, PLACES)).toMatchObject({ identifier: { name: 'enbek', value: '5916687' } });
    const own = { ...VACANCY, source: 'employer:0198c1c4-0000-7000-8000-000000000000' };
    expect(jobPosting(own, PLACES)).toMatchObject({ identifier: { name: 'Больница', value: '5916687' } });
  });

  it('gives the pay as far as it is stated', () => {
    const pay = (payMinTenge: number | null, payMaxTenge: number | null): unknown =>
      JSON.parse(JSON.stringify(jobPosting({ ...VACANCY, payMinTenge, payMaxTenge }, PLACES)))['baseSalary'];
    expect(pay(300_000, null)).toMatchObject({ value: { minValue: 300_000, unitText: 'MONTH' } });
    expect(pay(300_000, null)).not.toHaveProperty('value.maxValue');
    expect(pay(null, 350_000)).not.toHaveProperty('value.minValue');
    expect(pay(null, null)).toBeUndefined();
  });

  it('says what kind of employment it is, the term before the hours', () => {
    const type = (employment: string | null, schedule: string | null): unknown =>
      jobPosting({ ...VACANCY, employment, schedule }, PLACES)['employmentType'];
    expect(type('seasonal', 'full_day')).toBe('TEMPORARY');
    expect(type('permanent', 'part_day')).toBe('PART_TIME');
    expect(type(null, null)).toBeUndefined();
  });

  it('keeps signs of HTML as signs in the description', () => {
    expect(jobPosting(VACANCY, PLACES)['description']).toBe('<p>a &amp; b</p><p>&lt;i&gt;</p>');
  });
});

describe('JSON inside a script element', () => {
  it('cannot end the element and reads as it was', () => {
    const value = { name: '</script><!--<script>&\u2028\u2029' };
    const text = scriptJson(value);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
