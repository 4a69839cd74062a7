import { HttpException } from '@nestjs/common';
import { sqlState } from '../database/transaction.js';
import { type Language, translate } from '../i18n/i18n.js';
import { Problem, type ProblemParams } from '../shared/problem.js';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as RFC 9457 writes it. `type` is an address of this server that explains the code. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** The request this is the answer to. */
  instance: string;
  params?: ProblemParams;
  /** The number under which an unexpected error stands in the log. */
  errorId?: string;
  errors?: { field: string; code: string; detail: string; params?: ProblemParams }[];
}

/** What a refusal by the framework itself means. */
const CODE_BY_STATUS: Record<number, string> = {
  400: 'request.malformed',
  401: 'auth.token_missing',
  403: 'auth.forbidden',
  404: 'request.not_found',
  405: 'request.method_not_allowed',
  406: 'request.not_acceptable',
  408: 'request.timeout',
  409: 'request.conflict',
  413: 'request.too_large',
  415: 'request.unsupported_media_type',
  429: 'request.too_many',
  503: 'server.unavailable',
};

/** The database is not there, is shutting down or takes no more connections. */
const DATABASE_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EPIPE',
  '3D000',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);

/** Text that no UTF-8 database can keep, wherever in a request it stood. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** Expected refusals as they are; null for anything that nobody foresaw. */
export function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status < 500 || status === 503) return new Problem(CODE_BY_STATUS[status] ?? 'request.refused', status);
    return null;
  }
  const state = sqlState(error) ?? '';
  if (DATABASE_AWAY.has(state) || state.startsWith('08')) return new Problem('server.unavailable', 503);
  if (UNSTORABLE_TEXT.has(state)) return new Problem('request.malformed', 400);
  return bodyProblem(error);
}

/** Refusals by the body parser carry a `type` (http-errors). */
function bodyProblem(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null) return null;
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (typeof type !== 'string' || typeof status !== 'number' || status >= 500) return null;
  if (type === 'entity.parse.failed') return new Problem('request.invalid_json', 400);
  return new Problem(CODE_BY_STATUS[status] ?? 'request.malformed', status);
}

export function problemDocument(problem: Problem, language: Language, instance: string): ProblemDocument {
  const { code, status, params, fields } = problem;
  const title = translate(language, `status.${status}`);
  return {
    type: `/api/problems/${code}`,
    title: title === `status.${status}` ? translate(language, status < 500 ? 'status.400' : 'status.500') : title,
    status,
    detail: translate(language, code, code === 'request.invalid' ? { count: fields.length, ...params } : params),
    code,
    instance,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(fields.length > 0
      ? { errors: fields.map((f) => ({ ...f, detail: translate(language, f.code, f.params) })) }
      : {}),
  };
}
