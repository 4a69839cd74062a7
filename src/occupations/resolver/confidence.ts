/** What a guess rests on. */
export interface Evidence {
  /** Numbers of the best groups, best first, and their shares of all points. */
  groups: number[];
  shares: number[];
  /** A label of the best group is the whole title. */
  exact: boolean;
  /** The share of the title that a label of the best group covers. */
  covered: number;
  unknownWords: number;
  /** A word was taken for the nearest known one. */
  mended: boolean;
  /** The share of what the title tells that rests on guesses: words whose nearest known one may be another word. */
  guessed: number;
  /** Parts between commas, slashes, brackets. */
  parts: number;
  /** A part of the title is the label of another group. */
  otherNamed: boolean;
  /** Null where the sector is not stated. */
  sectorAgrees: boolean | null;
  /** The stems of the title. */
  stems: string[];
}

/**
 * Weights of a logistic regression on the development part of the labelled titles, fitted before licences and families of
 * occupations were read apart. `npm run bench -- resolve --calibrate` fits such weights anew; those of 2026-11-22 called more titles
 * sure, and fewer of them rightly, than these, which stay. The weight of `guessed` is from labels that were held out of training
 * (a tenth, 3,596): where more than two thirds of the title rested on guessed words, 44 % of the answers were right at a confidence of 80 %.
 */
export const WEIGHTS = {
  one: -1.007,
  margin: 2.868,
  share: 1.613,
  exact: 0.048,
  covered: 0.885,
  unknown: -0.341,
  mended: 0.367,
  guessed: -2,
  parts: -0.945,
  agrees: -0.292,
  differs: -0.252,
};

/** What the confidence is computed from, each in [0, 1]. */
export function traitsOf(evidence: Evidence): Record<keyof typeof WEIGHTS, number> {
  const [first = 0, second = 0] = evidence.shares;
  return {
    one: 1,
    margin: Math.min(Math.max(Math.log(first / Math.max(second, 1e-9)), 0), 8) / 8,
    share: first,
    exact: Number(evidence.exact),
    covered: evidence.covered,
    unknown: Math.min(evidence.unknownWords, 3) / 3,
    mended: Number(evidence.mended),
    guessed: evidence.guessed,
    parts: Number(evidence.parts > 1),
    agrees: Number(evidence.sectorAgrees === true),
    differs: Number(evidence.sectorAgrees === false),
  };
}

const TRAITS = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];

/** The chance that the best group is right, in [0, 1]. */
export function trustIn(evidence: Evidence): number {
  const traits = traitsOf(evidence);
  let odds = 0;
  for (const trait of TRAITS) odds += WEIGHTS[trait] * traits[trait];
  return 1 / (1 + Math.exp(-odds));
}

/** Chosen on the development part so that at least 96 in 100 sure answers are right. */
const LEAST_TRUST = 0.73;

/** Stems that alone tell a family of occupations, not one: an answer to them is a guess. */
const FAMILIES: ReadonlySet<string> = new Set(
  `специалист маман менеджер оператор машинист инженер мастер шебер инспектор консультант техник эксперт сарапшы рабоч жумысшы
   руководител басшы аналитик талдаушы ведущ директор преподавател окытушы бригадир аппаратчик сборщик приемщик учетчик чистильщик
   врач даригер учител мугалим педагог водител жургизуш начальник бастык администратор лаборант помощник комекш
   specialist manag engin oper driver doctor teacher worker assist technician director inspector`
    .split(/\s+/u)
    .filter((stem) => stem !== ''),
);

/** True of a title that is one word of a family of occupations. */
export function isFamily(stems: readonly string[]): boolean {
  return stems.length === 1 && FAMILIES.has(stems[0]!);
}

/** A title that rests on a guess by more than this is not sure, whatever speaks for the guess: «құрықшы» is nobody's «құрақшы». */
const MOST_GUESSED = 0.6;

export function isSure({ stems, otherNamed, guessed }: Evidence, confidence: number): boolean {
  return confidence >= LEAST_TRUST && !otherNamed && guessed <= MOST_GUESSED && !isFamily(stems);
}
