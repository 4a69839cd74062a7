import { blockOf } from './chance.js';
import { moveFailures, standingFailures } from './eligibility.js';
import type { PreparedVacancy } from './prepared.js';
import type { Scorer } from './score.js';
import type { MoveRules, VacancyOffer } from './types.js';

/** The vacancies of a market, prepared and found by where and for whom they are. A value: rankers share it and change nothing. */
export interface VacancyIndex {
  /** Ordered by district (unknown ones last), then id; the lists below hold indices into it, in its order. */
  readonly vacancies: readonly PreparedVacancy[];
  readonly byId: ReadonlyMap<string, PreparedVacancy>;
  /** Those that may end a move, by block of occupations (`blockOf`). */
  readonly destinations: ReadonlyMap<string, readonly number[]>;
  /** Those that stand, by region and block: `KZ-59 22`. */
  readonly local: ReadonlyMap<string, readonly number[]>;
}

/** Indexes vacancies for the rules' date. `departureRegions` has no part in it: it says who may move, not where to. */
export function indexVacancies(scorer: Scorer, rules: MoveRules, offers: readonly VacancyOffer[]): VacancyIndex {
  const vacancies = offers
    .map((offer) => scorer.prepareVacancy(offer))
    .map((vacancy) => ({ vacancy, key: `${vacancy.offer.districtKato ?? '~'} ${vacancy.offer.id}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ vacancy }) => vacancy);
  const local = new Map<string, number[]>();
  vacancies.forEach(({ offer }, index) => {
    if (offer.isco === null || standingFailures(offer, rules.date).length > 0) return;
    listed(local, `${offer.regionCode} ${blockOf(offer.isco)}`).push(index);
  });
  const byId = new Map(vacancies.map((vacancy) => [vacancy.offer.id, vacancy]));
  return { vacancies, byId, local, destinations: destinationsOf(vacancies, rules) };
}

function destinationsOf(vacancies: readonly PreparedVacancy[], rules: MoveRules): Map<string, number[]> {
  const found = new Map<string, number[]>();
  vacancies.forEach(({ offer }, index) => {
    if (offer.isco === null || moveFailures(offer, rules).length > 0) return;
    listed(found, blockOf(offer.isco)).push(index);
  });
  return found;
}

/** The list under a key, made when it is missing. */
export function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}
