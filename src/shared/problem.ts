/** Values a problem's words are filled with, and which the answer carries beside its code. */
export type ProblemParams = Record<string, string | number | boolean | null>;

/** One wrong field of a request: where, which rule, and the values of its message. */
export interface FieldProblem {
  field: string;
  code: string;
  params?: ProblemParams;
}

/**
 * An expected refusal. Carries a stable dotted code (the key of its words in `i18n/locales`), never words.
 * The edge turns it into RFC 9457 problem+json or into a page with the same code.
 */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly params: ProblemParams = {},
    readonly fields: FieldProblem[] = [],
  ) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'Problem';
  }
}
