import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../../config/paths.js';
import type { Phrases, TitleModel } from './model.js';
import { NumberIndex } from './number-index.js';
import { type StoredSpecialisations, readSpecialisations, storeSpecialisations } from './specialisations.js';
import { completeVocabulary } from './vocabulary.js';

/** Where the build puts the model (`scripts/build.mjs`). */
export const MODEL_FILE = fromRoot('dist', 'occupations.model');

/** Files a model is made of: another hash, another model. */
export function hashOfSources(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    if (!statSync(path).isDirectory()) {
      hash.update(`${path.slice(path.lastIndexOf('/') + 1)}\0`).update(readFileSync(path));
      return;
    }
    for (const name of readdirSync(path).sort()) if (!name.includes('.spec.')) add(join(path, name));
  };
  for (const folder of folders) add(folder);
  return hash.digest('hex');
}

interface Head {
  hash: string;
  groups: readonly string[];
  /** Words, divided by spaces: one string is read in a fraction of the time of thirty thousand. */
  stems: string;
  surfaces: string;
  specialisations: StoredSpecialisations;
  /** Names and lengths of the arrays that follow, in their order. */
  arrays: [name: string, kind: 'f64' | 'f32' | 'u32' | 'u16', length: number][];
}

const KINDS = { f64: Float64Array, f32: Float32Array, u32: Uint32Array, u16: Uint16Array };

/**
 * A model as bytes: the length of a JSON head, the head, and the arrays it names, each at a multiple of eight bytes. Numbers stand in
 * the byte order of the machine that built it, which is the one that reads it.
 */
export function encodeModel(hash: string, model: TitleModel): Buffer {
  const { vocabulary, linear, phrases, bags, telling } = model;
  const arrays: Record<string, Float64Array | Float32Array | Uint32Array | Uint16Array> = {
    surfaceStem: Uint32Array.from(vocabulary.surfaces.values()),
    uses: vocabulary.uses,
    features: linear.features.keys,
    start: linear.start,
    group: linear.group,
    weight: linear.weight,
    bias: linear.bias,
    telling,
    phraseKeys: phrases.hashes.keys,
    phraseStart: phrases.start,
    phraseGroup: phrases.group,
    bagKeys: bags.hashes.keys,
    bagStart: bags.start,
    bagGroup: bags.group,
  };
  const head: Head = {
    hash,
    groups: linear.groups,
    stems: vocabulary.stems.join(' '),
    surfaces: [...vocabulary.surfaces.keys()].join(' '),
    specialisations: storeSpecialisations(model.specialisations),
    arrays: Object.entries(arrays).map(([name, array]) => [
      name,
      array instanceof Float64Array
        ? 'f64'
        : array instanceof Float32Array
          ? 'f32'
          : array instanceof Uint32Array
            ? 'u32'
            : 'u16',
      array.length,
    ]),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(8);
  length.writeUInt32LE(json.length);
  const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
  const bodies = Object.values(arrays).map((array) =>
    padded(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  );
  return Buffer.concat([length, padded(json), ...bodies]);
}

/** The hash a model was made with; null when the bytes are no model. */
export function decodeHash(bytes: Buffer): string | null {
  try {
    return decodeHead(bytes).head.hash;
  } catch {
    return null;
  }
}

function decodeHead(bytes: Buffer): { head: Head; bodyAt: number } {
  const length = bytes.readUInt32LE(0);
  const head = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Head;
  return { head, bodyAt: 8 + length + (-length & 7) };
}

export function decodeModel(bytes: Buffer): TitleModel {
  const { head, bodyAt } = decodeHead(bytes);
  const arrays: Record<string, Float64Array | Float32Array | Uint32Array | Uint16Array> = {};
  // A copy at the beginning of a buffer of its own: typed arrays must lie at a multiple of their size.
  const body = new Uint8Array(bytes.subarray(bodyAt)).buffer;
  let at = 0;
  for (const [name, kind, length] of head.arrays) {
    const array = new KINDS[kind](body, at, length);
    arrays[name] = array;
    at += array.byteLength + (-array.byteLength & 7);
  }
  const phrasesCalled = (name: string): Phrases => ({
    hashes: new NumberIndex(arrays[`${name}Keys`] as Float64Array),
    start: arrays[`${name}Start`] as Uint32Array,
    group: arrays[`${name}Group`] as Uint16Array,
  });
  const stemOf = arrays['surfaceStem'] as Uint32Array;
  const surfaces = new Map<string, number>();
  for (const [i, word] of head.surfaces.split(' ').entries()) surfaces.set(word, stemOf[i]!);
  return {
    vocabulary: completeVocabulary(head.stems.split(' '), surfaces, arrays['uses'] as Uint32Array),
    linear: {
      groups: head.groups,
      features: new NumberIndex(arrays['features'] as Float64Array),
      start: arrays['start'] as Uint32Array,
      group: arrays['group'] as Uint16Array,
      weight: arrays['weight'] as Float32Array,
      bias: arrays['bias'] as Float32Array,
    },
    phrases: phrasesCalled('phrase'),
    bags: phrasesCalled('bag'),
    telling: arrays['telling'] as Float32Array,
    specialisations: readSpecialisations(head.specialisations),
  };
}

let model: TitleModel | undefined;

/** The model of this build, read once. Throws one sentence when there is none. */
export function titleModel(): TitleModel {
  if (model === undefined) {
    let bytes: Buffer;
    try {
      bytes = readFileSync(MODEL_FILE);
    } catch {
      throw new Error(`There is no model of occupations in ${MODEL_FILE}: run "npm run build".`);
    }
    model = decodeModel(bytes);
  }
  return model;
}
