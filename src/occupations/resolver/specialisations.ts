import { phraseHash } from './model.js';

export const SPECIALISATION_KINDS = ['school', 'medicine', 'licence'] as const;
/** A school's subject, a medical speciality, a licence or permit. */
export type SpecialisationKind = (typeof SPECIALISATION_KINDS)[number];

/** What a title tells beyond its unit group. */
export interface Specialisation {
  kind: SpecialisationKind;
  /** As the packs mark it: `biology`, `cardiology`, `CE`. */
  code: string;
}

/** The key of its name in the locale files. */
export function wordsKey({ kind, code }: Specialisation): string {
  return `specialisation.${kind}.${code.toLowerCase()}`;
}

/** A title of the packs as stems, with its mark where it has one. */
export interface MarkedTitle {
  isco: string;
  stems: readonly number[];
  speciality: string | null;
}

/** How titles tell specialisations, made of the marks of the packs. */
export interface Specialisations {
  codes: readonly Specialisation[];
  /** Kind that titles of a unit group may tell. */
  kinds: ReadonlyMap<string, SpecialisationKind>;
  /** Stems that say nothing of a kind's specialisations, for they stand beside many: «учитель», «язык». */
  idle: Readonly<Record<SpecialisationKind, ReadonlySet<number>>>;
  /** Hash of the telling stems of a whole title → number of the code. */
  names: ReadonlyMap<number, number>;
  /** Hash of all stems of a title → number of its code, -1 for none. */
  wholes: ReadonlyMap<number, number>;
  /** Stem → number of the code that most titles with it tell. */
  words: ReadonlyMap<number, number>;
}

/** A stem beside so many codes of a kind, none of which has this share of its titles, is idle; unless it is a marked title itself: «хирург». */
const IDLE_CODES = 8;
const IDLE_SHARE = 0.4;
/** Of a kind’s titles with a telling stem so many tell the same, and none is unmarked. */
const TELLING_SHARE = 0.6;
const LONGEST_NAME = 5;
/** Titles without a mark vote too. */
const NO_CODE = -1;
const NO_WORDS: ReadonlyMap<number, number> = new Map();

/**
 * The marks as a reader. Of a marked title the stems that are not idle are the name of its code; one stem alone tells a code when
 * most titles of the kind that have it, marked or not, tell that code. A title that names two («учитель химии и биологии») is marked
 * with the first and taken apart again: it makes no name.
 */
export function learnSpecialisations(titles: readonly MarkedTitle[]): Specialisations {
  const codes: Specialisation[] = [];
  const numbers = new Map<string, number>();
  const kinds = new Map<string, SpecialisationKind>();
  for (const { isco, speciality } of titles) {
    if (speciality === null || numbers.has(speciality)) {
      if (speciality !== null) kinds.set(isco, codes[numbers.get(speciality)!]!.kind);
      continue;
    }
    const [kind, code] = speciality.split(':') as [SpecialisationKind, string];
    numbers.set(speciality, codes.push({ kind, code }) - 1);
    kinds.set(isco, kind);
  }
  const learnt: Specialisations & {
    idle: Record<SpecialisationKind, Set<number>>;
    names: Map<number, number>;
    wholes: Map<number, number>;
    words: Map<number, number>;
  } = {
    codes,
    kinds,
    idle: { school: new Set(), medicine: new Set(), licence: new Set() },
    names: new Map(),
    wholes: new Map(),
    words: new Map(),
  };
  for (const kind of SPECIALISATION_KINDS) {
    learnKind(
      learnt,
      kind,
      titles.filter(({ isco }) => kinds.get(isco) === kind),
      numbers,
    );
  }
  return learnt;
}

function learnKind(
  learnt: {
    codes: readonly Specialisation[];
    kinds: Specialisations['kinds'];
    idle: Record<SpecialisationKind, Set<number>>;
    names: Map<number, number>;
    wholes: Map<number, number>;
    words: Map<number, number>;
  },
  kind: SpecialisationKind,
  titles: readonly MarkedTitle[],
  numbers: ReadonlyMap<string, number>,
): void {
  const idle = learnt.idle[kind];
  const alone = new Map(
    titles.flatMap(({ stems, speciality }) =>
      speciality !== null && stems.length === 1 ? [[stems[0]!, speciality] as const] : [],
    ),
  );
  const leading = new Map<number, number>();
  for (const [stem, counts] of countsByStem(titles)) {
    let [all, most, leader] = [0, 0, ''];
    for (const [code, count] of counts) {
      all += count;
      if (code !== '' && count > most) [most, leader] = [count, code];
    }
    const marked = counts.size - (counts.has('') ? 1 : 0);
    if (marked === 0 || (marked >= IDLE_CODES && most / all < IDLE_SHARE && alone.get(stem) !== leader)) idle.add(stem);
    else if (!counts.has('') && most / all >= TELLING_SHARE) leading.set(stem, numbers.get(leader)!);
  }
  const named = titles
    .map(({ stems, speciality }) => ({
      name: stems.filter((stem) => !idle.has(stem)),
      code: speciality === null ? NO_CODE : numbers.get(speciality)!,
    }))
    .filter(({ name }) => name.length > 0 && name.length <= LONGEST_NAME)
    .sort((a, b) => a.name.length - b.name.length);
  const votes = new Map<number, Map<number, number>>();
  for (const { name, code } of named) {
    const told = name.length === 1 ? [] : codesOf(name, learnt.names, NO_WORDS);
    if (told.length > 1 && told.includes(code)) continue;
    const key = phraseHash(name);
    const vote = votes.get(key) ?? new Map<number, number>();
    votes.set(key, vote.set(code, (vote.get(code) ?? 0) + 1));
    const [best] = [...vote].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    // «Водитель» without more names no licence, though some marked title is left with that word alone.
    if (best![0] === NO_CODE) learnt.names.delete(key);
    else learnt.names.set(key, best![0]);
  }
  // Of permits only names tell: a crane's operator is no sign of a lift's.
  if (kind !== 'licence') for (const [stem, code] of leading) learnt.words.set(stem, code);
  for (const { stems, speciality } of titles) {
    const code = speciality === null ? NO_CODE : numbers.get(speciality)!;
    const key = phraseHash(stems);
    if (stems.length > 1 && (code !== NO_CODE || !learnt.wholes.has(key))) learnt.wholes.set(key, code);
  }
}

/** For every stem how many titles that have it tell each code; the titles without a mark under an empty one. */
function countsByStem(titles: readonly MarkedTitle[]): Map<number, Map<string, number>> {
  const stems = new Map<number, Map<string, number>>();
  for (const title of titles) {
    for (const stem of new Set(title.stems)) {
      const counts = stems.get(stem) ?? new Map<string, number>();
      const code = title.speciality ?? '';
      stems.set(stem, counts.set(code, (counts.get(code) ?? 0) + 1));
    }
  }
  return stems;
}

function codesOf(
  stems: readonly number[],
  names: ReadonlyMap<number, number>,
  words: ReadonlyMap<number, number>,
): number[] {
  const found: number[] = [];
  for (let from = 0; from < stems.length; from++) {
    let to = Math.min(stems.length, from + LONGEST_NAME);
    while (to > from && !names.has(phraseHash(stems, from, to))) to -= 1;
    const code = to > from ? names.get(phraseHash(stems, from, to)) : words.get(stems[from]!);
    if (code !== undefined && !found.includes(code)) found.push(code);
    if (to > from) from = to - 1;
  }
  return found;
}

/** The specialisations of a kind that the stems of a title name, in their order. */
export function specialisationsIn(
  learnt: Specialisations,
  kind: SpecialisationKind,
  stems: readonly number[],
): Specialisation[] {
  const telling = stems.filter((stem) => !learnt.idle[kind].has(stem));
  const found = codesOf(telling, learnt.names, learnt.words);
  // «Детский хирург»: a whole title knows better than its words, unless it names two.
  const whole = found.length < 2 ? learnt.wholes.get(phraseHash(stems)) : undefined;
  const named = (whole === undefined ? found : [whole]).flatMap((number) => {
    const one = learnt.codes[number];
    return one?.kind === kind ? [one] : [];
  });
  // A language and its literature are one subject of a school, whichever it is.
  const hasLanguage = kind === 'school' && named.some(({ code }) => code.endsWith('_language'));
  return hasLanguage ? named.filter(({ code }) => code !== 'literature') : named;
}

/** As JSON, for the file of the model. */
export type StoredSpecialisations = {
  codes: readonly Specialisation[];
  kinds: [string, SpecialisationKind][];
  idle: Record<SpecialisationKind, number[]>;
  names: [number, number][];
  wholes: [number, number][];
  words: [number, number][];
};

export function storeSpecialisations({
  codes,
  kinds,
  idle,
  names,
  wholes,
  words,
}: Specialisations): StoredSpecialisations {
  return {
    codes,
    kinds: [...kinds],
    idle: { school: [...idle.school], medicine: [...idle.medicine], licence: [...idle.licence] },
    names: [...names],
    wholes: [...wholes],
    words: [...words],
  };
}

export function readSpecialisations({
  codes,
  kinds,
  idle,
  names,
  wholes,
  words,
}: StoredSpecialisations): Specialisations {
  return {
    codes,
    kinds: new Map(kinds),
    idle: { school: new Set(idle.school), medicine: new Set(idle.medicine), licence: new Set(idle.licence) },
    names: new Map(names),
    wholes: new Map(wholes),
    words: new Map(words),
  };
}
