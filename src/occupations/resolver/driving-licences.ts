import { LONGEST_TITLE, foldText } from './folding.js';

/** Driving licences, which tell a lorry's driver from a bus's: their letters become the words `licb` to `licd`, `lice`. */
const DRIVES = /водит|шофер|жургизу|driver/u;
const LICENCES =
  /[\s(,]{0,3}(?:категори\p{L}{0,3}|кат|санат\p{L}{0,6}|category|права)[\s."(]{0,3}([авсдеabcde](?:[\s,.;/+и]{0,3}[авсдеabcde]){0,4})(?!\p{L})[\s)]{0,2}|(?<!\p{L})([авсдеabcde](?:[\s,.;/+]{0,3}[авсдеabcde]){0,4})[\s")]{0,3}(?:санат|категори|категор)\p{L}{0,6}/gu;
const LICENCE_LETTERS: Record<string, string> = {
  а: 'a',
  в: 'b',
  с: 'c',
  д: 'd',
  е: 'e',
  a: 'a',
  b: 'b',
  c: 'c',
  d: 'd',
  e: 'e',
};

export function licenceWords(text: string): string {
  if (!DRIVES.test(text)) return text;
  return text.replace(LICENCES, (_, after: string | undefined, before: string | undefined) => {
    const letters = [...(after ?? before ?? '')].flatMap((letter) => LICENCE_LETTERS[letter] ?? []);
    const highest = letters.sort().findLast((letter) => letter !== 'e') ?? 'c';
    return ` lic${highest} `;
  });
}

/** The driving licence that a driver's title asks for: `B`, `C`, `CE`, `D`, `DE`; null when it writes none. */
export function licenceOf(title: string): string | null {
  const text = `${foldText(title.slice(0, LONGEST_TITLE))} `;
  if (!DRIVES.test(text)) return null;
  const letters = [...text.matchAll(LICENCES)].flatMap(([, after, before]) =>
    [...(after ?? before ?? '')].flatMap((letter) => LICENCE_LETTERS[letter] ?? []),
  );
  const highest = letters
    .filter((letter) => letter !== 'e')
    .sort()
    .at(-1);
  const trailer = letters.includes('e') ? 'E' : '';
  if (highest === undefined) return trailer === '' ? null : 'CE';
  return `${highest.toUpperCase()}${trailer}`;
}
