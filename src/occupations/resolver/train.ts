import type { Language } from '../../i18n/language.js';
import { type Chance, seededChance } from '../../shared/chance.js';
import type { Label } from '../labels.js';
import {
  type LinearModel,
  type Phrases,
  type TitleModel,
  bagHash,
  featuresOf,
  phraseHash,
  phrasesOf,
  readStems,
  softmax,
} from './model.js';
import { NumberIndex } from './number-index.js';
import { type MarkedTitle, learnSpecialisations } from './specialisations.js';
import { type Vocabulary, buildVocabulary, joined, stemsOfWord } from './vocabulary.js';
import { wordsOf } from './words.js';

interface Example {
  group: number;
  stems: number[];
}

const EPOCHS = 8;
const RATE = 1;
/** Weights nearer to zero than this are left out of the model. */
const LEAST_WEIGHT = 0.08;
/** A group whose share is off by less is left where it is: most are, of every title. */
const LEAST_MOVE = 1e-4;
/** Share of examples from which a word is taken in an epoch: titles of vacancies leave words out, and add others. */
const DROPPED = 0.25;

/**
 * Trains the title model from labels alone: multinomial logistic regression (softmax) over words and neighbours, by stochastic gradient
 * descent in a fixed random order; the same labels give the same model, bit for bit.
 */
export function trainTitleModel(labels: readonly Label[], groups: readonly string[]): TitleModel {
  const { vocabulary, read } = readLabelStems(labels);
  const number = new Map(groups.map((isco, i) => [isco, i]));
  const marked: MarkedTitle[] = [];
  const examples = read.flatMap(({ label: { isco, speciality }, stems }): Example[] => {
    marked.push({ isco, stems, speciality });
    return stems.length === 0 ? [] : [{ group: number.get(isco)!, stems }];
  });
  return {
    vocabulary,
    linear: trainLinear(examples, groups),
    phrases: labelsBy(examples, phraseHash),
    bags: labelsBy(examples, bagHash),
    telling: tellingOf(examples, vocabulary.stems.length, groups.length),
    specialisations: learnSpecialisations(marked),
  };
}

/** The vocabulary of the labels, and each of them as the stems that the resolver sees. */
export function readLabelStems(labels: readonly Label[]): {
  vocabulary: Vocabulary;
  read: { label: Label; stems: number[] }[];
} {
  const uses = new Map<string, Record<Language, number>>();
  const titles = labels.map((label) => ({ label, title: wordsOf(label.title) }));
  for (const { label, title } of titles) {
    for (const word of title.words) {
      let counts = uses.get(word);
      if (counts === undefined) uses.set(word, (counts = { kk: 0, ru: 0, en: 0 }));
      counts[label.language] += 1;
    }
  }
  const vocabulary = buildVocabulary(uses);
  return {
    vocabulary,
    read: titles.map(({ label, title }) => ({
      label,
      stems: readStems(joined(vocabulary, title), (word) => stemsOfWord(vocabulary, word)).stems,
    })),
  };
}

function labelsBy(examples: readonly Example[], hash: (stems: readonly number[]) => number): Phrases {
  const phrases = new Map<number, number[]>();
  for (const { group, stems } of examples) {
    const key = hash(stems);
    const known = phrases.get(key);
    if (known === undefined) phrases.set(key, [group]);
    else if (!known.includes(group)) known.push(group);
  }
  return phrasesOf(phrases);
}

function tellingOf(examples: readonly Example[], stems: number, groups: number): Float32Array {
  const inGroups = Array.from({ length: stems }, () => new Set<number>());
  for (const example of examples) for (const stem of example.stems) inGroups[stem]!.add(example.group);
  return Float32Array.from(inGroups, (found) => Math.log(groups / Math.max(1, found.size)));
}

function trainLinear(examples: readonly Example[], groups: readonly string[]): LinearModel {
  const features = new Map<number, number>();
  for (const { stems } of examples) {
    for (const key of featuresOf(stems)) if (!features.has(key)) features.set(key, features.size);
  }
  const width = groups.length;
  const weights = new Float32Array(features.size * width);
  const rows = Array.from(features.keys(), (_, f) => weights.subarray(f * width, (f + 1) * width));
  const bias = new Float32Array(width);
  // Steps shrink with what a feature has learnt already (AdaGrad, Duchi et al. 2011): rare words learn as fast as frequent ones.
  const learnt = new Float32Array(features.size).fill(1e-6);
  const scores = new Float32Array(width);
  const moving = new Uint16Array(width);
  const chance = seededChance(2330);
  const order = examples.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE * (1 - epoch / EPOCHS);
    for (const i of chance.shuffle(order)) {
      const { group, stems } = examples[i]!;
      const active = featuresOf(dropOne(stems, chance))
        .map((key) => features.get(key))
        .filter((f) => f !== undefined);
      const value = 1 / Math.sqrt(active.length);
      scores.set(bias);
      for (const feature of active) {
        const row = rows[feature]!;
        for (let g = 0; g < width; g++) scores[g]! += value * row[g]!;
      }
      softmax(scores);
      scores[group]! -= 1;
      let square = 0;
      let moved = 0;
      for (let g = 0; g < width; g++) {
        square += scores[g]! * scores[g]!;
        if (Math.abs(scores[g]!) > LEAST_MOVE) moving[moved++] = g;
      }
      for (const feature of active) {
        learnt[feature]! += square * value * value;
        const step = (rate * value) / Math.sqrt(learnt[feature]!);
        const at = feature * width;
        for (let m = 0; m < moved; m++) weights[at + moving[m]!]! -= step * scores[moving[m]!]!;
      }
      for (let m = 0; m < moved; m++) bias[moving[m]!]! -= 0.01 * rate * scores[moving[m]!]!;
    }
  }
  const index = new NumberIndex(Float64Array.from(features.keys()));
  return { groups, features: index, bias, ...sparse(weights, features.size, width) };
}

function dropOne(stems: readonly number[], chance: Chance): readonly number[] {
  if (stems.length < 2 || !chance.happens(DROPPED)) return stems;
  const gone = chance.whole(0, stems.length - 1);
  return stems.filter((_, i) => i !== gone);
}

function sparse(
  weights: Float32Array,
  features: number,
  width: number,
): Pick<LinearModel, 'start' | 'group' | 'weight'> {
  const start = new Uint32Array(features + 1);
  let kept = 0;
  for (const weight of weights) if (Math.abs(weight) >= LEAST_WEIGHT) kept += 1;
  const group = new Uint16Array(kept);
  const weight = new Float32Array(kept);
  let at = 0;
  for (let feature = 0; feature < features; feature++) {
    for (let g = 0; g < width; g++) {
      const value = weights[feature * width + g]!;
      if (Math.abs(value) < LEAST_WEIGHT) continue;
      group[at] = g;
      weight[at++] = value;
    }
    start[feature + 1] = at;
  }
  return { start, group, weight };
}
