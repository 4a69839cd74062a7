/** A day as people write it in Kazakhstan (`8.3.1996`, `08 03 1996`, `08031996`) as `YYYY-MM-DD`; what is none of these stays as it is. */
export function readDay(text: string): string {
  const [, day, month, year] =
    /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/** The other way: `YYYY-MM-DD` as `08.03.1996`, to be changed in a field; anything else stays as it was typed. */
export function writeDay(text: string): string {
  return text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3.$2.$1');
}
