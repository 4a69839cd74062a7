import fc from 'fast-check';
import { MARKET, RULES, WEIGHTS, aHousehold, aSeeker, aVacancy, crowds, scorer } from '../../../test/support/market.js';
import { allotProposals } from './allot.js';
import { congestionPrice } from './congestion.js';
import { relocationFailures, seekerFailures, standingFailures } from './eligibility.js';
import { bestPlan, householdOptions } from './household.js';
import { type Ranker, createPlainRanker, pairKey } from './rank.js';
import { Scorer } from './score.js';
import { type HouseholdProfile, type VacancyOffer, openingsOf } from './types.js';

interface Crowd {
  households: HouseholdProfile[];
  vacancies: VacancyOffer[];
}

const rank = (crowd: Crowd, by: Scorer = scorer): Ranker => createPlainRanker({ scorer: by, rules: RULES, ...crowd });

/** Scores every pair, eligible or not, by the long way; the yardstick of everything below. */
function everyPair({ households, vacancies }: Crowd): { seekerId: string; vacancyId: string; score: number }[] {
  return households.flatMap((profile) => {
    const household = scorer.prepareHousehold(profile);
    return household.seekers.flatMap((seeker) =>
      vacancies
        .filter((offer) => relocationFailures(profile, seeker.profile, offer, RULES, WEIGHTS).length === 0)
        .map((offer) => ({
          seekerId: seeker.profile.id,
          vacancyId: offer.id,
          score: scorer.explainMove(seeker, scorer.prepareVacancy(offer), null, 0).score,
        })),
    );
  });
}

const firstK = <T extends { score: number }>(pairs: T[], k: number, id: (pair: T) => string): T[] =>
  pairs.sort((a, b) => b.score - a.score || (id(a) < id(b) ? -1 : 1)).slice(0, k);

const rounded = (list: { score: number }[]): number[] => list.map(({ score }) => Number(score.toFixed(9)));

describe('the plain ranker', () => {
  it('answers what brute force answers, in both directions', () => {
    fc.assert(
      fc.property(crowds, fc.integer({ min: 1, max: 5 }), (crowd, k) => {
        const ranker = rank(crowd);
        const pairs = everyPair(crowd);
        for (const { seekers } of crowd.households) {
          for (const { id } of seekers) {
            const expected = firstK(
              pairs.filter((pair) => pair.seekerId === id),
              k,
              (pair) => pair.vacancyId,
            );
            const found = ranker.topVacancies(id, k);
            expect(rounded(found)).toEqual(rounded(expected));
            const eligible = new Set(pairs.filter((pair) => pair.seekerId === id).map((pair) => pair.vacancyId));
            for (const { vacancyId } of found) expect(eligible.has(vacancyId)).toBe(true);
          }
        }
        for (const { id } of crowd.vacancies) {
          const expected = firstK(
            pairs.filter((pair) => pair.vacancyId === id),
            k,
            (pair) => pair.seekerId,
          );
          expect(rounded(ranker.topSeekers(id, k))).toEqual(rounded(expected));
        }
      }),
    );
  });

  it('finds the local alternative among everything that stands at home', () => {
    fc.assert(
      fc.property(crowds, (crowd) => {
        const ranker = rank(crowd);
        for (const profile of crowd.households) {
          for (const seeker of scorer.prepareHousehold(profile).seekers) {
            const scores = crowd.vacancies
              .filter((v) => v.regionCode === profile.homeRegionCode && standingFailures(v, RULES.date).length === 0)
              .filter((v) => seekerFailures(seeker.profile, v, WEIGHTS).length === 0)
              .map((v) => ({ score: scorer.explainShared(seeker, scorer.prepareVacancy(v)).score }));
            const [best] = ranker.topLocal(seeker.profile.id, 1);
            expect(rounded(best === undefined ? [] : [best])).toEqual(rounded(firstK(scores, 1, () => '')));
          }
        }
      }),
    );
  });

  it('breaks ties by id, whatever the order it was given', () => {
    const vacancies = ['c', 'a', 'b'].map((id) => aVacancy({ id }));
    const households = [aHousehold()];
    expect(
      rank({ households, vacancies })
        .topVacancies('s1', 3)
        .map((one) => one.vacancyId),
    ).toEqual(['a', 'b', 'c']);
    expect(
      rank({ households, vacancies: vacancies.reverse() })
        .topVacancies('s1', 2)
        .map((one) => one.vacancyId),
    ).toEqual(['a', 'b']);
  });

  it('offers a nurse the posts of both degrees, at home too, and finds her for both', () => {
    const away = aVacancy({ isco: '3221', regulated: 'medicine' });
    const home = aVacancy({
      id: 'v2',
      isco: '3221',
      regulated: 'medicine',
      regionCode: 'KZ-61',
      districtKato: '612000000',
    });
    const ranker = rank({ households: [aHousehold()], vacancies: [away, home] });
    expect(ranker.topVacancies('s1', 5).map(({ vacancyId }) => vacancyId)).toEqual(['v1']);
    expect(ranker.topLocal('s1', 5).map(({ vacancyId }) => vacancyId)).toEqual(['v2']);
    expect(ranker.topSeekers('v1', 5).map(({ seekerId }) => seekerId)).toEqual(['s1']);
  });

  it('leaves out a pair that an officer refused', () => {
    const ranker = createPlainRanker({
      scorer,
      rules: RULES,
      households: [aHousehold()],
      vacancies: [aVacancy()],
      excluded: new Set([pairKey('s1', 'v1')]),
    });
    expect(ranker.topVacancies('s1', 1)).toEqual([]);
  });
});

const FLOOR = WEIGHTS.proposals.minimumPlacementScore;

/** The best plan of a household in a district by trying everything. */
function bestByForce(profile: HouseholdProfile, vacancies: VacancyOffer[], district: string): number {
  const household = scorer.prepareHousehold(profile);
  const jobs = household.seekers.map((seeker) => [
    null,
    ...vacancies
      .filter(
        (v) =>
          v.districtKato === district && relocationFailures(profile, seeker.profile, v, RULES, WEIGHTS).length === 0,
      )
      .map((v) => scorer.prepareVacancy(v)),
  ]);
  const single = household.seekers.length === 1;
  let best = 0;
  for (const a of jobs[0]!) {
    for (const b of jobs[1] ?? [null]) {
      if (a !== null && b !== null && a.offer.id === b.offer.id && openingsOf(a.offer) < 2) continue;
      const [first, second] = household.seekers;
      const chanceA = a === null ? 0 : scorer.chance(first!, a);
      const chanceB = b === null || second === undefined ? 0 : scorer.chance(second, b);
      const own = a === null ? 0 : scorer.explainMove(first!, a, single ? null : chanceB, 0).score;
      const other = b === null || second === undefined ? 0 : scorer.explainMove(second, b, chanceA, 0).score;
      const fits = (job: typeof a, score: number): boolean => job === null || score >= FLOOR;
      if (!fits(a, own) || !fits(b, other)) continue;
      best = Math.max(best, (own + other) / household.seekers.length);
    }
  }
  return best;
}

describe('a household', () => {
  it('gets the best pair of jobs of each district, as trying everything finds it', () => {
    fc.assert(
      fc.property(crowds, (crowd) => {
        const ranker = rank(crowd);
        for (const profile of crowd.households) {
          const options = householdOptions(ranker.household(profile.id)!, ranker, scorer);
          for (const district of options.districts) {
            const plan = bestPlan(options, district, () => 0, ranker, scorer);
            expect(plan?.score ?? 0).toBeCloseTo(bestByForce(profile, crowd.vacancies, district.districtKato), 9);
            expect(plan?.score ?? 0).toBeLessThanOrEqual(district.bound + 1e-9);
          }
        }
      }),
    );
  });

  it('is scored the same whichever adult stands first', () => {
    fc.assert(
      fc.property(crowds, (crowd) => {
        const plans = ({ households, vacancies }: Crowd): string[] => {
          const ranker = rank({ households, vacancies });
          return households.flatMap((profile) => {
            const options = householdOptions(ranker.household(profile.id)!, ranker, scorer);
            return options.districts
              .map(
                (d) =>
                  `${profile.id} ${d.districtKato} ${bestPlan(options, d, () => 0, ranker, scorer)?.score.toFixed(9)}`,
              )
              .sort();
          });
        };
        const turned = crowd.households.map((profile) => ({ ...profile, seekers: [...profile.seekers].reverse() }));
        expect(plans({ ...crowd, households: turned })).toEqual(plans(crowd));
      }),
    );
  });

  it('counts both adults: a pair beats a better job for one alone', () => {
    const teacher = aSeeker({ id: 's2', isco: '2330', education: 'higher' });
    const household = aHousehold({ seekers: [aSeeker(), teacher] });
    const vacancies = [
      aVacancy({ id: 'alone', payMinTenge: 400_000, districtKato: '595000000' }),
      aVacancy({ id: 'nurse', payMinTenge: 230_000, districtKato: '551000000', regionCode: 'KZ-55' }),
      aVacancy({ id: 'teacher', isco: '2330', sector: 'education', districtKato: '551000000', regionCode: 'KZ-55' }),
    ];
    const ranker = rank({ households: [household], vacancies });
    const [first, second] = allotProposals(
      [householdOptions(ranker.household('h1')!, ranker, scorer)],
      { load: new Map(), districts: new Map() },
      ranker,
      scorer,
    );
    expect(first!.plan).toMatchObject({
      districtKato: '551000000',
      placements: [{ seekerId: 's1' }, { seekerId: 's2' }],
    });
    expect(second!.plan).toMatchObject({ districtKato: '595000000', placements: [{ seekerId: 's1', partner: 0 }] });
  });
});

describe('proposals', () => {
  const allot = (crowd: Crowd, by: Scorer = scorer, load: ReadonlyMap<string, number> = new Map()) => {
    const ranker = rank(crowd, by);
    const options = crowd.households.map((profile) => householdOptions(ranker.household(profile.id)!, ranker, by));
    return { ranker, made: allotProposals(options, { load, districts: new Map() }, ranker, by) };
  };

  it('hold no placement below the floor, judged on the score that is shown: movers and price counted', () => {
    const withFloor = (minimumPlacementScore: number): Scorer =>
      new Scorer(MARKET, { ...WEIGHTS, proposals: { ...WEIGHTS.proposals, minimumPlacementScore } });
    const crowd = { households: [aHousehold()], vacancies: [aVacancy({ openings: 1 })] };
    const four = new Map([['v1', 4]]);
    const [crowded] = allot(crowd, withFloor(0), four).made;
    const { price, score } = crowded!.plan.placements[0]!;
    expect(price).toBe(8);
    expect(allot(crowd, withFloor(score - 1e-6), four).made).toEqual([crowded]);
    expect(allot(crowd, withFloor(score + 1e-6), four).made).toEqual([]);
  });

  it('go to nobody for a field of work alone', () => {
    const teacher = aHousehold({ seekers: [aSeeker({ isco: '2341' })] });
    const subject = { isco: '2330', sector: 'education', regulated: 'teaching' as const };
    expect(allot({ households: [teacher], vacancies: [aVacancy(subject)] }).made).toEqual([]);
  });

  it('never pass the limit of an opening or of a household, one for each district, each adult once', () => {
    const tight = new Scorer(MARKET, {
      ...WEIGHTS,
      congestion: { proposalsPerOpening: 1, fullPricePoints: 10 },
      proposals: { ...WEIGHTS.proposals, districtsPerHousehold: 2, minimumPlacementScore: 0 },
    });
    fc.assert(
      fc.property(crowds, (crowd) => {
        const { ranker, made } = allot(crowd, tight);
        const load = new Map<number, number>();
        const districts = new Map<string, Set<string>>();
        for (const { householdId, plan } of made) {
          for (const { vacancy } of plan.placements) load.set(vacancy, (load.get(vacancy) ?? 0) + 1);
          const held = districts.get(householdId) ?? new Set();
          expect(held.has(plan.districtKato)).toBe(false);
          districts.set(householdId, held.add(plan.districtKato));
          expect(new Set(plan.placements.map((one) => one.seekerId)).size).toBe(plan.placements.length);
        }
        for (const [vacancy, taken] of load)
          expect(taken).toBeLessThanOrEqual(openingsOf(ranker.vacancies[vacancy]!.offer));
        for (const held of districts.values()) expect(held.size).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('do not depend on the order of households and vacancies', () => {
    fc.assert(
      fc.property(crowds, (crowd) => {
        const said = ({ ranker, made }: ReturnType<typeof allot>): unknown =>
          made.map(({ householdId, plan }) => ({
            householdId,
            score: plan.score,
            jobs: plan.placements.map(
              (one) => `${one.seekerId} ${ranker.vacancies[one.vacancy]!.offer.id} ${one.price}`,
            ),
          }));
        const turned = { households: [...crowd.households].reverse(), vacancies: [...crowd.vacancies].reverse() };
        expect(said(allot(turned))).toEqual(said(allot(crowd)));
      }),
    );
  });

  it('grow dearer with every proposal for a vacancy, and spread households over equal ones', () => {
    expect([0, 1, 4].map((load) => congestionPrice(load, 5, 10))).toEqual([0, 2, 8]);
    expect(congestionPrice(5, 5, 10)).toBe(Infinity);
    const households = [1, 2, 3, 4].map((i) => aHousehold({ id: `h${i}`, seekers: [aSeeker({ id: `s${i}` })] }));
    const vacancies = ['a', 'b'].map((id) => aVacancy({ id, openings: 1 }));
    const { ranker, made } = allot({ households, vacancies });
    const taken = made.map(({ plan }) => ranker.vacancies[plan.placements[0]!.vacancy]!.offer.id);
    expect(taken.sort()).toEqual(['a', 'a', 'b', 'b']);
    expect(made.map(({ plan }) => plan.placements[0]!.price)).toEqual([0, 0, 2, 2]);
  });
});
