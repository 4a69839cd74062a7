import { blockOf } from './chance.js';
import { householdFailures, moveFailures, seekerFailures, wishFailures } from './eligibility.js';
import type { PreparedHousehold, PreparedSeeker, PreparedVacancy } from './prepared.js';
import type { Scorer } from './score.js';
import type { HouseholdProfile, MoveRules, VacancyOffer } from './types.js';
import { type VacancyIndex, indexVacancies, listed } from './vacancy-index.js';

export interface RankedVacancy {
  vacancyId: string;
  /** The seeker-level score: without the partner's part and the congestion price. */
  score: number;
}

export interface RankedSeeker {
  seekerId: string;
  score: number;
}

/**
 * Every vacancy a seeker may be moved to, as parallel lists ordered by district and vacancy id. `vacancies` holds indices into
 * the ranker's `vacancies`; `chance` and `base` are what `Scorer.moveScore` takes, so that a household can be scored from them.
 */
export interface SeekerOptions {
  seeker: PreparedSeeker;
  vacancies: Int32Array;
  chance: Float64Array;
  base: Float64Array;
}

/**
 * Ranks seekers and vacancies of one snapshot. Answers are exact and in one total order: higher score first, then the smaller id.
 * Unknown ids answer an empty list.
 */
export interface Ranker {
  /** Ordered by district, then id; an index into it stands for a vacancy. */
  readonly vacancies: readonly PreparedVacancy[];
  /** Pairs whose score was computed so far. */
  readonly pairsScored: number;
  household(householdId: string): PreparedHousehold | undefined;
  /** The k best vacancies to move to. */
  topVacancies(seekerId: string, k: number): RankedVacancy[];
  /** The k best vacancies in the seeker's own region. */
  topLocal(seekerId: string, k: number): RankedVacancy[];
  /** The k best seekers to move to a vacancy. */
  topSeekers(vacancyId: string, k: number): RankedSeeker[];
  options(seekerId: string): SeekerOptions | undefined;
}

export interface RankInput {
  scorer: Scorer;
  rules: MoveRules;
  households: readonly HouseholdProfile[];
  vacancies: readonly VacancyOffer[];
  /** Pairs `seekerId vacancyId` never to be proposed again: see `pairKey`. */
  excluded?: ReadonlySet<string>;
}

export const pairKey = (seekerId: string, vacancyId: string): string => `${seekerId} ${vacancyId}`;

/** The seeker of a `pairKey`. */
export const seekerOfPair = (pair: string): string => pair.slice(0, pair.indexOf(' '));

/**
 * The plain ranker: scores every eligible pair of a block, one after the other. The oracle of the ranker over columns
 * (`createIndexedRanker`), which the program uses.
 */
export function createPlainRanker({ vacancies, ...input }: RankInput): Ranker {
  return new PlainRanker(indexVacancies(input.scorer, input.rules, vacancies), input);
}

class PlainRanker implements Ranker {
  pairsScored = 0;
  private readonly households = new Map<string, PreparedHousehold>();
  private readonly seekers = new Map<string, PreparedSeeker>();
  /** Seekers who may move, by block. */
  private readonly movers = new Map<string, PreparedSeeker[]>();

  constructor(
    private readonly index: VacancyIndex,
    private readonly input: Omit<RankInput, 'vacancies'>,
  ) {
    const { scorer, rules } = input;
    for (const profile of input.households) {
      const household = scorer.prepareHousehold(profile);
      this.households.set(profile.id, household);
      const moves = householdFailures(profile, rules).length === 0;
      for (const seeker of household.seekers) {
        this.seekers.set(seeker.profile.id, seeker);
        if (moves) listed(this.movers, blockOf(seeker.profile.isco)).push(seeker);
      }
    }
  }

  get vacancies(): readonly PreparedVacancy[] {
    return this.index.vacancies;
  }

  household(householdId: string): PreparedHousehold | undefined {
    return this.households.get(householdId);
  }

  options(seekerId: string): SeekerOptions | undefined {
    const seeker = this.seekers.get(seekerId);
    if (seeker === undefined) return undefined;
    const { scorer, rules } = this.input;
    const found: number[] = [];
    if (householdFailures(seeker.household.profile, rules).length === 0) {
      for (const index of this.index.destinations.get(blockOf(seeker.profile.isco)) ?? []) {
        if (this.mayMove(seeker, this.vacancies[index]!)) found.push(index);
      }
    }
    const chance = new Float64Array(found.length);
    const base = new Float64Array(found.length);
    found.forEach((index, i) => {
      chance[i] = scorer.chance(seeker, this.vacancies[index]!);
      base[i] = scorer.moveBase(seeker, this.vacancies[index]!);
    });
    this.pairsScored += found.length;
    return { seeker, vacancies: Int32Array.from(found), chance, base };
  }

  topVacancies(seekerId: string, k: number): RankedVacancy[] {
    const options = this.options(seekerId);
    if (options === undefined) return [];
    const ranked = [...options.vacancies].map((index, i) => {
      const { offer } = this.vacancies[index]!;
      const score = this.moveScore(options.seeker, offer.regionCode, options.chance[i]!, options.base[i]!);
      return { vacancyId: offer.id, score };
    });
    return best(ranked, k, (one) => one.vacancyId);
  }

  topLocal(seekerId: string, k: number): RankedVacancy[] {
    const seeker = this.seekers.get(seekerId);
    if (seeker === undefined) return [];
    const { scorer } = this.input;
    const { homeRegionCode } = seeker.household.profile;
    const ranked: RankedVacancy[] = [];
    for (const index of this.index.local.get(`${homeRegionCode} ${blockOf(seeker.profile.isco)}`) ?? []) {
      const vacancy = this.vacancies[index]!;
      if (seekerFailures(seeker.profile, vacancy.offer, scorer.weights).length > 0) continue;
      ranked.push({ vacancyId: vacancy.offer.id, score: scorer.sharedScore(seeker, vacancy) });
    }
    this.pairsScored += ranked.length;
    return best(ranked, k, (one) => one.vacancyId);
  }

  topSeekers(vacancyId: string, k: number): RankedSeeker[] {
    const vacancy = this.index.byId.get(vacancyId);
    const { scorer, rules } = this.input;
    if (vacancy?.offer.isco == null || moveFailures(vacancy.offer, rules).length > 0) return [];
    const ranked: RankedSeeker[] = [];
    for (const seeker of this.movers.get(blockOf(vacancy.offer.isco)) ?? []) {
      if (!this.mayMove(seeker, vacancy)) continue;
      const chance = scorer.chance(seeker, vacancy);
      const base = scorer.moveBase(seeker, vacancy);
      const score = this.moveScore(seeker, vacancy.offer.regionCode, chance, base);
      ranked.push({ seekerId: seeker.profile.id, score });
    }
    this.pairsScored += ranked.length;
    return best(ranked, k, (one) => one.seekerId);
  }

  private moveScore(seeker: PreparedSeeker, regionCode: string, chance: number, base: number): number {
    return this.input.scorer.moveScore(seeker.household, regionCode, chance, base, null);
  }

  private mayMove(seeker: PreparedSeeker, { offer }: PreparedVacancy): boolean {
    const { scorer, excluded } = this.input;
    return (
      wishFailures(seeker.household.profile, offer).length === 0 &&
      seekerFailures(seeker.profile, offer, scorer.weights).length === 0 &&
      !(excluded !== undefined && excluded.size > 0 && excluded.has(pairKey(seeker.profile.id, offer.id)))
    );
  }
}

/** So many or fewer are found in one pass; more are sorted. */
const FEW = 16;

/** The k first of the total order: higher score, then the smaller id. */
function best<T extends { score: number }>(ranked: T[], k: number, id: (one: T) => string): T[] {
  const order = (a: T, b: T): number => b.score - a.score || (id(a) < id(b) ? -1 : id(a) > id(b) ? 1 : 0);
  if (k <= 0) return [];
  if (k > FEW) return ranked.sort(order).slice(0, k);
  const first: T[] = [];
  for (const one of ranked) {
    if (first.length === k && order(one, first[k - 1]!) > 0) continue;
    let at = first.length;
    while (at > 0 && order(one, first[at - 1]!) < 0) at -= 1;
    first.splice(at, 0, one);
    if (first.length > k) first.pop();
  }
  return first;
}
