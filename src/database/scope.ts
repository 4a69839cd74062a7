import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../shared/access.js';
import { firstRow } from './sql.js';

/** The one who acts, as far as the database's policies ask. */
export interface ActorScope extends Pick<Actor, 'id' | 'role' | 'regionCode' | 'employerId'> {
  kind: 'actor';
  householdId: string | null;
}

/**
 * For whom the database answers. `anyone`: a caller who has not said who they are; `actor`: what the policies of
 * row-level security let that role see of its region, firm or household; `system`: the program itself, which sees everything.
 */
export type Scope = { kind: 'system' } | { kind: 'anyone' } | ActorScope;

const SYSTEM: Scope = { kind: 'system' };
const ANYONE: Scope = { kind: 'anyone' };

/** A request's scope is set once more after its caller has been recognised; every other stays as it was opened. */
interface Opened {
  scope: Scope;
  ofRequest: boolean;
}

const opened = new AsyncLocalStorage<Opened>();

/** Code asked the database without saying for whom: a fault of the program, never a reason to show everything. */
export class ScopeMissing extends Error {
  constructor() {
    super('The database was asked outside of any scope: asSystem, withScope or a request must enclose it.');
    this.name = 'ScopeMissing';
  }
}

/** The scope of the code that runs now. Throws `ScopeMissing` where nobody opened one. */
export function currentScope(): Scope {
  const open = opened.getStore();
  if (open === undefined) throw new ScopeMissing();
  return open.scope;
}

/**
 * Runs `work` in a scope. Connections taken meanwhile have it; a transaction that was begun before keeps the scope it
 * began with (for those: `asSystemWithin`).
 */
export function withScope<Result>(scope: Scope, work: () => Result): Result {
  return opened.run({ scope, ofRequest: false }, work);
}

/** Runs `work` as the program itself, which sees every row. Inside a request only where a comment says why. */
export function asSystem<Result>(work: () => Result): Result {
  return withScope(SYSTEM, work);
}

/** The scope of an authenticated caller. */
export function scopeOf(actor: Omit<ActorScope, 'kind' | 'householdId'> & { householdId?: string | null }): ActorScope {
  const { id, role, regionCode, employerId, householdId = null } = actor;
  return { kind: 'actor', id, role, regionCode, employerId, householdId };
}

/** Opens a scope for each request, at first of one who may be anyone. The first of all handlers that ask the database. */
export function requestScopes(): RequestHandler {
  return (_request, _response, next) => opened.run({ scope: ANYONE, ofRequest: true }, next);
}

/** Says who the caller of the present request is. Throws outside of a request. */
export function setRequestScope(scope: Scope): void {
  const open = opened.getStore();
  if (!open?.ofRequest) throw new Error('setRequestScope was called outside of a request.');
  open.scope = scope;
}

/** The settings of a scope, as the policies read them (`migrations/…-row-level-security.ts`). Absent ones are empty. */
export function settingsOf(scope: Scope): Record<(typeof SETTINGS)[number], string> {
  if (scope.kind !== 'actor') return { role: scope.kind === 'system' ? PROGRAM : 'anyone', ...NOBODY };
  return {
    role: scope.role,
    actor: scope.id,
    region: scope.regionCode ?? '',
    employer: scope.employerId ?? '',
    household: scope.householdId ?? '',
  };
}

/** The role of the program itself; the role `system` is another program's, which holds a token. */
const PROGRAM = 'program';
const NOBODY = { actor: '', region: '', employer: '', household: '' };
const SETTINGS = ['role', 'actor', 'region', 'employer', 'household'] as const;

/** One statement that gives a connection all settings of a scope; `isLocal`: until the present transaction ends. */
export function setScope(isLocal: boolean): string {
  return `select ${SETTINGS.map((name, i) => `set_config('qonys.${name}', $${i + 1}, ${isLocal})`).join(', ')}`;
}

/** The values of `setScope`. */
export function scopeValues(scope: Scope): string[] {
  const settings = settingsOf(scope);
  return SETTINGS.map((name) => settings[name]);
}

/**
 * Runs a part of a transaction as the program itself, then goes on in the scope the transaction began with: for the
 * step of a person's use case that must look or write beyond what the person may see. The end of the transaction ends
 * the wider scope too, however it ends.
 */
export async function asSystemWithin<Result>(tx: EntityManager, work: () => Promise<Result>): Promise<Result> {
  const before = await firstRow<{ role: string }>(tx, `select current_setting('qonys.role', true) as role`);
  await tx.query(WIDEN, [PROGRAM]);
  try {
    return await asSystem(work);
  } finally {
    // In a transaction that PostgreSQL has given up nothing more can be said, and nothing needs to be.
    await tx.query(WIDEN, [before?.role ?? '']).catch(() => undefined);
  }
}

const WIDEN = `select set_config('qonys.role', $1, true)`;
