import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
  applyDecorators,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Observable, map } from 'rxjs';
import { LANGUAGES } from '../../i18n/i18n.js';
import type { Actor } from '../../shared/access.js';
import { type PageAnswer, PageWithStatus, SeeOther } from './answers.js';
import { sendPage } from './render.js';

/** Turns what a handler answers into HTML or a redirection. Anything else, such as a CSV text, goes out as it is. */
@Injectable()
export class PageInterceptor implements NestInterceptor<PageAnswer, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<PageAnswer>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request & { actor?: Actor }>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof SeeOther) {
          setCookies(response, answer.cookies);
          response.status(303).location(answer.path).setHeader('Cache-Control', 'no-store');
          return '';
        }
        if (answer instanceof PageWithStatus) {
          setCookies(response, answer.cookies);
          return sendPage(response.status(answer.status), answer.view, { personal: true });
        }
        if (typeof answer !== 'object' || answer === null || !('props' in answer)) return answer;
        // A form's own page would answer 201 by Nest's habit.
        if (request.method === 'POST') response.status(200);
        return sendPage(response, answer, { personal: request.actor !== undefined || request.method !== 'GET' });
      }),
    );
  }
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
