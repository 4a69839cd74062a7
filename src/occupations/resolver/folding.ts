/** Latin letters, and a few signs, that stand for Cyrillic ones inside a Cyrillic word: the same look, another key. */
const LOOK_ALIKES: Record<string, string> = {
  a: 'а', b: 'в', c: 'с', e: 'е', h: 'х', i: 'и', k: 'к', m: 'м', n: 'п', o: 'о', p: 'р', r: 'г', t: 'т', u: 'и',
  x: 'х', y: 'у', ə: 'а', '3': 'з', '0': 'о', B: 'в', H: 'н', P: 'р', Y: 'у',
}; // prettier-ignore

/**
 * Kazakh letters as those type them who have only a Russian keyboard. Titles and labels are folded alike, so that «жүргізуші»
 * and «жургизуши» are one word.
 */
const FOLDED: Record<string, string> = {
  ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е', ў: 'у', ї: 'и', є: 'е', ґ: 'г',
}; // prettier-ignore

/** Longer input is cut: no title is so long, and the time for one stays bounded. */
export const LONGEST_TITLE = 400;

/** What a character is to the words of a text. */
const LETTER = 1;
export const DIGIT = 2;
const OTHER = 3;
const QUOTE = 4;

const QUOTES = new Set('«»"\'`’“”„');

/** What each character was found to be when it first came; 0: it has not come yet. Characters beyond the 65,536 first are no letters. */
const KINDS = new Uint8Array(0x10000);

export function kindOf(code: number): number {
  const known = KINDS[code]!;
  if (known !== 0) return known;
  const letter = String.fromCharCode(code);
  return (KINDS[code] = /\p{L}/u.test(letter)
    ? LETTER
    : /\p{N}/u.test(letter)
      ? DIGIT
      : QUOTES.has(letter)
        ? QUOTE
        : OTHER);
}

/** True of what words are made of. */
export const isWordy = (kind: number): boolean => kind === LETTER || kind === DIGIT;

/** Folded letters by the code of the letter; 0: itself. Every letter that is folded lies below `CYRILLIC_ENDS`. */
const CYRILLIC_BEGINS = 0x400;
const CYRILLIC_ENDS = 0x530;
const FOLDED_CODES = new Uint16Array(CYRILLIC_ENDS);
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const TO_LOWER = 0x20;
for (let code = 0x41; code <= 0x5a; code++) {
  const letter = String.fromCharCode(code).toLowerCase();
  FOLDED_CODES[code] = (LOOK_ALIKES[letter] ?? letter).charCodeAt(0);
}
for (const [letter, folded] of Object.entries({ ...LOOK_ALIKES, ...FOLDED }))
  FOLDED_CODES[letter.charCodeAt(0)] = folded.charCodeAt(0);

/** Lower case with every letter of a Cyrillic word folded; quotes go. */
export function foldText(text: string): string {
  const written = text.normalize('NFKC');
  const plain = written.toLowerCase();
  // A Latin capital looks like another letter than the small one does («H»); a few letters grow when they become small, and then it is not known which was which.
  const capitals = written.length === plain.length ? written : plain;
  const codes = new Uint16Array(plain.length);
  let length = 0;
  let wordFrom = 0;
  let isCyrillic = false;
  for (let i = 0; i < plain.length; i++) {
    const code = isCapital(capitals.charCodeAt(i)) ? capitals.charCodeAt(i) : plain.charCodeAt(i);
    const kind = kindOf(code);
    if (kind === QUOTE) continue;
    if (isWordy(kind)) {
      isCyrillic ||= code >= CYRILLIC_BEGINS && code < CYRILLIC_ENDS;
    } else {
      foldWord(codes, wordFrom, length, isCyrillic);
      isCyrillic = false;
      wordFrom = length + 1;
    }
    codes[length++] = code;
  }
  foldWord(codes, wordFrom, length, isCyrillic);
  return String.fromCharCode.apply(null, codes.subarray(0, length) as unknown as number[]);
}

/** Cyrillic letters by the Latin ones that look the same, and Latin letters that look like no Cyrillic one. */
const LATIN_LOOKS: ReadonlyMap<number, number> = new Map(
  Object.entries({ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i' }).map(
    ([cyrillic, latin]) => [cyrillic.charCodeAt(0), latin.charCodeAt(0)],
  ),
); // prettier-ignore
const ONLY_LATIN = new Set(Array.from('dfgjlqsvwzDFGJLQSVWZ', (letter) => letter.charCodeAt(0)));

/** «Supervisоr» with a Cyrillic «о»: a Latin word, whose Cyrillic letters all look like Latin ones. Puts them right. */
function foldedToLatin(codes: Uint16Array, from: number, to: number): boolean {
  let isLatin = false;
  for (let i = from; i < to; i++) {
    const code = codes[i]!;
    if (ONLY_LATIN.has(code)) isLatin = true;
    else if (code >= CYRILLIC_BEGINS && code < CYRILLIC_ENDS && !LATIN_LOOKS.has(code)) return false;
  }
  if (!isLatin) return false;
  for (let i = from; i < to; i++) {
    const code = codes[i]!;
    codes[i] = LATIN_LOOKS.get(code) ?? (isCapital(code) ? code + TO_LOWER : code);
  }
  return true;
}

function foldWord(codes: Uint16Array, from: number, to: number, isCyrillic: boolean): void {
  if (isCyrillic && foldedToLatin(codes, from, to)) return;
  for (let i = from; i < to; i++) {
    const code = codes[i]!;
    if (!isCyrillic) {
      if (isCapital(code)) codes[i] = code + TO_LOWER;
      continue;
    }
    const folded = code < CYRILLIC_ENDS ? FOLDED_CODES[code]! : 0;
    if (folded !== 0) codes[i] = folded;
  }
}

/** Every word of a text, folded; nothing is left out. */
export function foldedWords(text: string): string[] {
  return foldText(text.slice(0, LONGEST_TITLE))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
