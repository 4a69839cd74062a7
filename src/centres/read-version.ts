import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../shared/problem.js';

/** `"3"`, `W/"3"` or `3`: the ETag of a proposal is its version. */
const ETAG = /^(?:W\/)?"?([1-9]\d{0,8})"?$/;

/** The version a request was made on: If-Match (RFC 9110 §13.1.1), otherwise the body's `version`; undefined for neither. */
export function versionOf(ifMatch: string | undefined, body: unknown): number | undefined {
  if (ifMatch !== undefined) {
    const version = ETAG.exec(ifMatch.trim())?.[1];
    if (version === undefined) throw malformed('If-Match');
    return Number(version);
  }
  const version = (body as { version?: unknown } | null | undefined)?.version;
  if (version === undefined) return undefined;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) throw malformed('version');
  return version;
}

function malformed(field: string): Problem {
  return new Problem('request.invalid', 400, { count: 1 }, [{ field, code: 'field.wrong_format' }]);
}

/** The version a change was made on, if the request names one. */
export const VersionIfAny = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const request = context.switchToHttp().getRequest<Request>();
  return versionOf(request.header('if-match'), request.body);
});

/** The version a decision was made on. Refuses with 428 `proposal.version_required` a request that names none. */
export const Version = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const request = context.switchToHttp().getRequest<Request>();
  const version = versionOf(request.header('if-match'), request.body);
  if (version === undefined) throw new Problem('proposal.version_required', 428);
  return version;
});
