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

/** Grades, categories, shares of a post: they say nothing of the occupation. */
const GRADE =
  /(?<!\p{L})(\d+ ?([,.]\d+)?( ?(го|й|я|ой|ші|шы))?|[ivx]+|высшей|первой|второй|третьей|высшая|первая|вторая|без|жоғары|бірінші|екінші) (разряда?|категори[ия]|классн?[а-я]*|кл|уровня|ставк[аиу]|санатты?|разрядты?|дәрежелі)(?!\p{L})/gu;

/** Ranks: the same occupation more often than not, so a match without them is not sure. */
const RANK = /^(старш(ий|ая)|младш(ий|ая)|ведущ(ий|ая)|главн(ый|ая)|аға|бас|кіші|жетекші) /u;

/** The forms under which a title may be known, the closest first; `clean` ones say the same occupation surely. */
export function titleForms(title: string): { form: string; clean: boolean }[] {
  const whole = normaliseTitle(title);
  const open = whole.replace(/\([^)]*\)?/gu, ' ').replace(/\s+/gu, ' ').trim(); // prettier-ignore
  const first = open.split(/[,;]/u)[0] ?? '';
  const ungraded = tidy(open.replace(GRADE, ' '));
  const firstUngraded = tidy(first.replace(GRADE, ' '));
  const bare = firstUngraded.split('/')[0] ?? '';
  return [
    ...[whole, open, ungraded, first, firstUngraded].map((form) => ({ form: tidy(form), clean: true })),
    { form: tidy(bare), clean: false },
    { form: tidy(bare).replace(RANK, ''), clean: false },
  ];
}

function tidy(form: string): string {
  return form.replace(/\s+/gu, ' ').replace(/^[\s,;/]+|[\s,;/]+$/gu, ''); // prettier-ignore
}
