import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type FieldProblem, Problem } from '../shared/problem.js';
import type { CheckedAdult } from './household-checks.service.js';
import { seekerByIinIndex } from './household.queries.js';
import { type IinKeys, encryptIin, indexIin } from './iin-cipher.js';
import type { NewSeeker } from './insert-households.js';

const EMPTY = Buffer.alloc(0);

/** The row of an adult: the IIN encrypted for that row, with its look-up index. */
export function sealAdult(adult: CheckedAdult & { id: string }, keys: IinKeys): NewSeeker & { id: string } {
  const { iin, ...seeker } = adult;
  if (iin === null) return { ...seeker, iinCipher: null, iinIndex: null };
  return { ...seeker, iinCipher: encryptIin(iin, adult.id, keys, randomBytes), iinIndex: indexIin(iin, keys) };
}

/**
 * Refuses with `seeker.iin_used` (409, by field) an IIN that another seeker has. Locks each IIN's index, so that two requests
 * cannot register one person at the same time.
 */
export async function refuseUsedIins(
  tx: EntityManager,
  seekers: readonly (CheckedAdult & { id: string })[],
  keys: IinKeys,
): Promise<void> {
  const indexes = seekers.map(({ id, iin }, i) => ({ id, i, index: iin === null ? null : indexIin(iin, keys) }));
  for (const { index } of indexes.toSorted((a, b) => Buffer.compare(a.index ?? EMPTY, b.index ?? EMPTY))) {
    if (index) await tx.query('select pg_advisory_xact_lock($1)', [index.readBigInt64BE().toString()]);
  }
  const problems: FieldProblem[] = [];
  for (const { id, i, index } of indexes) {
    const owner = index ? await seekerByIinIndex(tx, index) : undefined;
    if (owner && owner.id !== id) problems.push({ field: `adults.${i}.iin`, code: 'seeker.iin_used' });
  }
  if (problems.length > 0) throw new Problem('seeker.iin_used', 409, {}, problems);
}
