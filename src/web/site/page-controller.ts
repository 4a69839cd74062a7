import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
  applyDecorators,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Observable, map } from 'rxjs';
import { LANGUAGES } from '../../i18n/i18n.js';
import type { Actor } from '../../shared/access.js';
import { PERMISSION, type Permission, isPublic } from '../../shared/permissions.js';
import { type PageAnswer, PageWithStatus, SeeOther } from './answers.js';
import { sendPage } from './render.js';

/**
 * Turns what a handler answers into HTML or a redirection. Anything else, such as a CSV text, goes out as it is. Only what
 * is plainly public, read by nobody in particular, may be kept by a cache.
 */
@Injectable()
export class PageInterceptor implements NestInterceptor<PageAnswer, unknown> {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<PageAnswer>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request & { actor?: Actor }>();
    const response = http.getResponse<Response>();
    const targets = [context.getHandler(), context.getClass()];
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, targets);
    const personal = request.actor !== undefined || request.method !== 'GET' || !isPublic(permission);
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof SeeOther) {
          setCookies(response, answer.cookies);
          response
            .status(303)
            .location(answer.path + acceptedMark(request, answer))
            .setHeader('Cache-Control', 'no-store');
          return '';
        }
        if (answer instanceof PageWithStatus) {
          setCookies(response, answer.cookies);
          if (answer.retryAfterSeconds !== null) response.setHeader('Retry-After', String(answer.retryAfterSeconds));
          return sendPage(response.status(answer.status), answer.view, { personal: true });
        }
        if (typeof answer !== 'object' || answer === null || !('props' in answer)) {
          // A handler's own header stands over this one.
          if (personal) response.setHeader('Cache-Control', 'no-store');
          return answer;
        }
        // A form's own page would answer 201 by Nest's habit.
        if (request.method === 'POST') response.status(200);
        return sendPage(response, answer, { personal });
      }),
    );
  }
}

/**
 * The script that keeps what was typed asks by a field of its own which form was accepted, and is told behind the `#` of
 * the next page's address.
 */
function acceptedMark({ method, body }: Request, { path }: SeeOther): string {
  const name = (body as { remember?: unknown } | undefined)?.remember;
  if (method !== 'POST' || typeof name !== 'string' || !/^[a-z-]{1,40}$/.test(name)) return '';
  return path.includes('#') ? '' : `#accepted-${name}`;
}

function setCookies(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}

/** A controller of pages: each path exists under each language. */
export function PageController(path = ''): ClassDecorator {
  return applyDecorators(
    Controller(LANGUAGES.map((language) => (path === '' ? language : `${language}/${path}`))),
    ApiExcludeController(),
    UseInterceptors(PageInterceptor),
  );
}
