import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem, scopeOf, setRequestScope } from '../database/scope.js';
import type { Actor } from '../shared/access.js';
import { BEFORE_SECOND_FACTOR, PERMISSION, type Permission, isForAnyone, reach } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { comesFromUs, mustProveOrigin } from './same-origin.js';
import { type Recognised, SessionsService } from './sessions.service.js';
import { TOKEN_PREFIX, bearerToken } from './token.js';
import { TokenService } from './token.service.js';

type AskedBy = Request & { actor?: Actor };

/**
 * Stands before every route. A bearer token or a session's cookie becomes `request.actor`; the route's permission decides
 * (`shared/permissions.ts`). An open route takes a token too (it may show its owner more), but only one of ours:
 * `/metrics` has its own. A change that another site could have sent must prove that it comes from our own pages.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly publicHost: string;

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenService,
    private readonly sessions: SessionsService,
    @Inject(CONFIG) config: Config,
  ) {
    this.publicHost = new URL(config.publicUrl).host;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, targets);
    if (permission === undefined) throw new Error('A route says nothing of who may call it.');
    const open = isForAnyone(permission);
    const request = context.switchToHttp().getRequest<AskedBy>();
    const token = bearerToken(request.headers.authorization);
    if (token !== null && (!open || token.startsWith(TOKEN_PREFIX))) {
      this.accept(request, await this.authenticate(context, token));
    } else {
      await this.recognise(context, permission);
    }
    if (open) return true;
    if (request.actor === undefined) return this.refuse(context, new Problem(missing(request), 401));
    const { role } = request.actor;
    if (reach(request.actor, permission) === 'none') throw new Problem('auth.forbidden', 403, { role });
    return true;
  }

  /** The browser's session, if it has one. */
  private async recognise(context: ExecutionContext, permission: Permission): Promise<void> {
    const open = isForAnyone(permission);
    const request = context.switchToHttp().getRequest<AskedBy>();
    const { method, headers } = request;
    const found = await this.sessions.recognise({ cookies: headers.cookie ?? '' });
    if ((found !== null || open) && mustProveOrigin({ method, headers, hasSession: found !== null })) {
      if (!comesFromUs(headers, [headers.host, this.publicHost])) throw new Problem('auth.cross_site', 403);
    }
    if (found === null) return;
    if (found.mustEnrol && !BEFORE_SECOND_FACTOR.has(permission)) {
      // By the password alone they are nobody yet.
      if (open) return;
      throw new Problem('auth.second_factor_required', 403);
    }
    this.renew(context, found);
    this.accept(request, found.actor);
  }

  private renew(context: ExecutionContext, { setCookies }: Recognised): void {
    const response = context.switchToHttp().getResponse<Response>();
    for (const line of setCookies) response.append('Set-Cookie', line);
  }

  private accept(request: AskedBy, actor: Actor): void {
    request.actor = actor;
    setRequestScope(scopeOf(actor));
  }

  private async authenticate(context: ExecutionContext, token: string): Promise<Actor> {
    try {
      // Whose token it is must be known before anything else can be.
      return await asSystem(() => this.tokens.authenticate(token));
    } catch (error) {
      return this.refuse(context, error);
    }
  }

  /** RFC 6750 §3: a 401 names the scheme, and says `invalid_token` only to those who sent one. */
  private refuse(context: ExecutionContext, error: unknown): never {
    if (error instanceof Problem && error.status === 401 && error.code !== 'auth.session_required') {
      const fault = error.code === 'auth.token_missing' ? '' : ', error="invalid_token"';
      context.switchToHttp().getResponse<Response>().setHeader('WWW-Authenticate', `Bearer realm="qonys"${fault}`);
    }
    throw error;
  }
}

/** A program is asked for a token, a person to sign in. */
function missing({ path }: Request): string {
  return path.startsWith('/api/') ? 'auth.token_missing' : 'auth.session_required';
}
