import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { chooseLanguage } from '../i18n/i18n.js';
import { newId } from '../shared/ids.js';
import { comesFromUs } from '../auth/same-origin.js';
import { Problem } from '../shared/problem.js';
import { PROBLEM_TYPE, asProblem, problemDocument } from './problem-document.js';
import { requestLanguage } from './request-language.js';
import { typedFields } from './site/form.js';
import { pageContext, startOf } from './site/page-context.js';
import { ProblemPage } from './site/problem-page.js';
import { sendPage } from './site/render.js';
import { isPagePath } from './site/serve-site.js';
import { SessionOverPage } from './site/session-over.js';

/** Every error leaves through here. What nobody foresaw becomes a 500 whose `errorId` stands in the log too. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const expected = asProblem(error);
    const errorId = expected ? undefined : newId();
    if (errorId || expected?.status === 503) {
      this.log.error({ err: error, errorId, requestId: response.getHeader('X-Request-Id') }, 'unexpected error');
    }
    if (response.headersSent) {
      // A stream broke half-way: the status has gone out, only ending the connection tells the caller.
      response.destroy(error instanceof Error ? error : undefined);
      return;
    }
    const problem = expected ?? new Problem('server.error', 500, { errorId: errorId ?? null });
    const { retryAfterSeconds } = problem.params;
    if (typeof retryAfterSeconds === 'number') response.setHeader('Retry-After', String(retryAfterSeconds));
    if (isPagePath(request.path)) return this.answerWithPage(problem, request, response);
    if (problem.code === 'request.not_found' && isReadInBrowser(request)) {
      // Somebody typed or shortened an address: every page has its language in front.
      const language = chooseLanguage(request.headers['accept-language'], 'kk');
      response.vary('Accept-Language').vary('Accept').setHeader('Cache-Control', 'no-cache');
      response.redirect(302, `/${language}${request.originalUrl}`);
      return;
    }
    const language = requestLanguage(request);
    const instance = `urn:request:${String(response.getHeader('X-Request-Id'))}`;
    response
      .status(problem.status)
      .setHeader('Content-Language', language)
      .setHeader('Cache-Control', 'no-store')
      .vary('Accept-Language')
      .type(PROBLEM_TYPE)
      .send(JSON.stringify({ ...problemDocument(problem, language, instance), ...(errorId ? { errorId } : {}) }));
  }

  /** A reader who is not signed in is asked to, and comes back to where they were; any other refusal is a page. */
  private answerWithPage(problem: Problem, request: Request, response: Response): void {
    const page = pageContext(request, response);
    // The page that the form stood on may be what there is not, or is not the reader's to see.
    if (request.method === 'POST' && (problem.status === 403 || problem.status === 404))
      page.readable = startOf(page.actor);
    if (problem.status === 401 && request.method === 'GET') {
      const next = encodeURIComponent(`${page.path}${page.search}`);
      response.setHeader('Cache-Control', 'no-store').redirect(303, `${page.href('/sign-in')}?next=${next}`);
      return;
    }
    if (problem.code === 'auth.second_factor_required' && request.method === 'GET') {
      response.setHeader('Cache-Control', 'no-store').redirect(303, page.href('/account/authenticator'));
      return;
    }
    const view = keepsTyped(problem, request, page.origin)
      ? SessionOverPage({ page, typed: typedFields(request.body) })
      : ProblemPage({ page, problem });
    response.status(problem.status).send(sendPage(response, view, { personal: true }));
  }
}

/** A browser opens an address of no program's. */
function isReadInBrowser({ method, path, headers }: Request): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && /\btext\/html\b/i.test(headers.accept ?? '') && !/^\/(?:api|static)(?:\/|$)/.test(path);
}

/** A form of our own pages that came after its session had ended; a file that was chosen cannot be kept. */
function keepsTyped({ code }: Problem, { method, headers, body }: Request, origin: string): boolean {
  const isForm = method === 'POST' && typeof body === 'object' && body !== null && Object.keys(body).length > 0;
  return code === 'auth.session_required' && isForm && comesFromUs(headers, [headers.host, URL.parse(origin)?.host]);
}
