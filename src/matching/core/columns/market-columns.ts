import { moveFailures, standingFailures } from '../eligibility.js';
import type { PreparedVacancy } from '../prepared.js';
import type { Scorer } from '../score.js';
import type { MoveRules, VacancyOffer } from '../types.js';
import { Tables } from './tables.js';
import { HOUSINGS, type Names, type Postings, buildPostings, newNames } from './vacancy-columns.js';

/**
 * Vacancies of one market under one version of the weights and one date's rules, in postings. A value that any number of rankers
 * share: searches only add to the tables and names what they met for the first time.
 */
export interface MarketColumns {
  names: Names;
  tables: Tables;
  /** Ordered as the plain ranker has them: by district, then id. */
  vacancies: readonly PreparedVacancy[];
  /** Place of each vacancy's id among all. */
  idRanks: Int32Array;
  /** Index into `vacancies` by id. */
  indexOf: ReadonlyMap<string, number>;
  /** Those that may end a move. */
  moves: Postings;
  /** Where each vacancy stands among `moves`; -1 for those that end no move. */
  moveEntryOf: Int32Array;
  /** Those that stand, for people of their own region. */
  local: Postings;
}

/**
 * Orders a posting: what of a score is the same for everybody first, then the pay. So most blocks hold vacancies that differ in little
 * but the pay, and the bound of one is not the pay of its best paid with the housing of another.
 */
function byWorth(housing: readonly number[]): (a: PreparedVacancy, b: PreparedVacancy) => number {
  const housingOf = ({ offer }: PreparedVacancy): number => housing[HOUSINGS.indexOf(offer.housing)]!;
  return (a, b) => housingOf(b) - housingOf(a) || (b.payTenge ?? 0) - (a.payTenge ?? 0);
}

/**
 * Lists vacancies for the rules' date. `departureRegions` has no part in it: it says who may move, not where to. `known`: names that
 * stand already, for those of people say, and tables over them by the same scorer; both are added to.
 */
export function buildMarketColumns(
  scorer: Scorer,
  rules: MoveRules,
  offers: readonly VacancyOffer[],
  known: Pick<MarketColumns, 'names' | 'tables'> = newTables(scorer),
): MarketColumns {
  const { names } = known;
  const vacancies = inOrder(offers).map((offer) => scorer.prepareVacancy(offer));
  const byId = vacancies.map((_, index) => index);
  byId.sort((a, b) => (vacancies[a]!.offer.id < vacancies[b]!.offer.id ? -1 : 1));
  const idRanks = new Int32Array(vacancies.length);
  byId.forEach((index, rank) => (idRanks[index] = rank));
  const market = { names, vacancies, idRanks };
  return {
    ...market,
    tables: known.tables,
    indexOf: new Map(vacancies.map(({ offer }, index) => [offer.id, index])),
    local: post(market, scorer, (offer) => standingFailures(offer, rules.date).length === 0),
    ...movesOf(market, scorer, rules),
  };
}

/** Names and tables of a market of which nothing is listed yet. */
export function newTables(scorer: Scorer): Pick<MarketColumns, 'names' | 'tables'> {
  const names = newNames();
  return { names, tables: new Tables(names, scorer.market, scorer.weights) };
}

/** The same columns under rules that differ in where a move may end, or in whether support is claimed; the date stays. */
export function underRules(market: MarketColumns, scorer: Scorer, rules: MoveRules): MarketColumns {
  return { ...market, ...movesOf(market, scorer, rules) };
}

type Listed = Pick<MarketColumns, 'names' | 'vacancies' | 'idRanks'>;

function movesOf(market: Listed, scorer: Scorer, rules: MoveRules): Pick<MarketColumns, 'moves' | 'moveEntryOf'> {
  const moves = post(market, scorer, (offer) => moveFailures(offer, rules).length === 0);
  const moveEntryOf = new Int32Array(market.vacancies.length).fill(-1);
  moves.vacancy.forEach((index, entry) => (moveEntryOf[index] = entry));
  return { moves, moveEntryOf };
}

function post(market: Listed, { weights }: Scorer, fits: (offer: VacancyOffer) => boolean): Postings {
  const { vacancies } = market;
  const members = vacancies.flatMap(({ offer }, index) => (offer.isco !== null && fits(offer) ? [index] : []));
  const housing = HOUSINGS.map((one) => weights.utility.housing * weights.housing[one ?? 'notStated']);
  return buildPostings(
    vacancies,
    members,
    market.idRanks,
    market.names,
    housing,
    weights.utility.shortage,
    byWorth(housing),
  );
}

/** By district (unknown ones last), then id. */
function inOrder(offers: readonly VacancyOffer[]): VacancyOffer[] {
  return offers
    .map((offer) => ({ offer, key: `${offer.districtKato ?? '~'} ${offer.id}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ offer }) => offer);
}
