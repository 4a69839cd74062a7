/** The languages every word of the program exists in. */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/**
 * The best language for an `Accept-Language` header (RFC 9110 §12.5.4): highest weight first, the earlier one on a tie.
 * Region subtags are ignored (`ru-KZ` is Russian), a weight of 0 refuses, a missing or unknown wish gives the fallback.
 */
export function chooseLanguage(acceptLanguage: string | undefined, fallback: Language = 'en'): Language {
  const wishes = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
    return { language: tag.trim().split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  let best: { language: Language; weight: number } | undefined;
  for (const { language, weight } of wishes) {
    if (isLanguage(language) && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? fallback;
}
