import fc from 'fast-check';
import {
  MARKET,
  RULES,
  WEIGHTS,
  aHousehold,
  aVacancy,
  crowds,
  scorer,
  vacancies,
} from '../../../../test/support/market.js';
import { type SeekerOptions, createPlainRanker, pairKey } from '../rank.js';
import { Scorer } from '../score.js';
import type { Weights } from '../weights.js';
import { createIndexedRanker, createRankerOver } from './indexed-ranker.js';
import { buildMarketColumns, underRules } from './market-columns.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const amount = fc.double({ min: 0, max: 1, noNaN: true });

/** Weights that are sound and otherwise anything: also such that no part counts but one, or that a lower education counts more. */
const anyWeights: fc.Arbitrary<Weights> = fc
  .record({
    utility: fc.record({
      pay: fc.double({ min: 0.01, max: 1, noNaN: true }),
      housing: amount,
      partner: amount,
      services: amount,
      settlement: amount,
      shortage: amount,
      support: amount,
      corridor: amount,
    }),
    occupation: fc.record({ sameUnit: share, sameMinor: share, sameSubMajor: share, guessed: share }),
    qualification: fc.record({ oneBelow: share, twoBelow: share, moreBelow: share, seekerNotStated: share }),
    experience: fc.record({ floor: share }),
    language: fc.record({ floor: share }),
    neutral: share,
  })
  .map((some) => ({ ...WEIGHTS, ...some }));

/** So many vacancies that postings have several blocks, many of them alike but for the id. */
const crowdsOfMany = fc.record({
  households: crowds.map(({ households }) => households),
  vacancies: fc
    .array(vacancies(), { minLength: 1, maxLength: 12 })
    .chain((kinds) => fc.array(fc.constantFrom(...kinds), { minLength: 60, maxLength: 240 }))
    .map((list) => list.map((vacancy, i) => ({ ...vacancy, id: `v${i}`, status: 'open' as const }))),
});

/** Options without what a ranker may have noted of the household meanwhile. */
const numbers = (options: SeekerOptions | undefined): unknown[] | undefined =>
  options && [options.seeker.profile, options.vacancies, options.chance, options.base];

describe('the ranker over columns', () => {
  it.each([
    ['few vacancies', crowds, 250],
    ['many vacancies, many of them alike', crowdsOfMany, 80],
  ])('answers among %s what the plain ranker answers, to the last bit, whatever the weights', (_, some, numRuns) => {
    fc.assert(
      fc.property(some, anyWeights, fc.integer({ min: 0, max: 25 }), fc.boolean(), (crowd, weights, k, bar) => {
        const { households, vacancies } = crowd;
        const excluded = new Set(bar ? [pairKey(households[0]!.seekers[0]!.id, vacancies[0]!.id)] : []);
        const input = { scorer: new Scorer(MARKET, weights), rules: RULES, households, vacancies, excluded };
        const plain = createPlainRanker(input);
        const indexed = createIndexedRanker(input);
        expect(indexed.vacancies).toEqual(plain.vacancies);
        for (const { id } of households.flatMap(({ seekers }) => seekers)) {
          expect(indexed.topVacancies(id, k)).toEqual(plain.topVacancies(id, k));
          expect(indexed.topLocal(id, k)).toEqual(plain.topLocal(id, k));
          expect(numbers(indexed.options(id))).toEqual(numbers(plain.options(id)));
        }
        for (const { id } of vacancies) expect(indexed.topSeekers(id, k)).toEqual(plain.topSeekers(id, k));
      }),
      { numRuns },
    );
  });

  it('serves people it did not know when the columns were built, also under rules without support', () => {
    fc.assert(
      fc.property(crowds, crowds, fc.boolean(), ({ households, vacancies }, { households: later }, supportClaimed) => {
        const rules = { ...RULES, supportClaimed };
        const built = buildMarketColumns(scorer, RULES, vacancies);
        const market = supportClaimed ? built : underRules(built, scorer, rules);
        for (const some of [households, later]) {
          const from = some.map((one) => ({ ...one, homeRegionCode: 'KZ-31', relativesRegionCodes: ['KZ-62'] }));
          const indexed = createRankerOver(market, { scorer, rules, households: from });
          const plain = createPlainRanker({ scorer, rules, households: from, vacancies });
          for (const { id } of from.flatMap(({ seekers }) => seekers)) {
            expect(indexed.topVacancies(id, 5)).toEqual(plain.topVacancies(id, 5));
            expect(numbers(indexed.options(id))).toEqual(numbers(plain.options(id)));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('scores few of the pairs that a large market has', () => {
    const vacancies = Array.from({ length: 4_000 }, (_, i) =>
      aVacancy({
        id: `v${i}`,
        payMinTenge: 150_000 + ((i * 7919) % 4_000) * 50,
        housing: i % 3 === 0 ? 'provided' : null,
      }),
    );
    const input = { scorer, rules: RULES, households: [aHousehold()], vacancies };
    const [plain, indexed] = [createPlainRanker(input), createIndexedRanker(input)];
    expect(indexed.topVacancies('s1', 20)).toEqual(plain.topVacancies('s1', 20));
    expect(plain.pairsScored).toBe(4_000);
    expect(indexed.pairsScored).toBeLessThan(200);
  });
});
