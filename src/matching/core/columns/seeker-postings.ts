import { MOVES, type SeekerColumns } from './seeker-columns.js';
import { EDUCATION_RANKS, REQUIRED_YEARS } from './vacancy-columns.js';

/**
 * Seekers who may move, one posting after the other. A posting is those of one occupation, level of education, range of years and
 * list of languages: any vacancy gives them nearly one chance. Within it those come first who earn least today, to whom any pay is
 * worth most; before them those whose pay is unknown. About 80 bytes a seeker.
 */
export interface SeekerPostings {
  /** Of the seekers in the order of the postings. */
  readonly columns: SeekerColumns;
  /** The number that each had in the columns it came from. */
  readonly origin: Int32Array;
  /** Place of each seeker's id among all: ties go to the smaller. */
  readonly idRank: Int32Array;
  /** log2 of the pay a seeker compares with; NaN where it is unknown. */
  readonly logToday: Float64Array;
  /** Where each posting begins; one more at the end. */
  readonly start: Int32Array;
  /** The most years in each posting. */
  readonly years: Float64Array;
  /** Numbers of each occupation's postings: from the first up to the last, not included. */
  readonly ofOccupation: ReadonlyMap<number, readonly [number, number]>;
  /** Regions in which somebody lives. */
  readonly homes: readonly number[];
  /** The greatest in `columns.persons`, and in `columns.driving`. */
  readonly mostPersons: number;
  readonly mostDriving: number;
}

const LISTS_OF_LANGUAGES = 65_536;

/** Lists those who move. `idRanks` is the place of each seeker's id among all, by the seeker's number. */
export function buildSeekerPostings(columns: SeekerColumns, idRanks: Int32Array): SeekerPostings {
  const key = new Float64Array(columns.size);
  const pay = columns.comparisonPay.map((tenge) => (Number.isNaN(tenge) ? -1 : tenge));
  let movers = 0;
  const order = new Int32Array(columns.size);
  for (let seeker = 0; seeker < columns.size; seeker++) {
    if ((columns.flags[seeker]! & MOVES) === 0) continue;
    order[movers++] = seeker;
    const level = columns.occupation[seeker]! * EDUCATION_RANKS + columns.education[seeker]!;
    const met = Math.max(
      0,
      REQUIRED_YEARS.findLastIndex((required) => columns.years[seeker]! >= required),
    );
    key[seeker] = (level * REQUIRED_YEARS.length + met) * LISTS_OF_LANGUAGES + columns.languages[seeker]!;
  }
  const origin = order.slice(0, movers);
  origin.sort((a, b) => key[a]! - key[b]! || pay[a]! - pay[b]! || a - b);

  const starts: number[] = [];
  const years: number[] = [];
  const ofOccupation = new Map<number, [number, number]>();
  origin.forEach((seeker, at) => {
    if (at === 0 || key[seeker] !== key[origin[at - 1]!]) {
      const occupation = columns.occupation[seeker]!;
      const range = ofOccupation.get(occupation);
      if (range === undefined) ofOccupation.set(occupation, [starts.length, starts.length + 1]);
      else range[1] += 1;
      starts.push(at);
      years.push(0);
    }
    years[years.length - 1] = Math.max(years.at(-1)!, columns.years[seeker]!);
  });
  const inOrder = ordered(columns, origin);
  return {
    columns: inOrder,
    origin,
    idRank: origin.map((seeker) => idRanks[seeker]!),
    logToday: inOrder.comparisonPay.map((tenge) => Math.log2(tenge)),
    start: Int32Array.from([...starts, movers]),
    years: Float64Array.from(years),
    ofOccupation,
    homes: [...new Set(inOrder.home)],
    mostPersons: greatest(inOrder.persons),
    mostDriving: greatest(inOrder.driving),
  };
}

interface Numbers {
  [at: number]: number;
  slice(start: number, end: number): this;
}

const greatest = (column: Uint16Array): number => column.reduce((most, value) => Math.max(most, value), 0);

function ordered(columns: SeekerColumns, order: Int32Array): SeekerColumns {
  const taken = <Column extends Numbers>(column: Column): Column => {
    const copy = column.slice(0, order.length);
    for (let at = 0; at < order.length; at++) copy[at] = column[order[at]!]!;
    return copy;
  };
  return {
    size: order.length,
    occupation: taken(columns.occupation),
    education: taken(columns.education),
    years: taken(columns.years),
    languages: taken(columns.languages),
    driving: taken(columns.driving),
    specialities: taken(columns.specialities),
    diplomas: taken(columns.diplomas),
    comparisonPay: taken(columns.comparisonPay),
    minimumPay: taken(columns.minimumPay),
    flags: taken(columns.flags),
    home: taken(columns.home),
    persons: taken(columns.persons),
    settlement: taken(columns.settlement),
    wished: taken(columns.wished),
    excluded: taken(columns.excluded),
    relatives: taken(columns.relatives),
    household: taken(columns.household),
  };
}
