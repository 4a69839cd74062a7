/** Words that stand in every question and find nothing. Without Kazakh letters, as they are compared. */
const EVERYWHERE = new Set(
  `а без бы был быть в во вот все вы где да для до если есть еще же за и из или им их к как какая какие какой когда кто куда ли
   мне мои мой мы на надо нам нас не нет но о об от по под при про с сколько со та так там то тоже только у уже чем что чтобы это я
   можно нужно буду будет будут могу может
   ба бе бар бола болады бул ва ва да де ким кандай канша кайда калай кашан кай менин мен мына не ма ме немесе ушин ал егер сол
   бизге маган керек па пе жок осы
   a about am an and are be can do does for from get has have how i if in is it may me must my no not of on or our should that the there
   to up us was we what when where which who will with you your`.split(/\s+/),
);

const MOST_WORDS = 12;

const LETTERS = 'әғқңөұүһіё';
const STAND_INS = 'агкноуухие';

/** As the database's `plain_words()` reads a text: lower case, Kazakh letters as the Russian ones that stand in for them. */
export function plainWords(text: string): string {
  return [...text.toLowerCase()].map((letter) => STAND_INS[LETTERS.indexOf(letter)] ?? letter).join('');
}

/**
 * The words of a question that can find an answer, in their order, each once, as `plain_words()` writes them. Where only words
 * stand that are in every question, those.
 */
export function tellingWords(text: string): string[] {
  const all = [...new Set(plainWords(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
  const telling = all.filter((word) => word.length > 2 && !EVERYWHERE.has(word));
  return (telling.length > 0 ? telling : all).slice(0, MOST_WORDS);
}
