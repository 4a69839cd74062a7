import type { ServerResponse } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Actor } from '../shared/access.js';
import { newId } from '../shared/ids.js';

const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{8,100}$/;

/** A caller's own X-Request-Id when it is short and plain, so that a chain of services can be followed; else a uuid v7. */
export function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : newId();
}

/** Probes come every few seconds and say nothing. */
const QUIET = /^\/(health\/|metrics$)/;

/**
 * One line for each request: id, method, the route it matched (or the path), status, duration and the token's id.
 * Never the query, headers or body: they may hold personal data.
 */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp<Request & { actor?: Actor }>({
    logger: log,
    quietReqLogger: true,
    genReqId: (request, response) => {
      const id = requestId(request.headers['x-request-id']);
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (request) => QUIET.test(pathOf(request)) },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
    serializers: { req: () => undefined, res: () => undefined },
    wrapSerializers: false,
    customAttributeKeys: { reqId: 'requestId', responseTime: 'durationMs' },
    // Not `customProps`: pino-http takes those when the request comes too, and the line would say every field twice.
    customSuccessObject: answered,
    customErrorObject: (request, response, _error, fields: object) => answered(request, response, fields),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
}

function answered(request: Request & { actor?: Actor }, response: ServerResponse, fields: object): object {
  return {
    ...fields,
    method: request.method,
    path: routeOf(request) ?? pathOf(request),
    status: response.statusCode,
    actor: request.actor?.id,
  };
}

/** The pattern of the route that a request matched (`/api/v1/households/:id`); undefined where none did. */
export function routeOf(request: Request): string | undefined {
  const path: unknown = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : undefined;
}

function pathOf(request: Request): string {
  return (request.originalUrl ?? request.url).split('?')[0]!;
}
