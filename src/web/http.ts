import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { type Request, type RequestHandler, json } from 'express';
import helmet from 'helmet';
import { readFileSync } from 'node:fs';
import { CONFIG, type Config } from '../config/config.js';
import { fromRoot } from '../config/paths.js';
import { requestScopes } from '../database/scope.js';
import { createLog, nestLogger } from './log.js';
import { MetricsService } from './metrics.service.js';
import { DOCS_PATH, OPENAPI_PATH, describeApi } from './openapi.js';
import { asProblem } from './problem-document.js';
import { ProblemFilter } from './problem.filter.js';
import { requestLog } from './request-log.js';
import { isPagePath, pageSecurityHeaders, serveSite } from './site/serve-site.js';
import { CodedValidationPipe } from './validation.pipe.js';

/** Vacancies and households are small; feeds come as their own types and are streamed. */
const LARGEST_JSON = '1mb';

/**
 * Everything between the socket and the controllers: log and request id, security headers, JSON bodies, validation,
 * errors, the API's description. The same for `npm start`, the API process and the tests. Call it once, before `listen`;
 * the application must be created with `bodyParser: false`. A worker answers whoever watches over it, and nobody else.
 */
export function configureHttp(app: NestExpressApplication, { isWorker }: { isWorker: boolean }): void {
  const config = app.get<Config>(CONFIG);
  const log = createLog(config.logLevel);
  app.useLogger(nestLogger(log));
  app.disable('x-powered-by');
  // `request.ip` is the caller's address, as far as our own proxies tell it; nobody else's X-Forwarded-For is believed.
  app.set('trust proxy', config.trustProxyHops);
  app.use(requestScopes());
  app.use(requestLog(log));
  if (isWorker) app.use(watchedOnly);
  app.use(app.get(MetricsService).timeRequests());
  app.use(securityHeaders());
  app.use(jsonBodies());
  serveSite(app);
  app.useGlobalPipes(new CodedValidationPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  serveDescription(app);
}

const watchedOnly: RequestHandler = (request, response, next) => {
  if (/^\/(?:health\/|metrics$)/.test(pathAsRouted(request))) next();
  else response.status(404).end();
};

/** Its body is a file, which some send as JSON because its lines are: nothing may be taken from it before. */
const UPLOAD_PATH = '/api/v1/employer/vacancies/import';

/** Express routes a path in any letter case, and with a slash at its end. */
const pathAsRouted = ({ path }: Request): string => path.toLowerCase().replace(/\/$/, '');

/**
 * Nest would make every refusal of the parser the same bad request; it gets the coded problem instead. A JSON-LD file
 * (`application/ld+json`) is no such body: it is streamed to who reads vacancies.
 */
function jsonBodies(): RequestHandler {
  const isJson = (request: Request): boolean =>
    pathAsRouted(request) !== UPLOAD_PATH && request.is('application/json') === 'application/json';
  const parse = json({ limit: LARGEST_JSON, strict: false, type: (request) => isJson(request as Request) });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => next(error && (asProblem(error) ?? error)));
}

/**
 * What the description's page has of styles in its HTML, by hash: Swagger's two blocks, and attributes of icons
 * (which need `unsafe-hashes`). A new version may change them; the browser's test of the page says so.
 */
const SWAGGER_STYLES = [
  "'unsafe-hashes'",
  "'sha256-/jDKvbQ8cdux+c5epDIqkjHbXDaIY8RucT1PmAe8FG4='",
  "'sha256-eaPyLWVdqMc60xuz5bTp2yBRgVpQSoUggte1+40ONPU='",
  "'sha256-ezdv1bOGcoOD7FKudKN0Y2Mb763O6qVtM8LT2mtanIU='",
  "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
];

/** Answers of the API may do nothing in a browser; the description's page may run its own scripts and styles only. */
function securityHeaders(): RequestHandler {
  const shared = { 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"], 'form-action': ["'none'"] };
  const closed = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"], ...shared } },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const docs = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", ...SWAGGER_STYLES],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        ...shared,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const page = pageSecurityHeaders();
  return (request, response, next) => {
    const chosen = request.path.startsWith(DOCS_PATH) ? docs : isPagePath(request.path) ? page : closed;
    chosen(request, response, next);
  };
}

function serveDescription(app: NestExpressApplication): void {
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { version: string };
  SwaggerModule.setup(DOCS_PATH.slice(1), app, () => describeApi(app, version), {
    jsonDocumentUrl: OPENAPI_PATH.slice(1),
    raw: ['json'],
    customSiteTitle: 'Qonys API',
    swaggerOptions: { validatorUrl: null, persistAuthorization: false, tryItOutEnabled: true },
  });
}
