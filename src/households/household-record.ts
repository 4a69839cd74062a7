import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Actor } from '../shared/access.js';
import { type FieldProblem, Problem } from '../shared/problem.js';
import { Household } from './household.entity.js';

/** What every change of a household shares: its lock, its audit line, its events, and how a request is refused. */

/** The household, locked until the transaction ends. Error: `household.not_found`, also for an erased one. */
export async function lockHousehold(tx: EntityManager, id: string): Promise<Household> {
  const household = await tx.findOne(Household, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!household || household.erasedAt) throw new Problem('household.not_found', 404);
  return household;
}

type HouseholdAction = 'create' | 'change' | 'dismiss' | 'undo_dismiss' | 'erase' | 'read_contact' | 'find_by_iin';

const STATES: Record<HouseholdAction, { from: string | null; to: string }> = {
  create: { from: null, to: 'registered' },
  change: { from: null, to: 'registered' },
  dismiss: { from: null, to: 'registered' },
  undo_dismiss: { from: null, to: 'registered' },
  erase: { from: 'registered', to: 'erased' },
  read_contact: { from: 'registered', to: 'registered' },
  find_by_iin: { from: 'registered', to: 'registered' },
};

export async function auditHousehold(
  tx: EntityManager,
  line: { action: HouseholdAction; id: string; regionCode: string; actor: Actor; at: Date },
): Promise<void> {
  const { id, ...rest } = line;
  await recordAudit(tx, { ...rest, subject: 'household', subjectId: id, ...STATES[line.action] });
}

/** Asks for the household's matching in the caller's transaction. */
export async function askForMatch(tx: EntityManager, householdId: string, at: Date): Promise<void> {
  await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { householdId } }, at);
}

/** Has the household's open proposals withdrawn, for what it took back: that is what it will be told. */
export async function askForWithdrawal(
  tx: EntityManager,
  householdId: string,
  takenBack: 'consent' | 'wish',
  at: Date,
): Promise<void> {
  const topic = `household.${takenBack}_withdrawn` as const;
  await recordEvent(tx, { topic, regionCode: null, payload: { householdId } }, at);
}

/** Throws `request.invalid` with every problem; nothing without one. */
export function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new Problem('request.invalid', 400, {}, problems);
}
