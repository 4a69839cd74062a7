import fc from 'fast-check';
import { MARKET, RULES, WEIGHTS, aHousehold, aSeeker, aVacancy, crowds } from '../../../test/support/market.js';
import { allotProposals } from './allot.js';
import type { Allotment } from './congestion.js';
import { type HouseholdOptions, householdOptions } from './household.js';
import { planAsItStands } from './keep.js';
import { type Ranker, createPlainRanker } from './rank.js';
import { Scorer } from './score.js';
import { optionsFrom, shortlistOf } from './shortlist.js';
import type { HouseholdProfile, VacancyOffer } from './types.js';

interface Crowd {
  households: HouseholdProfile[];
  vacancies: VacancyOffer[];
}

/** A proposal as it is stored: by ids, so that it can be found again in another market. */
interface Stored {
  householdId: string;
  districtKato: string;
  score: number;
  placements: { seekerId: string; vacancyId: string; price: number }[];
}

const scorerWith = (over: Partial<typeof WEIGHTS.proposals> = {}): Scorer =>
  new Scorer(MARKET, { ...WEIGHTS, proposals: { ...WEIGHTS.proposals, ...over } });

/** One run over a market, with proposals that wait and others that stand; `short`: districts that shards hand on of each household. */
function run(
  crowd: Crowd,
  scorer: Scorer,
  waiting: Stored[] = [],
  approved: Stored[] = [],
  short: number | null = null,
): Stored[] {
  const ranker: Ranker = createPlainRanker({ scorer, rules: RULES, ...crowd });
  const options = new Map<string, HouseholdOptions>(
    crowd.households.map(({ id }) => {
      const household = ranker.household(id)!;
      const all = (): HouseholdOptions => householdOptions(household, ranker, scorer);
      return [id, short === null ? all() : optionsFrom(shortlistOf(all(), short), household, all)];
    }),
  );
  const kept = waiting.flatMap((stored): Allotment[] => {
    const plan = planAsItStands(options.get(stored.householdId)!, stored, ranker, scorer);
    return plan === null ? [] : [{ householdId: stored.householdId, plan }];
  });
  const load = new Map<string, number>();
  const districts = new Map<string, Set<string>>();
  for (const { householdId, districtKato, placements } of approved) {
    for (const { vacancyId } of placements) load.set(vacancyId, (load.get(vacancyId) ?? 0) + 1);
    districts.set(householdId, (districts.get(householdId) ?? new Set()).add(districtKato));
  }
  return allotProposals([...options.values()], { load, districts }, ranker, scorer, kept).map(
    ({ householdId, plan }) => ({
      householdId,
      districtKato: plan.districtKato,
      score: plan.score,
      placements: plan.placements.map(({ seekerId, vacancy, price }) => ({
        seekerId,
        vacancyId: ranker.vacancies[vacancy]!.offer.id,
        price,
      })),
    }),
  );
}

const said = (proposals: Stored[]): string[] =>
  proposals.map((one) => `${JSON.stringify({ ...one, score: one.score.toFixed(9) })}`).sort();

const nurses = (count: number): HouseholdProfile[] =>
  Array.from({ length: count }, (_, i) => aHousehold({ id: `h${i}`, seekers: [aSeeker({ id: `s${i}` })] }));

const open = scorerWith({ minimumPlacementScore: 0 });

describe('proposals that wait', () => {
  it('stay as they are over an unchanged market', () => {
    fc.assert(
      fc.property(crowds, (crowd) => {
        const first = run(crowd, open);
        expect(said(run(crowd, open, first))).toEqual(said(first));
      }),
    );
  });

  it('stay, at their price, whichever others are approved and whoever else comes', () => {
    const both = fc.tuple(crowds, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }));
    fc.assert(
      fc.property(both, ([crowd, approvals]) => {
        const early = { ...crowd, households: crowd.households.slice(0, -1) };
        const first = run(early, open);
        const approved = first.filter((_, i) => approvals[i % approvals.length]);
        const waiting = first.filter((one) => !approved.includes(one));
        expect(said(run(crowd, open, waiting, approved))).toEqual(expect.arrayContaining(said(waiting)));
      }),
    );
  });

  it('do not give way when a new vacancy is a little better, and do when it is clearly better', () => {
    const one = scorerWith({ districtsPerHousehold: 1 });
    const households = nurses(1);
    const here = aVacancy({ id: 'here' });
    const [before] = run({ households, vacancies: [here] }, one);
    const with_ = (payMinTenge: number): Stored => {
      const there = aVacancy({ id: 'there', districtKato: '595000000', payMinTenge });
      const [only, more] = run({ households, vacancies: [here, there] }, one, [before!]);
      expect(more).toBeUndefined();
      return only!;
    };
    const alone = (payMinTenge: number): number =>
      run({ households, vacancies: [aVacancy({ id: 'there', districtKato: '595000000', payMinTenge })] }, one)[0]!
        .score;
    expect(alone(265_000)).toBeGreaterThan(before!.score);
    expect(alone(265_000)).toBeLessThan(before!.score + WEIGHTS.proposals.clearlyBetterPoints);
    expect(with_(265_000)).toEqual(before);
    expect(alone(600_000)).toBeGreaterThan(before!.score + WEIGHTS.proposals.clearlyBetterPoints);
    expect(with_(600_000)).toMatchObject({ districtKato: '595000000', score: alone(600_000) });
  });

  it('are rewritten in their district when a clearly better job opens there', () => {
    const [before] = run({ households: nurses(1), vacancies: [aVacancy({ id: 'a', housing: 'none' })] }, open);
    const vacancies = [aVacancy({ id: 'a', housing: 'none' }), aVacancy({ id: 'b', payMinTenge: 500_000 })];
    expect(run({ households: nurses(1), vacancies }, open, [before!])).toMatchObject([
      { districtKato: before!.districtKato, placements: [{ vacancyId: 'b' }] },
    ]);
  });

  it('break when their vacancy closes, and are given up, the lowest first, when it loses openings', () => {
    const vacancy = aVacancy({ id: 'a', openings: 2 });
    const crowd = { households: nurses(10), vacancies: [vacancy] };
    const first = run(crowd, open);
    expect(first).toHaveLength(10);
    expect(run({ ...crowd, vacancies: [{ ...vacancy, status: 'closed' }] }, open, first)).toEqual([]);
    const fewer = run({ ...crowd, vacancies: [{ ...vacancy, openings: 1 }] }, open, first);
    expect(said(fewer)).toEqual(said(first.toSorted((a, b) => b.score - a.score).slice(0, 5)));
  });

  it('swing around the floor without breaking, and break when they sink clearly below it', () => {
    const crowd = { households: nurses(1), vacancies: [aVacancy()] };
    const [before] = run(crowd, open);
    const floorAbove = (points: number): Scorer => scorerWith({ minimumPlacementScore: before!.score + points });
    expect(run(crowd, floorAbove(1))).toEqual([]);
    expect(run(crowd, floorAbove(1), [before!])).toEqual([before]);
    expect(run(crowd, floorAbove(WEIGHTS.proposals.clearlyBetterPoints + 1), [before!])).toEqual([]);
  });

  it('hand a freed opening on in the same run', () => {
    const one = scorerWith({ districtsPerHousehold: 1, minimumPlacementScore: 0 });
    const old = aVacancy({ id: 'old', openings: 1, payMinTenge: 200_000 });
    const households = nurses(6);
    const first = run({ households, vacancies: [old] }, one);
    expect(first).toHaveLength(5);
    const left = households.find(({ id }) => !first.some(({ householdId }) => householdId === id))!;
    const wished = { ...left, wishedRegionCodes: ['KZ-59'] };
    const better = aVacancy({
      id: 'new',
      openings: 1,
      payMinTenge: 900_000,
      districtKato: '551000000',
      regionCode: 'KZ-55',
    });
    const people = households.map((one) => (one === left ? wished : one));
    const next = run({ households: people, vacancies: [old, better] }, one, first);
    expect(next.filter(({ householdId }) => householdId === left.id)).toHaveLength(1);
    expect(said(run({ households: people, vacancies: [old, better] }, one, next))).toEqual(said(next));
  });
});

describe('shortlists of districts', () => {
  it('find a clearly better post in a district that is not on them', () => {
    const one = scorerWith({ districtsPerHousehold: 1 });
    const well = aVacancy({
      id: 'v1',
      districtKato: '551000000',
      regionCode: 'KZ-55',
      payMinTenge: 500_000,
      payMaxTenge: 520_000,
    });
    const poorly = aVacancy({ id: 'v2', districtKato: '591000000', payMinTenge: 150_000, payMaxTenge: 160_000 });
    const better = aVacancy({ id: 'v3', districtKato: '591000000', payMinTenge: 300_000, payMaxTenge: 320_000 });
    const households = nurses(1);
    const waiting = run({ households, vacancies: [poorly] }, one);
    const { proposalsPerOpening } = WEIGHTS.congestion;
    const full: Stored[] = Array.from({ length: proposalsPerOpening }, (_, i) => ({
      householdId: `other ${i}`,
      districtKato: '551000000',
      score: 50,
      placements: [{ seekerId: 's', vacancyId: 'v1', price: 0 }],
    }));
    const vacancies = [well, poorly, better];
    // The first district is full, and the household holds the second.
    const found = run({ households, vacancies }, one, waiting, full, 0);
    expect(found).toEqual(run({ households, vacancies }, one, waiting, full));
    expect(found).toMatchObject([{ districtKato: '591000000', placements: [{ vacancyId: 'v3' }] }]);
  });

  it('lead to the proposals that all districts lead to', () => {
    const drawn = fc.tuple(
      crowds,
      crowds,
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    );
    fc.assert(
      fc.property(drawn, ([crowd, other, short, approvals]) => {
        for (const scorer of [open, scorerWith()]) {
          // Proposals of another market wait or stand, so that some are held, given up and replaced.
          const before = run({ ...crowd, vacancies: other.vacancies }, scorer);
          const waiting = [...run(crowd, scorer), ...before].filter((_, i) => approvals[i % approvals.length]!);
          const approved = before.filter((_, i) => !approvals[i % approvals.length]!);
          expect(run(crowd, scorer, waiting, approved, short)).toEqual(run(crowd, scorer, waiting, approved));
        }
      }),
    );
  });
});
