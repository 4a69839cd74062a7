import { oneLine } from './plain-text.js';

/** A monthly pay as a text states it; null = this bound is not stated. */
export interface StatedPay {
  min: number | null;
  max: number | null;
}

/** `170 000`, `170000`, `170.000`, `115 000,50`; the groups' spaces may be no-break ones (already made plain). */
const AMOUNT = /(?<![\d.,])(\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?:[.,]\d{1,2})?(?!\d)/g;
const TENGE = /тенге|теңге|тг|тнг|₸|kzt/i;
const OTHER_CURRENCY = /руб|₽|\$|usd|доллар|eur|€|евро/i;
const LOWER_BOUND = /(?<!\p{L})(?:от|from|бастап)(?!\p{L})|теңгеден|тг-?\.?\s?ден/iu;
const UPPER_BOUND = /(?<!\p{L})(?:до|up to|дейін)(?!\p{L})/iu;

/**
 * Reads «от 115 000 до 120 000 тенге», «от 170 000 тг.», «до 300 000 тг.», «150 000 - 210 000 ₸», «170 000 теңгеден
 * 200 000 теңгеге дейін», «250 000 тг.» (one amount is both bounds). Null when the text states no amount in tenge
 * («по договорённости», another currency).
 */
export function readPayText(text: string): StatedPay | null {
  const line = oneLine(text);
  if (!TENGE.test(line) || OTHER_CURRENCY.test(line)) return null;
  const amounts = [...line.matchAll(AMOUNT)]
    .map(([, digits = '']) => Number(digits.replace(/\D/g, '')))
    .filter((amount) => amount <= 2_147_483_647);
  const [first, second] = amounts;
  if (first === undefined) return null;
  if (second !== undefined) return { min: first, max: second };
  if (LOWER_BOUND.test(line)) return { min: first, max: null };
  if (UPPER_BOUND.test(line)) return { min: null, max: first };
  return { min: first, max: first };
}

/** True for a text of which `readPayText` makes nothing though it names an amount: the pay is stated, in words that nobody knows. */
export function isUnreadPay(text: string): boolean {
  return readPayText(text) === null && /[1-9]/.test(text);
}

/** The pay inside Enbek's `og:description`, whose parts are divided by semicolons; null when no part states one. */
export function readPayFromSummary(summary: string): StatedPay | null {
  const part = summary.split(';').find((piece) => TENGE.test(piece) && /\d/.test(piece));
  return part === undefined ? null : readPayText(part);
}
