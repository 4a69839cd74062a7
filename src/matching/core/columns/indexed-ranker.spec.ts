import fc from 'fast-check';
import {
  MARKET,
  RULES,
  WEIGHTS,
  aHousehold,
  aSeeker,
  aVacancy,
  crowds,
  households,
  scorer,
  vacancies,
} from '../../../../test/support/market.js';
import { type SeekerOptions, createPlainRanker, pairKey } from '../rank.js';
import { Scorer } from '../score.js';
import type { Weights } from '../weights.js';
import { createIndexedRanker, createRankerOver } from './indexed-ranker.js';
import { buildMarketColumns, newTables, underRules } from './market-columns.js';

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

/** So many people that postings of seekers have several blocks, most of them alike but for the id. */
const crowdsOfPeople = fc.record({
  households: fc
    .array(households(), { minLength: 1, maxLength: 8 })
    .chain((kinds) => fc.array(fc.constantFrom(...kinds), { minLength: 40, maxLength: 160 }))
    .map((list) =>
      list.map((one, i) => ({
        ...one,
        id: `h${i}`,
        seekers: one.seekers.map((seeker, n) => ({ ...seeker, id: `s${(i * 7) % list.length}-${i}-${n}` })),
      })),
    ),
  vacancies: crowds.map(({ vacancies }) => vacancies),
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

  it('finds the best seekers of a vacancy among many alike, to the last bit, some or all of them', () => {
    const most = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(Infinity));
    fc.assert(
      fc.property(crowdsOfPeople, anyWeights, most, fc.boolean(), (crowd, weights, k, bar) => {
        const { households, vacancies } = crowd;
        const excluded = new Set(bar ? [pairKey(households[0]!.seekers[0]!.id, vacancies[0]!.id)] : []);
        const input = { scorer: new Scorer(MARKET, weights), rules: RULES, households, vacancies, excluded };
        const [plain, indexed] = [createPlainRanker(input), createIndexedRanker(input)];
        for (const { id } of vacancies) expect(indexed.topSeekers(id, k)).toEqual(plain.topSeekers(id, k));
      }),
      { numRuns: 200 },
    );
  });

  it('finds the seekers of vacancies that are posted under the names of people who were there before', () => {
    fc.assert(
      fc.property(crowdsOfPeople, fc.integer({ min: 0, max: 30 }), ({ households, vacancies }, k) => {
        const known = newTables(scorer);
        for (const vacancy of vacancies) {
          const market = buildMarketColumns(scorer, RULES, [vacancy], known);
          const input = { scorer, rules: RULES, households };
          const plain = createPlainRanker({ ...input, vacancies: [vacancy] });
          const indexed = createRankerOver(market, input);
          expect(indexed.topSeekers(vacancy.id, k)).toEqual(plain.topSeekers(vacancy.id, k));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('scores few of the seekers that a vacancy could have', () => {
    const households = Array.from({ length: 4_000 }, (_, i) => {
      const payTenge = 100_000 + ((i * 7919) % 4_000) * 50;
      return aHousehold({ id: `h${i}`, seekers: [aSeeker({ id: `s${String(i).padStart(4, '0')}`, payTenge })] });
    });
    const input = { scorer, rules: RULES, households, vacancies: [aVacancy()] };
    const [plain, indexed] = [createPlainRanker(input), createIndexedRanker(input)];
    expect(indexed.topSeekers('v1', 200)).toEqual(plain.topSeekers('v1', 200));
    expect(plain.pairsScored).toBe(4_000);
    expect(indexed.pairsScored).toBeLessThan(1_000);
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
