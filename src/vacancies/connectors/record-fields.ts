import type { ProblemParams } from '../../shared/problem.js';
import type { Warning } from '../connector.js';
import { readDate } from './dates.js';
import { losesCharacters, manyLines, oneLine } from './plain-text.js';

/** Why one record is refused: the code, the field by the source's name for it, and values for the words (the field among them). */
export class RecordFault extends Error {
  readonly params: ProblemParams;

  constructor(
    readonly code: string,
    readonly field: string | null,
    params: ProblemParams = {},
  ) {
    super(code);
    this.name = 'RecordFault';
    this.params = field === null ? params : { field, ...params };
  }
}

/** Refuses, as `record.pay_reversed`, a highest pay below the lowest. A highest pay of zero is none, which `prepareVacancy` says. */
export function refuseReversedPay(field: string, from: number | null | undefined, to: number | null | undefined): void {
  if (from != null && to != null && to !== 0 && to < from)
    throw new RecordFault('record.pay_reversed', field, { from, to });
}

const MAX_INTEGER = 2_147_483_647;
const SHOWN_CHARACTERS = 60;

/** A value as it may be shown in a message: short, one line. */
export function shown(value: unknown): string {
  const text = oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

export const unknownWords = (field: string, text: string): Warning => ({
  code: 'record.unknown_words',
  field,
  params: { field, value: shown(text) },
});

/** A page's words as our word; undefined, with a warning, when nobody knows them: what is known of the field already stays. */
export function knownWord<Word>(
  field: string,
  text: string,
  wordOf: (text: string) => Word | null,
  warnings: Warning[],
): Word | undefined {
  const word = wordOf(text);
  if (word === null) warnings.push(unknownWords(field, text));
  return word ?? undefined;
}

/**
 * Reads the fields of one record (a parsed JSON object) strictly by type. `null` and absent are the same: "not stated".
 * Each method throws a `RecordFault` (`record.missing_field`, `record.wrong_type`, `record.out_of_range`,
 * `record.text_too_long`, `record.invalid_date`) with the field's name; lesser faults collect in `warnings`.
 */
export class RecordFields {
  constructor(
    private readonly record: Record<string, unknown>,
    readonly warnings: Warning[],
    private readonly prefix = '',
  ) {}

  private value(name: string): unknown {
    return Object.hasOwn(this.record, name) ? (this.record[name] ?? null) : null;
  }

  private wrongType(name: string, expected: string): RecordFault {
    return new RecordFault('record.wrong_type', this.prefix + name, { expected });
  }

  has(name: string): boolean {
    return this.value(name) !== null;
  }

  requiredText(name: string, maxCharacters: number): string {
    const text = this.text(name, maxCharacters);
    if (text === null) throw new RecordFault('record.missing_field', this.prefix + name);
    return text;
  }

  /** One line of text; empty text is "not stated". */
  text(name: string, maxCharacters: number): string | null {
    return this.cleaned(name, maxCharacters, oneLine);
  }

  /** Text of several lines. */
  longText(name: string, maxCharacters: number): string | null {
    return this.cleaned(name, maxCharacters, manyLines);
  }

  private cleaned(name: string, maxCharacters: number, clean: (text: string) => string): string | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== 'string') throw this.wrongType(name, 'text');
    const text = clean(value);
    if (text !== value) this.warnDropped(name, value);
    if (text.length > maxCharacters)
      throw new RecordFault('record.text_too_long', this.prefix + name, { maxCharacters });
    return text === '' ? null : text;
  }

  /** Silent mending of spaces and invisible marks loses nothing that anybody wrote; these may have stood for letters. */
  private warnDropped(name: string, value: string): void {
    if (losesCharacters(value))
      this.warnings.push({
        code: 'record.characters_dropped',
        field: this.prefix + name,
        params: { field: this.prefix + name },
      });
  }

  /** An integer of at least `min`; a number of the right kind outside the range is `record.out_of_range`. */
  integer(name: string, min = 0, max = MAX_INTEGER): number | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw this.wrongType(name, 'integer');
    return this.ranged(name, value, min, max);
  }

  number(name: string, min: number, max: number): number | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.wrongType(name, 'number');
    return this.ranged(name, value, min, max);
  }

  private ranged(name: string, value: number, min: number, max: number): number {
    if (value < min || value > max)
      throw new RecordFault('record.out_of_range', this.prefix + name, { value, min, max });
    return value;
  }

  boolean(name: string): boolean | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== 'boolean') throw this.wrongType(name, 'boolean');
    return value;
  }

  /** A list of texts without empty ones and repetitions; absent is the empty list. */
  texts(name: string, maxItems: number, maxCharacters: number): string[] {
    const value = this.value(name);
    if (value === null) return [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw this.wrongType(name, 'list');
    if (value.length > maxItems)
      throw new RecordFault('record.out_of_range', this.prefix + name, { value: value.length, min: 0, max: maxItems });
    if (value.some((item) => losesCharacters(item))) this.warnDropped(name, value.join(' '));
    const items = value.map((item) => oneLine(item)).filter((item) => item !== '');
    if (items.some((item) => item.length > maxCharacters))
      throw new RecordFault('record.text_too_long', this.prefix + name, { maxCharacters });
    return [...new Set(items)];
  }

  date(name: string): string | null {
    const text = this.text(name, 100);
    if (text === null) return null;
    const date = readDate(text);
    if (date === null) throw new RecordFault('record.invalid_date', this.prefix + name, { value: shown(text) });
    return date;
  }

  /** A code id translated by `wordOf`; an id outside the list is `record.unknown_code`. */
  code<Word>(name: string, wordOf: (id: string) => Word | null): Word | null {
    const id = this.text(name, 100);
    if (id === null) return null;
    const word = wordOf(id);
    if (word === null) throw new RecordFault('record.unknown_code', this.prefix + name, { value: shown(id) });
    return word;
  }

  /** A part of the record that is an object of its own; null when not stated. */
  part(name: string): RecordFields | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== 'object' || Array.isArray(value)) throw this.wrongType(name, 'object');
    return new RecordFields(value as Record<string, unknown>, this.warnings, `${this.prefix}${name}.`);
  }

  /** Fields that the contract does not know are ignored, and counted by one warning each (the first twenty of a record). */
  warnUnknown(known: ReadonlySet<string>): void {
    const unknown = Object.keys(this.record).filter((name) => !known.has(name) && this.value(name) !== null);
    for (const name of unknown.slice(0, 20))
      this.warnings.push({ code: 'record.unknown_field', field: shown(this.prefix + name) });
  }
}
