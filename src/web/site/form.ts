import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { fieldProblems } from '../../shared/field-problems.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';

/** What the reader typed, field by field, to be shown again as it was. */
export type Typed = Record<string, string | string[] | undefined>;

export interface ReadForm<Form> {
  form: Form;
  typed: Typed;
  problems: FieldProblem[];
}

/**
 * Reads a form's body into its class and checks it. Texts are trimmed, empty ones count as not given, fields that the
 * class does not know are left out (a browser's extension may add some). Never throws for wrong input.
 */
export async function readForm<Form extends object>(
  Type: ClassConstructor<Form>,
  body: unknown,
): Promise<ReadForm<Form>> {
  const typed = typedFields(body);
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
  const form = plainToInstance(Type, given, { exposeUnsetFields: false });
  const errors = await validate(form, { whitelist: true, validationError: { target: true, value: true } });
  return { form, typed, problems: fieldProblems(errors) };
}

/** The fields of a body that was sent by a form (or of a query); anything that is no text is left out. */
export function typedFields(body: unknown): Typed {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.filter((v) => typeof v === 'string').map((v) => v.trim())];
      return [name, typeof value === 'string' ? value.trim() || undefined : undefined];
    }),
  );
}

/**
 * What a service found wrong, for the form that asked: its fields, or the whole refusal as one problem without a field.
 * Errors that are no refusal of the input (not found, forbidden, our own) go on as they are.
 */
export function refusalOf(error: unknown): FieldProblem[] {
  if (!(error instanceof Problem) || ![400, 409, 422, 429].includes(error.status)) throw error;
  return error.fields.length > 0 ? error.fields : [{ field: '', code: error.code, params: error.params }];
}

/** One text of a field; of several the first. */
export function one(typed: Typed, field: string): string {
  const value = typed[field];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Every text of a field. */
export function all(typed: Typed, field: string): string[] {
  const value = typed[field];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** For `@Transform`: whole numbers arrive as text; anything else stays text and is refused as no whole number. */
export const wholeNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
