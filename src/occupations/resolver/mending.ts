/** How a word of a title comes by its stem: as it stands, by a slip of the pen that is plainly one, or by a guess. */
export type Reading = 'own' | 'mended' | 'guessed';

/** A word of a title as a stem. */
export interface KnownStem {
  stem: number;
  reading: Reading;
  /** Other stems that the word may be; the title tells which. */
  others?: readonly LikelyStem[];
}

/** What a word that is no known one, or is cut short, may be. */
export interface LikelyStem {
  stem: number;
  /** Of the labels' words that it may be, the share that have this stem. */
  share: number;
}

/** The words of the labels that are long enough for a misspelling to be told. */
export interface Mending {
  words: readonly string[];
  stems: Uint32Array;
  uses: Uint32Array;
  /** Three letters → numbers of the words that hold them. */
  grams: ReadonlyMap<string, readonly number[]>;
}

/** The words of the labels as misspelt ones are compared with them. */
export function mendingOf(surfaces: ReadonlyMap<string, number>, uses: Uint32Array): Mending {
  const entries = [...surfaces]
    .map(([word, stem], i) => ({ word, stem, uses: uses[i]! }))
    .filter(({ word }) => word.length >= SHORTEST_MENDED - 1);
  const grams = new Map<string, number[]>();
  for (const [i, { word }] of entries.entries()) {
    for (const gram of gramsOf(word)) {
      const list = grams.get(gram);
      if (list === undefined) grams.set(gram, [i]);
      else list.push(i);
    }
  }
  return {
    words: entries.map(({ word }) => word),
    stems: Uint32Array.from(entries, ({ stem }) => stem),
    uses: Uint32Array.from(entries, (one) => one.uses),
    grams,
  };
}

/** Shorter words are no misspelling of another that could be told. */
export const SHORTEST_MENDED = 5;

function gramsOf(word: string): Set<string> {
  const framed = `^${word}$`;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= framed.length; i++) grams.add(framed.slice(i, i + 3));
  return grams;
}

/** The nearest word of the labels, one letter away (two in words of nine or more), the most used of several; null: none is near. */
export function nearest({ grams, words, stems, uses }: Mending, word: string): KnownStem | null {
  const own = gramsOf(word);
  const shared = new Map<number, number>();
  for (const gram of own) for (const i of grams.get(gram) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
  const most = word.length >= 9 ? 2 : 1;
  const sound = soundOf(word);
  let best: number | null = null;
  let least = most + 1;
  let often = -1;
  const asNear: number[] = [];
  for (const [i, count] of shared) {
    const other = words[i]!;
    // Each edit changes three grams at most (four for two letters changed about).
    if (Math.abs(other.length - word.length) > most || count < own.size - 4 * most || count < 2) continue;
    // What sounds the same is nearer than what is written with one letter less or more.
    const away = editDistance(word, other, most) - (sound === soundOf(other) ? 0.5 : 0);
    if (away > least) continue;
    if (away < least) asNear.length = 0;
    asNear.push(i);
    if (away < least || uses[i]! > often) [best, least, often] = [i, away, uses[i]!];
  }
  if (best === null || least > most) return null;
  const isPlain =
    isSlip(word, words[best]!) && asNear.every((i) => stems[i] === stems[best] || isKin(words[i]!, words[best]!));
  if (isPlain) return { stem: stems[best]!, reading: 'mended' };
  return { stem: stems[best]!, reading: 'guessed', others: othersAsNear(stems, uses, asNear, stems[best]!) };
}

/** The stems of the words that are as near as the best one, by how much each is used. */
function othersAsNear(stems: Uint32Array, uses: Uint32Array, asNear: readonly number[], best: number): LikelyStem[] {
  const used = new Map<number, number>();
  let all = 0;
  for (const i of asNear) {
    used.set(stems[i]!, (used.get(stems[i]!) ?? 0) + uses[i]!);
    all += uses[i]!;
  }
  used.delete(best);
  return [...used].map(([stem, count]) => ({ stem, share: count / all })).slice(0, MOST_TRIED);
}

const KINDRED_LETTERS = 5;

/** Words that begin alike: forms of one, as often as not. */
const isKin = (a: string, b: string): boolean => a.slice(0, KINDRED_LETTERS) === b.slice(0, KINDRED_LETTERS);

/** A word cut short has as many letters less at least; fewer are a slip, or another form. */
const LEAST_CUT = 2;
/** A beginning tells its word where so much of what begins so is one stem. */
const PLAINLY_ONE = 0.8;

/** So many of the words that a word may be the beginning of are tried in its title. */
const MOST_TRIED = 12;

/**
 * The stems of the words that a word is the beginning of, the most used first. `least` says how many letters less it has; one that a full
 * stop follows is cut short though it lacks a single one.
 */
export function completions(
  { grams, words, stems, uses }: Mending,
  beginning: string,
  least: number = LEAST_CUT,
): LikelyStem[] {
  const used = new Map<number, number>();
  let all = 0;
  for (const i of grams.get(`^${beginning.slice(0, 2)}`) ?? []) {
    if (words[i]!.length < beginning.length + least || !words[i]!.startsWith(beginning)) continue;
    used.set(stems[i]!, (used.get(stems[i]!) ?? 0) + uses[i]!);
    all += uses[i]!;
  }
  return [...used]
    .map(([stem, count]) => ({ stem, share: count / all }))
    .sort((a, b) => b.share - a.share || a.stem - b.stem)
    .slice(0, MOST_TRIED);
}

/** The word that a word is the beginning of, the most used of several: plainly so where hardly another begins so. */
export function completed(mending: Mending, beginning: string, least: number = LEAST_CUT): KnownStem | null {
  const [first, ...others] = completions(mending, beginning, least);
  if (first === undefined) return null;
  return first.share >= PLAINLY_ONE
    ? { stem: first.stem, reading: 'mended' }
    : { stem: first.stem, reading: 'guessed', others };
}

/** Letters that people write for one another because they hear the same, by the one that stands for all; signs and й are not heard. */
const SOUNDS: Record<string, string> = {
  о: 'а', я: 'а', е: 'и', э: 'и', ы: 'и', у: 'у', ю: 'у', д: 'т', б: 'п', з: 'с', ц: 'с', г: 'к', х: 'к', ж: 'ш', щ: 'ш', ч: 'ш', в: 'ф', й: '',
  ь: '', ъ: '',
}; // prettier-ignore

/** How a folded word sounds, roughly: letters that are taken for one another are one, and doubled ones single. */
function soundOf(word: string): string {
  let sound = '';
  for (const letter of word) {
    const heard = SOUNDS[letter] ?? letter;
    if (heard !== sound.at(-1)) sound += heard;
  }
  return sound;
}

/** In shorter words one letter makes another word. */
const SHORTEST_SLIP = 7;
const SHORTEST_EXCHANGED = 10;

/**
 * Whether a word is plainly another one misspelt: they sound the same, or a letter but the first is left out, put in or changed about
 * in a word of seven, exchanged in one of ten, two of them in longer ones that still begin alike.
 */
function isSlip(word: string, meant: string): boolean {
  if (soundOf(word) === soundOf(meant)) return true;
  if (word[0] !== meant[0] || word.length < SHORTEST_SLIP) return false;
  if (editDistance(word, meant, 1) > 1) {
    return word.length > SHORTEST_EXCHANGED && editDistance(soundOf(word), soundOf(meant), 1) <= 1;
  }
  const changedAbout = word.length === meant.length && [...word].sort().join('') === [...meant].sort().join('');
  return word.length !== meant.length || changedAbout || word.length >= SHORTEST_EXCHANGED;
}

/** Letters put in, left out, exchanged or changed about (Damerau–Levenshtein, optimal string alignment); `most` + 1 for more. */
export function editDistance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, above[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, above] = [above, row];
  }
  return Math.min(above[b.length]!, most + 1);
}
