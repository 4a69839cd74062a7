import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/**
 * Gives the fields of a DTO their OpenAPI description from the very rules that check them, so that the document cannot
 * say anything else than the validator does. Values set by an explicit `@ApiProperty` stay. Nested DTOs come along.
 */
export function documentFields(dto: Type<unknown>, done = new Set<Type<unknown>>()): void {
  if (done.has(dto)) return;
  done.add(dto);
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const byField = groupByField(rules);
  // Other types of parameters (a request, a promise) have no rules and may not be made so.
  const initial = (byField.size > 0 ? new dto() : {}) as Record<string, unknown>;
  for (const [field, fieldRules] of byField) {
    const prototype = dto.prototype as object;
    const nested = nestedClass(dto, field);
    if (nested) documentFields(nested, done);
    const stated = (Reflect.getMetadata('swagger/apiModelProperties', prototype, field) ?? {}) as ApiPropertyOptions;
    const { type: _, required, ...kept } = stated as ApiPropertyOptions & { type?: unknown; required?: boolean };
    const design = Reflect.getMetadata('design:type', prototype, field) as unknown;
    const fallback = initial[field] === undefined ? {} : { required: false, default: initial[field] };
    const described = { ...describe(fieldRules, design, nested), ...fallback };
    ApiProperty({ ...described, ...kept, ...(required === false ? { required } : {}) } as ApiPropertyOptions)(
      prototype,
      field,
    );
  }
}

function groupByField(rules: Rule[]): Map<string, Rule[]> {
  const byField = new Map<string, Rule[]>();
  for (const rule of rules) byField.set(rule.propertyName, [...(byField.get(rule.propertyName) ?? []), rule]);
  return byField;
}

/** The class that `@Type(() => Class)` makes of a field's objects; null for plain values. */
function nestedClass(dto: Type<unknown>, field: string): Type<unknown> | null {
  const made: unknown = (plainToInstance(dto, { [field]: [{}] }) as Record<string, unknown>)[field];
  const first: unknown = Array.isArray(made) ? made[0] : made;
  if (typeof first !== 'object' || first === null) return null;
  const found = first.constructor as Type<unknown>;
  return getMetadataStorage().getTargetValidationMetadatas(found, '', false, false).length > 0 ? found : null;
}

const TYPE_BY_RULE: Record<string, object> = {
  isInt: { type: 'integer' },
  isNumber: { type: 'number' },
  isBoolean: { type: 'boolean' },
  isString: { type: 'string' },
  isUuid: { type: 'string', format: 'uuid' },
  isEmail: { type: 'string', format: 'email' },
  isUrl: { type: 'string', format: 'uri' },
  isIso8601: { type: 'string', format: 'date-time' },
  isDateString: { type: 'string', format: 'date-time' },
  isCalendarDate: { type: 'string', format: 'date' },
  isObject: { type: 'object', additionalProperties: true },
  isLength: { type: 'string' },
  minLength: { type: 'string' },
  maxLength: { type: 'string' },
};

function describe(rules: Rule[], design: unknown, nested: Type<unknown> | null): ApiPropertyOptions {
  const optional = rules.some((rule) => rule.type === 'conditionalValidation');
  const isArray = design === Array || rules.some((rule) => rule.each || rule.name === 'isArray');
  const value = Object.assign({}, ...rules.map(valueSchema)) as Record<string, unknown>;
  const list = Object.assign({}, ...rules.map(listSchema)) as Record<string, unknown>;
  const typed = nested
    ? { type: nested }
    : 'type' in value || 'enum' in value
      ? value
      : { ...value, ...typeOf(design) };
  return { required: !optional, ...typed, ...(isArray ? { isArray: true, ...list } : {}) } as ApiPropertyOptions;
}

function typeOf(design: unknown): object {
  if (design === Number) return { type: 'number' };
  if (design === Boolean) return { type: 'boolean' };
  if (design === String || design === Array) return { type: 'string' };
  return { type: 'object', additionalProperties: true };
}

function valueSchema(rule: Rule): object {
  const [first, second] = (rule.constraints as unknown[] | undefined) ?? [];
  const own = TYPE_BY_RULE[rule.name ?? ''] ?? {};
  switch (rule.name) {
    case 'min':
      return { minimum: first };
    case 'max':
      return { maximum: first };
    case 'isLength':
      return { ...own, minLength: first, maxLength: second };
    case 'minLength':
      return { ...own, minLength: first };
    case 'maxLength':
      return { ...own, maxLength: first };
    case 'matches':
      return { type: 'string', pattern: first instanceof RegExp ? first.source : String(first) };
    case 'isIn':
    case 'isEnum':
      return { enum: Array.isArray(first) ? [...(first as unknown[])] : Object.values(first as object) };
    default:
      return own;
  }
}

function listSchema(rule: Rule): object {
  const [first] = (rule.constraints as unknown[] | undefined) ?? [];
  if (rule.name === 'arrayMinSize') return { minItems: first };
  if (rule.name === 'arrayMaxSize') return { maxItems: first };
  if (rule.name === 'arrayNotEmpty') return { minItems: 1 };
  if (rule.name === 'arrayUnique') return { uniqueItems: true };
  return {};
}
