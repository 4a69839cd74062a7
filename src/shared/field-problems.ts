import { type ValidationError, getMetadataStorage } from 'class-validator';
import type { FieldProblem, ProblemParams } from './problem.js';

/** The codes of class-validator's own rules, with the names that their arguments get in the message. */
const CODES: Record<string, { code: string; params?: string[] }> = {
  isDefined: { code: 'field.required' },
  isNotEmpty: { code: 'field.required' },
  whitelistValidation: { code: 'field.not_allowed' },
  isString: { code: 'field.not_string' },
  isInt: { code: 'field.not_integer' },
  isNumber: { code: 'field.not_number' },
  isBoolean: { code: 'field.not_boolean' },
  isArray: { code: 'field.not_array' },
  isObject: { code: 'field.not_object' },
  nestedValidation: { code: 'field.not_object' },
  isDate: { code: 'field.not_date' },
  isDateString: { code: 'field.not_date' },
  isIso8601: { code: 'field.not_date' },
  isCalendarDate: { code: 'field.not_date' },
  isIn: { code: 'field.not_one_of', params: ['values'] },
  isEnum: { code: 'field.not_one_of', params: ['values'] },
  min: { code: 'field.too_small', params: ['min'] },
  max: { code: 'field.too_large', params: ['max'] },
  minLength: { code: 'field.too_short', params: ['min'] },
  maxLength: { code: 'field.too_long', params: ['max'] },
  arrayNotEmpty: { code: 'field.required' },
  arrayMinSize: { code: 'field.too_few', params: ['min'] },
  arrayMaxSize: { code: 'field.too_many', params: ['max'] },
  arrayUnique: { code: 'field.duplicate' },
  matches: { code: 'field.wrong_format' },
  isEmail: { code: 'field.not_email' },
  isUrl: { code: 'field.not_url' },
  isUuid: { code: 'field.not_uuid' },
};

/** A rule that names the kind of value comes before one that measures it: "a text is expected", not "too short". */
const FIRST = [
  'whitelistValidation',
  'isDefined',
  'isNotEmpty',
  'isArray',
  'isObject',
  'nestedValidation',
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
];

/** A `message` that is a dotted code stands for that code. */
const DOTTED_CODE = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;

/**
 * Turns class-validator's findings into one coded problem for each field. A decorator may give its own code as
 * `message`; otherwise the rule's name decides. A missing value is `field.required`, whatever rule it broke, unless `IsDefined`
 * itself has a code.
 */
export function fieldProblems(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = parent + error.property;
    const nested = fieldProblems(error.children ?? [], `${field}.`);
    const rule = firstRule(error.constraints);
    return rule === undefined ? nested : [{ field, ...problemOf(error, rule) }, ...nested];
  });
}

function firstRule(constraints: ValidationError['constraints']): string | undefined {
  const rules = Object.keys(constraints ?? {});
  return FIRST.find((rule) => rules.includes(rule)) ?? rules[0];
}

function problemOf(error: ValidationError, rule: string): Omit<FieldProblem, 'field'> {
  const message = error.constraints?.[rule] ?? '';
  const missing = error.value === undefined && rule !== 'whitelistValidation';
  if (missing && !(rule === 'isDefined' && DOTTED_CODE.test(message))) return { code: 'field.required' };
  if (DOTTED_CODE.test(message)) return { code: message };
  const args = argumentsOf(error, rule);
  if (rule === 'isLength') return lengthProblem(error.value, args);
  const { code, params = [] } = CODES[rule] ?? { code: 'field.invalid' };
  if (params.length === 0) return { code };
  return { code, params: Object.fromEntries(params.map((name, i) => [name, plain(args[i])])) };
}

function lengthProblem(value: unknown, [min, max]: unknown[]): Omit<FieldProblem, 'field'> {
  if (typeof value !== 'string') return { code: 'field.not_string' };
  return value.length < Number(min)
    ? { code: 'field.too_short', params: { min: Number(min) } }
    : { code: 'field.too_long', params: { max: Number(max) } };
}

/** The arguments of the decorator that failed, from class-validator's own registry. */
function argumentsOf(error: ValidationError, rule: string): unknown[] {
  const target = error.target?.constructor;
  if (!target) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
  const failed = rules.find((metadata) => metadata.propertyName === error.property && metadata.name === rule);
  return (failed?.constraints as unknown[] | undefined) ?? [];
}

function plain(argument: unknown): ProblemParams[string] {
  if (typeof argument === 'number') return argument;
  if (Array.isArray(argument)) return argument.join(', ');
  if (typeof argument === 'object' && argument !== null) return Object.values(argument).join(', ');
  return String(argument);
}
