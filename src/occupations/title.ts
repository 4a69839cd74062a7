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

/** One reading of a title: the words looked up, and what stands beside them and is left out of the look-up. */
export interface TitleReading {
  head: string;
  asides: string[];
}

/**
 * The readings of a title, the closest first: as it stands; with its brackets and commas opened, in either order («Врач,
 * ветеринарный» is a «ветеринарный врач»); without its brackets; without what follows a comma too. Grades are away from
 * asides, and from heads in a reading of their own. An aside that says only under which conditions the work is done
 * (`saysConditions`) is no part of a reading.
 */
export function titleReadings(title: string): TitleReading[] {
  const whole = normaliseTitle(title);
  const bracketed = [...whole.matchAll(/\(([^)]*)\)?/gu)].flatMap(([, inside]) => inside!.split(/[,;]/u));
  const bracketless = whole.replace(/\([^)]*\)?/gu, ' ');
  const [first = '', ...after] = bracketless.split(/[,;]/u);
  const opened = tidy(whole.replace(/[(),;]/gu, ' '));
  const asides = telling([...bracketed, ...after]);
  return [
    ...[tidy(whole), opened, ungraded(opened), `${asides.join(' ')} ${ungraded(first)}`].map((head) => ({
      head: tidy(head),
      asides: [],
    })),
    { head: ungraded(bracketless), asides: telling(bracketed) },
    { head: ungraded(first), asides },
  ];
}

/** The title before a slash, then without its rank too: the same occupation more often than not. */
export function shortenedHeads(title: string): string[] {
  const bare = titleReadings(title).at(-1)!.head.split('/')[0]!;
  return [tidy(bare), tidy(bare).replace(RANK, '')];
}

const ungraded = (text: string): string => tidy(text.replace(GRADE, ' '));

const telling = (asides: string[]): string[] =>
  asides.map(ungraded).filter((aside) => aside !== '' && !saysConditions(aside));

/** Words of an aside that speak of grade, rate, hours or term of the work, or of who may apply, and not of the work. */
const CONDITIONS = new Set(
  `категория категории категорий кат разряд разряда разряды разрядов класс класса уровень уровня ставка ставки ставку ставок полставки
   временно временный временная временное постоянно постоянный постоянная период время отпуск отпуска декрет декрета декретный
   декретного декретное уходу за ребенком вахта вахтой вахтовый вахтовым метод методом совместитель совместительство
   совместительству график сменный сменная смена смены день дня ночь ночной ночная дневной дневная полный неполный полная неполная
   занятость срочно требуется опыт опыта опытом обучение обучением молодежная практика социальное социальные рабочее рабочие место
   места общественные работы серебряный возраст муж жен мужчина женщина час часа часов год года лет удаленно удаленная
   дистанционно жилье жильем предоставлением на по до от без или не
   уақытша тұрақты санат санаты санатты разрядты дәрежелі сынып мөлшерлеме вахталық әдіс тәжірибе тәжірибесі бар жоқ толық жұмыс
   күні ауысым демалыс және
   temporary permanent part full time shift category grade`.split(/\s+/u),
);

function saysConditions(aside: string): boolean {
  return aside.split(/[\s/]+/u).every((word) => word.length === 1 || /^[\d.,+]+$/u.test(word) || CONDITIONS.has(word));
}

function tidy(form: string): string {
  return form.replace(/\s+/gu, ' ').replace(/^[\s,;/]+|[\s,;/]+$/gu, ''); // prettier-ignore
}
