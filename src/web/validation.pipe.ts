import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { fieldProblems } from '../shared/field-problems.js';
import { Problem } from '../shared/problem.js';

/** Checks every DTO: unknown fields are refused, each wrong field gets a code. */
@Injectable()
export class CodedValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { target: true, value: true },
      exceptionFactory: (errors) => new Problem('request.invalid', 400, {}, fieldProblems(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'custom' && hasUnstorableText(value)) throw new Problem('request.malformed', 400);
    if (metadata.type === 'body' && this.toValidate(metadata)) {
      if (value === undefined) throw new Problem('request.body_missing', 400);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Problem('request.invalid', 400, {}, [{ field: '', code: 'field.not_object' }]);
      }
    }
    return super.transform(metadata.type === 'query' ? withoutLanguage(value) : value, metadata);
  }
}

/** `?lang=` belongs to every address and to no DTO. */
function withoutLanguage(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  const { lang: _, ...rest } = query as Record<string, unknown>;
  return rest;
}

/** NUL and halves of surrogate pairs are valid JSON, but no text that PostgreSQL keeps. */
function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return /\0|\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, part]) => hasUnstorableText(key) || hasUnstorableText(part));
}
