import { EDUCATIONS, type VacancyOffer } from '../types.js';
import type { PreparedVacancy } from '../prepared.js';
import { type Codes, listCodes, textCodes } from './codes.js';

/** Conditions of a vacancy that a person meets or does not, as bits of `gates`. */
export const HOUSING_PROVIDED = 1;
export const PERMANENT = 2;
export const MEDICINE = 4;
export const TEACHING = 8;
export const DRIVING = 16;
export const SURE = 32;

export const HOUSINGS = ['provided', 'help', 'none', null] as const satisfies VacancyOffer['housing'][];
export const SETTLEMENTS = ['urban', 'rural', null] as const satisfies VacancyOffer['settlementType'][];
/** Everything that is stated and not permanent is worth the same to the programme. */
export const EMPLOYMENTS = ['permanent', null, 'temporary'] as const satisfies VacancyOffer['employment'][];
/** Required years of experience: see `requiredYears`. */
export const REQUIRED_YEARS = [0, 1, 3, 5] as const;
/** Of stated education and none: `educationRank` plus one. */
export const EDUCATION_RANKS = EDUCATIONS.length + 1;

/** Entries of one block of a posting: bounds are kept for so many at once. */
export const BLOCK = 16;

/** What vacancies, seekers and tables name by numbers: one set for everything that is ranked together. */
export interface Names {
  regions: Codes<string>;
  occupations: Codes<string>;
  languages: Codes<readonly string[]>;
  driving: Codes<readonly string[]>;
  specialities: Codes<readonly string[]>;
  districts: Codes<string>;
}

export function newNames(): Names {
  return {
    regions: textCodes(),
    occupations: textCodes(),
    languages: listCodes(),
    driving: listCodes(),
    specialities: listCodes(),
    districts: textCodes(),
  };
}

/** The greatest of each value that a score rises with, over a run of entries. */
export interface Bounds {
  /** log2 of the pay in tenge; -Infinity where none of them states one. */
  logPay: Float64Array;
  /** 1 where some state no pay, which counts as neutral. */
  unstatedPay: Uint8Array;
  /** Utility's weight times value. */
  housing: Float64Array;
  competition: Float64Array;
  shortage: Float64Array;
  /** The least required rank plus one; 0 where some require none. */
  education: Uint8Array;
  /** The least required years, as an index into `REQUIRED_YEARS`. */
  years: Uint8Array;
  /** 1 where some name an occupation surely. */
  sure: Uint8Array;
}

export interface Demands {
  education: number;
  years: number;
  languages: number;
}

/**
 * Vacancies in columns, one posting after the other. A posting is the vacancies of one occupation in one region, in an order
 * that makes neighbours alike; its bounds, and those of each block of `BLOCK` entries, let a search pass over what cannot come
 * in among the best (block-max indexes: Ding and Suel, Faster top-k document retrieval using block-max indexes, SIGIR 2011).
 */
export interface Postings {
  readonly regions: number;
  /** Where the posting of `occupation * regions + region` begins; one more at the end. */
  readonly start: Int32Array;
  /** Index into the ranker's vacancies. */
  readonly vacancy: Int32Array;
  /** Place of the vacancy's id among all ids: ties go to the smaller. */
  readonly idRank: Int32Array;
  readonly region: Uint8Array;
  /** Tenge a month; NaN where none is stated. */
  readonly pay: Float64Array;
  readonly logPay: Float64Array;
  readonly education: Uint8Array;
  readonly years: Uint8Array;
  readonly languages: Uint16Array;
  readonly driving: Uint16Array;
  readonly specialities: Uint16Array;
  /** Index of `HOUSINGS`. */
  readonly housing: Uint8Array;
  /** Index of `SETTLEMENTS` × 3 + index of `EMPLOYMENTS`. */
  readonly place: Uint8Array;
  readonly gates: Uint8Array;
  readonly district: Int32Array;
  readonly competition: Float64Array;
  readonly shortage: Float64Array;
  /** Housing and shortage, weighted: what counts for everybody alike. */
  readonly fixed: Float64Array;
  /** Index into `asked`. */
  readonly demands: Uint16Array;
  /** The different sets of what vacancies ask for, in education, years and languages as the columns hold them. */
  readonly asked: readonly Demands[];
  /** Where the blocks of each posting begin; one more at the end. */
  readonly firstBlock: Int32Array;
  readonly whole: Bounds;
  readonly blocks: Bounds;
}

const gatesOf = (offer: VacancyOffer): number =>
  (offer.housing === 'provided' ? HOUSING_PROVIDED : 0) |
  (offer.employment === 'permanent' ? PERMANENT : 0) |
  (offer.regulated === 'medicine' ? MEDICINE : 0) |
  (offer.regulated === 'teaching' ? TEACHING : 0) |
  (offer.regulated === 'driving' ? DRIVING : 0) |
  (offer.iscoSure ? SURE : 0);

function newBounds(size: number): Bounds {
  return {
    logPay: new Float64Array(size).fill(-Infinity),
    unstatedPay: new Uint8Array(size),
    housing: new Float64Array(size),
    competition: new Float64Array(size),
    shortage: new Float64Array(size),
    education: new Uint8Array(size).fill(255),
    years: new Uint8Array(size).fill(255),
    sure: new Uint8Array(size),
  };
}

/**
 * Lists vacancies by occupation and region. `members` are indices into `vacancies`, each with a stated occupation; `housing` is the
 * weighted value of each of `HOUSINGS`, `shortageWeight` the weight of a shortage; `byWorth` orders a posting and bears on speed alone.
 */
export function buildPostings(
  vacancies: readonly PreparedVacancy[],
  members: readonly number[],
  idRanks: Int32Array,
  names: Names,
  housing: readonly number[],
  shortageWeight: number,
  byWorth: (a: PreparedVacancy, b: PreparedVacancy) => number,
): Postings {
  const coded = members.map((index) => {
    const vacancy = vacancies[index]!;
    const region = names.regions.code(vacancy.offer.regionCode);
    return { index, vacancy, region, occupation: names.occupations.code(vacancy.offer.isco!) };
  });
  coded.sort(
    (a, b) => a.occupation - b.occupation || a.region - b.region || byWorth(a.vacancy, b.vacancy) || a.index - b.index,
  );
  const regions = names.regions.size;
  const lists = names.occupations.size * regions;
  const size = coded.length;
  const start = new Int32Array(lists + 1);
  for (const { occupation, region } of coded) start[occupation * regions + region + 1]! += 1;
  for (let list = 0; list < lists; list++) start[list + 1]! += start[list]!;
  const firstBlock = new Int32Array(lists + 1);
  for (let list = 0; list < lists; list++) {
    firstBlock[list + 1] = firstBlock[list]! + Math.ceil((start[list + 1]! - start[list]!) / BLOCK);
  }
  const asked: Demands[] = [];
  const askedAt = new Map<string, number>();
  const columns = {
    regions,
    asked,
    start,
    firstBlock,
    vacancy: new Int32Array(size),
    idRank: new Int32Array(size),
    region: new Uint8Array(size),
    pay: new Float64Array(size),
    logPay: new Float64Array(size),
    education: new Uint8Array(size),
    years: new Uint8Array(size),
    languages: new Uint16Array(size),
    driving: new Uint16Array(size),
    specialities: new Uint16Array(size),
    housing: new Uint8Array(size),
    place: new Uint8Array(size),
    gates: new Uint8Array(size),
    district: new Int32Array(size),
    competition: new Float64Array(size),
    shortage: new Float64Array(size),
    fixed: new Float64Array(size),
    demands: new Uint16Array(size),
    whole: newBounds(lists),
    blocks: newBounds(firstBlock[lists]!),
  };
  coded.forEach(({ index, vacancy, region, occupation }, at) => {
    const { offer } = vacancy;
    columns.vacancy[at] = index;
    columns.idRank[at] = idRanks[index]!;
    columns.region[at] = region;
    columns.pay[at] = vacancy.payTenge ?? NaN;
    columns.logPay[at] = vacancy.payTenge === null ? NaN : Math.log2(Math.max(vacancy.payTenge, 0));
    columns.education[at] = vacancy.educationRank + 1;
    columns.years[at] = REQUIRED_YEARS.findIndex((years) => years === vacancy.years);
    columns.languages[at] = names.languages.code(offer.languages);
    columns.driving[at] = names.driving.code(offer.driving);
    columns.specialities[at] = names.specialities.code(offer.specialities);
    columns.housing[at] = HOUSINGS.indexOf(offer.housing);
    const employment = offer.employment === null ? 1 : offer.employment === 'permanent' ? 0 : 2;
    columns.place[at] = SETTLEMENTS.indexOf(offer.settlementType) * EMPLOYMENTS.length + employment;
    columns.gates[at] = gatesOf(offer);
    columns.district[at] = offer.districtKato === null ? -1 : names.districts.code(offer.districtKato);
    columns.competition[at] = vacancy.competition;
    columns.shortage[at] = vacancy.shortage;
    columns.fixed[at] = housing[columns.housing[at]!]! + shortageWeight * vacancy.shortage;
    const demands = { education: columns.education[at]!, years: columns.years[at]!, languages: columns.languages[at]! };
    const key = Object.values(demands).join(' ');
    if (!askedAt.has(key)) askedAt.set(key, asked.push(demands) - 1);
    columns.demands[at] = askedAt.get(key)!;
    const list = occupation * regions + region;
    raise(columns.whole, list, columns, at, housing);
    raise(columns.blocks, firstBlock[list]! + Math.floor((at - start[list]!) / BLOCK), columns, at, housing);
  });
  return columns;
}

/** Raises the bounds at a place to cover one entry. */
function raise(
  bounds: Bounds,
  place: number,
  columns: Pick<Postings, 'logPay' | 'housing' | 'competition' | 'shortage' | 'education' | 'years' | 'gates'>,
  at: number,
  housing: readonly number[],
): void {
  const logPay = columns.logPay[at]!;
  if (Number.isNaN(logPay)) bounds.unstatedPay[place] = 1;
  else bounds.logPay[place] = Math.max(bounds.logPay[place]!, logPay);
  bounds.housing[place] = Math.max(bounds.housing[place]!, housing[columns.housing[at]!]!);
  bounds.competition[place] = Math.max(bounds.competition[place]!, columns.competition[at]!);
  bounds.shortage[place] = Math.max(bounds.shortage[place]!, columns.shortage[at]!);
  bounds.education[place] = Math.min(bounds.education[place]!, columns.education[at]!);
  bounds.years[place] = Math.min(bounds.years[place]!, columns.years[at]!);
  if ((columns.gates[at]! & SURE) !== 0) bounds.sure[place] = 1;
}
