import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import { type RequestHandler, static as staticFiles, urlencoded } from 'express';
import helmet from 'helmet';
import { CONFIG, type Config } from '../../config/config.js';
import { CRITICAL_CSS_HASH, STATIC_PATH, WEB_FOLDER } from './assets.js';
import { pageLanguage, pageRoutes } from './page-routes.js';

/** A form is words; files are sent as multipart by the pages that take them. */
const LARGEST_FORM = '200kb';

/** What pages for people need between the socket and their controllers. */
export function serveSite(app: NestExpressApplication): void {
  const { demo, publicUrl } = app.get<Config>(CONFIG);
  const isPage = pageRoutes(app);
  app.use(((_request, response, next) => {
    response.locals['demo'] = demo;
    response.locals['publicUrl'] = publicUrl;
    response.locals['isPage'] = isPage;
    next();
  }) satisfies RequestHandler);
  app.use(compression());
  app.use(
    STATIC_PATH,
    staticFiles(WEB_FOLDER, { immutable: true, maxAge: '1y', index: false, fallthrough: false, redirect: false }),
  );
  app.use(leaveOutEmpty());
  app.use(urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 300 }));
}

/**
 * A question that was asked by a form leaves every empty field in the address (`?q=&region=KZ-59`). The same page without
 * them is where the reader is led, once: what is left has nothing to leave out. The script does so before it asks.
 */
function leaveOutEmpty(): RequestHandler {
  return (request, response, next) => {
    const clean = isPagePath(request.path) && /^(?:GET|HEAD)$/.test(request.method) ? withoutEmpty(request.url) : null;
    if (clean === null) return next();
    response.setHeader('Cache-Control', 'no-store');
    response.redirect(302, clean);
  };
}

/** A page's address without the parameters that have no value; null when it has none such, and for any other address. */
export function withoutEmpty(address: string): string | null {
  const { pathname: path, searchParams } = new URL(address, 'http://localhost');
  // `/kk/..//evil.example` is a page only until its dots are read: what is left of it would lead to another site.
  if (!isPagePath(path)) return null;
  const given = [...searchParams];
  const answered = given.filter(([, value]) => value !== '');
  if (answered.length === given.length) return null;
  return answered.length === 0 ? path : `${path}?${new URLSearchParams(answered).toString()}`;
}

/** True for an address that a person reads in a browser. */
export const isPagePath = (path: string): boolean => path === '/' || pageLanguage(path) !== null;

/** A page runs the site's own script and styles, sends forms to the site, and stands in nobody's frame. */
export function pageSecurityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", CRITICAL_CSS_HASH],
        'img-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // The address of a page that led away from here is nobody's business; within the site it proves where a form came from.
    referrerPolicy: { policy: 'same-origin' },
  });
}
