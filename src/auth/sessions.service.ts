import { Injectable } from '@nestjs/common';
import { type ActorScope, scopeOf } from '../database/scope.js';
import type { Actor } from '../shared/access.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { needsSecondFactor } from './account.js';
import type { WithCookies } from './accounts.service.js';
import { AuthDatabase } from './auth-database.js';
import { SLIDE_SECONDS } from './auth-library.js';
import { AuthLibraryHost, type FoundSession } from './auth-library-host.js';
import type { Visitor } from './visitor.js';

/** A signed-in browser, as its owner sees it. */
export interface SessionSummary {
  id: string;
  /** The one that asks. */
  current: boolean;
  /** As the browser named itself; null when it did not. */
  userAgent: string | null;
  signedInAt: Date;
  expiresAt: Date;
}

/** What is kept of a signed-in browser, for its owner to have. */
export interface KeptSession {
  signedInAt: Date;
  /** To the day: a session is put off at most once a day. */
  lastUsedAt: Date;
  expiresAt: Date;
  /** The browser as it named itself. */
  device: string | null;
}

/** Whom a session's cookie stands for. */
export interface Recognised extends WithCookies {
  actor: Actor;
  /** True until the second factor has been enrolled: nothing else may be reached. */
  mustEnrol: boolean;
}

type Owner = Pick<Actor, 'id'>;

/** The policies of sessions ask only whose they are. */
const scopeOfOwner = ({ id }: Owner): ActorScope =>
  scopeOf({ id, role: 'migrant', regionCode: null, employerId: null });

/** Sessions: whom a cookie stands for, and what people see and end of their own. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: AuthDatabase,
    private readonly authLibrary: AuthLibraryHost,
  ) {}

  /** Null: no session, or one that is over. A migrant's is put off once a day; `setCookies` then renews the cookie. */
  async recognise(visitor: Pick<Visitor, 'cookies'>): Promise<Recognised | null> {
    const found = await this.authLibrary.session(visitor);
    if (found === null) return null;
    const actor = actorOf(found);
    const mustEnrol = needsSecondFactor(actor.role) && !found.user.hasSecondFactor;
    const setCookies = isDueToSlide(found, actor) ? await this.authLibrary.slide(visitor) : [];
    return { actor, mustEnrol, setCookies };
  }

  /** The account's sessions, the newest first. */
  async list(actor: Owner, visitor: Pick<Visitor, 'cookies'>): Promise<SessionSummary[]> {
    const current = await this.authLibrary.session(visitor);
    const sessions = await this.database.rowsFor<Omit<SessionSummary, 'current'>>(
      scopeOfOwner(actor),
      `select id, user_agent as "userAgent", created_at as "signedInAt", expires_at as "expiresAt"
         from auth_session where user_id = $1 and expires_at > $2 order by created_at desc, id desc`,
      [actor.id, new Date()],
    );
    return sessions.map((session) => ({ ...session, current: session.id === current?.session.id }));
  }

  /** All that is kept of the account's sessions, also of those that are over and not yet cleared away; the newest first. */
  kept(actor: Owner): Promise<KeptSession[]> {
    return this.database.rowsFor<KeptSession>(
      scopeOfOwner(actor),
      `select created_at as "signedInAt", updated_at as "lastUsedAt", expires_at as "expiresAt", user_agent as device
         from auth_session where user_id = $1 order by created_at desc, id desc`,
      [actor.id],
    );
  }

  /** Ends one of the account's own sessions. Error: `auth.session_unknown` (404), for another's too. */
  async revoke(actor: Owner, sessionId: string): Promise<void> {
    const ended = isUuid(sessionId)
      ? await this.database.rowsFor(
          scopeOfOwner(actor),
          'delete from auth_session where id = $1 and user_id = $2 returning id',
          [sessionId, actor.id],
        )
      : [];
    if (ended.length === 0) throw new Problem('auth.session_unknown', 404);
  }

  /** Ends every session of the account, this one too. */
  async signOutEverywhere(actor: Owner, visitor: Visitor): Promise<WithCookies> {
    const { setCookies } = await this.authLibrary.call(visitor, (api, headers) =>
      api.signOut({ headers, returnHeaders: true }),
    );
    await this.database.rowsFor(scopeOfOwner(actor), 'delete from auth_session where user_id = $1', [actor.id]);
    return { setCookies };
  }
}

function actorOf({ user }: FoundSession): Actor {
  return {
    id: user.id,
    label: user.label,
    role: user.role,
    regionCode: user.regionCode,
    employerId: user.employerId,
    householdId: user.householdId,
    via: 'session',
  };
}

/** The library's own rule: after a day of its life a session of thirty days is put off. */
function isDueToSlide({ session }: FoundSession, { role }: Actor): boolean {
  return role === 'migrant' && Date.now() - session.updatedAt.getTime() >= SLIDE_SECONDS * 1_000;
}
