import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';

/**
 * Who may hold a token. Officers and supervisors belong to one region, an employer to one firm. `system` is another
 * program; it has no account.
 */
export const TOKEN_ROLES = ['employer', 'officer', 'supervisor', 'analyst', 'administrator', 'system'] as const;
export type TokenRole = (typeof TOKEN_ROLES)[number];

/** Everyone who may act. A migrant has an account and no token. */
export const ROLES = ['migrant', ...TOKEN_ROLES] as const;
export type Role = (typeof ROLES)[number];

/** Who may be invited to an account by e-mail; employers register themselves, migrants sign in with their phone. */
export const STAFF_ROLES = ['officer', 'supervisor', 'analyst', 'administrator'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const OF_A_REGION: readonly Role[] = ['officer', 'supervisor'];

/** The one who acts. `id` is the token's or the account's id; it stands in the audit log. */
export interface Actor {
  id: string;
  label: string;
  role: Role;
  /** ISO 3166-2 code of an officer's or supervisor's own region; null for every other role. */
  regionCode: string | null;
  employerId: string | null;
  /** A migrant's own household, once it has been entered; null for every other role. */
  householdId: string | null;
  /** How they said who they are. */
  via: 'token' | 'session';
}

/** The authenticated caller; undefined on a public route called without a token. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor | undefined => {
  return context.switchToHttp().getRequest<{ actor?: Actor }>().actor;
});

/** True when the actor may see things of a region: officers only their own, the others every region. */
export function seesRegion(actor: Actor, regionCode: string): boolean {
  if (actor.regionCode !== null) return actor.regionCode === regionCode;
  return actor.role !== 'employer' && actor.role !== 'migrant';
}
