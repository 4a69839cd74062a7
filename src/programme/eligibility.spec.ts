import { type EligibilityQuestion, type Fact, eligibilityOn } from './eligibility.js';
import { ELIGIBILITY_CODES, OWN_ANSWERS, readEligibilityRules } from './eligibility-rules.js';

const rules = readEligibilityRules();
const fact = (holds: boolean | null, verified = true): Fact => ({ holds, by: 'programme', verified });
const question = (given: Partial<EligibilityQuestion> = {}): EligibilityQuestion => ({
  on: '2026-03-01',
  known: {
    departure_region: fact(true, false),
    reception_region: fact(true),
    quota: fact(true),
    permanent_job: { holds: true, by: 'vacancy', verified: true },
  },
  answers: {},
  children: 2,
  ...given,
});
const states = (given: Partial<EligibilityQuestion>): Record<string, string> =>
  Object.fromEntries(eligibilityOn(rules, question(given)).rules.map(({ code, state }) => [code, state]));

describe('eligibilityOn', () => {
  it('says of each rule that it is met, missing, or that nobody could verify it', () => {
    expect(states({ answers: { citizen: true, job_seeker: false } })).toEqual({
      departure_region: 'met',
      reception_region: 'met',
      quota: 'met',
      citizen: 'met',
      job_seeker: 'missing',
      registered_year: 'unknown',
      permanent_job: 'met',
      place_listed: 'unknown',
    });
  });

  it('is missing as soon as one rule is, and unknown while one could not be verified', () => {
    const yes = { citizen: true, job_seeker: true, registered_year: true };
    expect(eligibilityOn(rules, question({ answers: { ...yes, citizen: false } })).state).toBe('missing');
    expect(eligibilityOn(rules, question({ answers: yes })).state).toBe('unknown');
    // In 2023 no settlements were listed yet, and nothing else is left to look at.
    expect(eligibilityOn(rules, question({ on: '2023-06-01', answers: yes })).state).toBe('met');
  });

  it('marks what rests on a list that no written source gave', () => {
    const lines = eligibilityOn(rules, question()).rules;
    const verified = (code: string): boolean => lines.find((line) => line.code === code)!.verified;
    expect(verified('departure_region')).toBe(false);
    expect(verified('reception_region')).toBe(true);
    expect(verified('place_listed')).toBe(false);
    for (const { source } of lines) expect(source.length).toBeGreaterThan(5);
  });

  it('says whose word each answer is', () => {
    const by = (code: string): unknown =>
      eligibilityOn(rules, question({ answers: { citizen: true } })).rules.find((line) => line.code === code)?.by;
    expect([by('citizen'), by('quota'), by('permanent_job'), by('job_seeker')]).toEqual([
      'household',
      'programme',
      'vacancy',
      null,
    ]);
  });

  it('lets graduates come from any region, and nobody else', () => {
    const known = { ...question().known, departure_region: fact(false) };
    expect(states({ known })).toMatchObject({ departure_region: 'missing', registered_year: 'unknown' });
    expect(states({ known, answers: { graduate: true } })).toMatchObject({
      departure_region: 'met',
      registered_year: 'met',
      citizen: 'unknown',
    });
    expect(states({ known, answers: { graduate: false } })).toMatchObject({ departure_region: 'missing' });
  });

  it('takes the rules of the day', () => {
    expect(states({ on: '2024-05-29' })).not.toHaveProperty('registered_year');
    expect(states({ on: '2024-05-30' })).toHaveProperty('registered_year');
    const citizen = (on: string): boolean =>
      eligibilityOn(rules, question({ on })).rules.find(({ code }) => code === 'citizen')!.verified;
    expect([citizen('2025-12-31'), citizen('2026-01-01')]).toEqual([false, true]);
  });

  it('lists papers that may be needed until they are known not to be', () => {
    const papers = (given: Partial<EligibilityQuestion>): string[] =>
      eligibilityOn(rules, question(given)).papers.map(({ code }) => code);
    expect(papers({})).toEqual(expect.arrayContaining(['identity', 'children', 'divorce', 'diploma', 'home_papers']));
    expect(papers({ children: 0 })).not.toContain('children');
    expect(papers({ children: null })).toContain('children');
    expect(papers({ answers: { divorced: false, graduate: false } })).not.toEqual(expect.arrayContaining(['divorce']));
    expect(papers({ on: '2022-06-01' })).not.toContain('home_papers');
  });

  it('says where to apply, on the day', () => {
    const { places } = eligibilityOn(rules, question());
    expect(places.map(({ code }) => code)).toEqual(['migration_portal', 'state_corporation', 'egov', 'centre']);
    expect(eligibilityOn(rules, question({ on: '2022-06-01' })).places.map(({ code }) => code)).toEqual(['centre']);
  });
});

describe('the files', () => {
  it('know no other rules than the program, and each row has a source', () => {
    expect([...new Set(rules.rules.map(({ code }) => code))].sort()).toEqual([...ELIGIBILITY_CODES].sort());
    for (const { waivedBy } of rules.rules) if (waivedBy !== undefined) expect(OWN_ANSWERS).toContain(waivedBy);
    for (const { source } of [...rules.rules, ...rules.papers, ...rules.places])
      expect(source.length).toBeGreaterThan(5);
  });

  it('keep the wordings of a code in the order of their dates', () => {
    for (const rows of [rules.rules, rules.papers, rules.places]) {
      for (const code of new Set(rows.map((row) => row.code))) {
        const dates = rows.filter((row) => row.code === code).map(({ from }) => from);
        expect(dates).toEqual([...new Set(dates)].sort());
      }
    }
  });
});
