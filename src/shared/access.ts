import { type CustomDecorator, SetMetadata, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';

/** Who may hold a token or an account. Officers and supervisors belong to one region, an employer to one firm. */
export const ROLES = ['employer', 'officer', 'supervisor', 'analyst', 'administrator', 'system'] as const;
export type Role = (typeof ROLES)[number];

/** The one who acts. `id` is the token's id; it stands in the audit log. */
export interface Actor {
  id: string;
  label: string;
  role: Role;
  /** ISO 3166-2 code of an officer's or supervisor's own region; null for every other role. */
  regionCode: string | null;
  employerId: string | null;
}

export const ACCESS = 'qonys:access';

/** What a route asks of its caller: nothing, or one of some roles. A route that says neither is closed to everybody. */
export type Access = 'public' | readonly Role[];

export const Public = (): CustomDecorator => SetMetadata(ACCESS, 'public' satisfies Access);
export const Allow = (...roles: Role[]): CustomDecorator => SetMetadata(ACCESS, roles satisfies Access);

/** The authenticated caller; undefined on a public route called without a token. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor | undefined => {
  return context.switchToHttp().getRequest<{ actor?: Actor }>().actor;
});

/** True when the actor may see things of a region: officers only their own, the others every region. */
export function seesRegion(actor: Actor, regionCode: string): boolean {
  return actor.regionCode === null ? actor.role !== 'employer' : actor.regionCode === regionCode;
}
