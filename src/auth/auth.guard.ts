import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { ACCESS, type Access, type Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { TOKEN_PREFIX, bearerToken } from './token.js';
import { TokenService } from './token.service.js';

/**
 * Stands before every route. A bearer token becomes `request.actor`; the route's `@Public()` or `@Allow(roles)` decides.
 * A public route takes a token too (it may show its owner more), but only one of ours: `/metrics` has its own.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<Request & { actor?: Actor }>();
    const token = bearerToken(request.headers.authorization);
    if (access === 'public') {
      if (token?.startsWith(TOKEN_PREFIX)) request.actor = await this.authenticate(context, token);
      return true;
    }
    if (token === null) return this.refuse(context, new Problem('auth.token_missing', 401));
    request.actor = await this.authenticate(context, token);
    if (!access?.includes(request.actor.role)) throw new Problem('auth.forbidden', 403, { role: request.actor.role });
    return true;
  }

  private async authenticate(context: ExecutionContext, token: string): Promise<Actor> {
    try {
      return await this.tokens.authenticate(token);
    } catch (error) {
      return this.refuse(context, error);
    }
  }

  /** RFC 6750 §3: a 401 names the scheme, and says `invalid_token` only to those who sent one. */
  private refuse(context: ExecutionContext, error: unknown): never {
    if (error instanceof Problem && error.status === 401) {
      const fault = error.code === 'auth.token_missing' ? '' : ', error="invalid_token"';
      context.switchToHttp().getResponse<Response>().setHeader('WWW-Authenticate', `Bearer realm="qonys"${fault}`);
    }
    throw error;
  }
}
