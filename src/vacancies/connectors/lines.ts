/** One line of a text file, without its line end. */
export interface Line {
  /** 1-based. */
  number: number;
  /** The text; of an overlong line only its start. */
  text: string;
  /** The line passed the limit and was cut to its start. */
  overlong: boolean;
  /** The line ended with LF: a file cut in the middle has a last line that did not. */
  terminated: boolean;
}

/** Longest line that is read as a record, in characters. */
export const MAX_LINE_CHARACTERS = 1_048_576;
/** How much of an overlong line is kept, for the report. */
const KEPT_OF_OVERLONG = 2_000;

/** Lines of a text stream (LF or CRLF). Memory: one chunk and one line of at most `maxCharacters`. */
export async function* splitLines(
  text: AsyncIterable<string>,
  maxCharacters = MAX_LINE_CHARACTERS,
): AsyncGenerator<Line> {
  let number = 1;
  let pending = '';
  let overlong = false;
  const keep = (part: string) => {
    if (overlong) return;
    pending += part;
    if (pending.length > maxCharacters) {
      overlong = true;
      pending = pending.slice(0, KEPT_OF_OVERLONG);
    }
  };
  for await (const chunk of text) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      keep(chunk.slice(from, end));
      yield { number, text: pending.endsWith('\r') ? pending.slice(0, -1) : pending, overlong, terminated: true };
      number += 1;
      pending = '';
      overlong = false;
      from = end + 1;
    }
    keep(chunk.slice(from));
  }
  if (pending !== '') yield { number, text: pending, overlong, terminated: false };
}
