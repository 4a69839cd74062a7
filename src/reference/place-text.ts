/** What a part of a location text says it is. `bare` says nothing; `administration` is a rural district or a г.а., `halt` a railway station or siding. */
export type PartKind = 'region' | 'district' | 'administration' | 'city' | 'village' | 'halt' | 'bare';

/** One part of a location text: its kind by the marker beside the name, and the name as a key without spaces. */
export interface PlacePart {
  kind: PartKind;
  key: string;
  /** The text says посёлок or кент. */
  township?: true;
}

const MARKERS = new Map<string, PartKind>();
const mark = (kind: PartKind, words: string): void => words.split(' ').forEach((word) => MARKERS.set(word, kind));
mark('region', 'область обл облысы обласы region oblast oblysy obl province');
mark('district', 'район р-н рн ауданы аудан district rayon raion audany auданы r-n');
mark('administration', '§');
mark('city', 'г гор город қ каласы кала city g qalasy kalasy');
mark('village', 'с село а ауыл ауылы аул п пос поселок пгт к кент кенти');
mark('halt', 'ст станция рзд разъезд');
mark('village', 'village settlement selo aul auyl auyly s p');

/** Markers that Kazakh and English write after the name only. */
const AFTER_NAME = new Set(
  'облысы обласы ауданы аудан каласы ауылы кенти region district city village oblysy audany auyly qalasy kalasy'.split(
    ' ',
  ),
);
/** Words that stand beside a name and are not part of it. */
const SILENT = new Set('им имени атын атындагы'.split(' '));
const STREET = new Set(
  'ул улица кошеси мкр мкрн микрорайон шагын дангылы пр пр-т проспект пер переулок трасса кв офис street str avenue'.split(
    ' ',
  ),
);
const TOWNSHIP = new Set('п пос поселок пгт к кент кенти'.split(' '));
/** Before a number: the house. */
const HOUSE = new Set('д дом уй'.split(' '));
/** A bank of the river that a city lies on («Астана, левый берег») is no district: nobody drew its border. */
const BANK =
  /(?<!\p{L})(?:(?:лев|прав)(?:ый берег|ом берегу|ого берега|обережье|обережный район)|(?:сол|оң) жағалау(?:ы|да|ында)?|(?:left|right)[ -]bank)(?!\p{L})/gu;
const COUNTRY = new Set(
  'казахстан республикаказахстан рк кр kazakhstan republicofkazakhstan казакстан казакстанреспубликасы'.split(' '),
);

const UPPER_ALIKE: Record<string, string> = {
  A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', K: 'К', M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х', Y: 'У', I: 'І',
}; // prettier-ignore
const LOWER_ALIKE: Record<string, string> = {
  a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', i: 'і', k: 'к', h: 'һ', m: 'м', t: 'т', ə: 'ә', b: 'в', ö: 'ө',
}; // prettier-ignore
/** Kazakh letters as Russian keyboards type them, and stray letters of other alphabets. */
const FOLDED: Record<string, string> = {
  ё: 'е', ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ќ: 'к', ӊ: 'н', ҡ: 'к', ї: 'и', ў: 'у',
}; // prettier-ignore

const CYRILLIC = /\p{Script=Cyrillic}/u;

/** Latin letters inside Cyrillic text that only look right (`Пaвлoдар`, `CKO`) become the Cyrillic ones. */
function withoutLookAlikes(text: string): string {
  if (!/[A-Za-zəö]/u.test(text)) return text;
  const latinWords = text.match(/[A-Za-z]{3,}/gu)?.filter((word) => /[^ABCEHKMOPTXYIaceopxyikhmt]/u.test(word)) ?? [];
  const cyrillicText = CYRILLIC.test(text) && latinWords.length === 0;
  return text.replace(/\p{L}+/gu, (word) => {
    const alike = [...word].every((letter) => CYRILLIC.test(letter) || letter in UPPER_ALIKE || letter in LOWER_ALIKE);
    if (!alike || !(CYRILLIC.test(word) || cyrillicText)) return word;
    return [...word].map((letter) => UPPER_ALIKE[letter] ?? LOWER_ALIKE[letter] ?? letter).join('');
  });
}

function foldWord(word: string): string {
  if (CYRILLIC.test(word)) return word.replace(/[ёәғқңөұүһіќӊҡїў]/gu, (letter) => FOLDED[letter] ?? letter);
  return word
    .replaceAll('ş', 'sh').replaceAll('ç', 'ch').replaceAll('ğ', 'g').replaceAll('ı', 'i')
    .normalize('NFD').replace(/\p{M}/gu, ''); // prettier-ignore
}

/** Reads a location text into its parts, in their order. Streets, house numbers and the country are left out. */
export function readLocation(text: string): PlacePart[] {
  const clean = withoutLookAlikes(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\ufeff«»"'`’‘“”„]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/(?<!\p{L})р\/н(?!\p{L})/gu, 'р-н')
    .replace(/(?<!\p{L})([сапкқг])\s?[./]\s?([оаә])(?!\p{L})\.?/gu, ' § ')
    .replace(
      /(сельский|ауылдық|кенттік|rural|селолық) (округ[іи]?|district|okrug)(?!\p{L})|(?<!\p{L})округ[іи]?(?!\p{L})/gu,
      ' § ',
    )
    .replace(/(городская|сельская|поселковая) администрация/gu, ' § ')
    .replace(BANK, ', ');
  return clean.split(/->|\s[-–—]\s|[,;/|()→>]/u).flatMap(readSegment);
}

/** One segment between separators; markers inside it begin or end further parts (`Павлодарская обл. г.Павлодар`). */
function readSegment(segment: string): PlacePart[] {
  const words = segment
    .split(/[\s.]+/u)
    .map((word) => (word === 'қ' ? word : foldWord(word)))
    .filter((word) => word !== '' && word !== '-');
  const isStreet = words.some(
    (word, place) => STREET.has(word) || (HOUSE.has(word) && /^\d/u.test(words[place + 1] ?? '')),
  );
  if (isStreet) return [];
  const parts: PlacePart[] = [];
  let kind: PartKind = 'bare';
  let marker = '';
  let names: string[] = [];
  const close = (): void => {
    const key = keyOf(names);
    const says = kind === 'bare' ? !COUNTRY.has(key) && !/^\d/u.test(key) : key !== '';
    if (says && key !== '') parts.push({ kind, key, ...(TOWNSHIP.has(marker) ? { township: true } : {}) });
    kind = 'bare';
    marker = '';
    names = [];
  };
  for (const [index, word] of words.entries()) {
    const wordKind = MARKERS.get(word);
    const last = index === words.length - 1;
    if (
      wordKind === undefined ||
      ((word.length === 1 || last) && word !== '§' && kind !== 'bare' && names.length === 0)
    ) {
      names.push(word);
    } else if (kind === 'bare' && names.length === 0) {
      kind = wordKind;
      marker = word;
    } else if (kind === 'bare') {
      const prefixOnly =
        !last && !AFTER_NAME.has(word) && wordKind !== 'region' && wordKind !== 'district' && word !== '§';
      if (prefixOnly && word !== 'қ' && word !== 'к' && word !== 'а') {
        close();
        kind = wordKind;
        marker = word;
      } else {
        kind = wordKind;
        marker = word;
        close();
      }
    } else if (names.length > 0 && marker.length === 1 && last && wordKind === 'district') {
      names.unshift(marker); // «Ғ.Мүсірепов ауданы»: the letter was an initial
      kind = wordKind;
    } else if (wordKind === kind && last) {
      continue; // «с. Бескөл ауылы»: the marker twice
    } else {
      close();
      kind = wordKind;
      marker = word;
    }
  }
  close();
  return parts;
}

function keyOf(names: string[]): string {
  return names
    .filter((word) => !SILENT.has(word))
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The classifier's usual name: one word between at most two markers (`с.Кумозек`, `Кумозек а.`, `Аксуский с.о.`). */
const USUAL_NAME =
  /^(?:(с|п|г|ст|рзд)\.\s?)?([А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі-]{4,}(?: \d)?)(?:\s?(?<=\s)(а|қ|к|ст|ауданы|район|[сап]\.о|[спкқа]\.[аә])\.?)?$/u;

/** The key of a classifier's or alias' name: its parts' last name, with nothing left out as street or number. */
export function readName(name: string): PlacePart {
  const usual = USUAL_NAME.exec(name);
  if (usual !== null && (usual[1] === undefined || usual[3] === undefined) && !MARKERS.has(usual[2]!.toLowerCase())) {
    const marker = usual[1] ?? usual[3] ?? '';
    const kind = marker.includes('.') ? 'administration' : (MARKERS.get(marker) ?? 'bare');
    return {
      kind,
      key: usual[2]!
        .toLowerCase()
        .replace(/[ё-]|[^а-я]/gu, (sign) => (sign === '-' || sign === ' ' ? '' : (FOLDED[sign] ?? sign))),
    };
  }
  const parts = readLocation(name.replace(/[,/;|()]/gu, ' '));
  const first = parts.length === 1 ? parts[0] : undefined;
  return (
    first ?? {
      kind: parts[0]?.kind ?? 'bare',
      key: keyOf(
        name
          .toLowerCase()
          .split(/[\s.,]+/u)
          .map(foldWord),
      ),
    }
  );
}

const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'j', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia',
}; // prettier-ignore

/**
 * The sound of a key in Latin letters, the same for Cyrillic and the usual Latin spellings (`Қонаев`, `Qonaev`, `Konaev`).
 * Looked up only when the key itself is not found.
 */
export function soundOf(key: string): string {
  const latin = CYRILLIC.test(key)
    ? key.replace(/[а-я]/gu, (letter) => LATIN[letter] ?? letter)
    : key
        .replace(/dzh|zh/gu, 'j').replace(/kh|x/gu, 'h').replace(/gh/gu, 'g').replace(/q/gu, 'k').replace(/w/gu, 'u')
        .replace(/shch/gu, 'sh').replace(/^ye/u, 'e').replace(/c(?!h)/gu, 'k').replace(/y/gu, 'i'); // prettier-ignore
  return latin
    .replaceAll('dj', 'j')
    .replaceAll('ng', 'n')
    .replace(/(.)\1+/gu, '$1');
}
