import { NumberIndex } from './number-index.js';
import type { TitleWords } from './words.js';
import type { Specialisations } from './specialisations.js';
import type { Vocabulary } from './vocabulary.js';
import type { KnownStem, LikelyStem, Reading } from './mending.js';

/** The hash of no stem at all. */
const NO_STEMS = (0x9e3779b9 & 0xfffff) * 0x100000000 + 0x811c9dc5;

/** Kinds of features; a feature is a kind and one stem, or a pair of neighbouring stems. */
const FIRST = 1;
const LAST = 2;
const PAIR = 3;

/**
 * A linear model over words: for each feature the unit groups that it speaks for or against. Sparse: weights of `group[from..to)`
 * of feature f lie between `start[f]` and `start[f + 1]`.
 */
export interface LinearModel {
  /** Unit groups in the order of their numbers. */
  groups: readonly string[];
  /** Feature key → number of the feature; see `featureKey`. */
  features: NumberIndex;
  start: Uint32Array;
  group: Uint16Array;
  weight: Float32Array;
  bias: Float32Array;
}

/** Labels by the hash of their stems: the groups that have label i are `group[start[i]..start[i + 1])`. */
export interface Phrases {
  hashes: NumberIndex;
  start: Uint32Array;
  group: Uint16Array;
}

/** Phrases from the groups of each hash. */
export function phrasesOf(groups: ReadonlyMap<number, readonly number[]>): Phrases {
  const start = new Uint32Array(groups.size + 1);
  let at = 0;
  for (const [i, found] of [...groups.values()].entries()) start[i + 1] = at += found.length;
  return {
    hashes: new NumberIndex(Float64Array.from(groups.keys())),
    start,
    group: Uint16Array.from([...groups.values()].flat()),
  };
}

export const NO_GROUPS = new Uint16Array(0);

/** The groups that have a label of this hash. */
export function groupsOf({ hashes, start, group }: Phrases, hash: number): Uint16Array {
  const i = hashes.at(hash);
  return i < 0 ? NO_GROUPS : group.subarray(start[i], start[i + 1]);
}

export interface TitleModel {
  vocabulary: Vocabulary;
  linear: LinearModel;
  /** Stems in their order. */
  phrases: Phrases;
  /** Stems in any order. */
  bags: Phrases;
  /** How much a stem tells: the logarithm of groups ÷ groups that have it. */
  telling: Float32Array;
  specialisations: Specialisations;
}

/** A number for a feature: below 2^53 for vocabularies below 2^24 stems. */
export function featureKey(kind: 0 | 1 | 2 | 3, stem: number, next = 0): number {
  return (stem * 4 + kind) * 0x1000000 + next;
}

/** The features of a title's stems: each, the first, the last, and neighbours. */
export function featuresOf(stems: readonly number[]): number[] {
  const keys: number[] = [];
  for (const [i, stem] of stems.entries()) {
    keys.push(featureKey(0, stem));
    if (i + 1 < stems.length) keys.push(featureKey(PAIR, stem, stems[i + 1]));
  }
  if (stems.length > 0) keys.push(featureKey(FIRST, stems[0]!), featureKey(LAST, stems.at(-1)!));
  return keys;
}

/** A hash of stems in their order; two different runs of the vocabulary's stems share one by a chance of 2^-52. */
export class PhraseHash {
  private low = 0x811c9dc5;
  private high = 0x9e3779b9;

  /** The hash of the stems so far and this one. */
  add(stem: number): number {
    this.low = Math.imul(this.low ^ stem, 0x01000193) >>> 0;
    this.high = (Math.imul(this.high ^ stem, 0x85ebca6b) + (this.high >>> 13)) >>> 0;
    return (this.high & 0xfffff) * 0x100000000 + this.low;
  }
}

export function phraseHash(stems: readonly number[], from = 0, to = stems.length): number {
  const hash = new PhraseHash();
  let found = NO_STEMS;
  for (let i = from; i < to; i++) found = hash.add(stems[i]!);
  return found;
}

export function bagHash(stems: readonly number[]): number {
  return phraseHash([...stems].sort((a, b) => a - b));
}

/** What a title says: its stems, what is known of each word, and the parts it falls into. */
export interface ReadTitle {
  stems: number[];
  /** How each stem was come by. */
  readings: Reading[];
  /** What else each word may be; empty for nearly all. */
  others: (readonly LikelyStem[])[];
  part: number[];
  unknownWords: number;
}

const NO_OTHERS: readonly LikelyStem[] = [];

export function readStems(
  { words, parts, cut }: TitleWords,
  stemsOf: (word: string, isCut: boolean) => readonly KnownStem[],
): ReadTitle {
  const read: ReadTitle = { stems: [], readings: [], others: [], part: [], unknownWords: 0 };
  for (const [i, word] of words.entries()) {
    const known = stemsOf(word, cut[i]!);
    if (known.length === 0) read.unknownWords += 1;
    for (const { stem, reading, others = NO_OTHERS } of known) {
      read.stems.push(stem);
      read.readings.push(reading);
      read.others.push(others);
      read.part.push(parts[i]!);
    }
  }
  return read;
}

/** In place: scores to shares of one. */
export function softmax(scores: Float32Array): void {
  let most = -Infinity;
  for (let g = 0; g < scores.length; g++) if (scores[g]! > most) most = scores[g]!;
  let sum = 0;
  for (let g = 0; g < scores.length; g++) sum += scores[g] = Math.exp(scores[g]! - most);
  for (let g = 0; g < scores.length; g++) scores[g]! /= sum;
}
