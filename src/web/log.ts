import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { KAZAKH_PHONE } from '../shared/phone-numbers.js';

/**
 * The program's log: one JSON object a line on standard error, so that standard output stays the commands' own.
 * Personal data must not reach it; fields that could hold some are censored, and numbers, phones and addresses that
 * slipped into an error's text are blotted out.
 */
export function createLog(level: string, destination: DestinationStream = process.stderr): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: PERSONAL_PATHS, censor: '[removed]' },
      serializers: { err: describeError },
    },
    destination,
  );
}

const PERSONAL_FIELDS = [
  'iin',
  'phone',
  'email',
  'givenName',
  'familyName',
  'birthDate',
  'password',
  'token',
  'authorization',
  'cookie',
];
const PERSONAL_PATHS = PERSONAL_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);

const IDENTITY_NUMBER = /(?<!\d)\d{12}(?!\d)/g;
const PHONE = /\+\d{8,15}/g;
/** Not the middle of a longer number or of an id. */
const LONE_KAZAKH_PHONE = new RegExp(String.raw`(?<![\w-])${KAZAKH_PHONE}(?![\w-])`, 'g');
const EMAIL = /[^\s"'<>()=,]+@[^\s"'<>()=,]+\.[^\s"'<>()=,]+/g;
const TOKEN = /qny_[A-Za-z0-9_-]+/g;

/** A text without identity numbers, phones, e-mail addresses and tokens. */
export function blotOut(text: string): string {
  return text
    .replace(TOKEN, 'qny_…')
    .replace(EMAIL, '…@…')
    .replace(LONE_KAZAKH_PHONE, '+…')
    .replace(PHONE, '+…')
    .replace(IDENTITY_NUMBER, '[12 digits]');
}

/**
 * An error without what may carry personal data: a database error's `parameters` and `detail` hold the row's values.
 * The constraint and the column say what went wrong.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: blotOut(String(error)) };
  const { code, constraint, table, column, driverError } = error as Error & Record<string, unknown>;
  const inner = (driverError ?? {}) as Record<string, unknown>;
  return {
    type: error.constructor.name,
    message: blotOut(error.message),
    stack: blotOut(error.stack ?? ''),
    code: code ?? inner['code'],
    constraint: constraint ?? inner['constraint'],
    table: table ?? inner['table'],
    column: column ?? inner['column'],
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Nest's own messages in the same log. */
export function nestLogger(log: Logger): LoggerService {
  const write =
    (level: 'debug' | 'error' | 'fatal' | 'info' | 'trace' | 'warn') =>
    (message: unknown, ...rest: unknown[]): void => {
      const context = rest.findLast((value) => typeof value === 'string' && !value.includes('\n'));
      const error = [message, ...rest].find((value) => value instanceof Error);
      const stack = rest.find((value): value is string => typeof value === 'string' && value.includes('\n    at '));
      const fields = { context, ...(error ? { err: error } : {}), ...(stack ? { stack: blotOut(stack) } : {}) };
      log[level](fields, blotOut(message instanceof Error ? message.message : String(message)));
    };
  return {
    log: write('info'),
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}
