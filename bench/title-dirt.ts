import type { Chance } from '../src/shared/chance.js';

type Language = 'kk' | 'ru' | 'en';

/** One way in which titles come dirty. */
export interface Dirt {
  name: string;
  /** The title with this dirt; the title itself where it cannot have it. */
  soil(title: string, language: Language, chance: Chance): string;
}

const SHORTEST_MISSPELT = 6;

/** The title with its longest word changed by `change`; itself when that word has less than `least` letters. */
function inLongestWord(title: string, least: number, change: (word: string) => string): string {
  const words = title.match(/\p{L}+/gu) ?? [];
  const longest = words.reduce((most, word) => (word.length > most.length ? word : most), '');
  return longest.length < least ? title : title.replace(longest, change(longest));
}

const KEYS: Record<string, string> = {
  ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', Ә: 'А', Ғ: 'Г', Қ: 'К', Ң: 'Н', Ө: 'О', Ұ: 'У', Ү: 'У', Һ: 'Х', І: 'И',
}; // prettier-ignore
const LOOKS: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  к: 'k',
  м: 'm',
  і: 'i',
};
const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
  ә: 'a', ғ: 'g', қ: 'q', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i',
}; // prettier-ignore

const letters = (title: string, table: Record<string, string>): string =>
  title.replace(/\p{L}/gu, (letter) => table[letter] ?? letter);

const AROUND: Record<Language, { pay: string[]; call: string[]; employer: string[]; place: string[]; terms: string[] }> = {
  kk: {
    pay: ['{} айлығы 250 000 тг', '{}, жалақы 180 мың теңгеден', '{} 300000 тенге', '{} (жалақысы келісімді)'],
    call: ['{} керек', 'Шұғыл {} қажет!!!', 'Жұмысқа {} шақырамыз', '{} іздейміз', '{} керек тел 87015551234'],
    employer: ['{} «Береке-2005» ЖШС', '"Қарасай" ЖШС {}', '{} «Айнабұлақ жалпы білім беретін мектебі» КММ', '{} ЖК Ахметов'],
    place: ['{}, Мамлют ауданы Новомихайловка ауылы', '{} Есіл ауданы', '{}, Ақжар ауданы, Талшық ауылына', 'Петропавл қаласы {}'],
    terms: ['{} 5/2 толық жұмыс күні', '{} (тұрғын үй беріледі)', '{} вахта 15/15 тамақ жатын орын бар', '{} тәжірибесіз'],
  },
  ru: {
    pay: ['{} з/п от 250 000 тг', '{} зп 300-350 тыс', '{} (оклад 180000 тенге)', '{} - 400 000 на руки'],
    call: ['Срочно требуется {}', '{} нужен!!!', 'Примем на работу {}', 'Приглашаем на постоянную работу {}', '{} звонить 87015551234'],
    employer: ['{} в ТОО «Астык-2005»', 'ТОО Зенченко {}', '{} КГУ «Общеобразовательная школа № 4»', '{} ИП Ахметов'],
    place: ['{}, с. Пресновка', '{} (Мамлютский район)', '{}, Айыртауский р-н, с. Саумалколь', 'г.Петропавловск {}'],
    terms: ['{} 5/2 полный день', '{} с предоставлением жилья', '{} вахта 15/15, питание и проживание бесплатно', '{} без опыта'],
  },
  en: {
    pay: ['{} salary from 400 000 KZT', '{}, 2500 USD net', '{} (competitive salary)'],
    call: ['{} needed urgently', 'Hiring {}', 'We are looking for {}', '{} wanted call 87015551234'],
    employer: ['{} at Astyk LLP', 'Tengizchevroil: {}', '{}, KAZ Minerals'],
    place: ['{} - Petropavlovsk', '{} in Kostanay region', '{} (Aksu)'],
    terms: ['{} full time', '{} rotation 28/28', '{} with accommodation', '{}, no experience'],
  },
}; // prettier-ignore

const around = (name: keyof (typeof AROUND)['kk'], called: string): Dirt => ({
  name: called,
  soil: (title, language, chance) => chance.pick(AROUND[language][name]).replace('{}', () => title),
});

/** What befalls titles on exchanges and notice boards, one kind at a time. */
export const DIRTS: readonly Dirt[] = [
  { name: 'as it is', soil: (title) => title },
  { name: 'capitals', soil: (title) => title.toUpperCase() },
  { name: 'no Kazakh keyboard', soil: (title, language) => (language === 'kk' ? letters(title, KEYS) : title) },
  {
    name: 'Latin look-alikes',
    soil: (title, _, chance) => title.replace(/\p{L}/gu, (letter) => (chance.happens(0.5) ? (LOOKS[letter] ?? letter) : letter)),
  },
  { name: 'in Latin letters', soil: (title) => letters(title.toLowerCase(), LATIN) },
  {
    name: 'a letter left out',
    soil: (title, _, chance) =>
      inLongestWord(title, SHORTEST_MISSPELT, (word) => {
        const at = chance.whole(1, word.length - 2);
        return word.slice(0, at) + word.slice(at + 1);
      }),
  },
  {
    name: 'two letters changed about',
    soil: (title, _, chance) =>
      inLongestWord(title, SHORTEST_MISSPELT, (word) => {
        const at = chance.whole(1, word.length - 3);
        return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
      }),
  },
  {
    name: 'a wrong letter',
    soil: (title, _, chance) =>
      inLongestWord(title, SHORTEST_MISSPELT, (word) => {
        const at = chance.whole(1, word.length - 2);
        return word.slice(0, at) + chance.pick(Array.from(/[a-z]/iu.test(word) ? 'aeiontsl' : 'аоинтслек')) + word.slice(at + 1);
      }),
  },
  { name: 'words run together', soil: (title) => title.replace(/(?<=\p{L}) (?=\p{L})/u, '') },
  {
    name: 'a word cut short',
    soil: (title, _, chance) => inLongestWord(title, 9, (word) => `${word.slice(0, chance.whole(5, 7))}.`),
  },
  around('pay', 'pay'),
  around('call', 'a call'),
  around('employer', 'an employer'),
  around('place', 'a place'),
  around('terms', 'terms of work'),
]; // prettier-ignore
