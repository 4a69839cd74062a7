/** Gives each different value a small number, in the order of their first coming. Grows; never forgets. */
export class Codes<T> {
  readonly values: T[] = [];
  private readonly byKey = new Map<string, number>();

  constructor(private readonly keyOf: (value: T) => string) {}

  get size(): number {
    return this.values.length;
  }

  /** The number of a value, a new one where it is seen for the first time. */
  code(value: T): number {
    const key = this.keyOf(value);
    let code = this.byKey.get(key);
    if (code === undefined) {
      code = this.values.length;
      this.values.push(value);
      this.byKey.set(key, code);
    }
    return code;
  }

  /** The number of a value, or -1 where it was never seen. */
  find(value: T): number {
    return this.byKey.get(this.keyOf(value)) ?? -1;
  }
}

export const textCodes = (): Codes<string> => new Codes((text) => text);

/** Lists are the same only in the same order: scores divide by a list's length, and a repeated entry counts twice. */
export const listCodes = (): Codes<readonly string[]> => new Codes((list) => list.join('\u0000'));
