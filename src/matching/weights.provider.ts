import type { Provider } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import type { Corridor } from './core/types.js';
import { readWeights } from './core/weights.js';

/** Injection tokens of the weights in use and of the documented corridors. */
export const WEIGHTS = Symbol('weights');
export const CORRIDORS = Symbol('corridors');

/** A route that people of a region are known to take. Unverified: inferred from another's. */
export type DocumentedCorridor = Corridor & { verified: boolean };

const readJson = (name: string): unknown => JSON.parse(readFileSync(fromRoot('data', 'matching', name), 'utf8'));

/** Read when the program starts, so that it does not start with weights it cannot use. */
export const matchingTables: Provider[] = [
  { provide: WEIGHTS, useFactory: () => readWeights(readJson('weights.json')) },
  {
    provide: CORRIDORS,
    useFactory: (): DocumentedCorridor[] =>
      (readJson('corridors.json') as { corridors: DocumentedCorridor[] }).corridors,
  },
];
