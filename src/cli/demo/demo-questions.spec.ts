import { readFileSync } from 'node:fs';
import { fromRoot } from '../../config/paths.js';
import { LANGUAGES } from '../../i18n/language.js';
import { mayHoldContacts } from '../../questions/personal-numbers.js';
import { CHECKED_ON, DEMO_ANSWERS } from './demo-questions.js';

const read = (name: string): unknown => JSON.parse(readFileSync(fromRoot('data', 'programme', name), 'utf8'));

/** The sums of the programme on the day the answers were checked, from its own data. */
function sums(): number[] {
  const mci = (read('mci.json') as { from: string; tenge: number }[]).filter(({ from }) => from <= CHECKED_ON).at(-1)!;
  const measures = read('support-measures.json') as {
    code: string;
    from: string;
    mci?: number;
    scale?: { urban: number; rural: number }[];
  }[];
  const of = (code: string): (typeof measures)[number] =>
    measures.filter((measure) => measure.code === code && measure.from <= CHECKED_ON).at(-1)!;
  const rent = of('rent').scale!;
  const quotas = read('quotas.json') as {
    regional: { year: number; regionCode: string; category: string; persons: number }[];
  };
  const quota = quotas.regional.find(
    (one) => one.year === 2026 && one.regionCode === 'KZ-59' && one.category === 'settlers',
  )!;
  return [
    mci.tenge,
    of('moving_grant').mci! * mci.tenge,
    4 * of('moving_grant').mci! * mci.tenge,
    rent[0]!.rural * mci.tenge,
    rent.at(-1)!.urban * mci.tenge,
    of('housing_certificate').mci!,
    of('housing_certificate').mci! * mci.tenge,
    quota.persons,
  ];
}

describe('the answers of the demo', () => {
  it('name only sums that the programme’s data gives', () => {
    const known = sums();
    for (const { answer } of DEMO_ANSWERS) {
      for (const language of LANGUAGES) {
        const named = [...answer[language].matchAll(/\d{1,3}(?:[ ,]\d{3})+/g)].map(([sum]) =>
          Number(sum.replace(/\D/g, '')),
        );
        expect(named.filter((sum) => !known.includes(sum))).toEqual([]);
      }
    }
    const text = JSON.stringify(DEMO_ANSWERS).replace(/(\d)[ ,](?=\d{3})/g, '$1');
    for (const sum of known) expect(text).toContain(String(sum));
  });

  it('could be published: three languages and no way to a person', () => {
    for (const { question, answer } of DEMO_ANSWERS) {
      for (const language of LANGUAGES) {
        expect(question[language]).not.toBe('');
        expect([answer[language], mayHoldContacts(answer[language])]).toEqual([answer[language], false]);
      }
    }
  });
});
