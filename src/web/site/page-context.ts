import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Request, Response } from 'express';
import {
  type Language,
  type MessageValues,
  formatDate,
  formatNumber,
  formatTenge,
  translate,
} from '../../i18n/i18n.js';
import type { Actor } from '../../shared/access.js';
import { newId } from '../../shared/ids.js';
import { DESK_START } from './next-page.js';
import { type PageRoutes, pageLanguage, pageOfForm } from './page-routes.js';

/** What every view gets: the reader's language with its words and formats, who reads, and where. */
export interface PageContext {
  language: Language;
  /** Undefined for a visitor who has not signed in. */
  actor: Actor | undefined;
  /** The address without its language, such as `/vacancies`; never with personal data. */
  path: string;
  /** The query string with its `?`, or an empty text. */
  search: string;
  /**
   * Where the other languages read the same page, without the language: this address; of an answer to a form, which no
   * link can ask for again, the page that the form stood on.
   */
  readable: { path: string; search: string };
  /**
   * Scheme, host and port of this site as it is configured (PUBLIC_URL), for links that are sent to others. Never what a
   * request says of it: whoever asks may write any Host.
   */
  origin: string;
  /** True where all people and vacancies are made up. */
  demo: boolean;
  /** Words of a code in the reader's language. */
  t(code: string, values?: MessageValues): string;
  tenge(amount: number): string;
  /** A number with the language's separators. */
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** A calendar date, or an instant's date in Kazakhstan, in words. */
  day(date: string | Date): string;
  /** An address of this site in the reader's language. */
  href(path: string): string;
  /** A fresh id for a form: sent twice, it is carried out once. */
  once(): string;
}

/** The context of a request for a page. An address without a language reads in `fallback`. */
export function pageContext(request: Request, response: Response, fallback: Language = 'kk'): PageContext {
  const { pathname, search } = new URL(request.originalUrl, 'http://localhost');
  const inAddress = pageLanguage(pathname);
  const language = inAddress ?? fallback;
  const path = inAddress ? pathname.slice(inAddress.length + 1) || '/' : pathname;
  const { actor } = request as Request & { actor?: Actor };
  return {
    language,
    actor,
    path,
    search,
    readable: request.method === 'POST' ? formsPage(request, response, path, actor) : { path, search },
    origin: String(response.locals['publicUrl']),
    demo: response.locals['demo'] === true,
    t: (code, values) => translate(language, code, values),
    tenge: (amount) => formatTenge(language, amount),
    number: (value, options) => formatNumber(language, value, options),
    day: (date) => formatDate(language, date),
    href: (path) => `/${language}${path === '/' ? '/' : path}`,
    once: newId,
  };
}

/** The page of this site that a form was sent from; its reader's own start where nothing says which. */
function formsPage(
  { headers }: Request,
  { locals }: Response,
  path: string,
  actor: Actor | undefined,
): PageContext['readable'] {
  const from = URL.parse(headers.referer ?? '');
  const isOurs = [headers.host, URL.parse(String(locals['publicUrl']))?.host].includes(from?.host);
  const found = pageOfForm(path, isOurs ? from : null, (locals['isPage'] as PageRoutes | undefined) ?? (() => false));
  return found ?? startOf(actor);
}

/** What everybody may read for certain. */
export const startOf = (actor: Actor | undefined): PageContext['readable'] => ({
  path: actor ? DESK_START[actor.role] : '/',
  search: '',
});

/** The page's context as a handler's parameter. */
export const Page = createParamDecorator((_: unknown, context: ExecutionContext): PageContext => {
  const http = context.switchToHttp();
  return pageContext(http.getRequest<Request>(), http.getResponse<Response>());
});
