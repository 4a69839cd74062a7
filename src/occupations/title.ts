const LOOK_ALIKES: Record<string, string> = {
  a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', k: 'к', m: 'м', t: 'т', i: 'і', h: 'һ', ə: 'ә',
}; // prettier-ignore

/**
 * A vacancy title as a key: lower case, ё as е, Latin letters inside Cyrillic words put right, quotes away, every other sign
 * one space; brackets, commas, semicolons and slashes stay, because they part what is said beside the title.
 */
export function normaliseTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\p{L}+/gu, (word) => (/\p{Script=Cyrillic}/u.test(word) ? withoutLookAlikes(word) : word))
    .replace(/[«»"'`’“”„]/gu, '')
    .replace(/[^\p{L}\p{N}+#(),;/]+/gu, ' ')
    .replace(/\s*([(),;/])\s*/gu, '$1')
    .trim();
}

function withoutLookAlikes(word: string): string {
  return word.replace(/[aceopxykmtihə]/gu, (letter) => LOOK_ALIKES[letter] ?? letter);
}
