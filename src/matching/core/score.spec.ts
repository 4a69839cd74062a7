import fc from 'fast-check';
import {
  MARKET,
  WEIGHTS,
  aHousehold,
  aSeeker,
  aVacancy,
  households,
  scorer,
  vacancies,
} from '../../../test/support/market.js';
import type { Explained } from './parts.js';
import { Scorer } from './score.js';
import type { HouseholdProfile, VacancyOffer } from './types.js';

/** A score must be what its parts say, by both readings of the formula. */
function expectPartsToReproduce({ score, chance, utility, parts }: Explained): void {
  const sum = parts.reduce((total, part) => total + part.contribution, 0);
  expect(Math.abs(sum - score)).toBeLessThan(1e-9);
  const price = parts.find((part) => part.code === 'part.congestion')?.contribution ?? 0;
  expect(Math.abs(100 * chance * utility + price - score)).toBeLessThan(1e-9);
  for (const part of parts) {
    expect(part.value).toBeGreaterThanOrEqual(0);
    expect(part.value).toBeLessThanOrEqual(1 + 1e-12);
  }
}

const explain = (
  household: HouseholdProfile,
  vacancy: VacancyOffer,
  partner: number | null = null,
  price = 0,
): Explained => {
  const prepared = scorer.prepareHousehold(household);
  return scorer.explainMove(prepared.seekers[0]!, scorer.prepareVacancy(vacancy), partner, price);
};

describe('the score of a pair', () => {
  it('is reproduced by its parts, between 0 and 100, and equal to the quick way of computing it', () => {
    fc.assert(
      fc.property(
        households(),
        vacancies(),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (profile, offer, partner, price) => {
          const household = scorer.prepareHousehold(profile);
          const seeker = household.seekers[0]!;
          const vacancy = scorer.prepareVacancy(offer);
          const explained = scorer.explainMove(seeker, vacancy, partner, price);
          expectPartsToReproduce(explained);
          expect(explained.score).toBeGreaterThanOrEqual(0);
          expect(explained.score).toBeLessThanOrEqual(100);
          const quick = scorer.moveScore(
            household,
            offer.regionCode,
            scorer.chance(seeker, vacancy),
            scorer.moveBase(seeker, vacancy),
            partner,
          );
          expect(Math.abs(Math.max(0, quick - price) - explained.score)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it('is reproduced by its parts for a local alternative too', () => {
    fc.assert(
      fc.property(households(), vacancies(), (profile, offer) => {
        const seeker = scorer.prepareHousehold(profile).seekers[0]!;
        const vacancy = scorer.prepareVacancy(offer);
        const explained = scorer.explainShared(seeker, vacancy);
        expectPartsToReproduce(explained);
        expect(Math.abs(scorer.sharedScore(seeker, vacancy) - explained.score)).toBeLessThan(1e-9);
      }),
    );
  });

  it('counts on both sides of a comparison only what staying and moving share', () => {
    const seeker = scorer.prepareHousehold(aHousehold()).seekers[0]!;
    const shared = (over: object): Explained => scorer.explainShared(seeker, scorer.prepareVacancy(aVacancy(over)));
    expect(shared({ housing: 'provided' })).toEqual(shared({ housing: 'none' }));
    const codes = ({ parts }: Explained): string[] => parts.map(({ code }) => code);
    expect(codes(shared({}))).toEqual(codes(shared({ regionCode: 'KZ-61', districtKato: '612000000' })));
    expect(codes(shared({})).slice(0, 3)).toEqual(['part.pay', 'part.services', 'part.shortage']);
  });

  it('never falls when the pay rises', () => {
    const pays = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(households(), vacancies(), pays, pays, (household, vacancy, x, y) => {
        const at = (payMinTenge: number): number =>
          explain(household, { ...vacancy, payMinTenge, payMaxTenge: null }).score;
        expect(at(Math.max(x, y))).toBeGreaterThanOrEqual(at(Math.min(x, y)) - 1e-12);
      }),
    );
  });

  it('never falls when the partner finds better work, housing is given or the corridor opens', () => {
    fc.assert(
      fc.property(
        households(),
        vacancies(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (household, vacancy, partner) => {
          expect(explain(household, vacancy, 1).score).toBeGreaterThanOrEqual(
            explain(household, vacancy, partner).score - 1e-12,
          );
          const housed = explain(household, { ...vacancy, housing: 'provided' }).score;
          expect(housed).toBeGreaterThanOrEqual(explain(household, { ...vacancy, housing: 'none' }).score - 1e-12);
          const known = explain({ ...household, relativesRegionCodes: [vacancy.regionCode] }, vacancy).score;
          expect(known).toBeGreaterThanOrEqual(
            explain({ ...household, relativesRegionCodes: [] }, vacancy).score - 1e-12,
          );
        },
      ),
    );
  });

  it('owes the corridor at most a tenth of its utility, and nothing once it is switched off', () => {
    const heavy = new Scorer(MARKET, { ...WEIGHTS, utility: { ...WEIGHTS.utility, corridor: 5 } });
    fc.assert(
      fc.property(households(), vacancies(), (profile, offer) => {
        const seeker = heavy.prepareHousehold(profile).seekers[0]!;
        const { utility, parts } = heavy.explainMove(seeker, heavy.prepareVacancy(offer), null, 0);
        const corridor = parts.find((part) => part.code === 'part.corridor');
        if (profile.corridorOff) expect(corridor).toBeUndefined();
        else expect(corridor!.contribution).toBeLessThanOrEqual(100 * utility * 0.1 + 1e-9);
      }),
    );
  });

  it('asks for a look at the paper when the titles name different specialities', () => {
    const surgeon = aHousehold({ seekers: [aSeeker({ isco: '2212', specialities: ['surgery'] })] });
    const post = { isco: '2212', regulated: 'medicine' as const };
    const occupation = (specialities: string[]): object =>
      explain(surgeon, aVacancy({ ...post, specialities })).parts.find((part) => part.code === 'part.occupation')!;
    expect(occupation(['anaesthesiology'])).toMatchObject({ value: 0.6, needsCheck: ['speciality_differs'] });
    expect(occupation(['surgery'])).not.toHaveProperty('needsCheck');
  });

  it('marks unstated pay and keeps it neutral', () => {
    const { parts } = explain(aHousehold(), aVacancy({ payMinTenge: null, payMaxTenge: null }));
    expect(parts.find((part) => part.code === 'part.pay')).toMatchObject({ value: WEIGHTS.neutral, notStated: true });
  });

  it('sees real pay: the same tenge buys less where living costs more', () => {
    const cheap = explain(aHousehold({ seekers: [aSeeker({ payTenge: 250_000 })] }), aVacancy({ regionCode: 'KZ-39' }));
    const dear = explain(aHousehold({ seekers: [aSeeker({ payTenge: 250_000 })] }), aVacancy({ regionCode: 'KZ-59' }));
    const pay = ({ parts }: Explained): number => parts.find((part) => part.code === 'part.pay')!.value;
    expect(pay(cheap)).toBeCloseTo(0.5, 12);
    expect(pay(dear)).toBeCloseTo(0.5 + 0.5 * Math.log2(56 / 80), 12);
  });

  it('counts an unemployed person from the minimum wage, and one who states no pay from the average at home', () => {
    const value = (payTenge: number | null, offered: number): number =>
      explain(
        aHousehold({ seekers: [aSeeker({ payTenge })] }),
        aVacancy({ regionCode: 'KZ-39', payMinTenge: offered }),
      ).parts.find((part) => part.code === 'part.pay')!.value;
    expect(value(0, 85_000)).toBeCloseTo(0.5, 12);
    expect(value(null, 220_000)).toBeCloseTo(0.5, 12);
  });
});
