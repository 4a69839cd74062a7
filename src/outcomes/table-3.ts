import type { Activity } from './outcome-kinds.js';

/** The source of the people behind the seed study's Table 3 in the ledger: nothing else counts them. */
export const TABLE_3_SOURCE = 'seed-table-3';

/**
 * A row of Table 3 and the text around it (Journal of Educational and Social Research 13(6), 2023): persons moved, those who went back,
 * and adults found economically active by what they do. What a region did not publish is null.
 */
export interface PublishedRow {
  regionCode: string;
  moved: number;
  returned: number | null;
  active: Readonly<Partial<Record<Extract<Activity, 'employed' | 'own_business' | 'active_otherwise'>, number>>> | null;
}

/**
 * Of Kostanay's 1,068 active people 69 have a business of their own; the paper's "found a job" is the rest. Of North Kazakhstan's 3,197
 * it names 2,242 in a job and 378 sole proprietors; 577 it does not break down.
 */
export const TABLE_3: readonly PublishedRow[] = [
  { regionCode: 'KZ-39', moved: 2441, returned: 275, active: { employed: 999, own_business: 69 } },
  {
    regionCode: 'KZ-59',
    moved: 6765,
    returned: 495,
    active: { employed: 2242, own_business: 378, active_otherwise: 577 },
  },
  { regionCode: 'KZ-55', moved: 6363, returned: null, active: null },
  { regionCode: 'KZ-63', moved: 1421, returned: null, active: null },
];

/** The Enbek programme ran until the end of 2021; the paper dates nobody's arrival. */
const FIRST_ARRIVAL = Date.UTC(2017, 6, 1);
const LAST_ARRIVAL = Date.UTC(2021, 11, 31);
const DAY_MS = 86_400_000;
/** Days after an arrival on which its outcomes are told: the follow-up of twelve months. */
export const TOLD_AFTER_MONTHS = 12;

export interface MadePerson {
  adult: boolean;
  /** Null: nothing was published of them. */
  outcome: Activity | 'returned' | null;
}

/** A family as it may have come: made up, with no name, home or date of birth. */
export interface MadeFamily {
  /** `YYYY-MM-DD` */
  arrivedOn: string;
  persons: MadePerson[];
}

/**
 * Adults and children of families in turn: four persons each in the mean, most of them couples with children, as the paper's survey
 * found; some bring a grown child or a parent, for half of all who moved to North Kazakhstan were at work.
 */
const FAMILIES: readonly (readonly [adults: number, children: number])[] = [
  [2, 2],
  [3, 2],
  [2, 3],
  [2, 1],
  [1, 0],
  [3, 1],
  [2, 2],
  [2, 2],
  [3, 3],
];

/**
 * Families whose persons, counted, are those of a published row: exactly so many moved, went back and are active. Whole families go
 * back, so that their children do too; who works are adults who stayed. The same row makes the same families.
 */
export function madeFamilies({ moved, returned, active }: PublishedRow): MadeFamily[] {
  const sizes: (readonly [number, number])[] = [];
  for (let left = moved; left > 0;) {
    const [adults, children] = FAMILIES[sizes.length % FAMILIES.length]!;
    const fits =
      adults + children <= left ? ([adults, children] as const) : ([Math.min(2, left), Math.max(0, left - 2)] as const);
    sizes.push(fits);
    left -= fits[0] + fits[1];
  }
  const days = (LAST_ARRIVAL - FIRST_ARRIVAL) / DAY_MS;
  const families = sizes.map(([adults, children], i): MadeFamily => {
    const arrivedOn = new Date(FIRST_ARRIVAL + Math.floor((i * days) / sizes.length) * DAY_MS)
      .toISOString()
      .slice(0, 10);
    const persons = Array.from({ length: adults + children }, (_, at) => ({ adult: at < adults, outcome: null }));
    return { arrivedOn, persons };
  });
  const gone = goneBack(families, returned ?? 0);
  for (const family of gone) for (const person of family.persons) person.outcome = 'returned';
  const stayed = families
    .filter((family) => !gone.has(family))
    .flatMap(({ persons }) => persons.filter(({ adult }) => adult));
  const activities = Object.entries(active ?? {}).flatMap(([activity, count]) =>
    Array.from({ length: count }, () => activity as Activity),
  );
  if (activities.length > stayed.length) throw new Error('More people work than adults stayed.');
  activities.forEach((activity, i) => (stayed[i]!.outcome = activity));
  return families;
}

/** Every eighth family or so goes back until the number is reached; the last ones are chosen by their size, so that it is met exactly. */
function goneBack(families: readonly MadeFamily[], persons: number): Set<MadeFamily> {
  const gone = new Set<MadeFamily>();
  let left = persons;
  const stride = Math.max(1, Math.floor((families.length * 4) / Math.max(1, persons)));
  const inTurn = [...families.keys()].sort((a, b) => (a % stride) - (b % stride) || a - b);
  for (const i of inTurn) {
    const family = families[i]!;
    const size = family.persons.length;
    // Single persons are kept for the end, where any rest can be met with them.
    if (size === 1 || size > left) continue;
    gone.add(family);
    left -= size;
  }
  for (const family of families) {
    if (left === 0) break;
    if (family.persons.length !== 1) continue;
    gone.add(family);
    left -= 1;
  }
  if (left > 0) throw new Error('Too few families to go back.');
  return gone;
}

/** A row of Table 3 as counted; null: nothing is known of anybody. */
export interface CountedRow {
  regionCode: string;
  moved: number;
  returned: number | null;
  active: number | null;
  employed: number | null;
  ownBusiness: number | null;
  activeOtherwise: number | null;
  /** Shares in percent, as they are, unrounded. */
  returnedPercent: number | null;
  activePercent: number | null;
}

export interface Counts {
  regionCode: string;
  moved: number;
  known: number;
  returned: number;
  employed: number;
  ownBusiness: number;
  activeOtherwise: number;
}

/** A row with its shares of those who moved; what nobody told stays unknown instead of 0. */
export function countedRow({ regionCode, moved, known, ...counts }: Counts): CountedRow {
  const active = counts.employed + counts.ownBusiness + counts.activeOtherwise;
  const told = <Value>(value: Value): Value | null => (known > 0 ? value : null);
  return {
    regionCode,
    moved,
    returned: told(counts.returned),
    active: told(active),
    employed: told(counts.employed),
    ownBusiness: told(counts.ownBusiness),
    activeOtherwise: told(counts.activeOtherwise),
    returnedPercent: told((100 * counts.returned) / moved),
    activePercent: told((100 * active) / moved),
  };
}

export interface CountedTable {
  rows: CountedRow[];
  /** Of the regions that told who went back, as the paper's 770 of 9,206. */
  returnedOfKnown: { returned: number; moved: number; percent: number } | null;
}

export function countedTable(counts: readonly Counts[]): CountedTable {
  const known = counts.filter((row) => row.known > 0);
  const moved = known.reduce((sum, row) => sum + row.moved, 0);
  const returned = known.reduce((sum, row) => sum + row.returned, 0);
  return {
    rows: counts.map(countedRow),
    returnedOfKnown: known.length === 0 ? null : { returned, moved, percent: (100 * returned) / moved },
  };
}
