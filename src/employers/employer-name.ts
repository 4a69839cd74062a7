/** A firm's name taken apart: what identifies it, and the legal form it was written with. */
export interface EmployerName {
  /** The name as it is shown: spaces tidied, quotes kept as written. */
  name: string;
  /** The core of the name for comparison: no legal form, quotes, punctuation or case. Never empty. */
  normalised: string;
  /** The legal form's code; null when none was recognised. */
  legalForm: LegalForm | null;
}

export type LegalForm =
  | 'llp' // ТОО, ЖШС
  | 'jsc' // АО, АҚ
  | 'sole_trader' // ИП, ЖК
  | 'farm' // КХ, ШҚ
  | 'production_cooperative' // ПК, ӨК
  | 'state_institution' // ГУ, ММ
  | 'municipal_institution' // КГУ, КММ
  | 'municipal_enterprise' // КГП, КМК
  | 'treasury_enterprise' // КГКП, КМҚК, ГККП, МКҚК
  | 'state_enterprise' // РГП, РМК
  | 'republican_institution' // РГУ, РММ
  | 'non_profit' // НАО, КеАҚ; НКО
  | 'private_institution' // ЧУ, ЖМ
  | 'branch'; // филиал

/**
 * Legal forms in full and short, Russian and Kazakh, the longer wordings first so that КГП на ПХВ is not read as КГП.
 * Source: Civil Code of Kazakhstan, art. 34, and the law on state property № 413-IV (2011), whose Kazakh texts give the
 * Kazakh wordings; the abbreviations are those of the register of legal entities.
 */
const FORMS: readonly (readonly [LegalForm, readonly string[]])[] = [
  [
    'municipal_enterprise',
    [
      '(?:областн\\S+ |городск\\S+ |районн\\S+ )?коммунальное государственное предприятие(?: на праве хозяйственного ведения)?',
      'государственное коммунальное предприятие(?: на праве хозяйственного ведения)?',
      'шаруашылық жүргізу құқығындағы (?:коммуналдық мемлекеттік|мемлекеттік коммуналдық) кәсіпорн?ы?н?ы?',
      '(?:коммуналдық мемлекеттік|мемлекеттік коммуналдық) кәсіпорн?ы?н?ы?',
      'шжқ (?:кмк|мкк)',
      '(?:кмк|мкк) шжқ',
      '(?:кгп|гкп) на пхв',
      'кгп',
      'гкп',
      'кмк',
      'мкк',
    ],
  ],
  [
    'treasury_enterprise',
    [
      'коммунальное государственное казенное предприятие',
      'государственное коммунальное казенное предприятие',
      '(?:коммуналдық мемлекеттік|мемлекеттік коммуналдық) қазыналық кәсіпорн?ы?н?ы?',
      'кгкп',
      'гккп',
      'кмқк',
      'мкқк',
    ],
  ],
  [
    'municipal_institution',
    ['коммунальное государственное учреждение', 'коммуналдық мемлекеттік мекемес?і?', 'кгу', 'кмм'],
  ],
  [
    'republican_institution',
    ['республиканское государственное учреждение', 'республикалық мемлекеттік мекемес?і?', 'ргу', 'рмм'],
  ],
  [
    'state_enterprise',
    [
      'республиканское государственное (?:казенное )?предприятие(?: на праве хозяйственного ведения)?',
      '(?:шаруашылық жүргізу құқығындағы )?республикалық мемлекеттік (?:қазыналық )?кәсіпорн?ы?н?ы?',
      'шжқ рмк',
      'ргп на пхв',
      'ргкп',
      'ргп',
      'рмқк',
      'рмк',
    ],
  ],
  ['state_institution', ['государственное учреждение', 'мемлекеттік мекемес?і?', 'гу', 'мм']],
  [
    'llp',
    [
      'товарищество с (?:ограниченной|дополнительной) ответственностью',
      'жауапкершілігі шектеулі серіктестігі?',
      'limited liability partnership',
      'тоо',
      'жшс',
      'llp',
    ],
  ],
  ['non_profit', ['некоммерческое акционерное общество', 'коммерциялық емес акционерлік қоғамы?', 'нао', 'кеақ']],
  [
    'jsc',
    ['(?:открытое |закрытое )?акционерное общество', 'акционерлік қоғамы?', 'joint stock company', 'jsc', 'ао', 'ақ'],
  ],
  ['sole_trader', ['индивидуальный предприниматель', 'жеке кәсіпкері?', 'ип', 'жк']],
  [
    'farm',
    [
      'крестьянское(?: \\(фермерское\\)| или фермерское|, фермерское)? хозяйство',
      'шаруа(?: қожалығы| \\(фермер\\) қожалығы)',
      'к/х',
      'кфх',
      'кх',
      'шқ',
      'ш/қ',
    ],
  ],
  [
    'production_cooperative',
    [
      '(?:сельскохозяйственный )?производственный кооператив',
      '(?:ауыл шаруашылығы )?өндірістік кооперативі?',
      'схпк',
      'спк',
      'пк',
      'өк',
    ],
  ],
  ['private_institution', ['частное учреждение', 'жеке мекемес?і?', 'чу', 'жм']],
  ['branch', ['филиалы?']],
];

const LETTER = '[\\p{L}\\p{N}]';
/** A form counts only as whole words, so that «Аокан» or «Гуманитарий» keep theirs. */
const PATTERNS = FORMS.map(
  ([form, wordings]) => [form, new RegExp(`(?<!${LETTER})(?:${wordings.join('|')})(?!${LETTER})`, 'giu')] as const,
);

/** Quotes of every kind, and the double apostrophe some keyboards give for one. */
const QUOTES = /["'`«»“”„‟‘’‹›″]+/g;

/** Latin letters that look like Cyrillic ones and stand inside Cyrillic words by a slip of the keyboard layout. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
  h: 'һ',
  b: 'в',
};

/**
 * Takes a firm's name apart. Two spellings of one firm give the same `normalised`: legal form in full or short, in Russian
 * or Kazakh, before or after the name; any quotes or none (Enbek's JSON-LD loses them); case; ё and е; spaces.
 * A name that is nothing but a legal form stays as it is, so that `normalised` is never empty unless the text is.
 */
export function readEmployerName(text: string): EmployerName {
  let read = lately.get(text);
  if (read === undefined) {
    read = takeApart(text);
    if (lately.size >= MOST_REMEMBERED) lately.clear();
    lately.set(text, read);
  }
  return read;
}

/** A firm has many vacancies, and taking a name apart costs some thirty searches. */
const MOST_REMEMBERED = 10_000;
const lately = new Map<string, EmployerName>();

/**
 * The legal forms of firms in full and as the register shortens them, the longer wordings first. Sources as of `FORMS`. A form in
 * another case («филиал коммунального государственного учреждения») stays as it is written.
 */
const SHORT_FORMS: readonly (readonly [full: string, short: string])[] = [
  ['коммунальное государственное предприятие на праве хозяйственного ведения', 'КГП на ПХВ'],
  ['государственное коммунальное предприятие на праве хозяйственного ведения', 'ГКП на ПХВ'],
  ['республиканское государственное предприятие на праве хозяйственного ведения', 'РГП на ПХВ'],
  ['коммунальное государственное казенное предприятие', 'КГКП'],
  ['государственное коммунальное казенное предприятие', 'ГККП'],
  ['республиканское государственное казенное предприятие', 'РГКП'],
  ['коммунальное государственное предприятие', 'КГП'],
  ['государственное коммунальное предприятие', 'ГКП'],
  ['республиканское государственное предприятие', 'РГП'],
  ['коммунальное государственное учреждение', 'КГУ'],
  ['республиканское государственное учреждение', 'РГУ'],
  ['государственное учреждение', 'ГУ'],
  ['товарищество с ограниченной ответственностью', 'ТОО'],
  ['товарищество с дополнительной ответственностью', 'ТДО'],
  ['некоммерческое акционерное общество', 'НАО'],
  ['акционерное общество', 'АО'],
  ['индивидуальный предприниматель', 'ИП'],
  ['крестьянское \\(фермерское\\) хозяйство', 'КХ'],
  ['крестьянское хозяйство', 'КХ'],
  ['сельскохозяйственный производственный кооператив', 'СПК'],
  ['производственный кооператив', 'ПК'],
  ['частное учреждение', 'ЧУ'],
  ['шаруашылық жүргізу құқығындағы коммуналдық мемлекеттік кәсіпорны?', 'ШЖҚ КМК'],
  ['шаруашылық жүргізу құқығындағы мемлекеттік коммуналдық кәсіпорны?', 'ШЖҚ МКК'],
  ['шаруашылық жүргізу құқығындағы республикалық мемлекеттік кәсіпорны?', 'ШЖҚ РМК'],
  ['коммуналдық мемлекеттік қазыналық кәсіпорны?', 'КМҚК'],
  ['мемлекеттік коммуналдық қазыналық кәсіпорны?', 'МКҚК'],
  ['республикалық мемлекеттік қазыналық кәсіпорны?', 'РМҚК'],
  ['коммуналдық мемлекеттік кәсіпорны?', 'КМК'],
  ['мемлекеттік коммуналдық кәсіпорны?', 'МКК'],
  ['республикалық мемлекеттік кәсіпорны?', 'РМК'],
  ['коммуналдық мемлекеттік мекемесі?', 'КММ'],
  ['республикалық мемлекеттік мекемесі?', 'РММ'],
  ['мемлекеттік мекемесі?', 'ММ'],
  ['жауапкершілігі шектеулі серіктестігі?', 'ЖШС'],
  ['коммерциялық емес акционерлік қоғамы?', 'КеАҚ'],
  ['акционерлік қоғамы?', 'АҚ'],
  ['жеке кәсіпкер', 'ЖК'],
  ['шаруа қожалығы', 'ШҚ'],
];
const SHORTENINGS = SHORT_FORMS.map(
  ([full, short]) =>
    [
      new RegExp(`(?<!${LETTER})${full.replaceAll(' ', '\\s+').replaceAll('е', '[её]')}(?!${LETTER})`, 'giu'),
      short,
    ] as const,
);

/** A firm's name with its legal form as the register shortens it: «ТОО «Солтүстік»». For lists and cards; pages of one thing say it in full. */
export function shortEmployerName(name: string): string {
  return SHORTENINGS.reduce((text, [full, short]) => text.replace(full, short), name);
}

function takeApart(text: string): EmployerName {
  const name = text
    .normalize('NFC')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
  const plain = unifyLetters(name.toLowerCase().replaceAll('ё', 'е')).replace(QUOTES, ' ').replace(/\s+/g, ' ').trim();
  let legalForm: LegalForm | null = null;
  let at = Number.POSITIVE_INFINITY;
  let core = plain;
  for (const [form, pattern] of PATTERNS) {
    core = core.replace(pattern, ' ');
    const found = plain.search(pattern);
    // The first form of the sentence is the firm's own; later ones belong to whoever it is part of.
    if (found >= 0 && found < at) [legalForm, at] = [form, found];
  }
  const normalised = words(core);
  return { name, normalised: normalised === '' ? words(plain) || plain : normalised, legalForm };
}

function words(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}+№]+/gu, ' ')
    .replace(/№ ?/g, '№')
    .trim();
}

function unifyLetters(lower: string): string {
  return lower.replace(/[\p{L}]+/gu, (word) =>
    /\p{Script=Cyrillic}/u.test(word)
      ? word.replace(/[aceikmoptxyhb]/g, (letter) => LOOKALIKES[letter] ?? letter)
      : word,
  );
}
