import type { Warning } from '../connector.js';
import { oneLine } from './plain-text.js';
import { shown } from './record-fields.js';

/** A monthly pay as a text states it; null = this bound is not stated. */
export interface StatedPay {
  min: number | null;
  max: number | null;
}

/** `170 000`, `170000`, `170.000`, `115 000,50`; the groups' spaces may be no-break ones (already made plain). */
const AMOUNT = /(?<![\d.,м]|(?<!\d)\d{1,2}\/)(\d{1,3}(?:[ .,'’]\d{3})+|\d+)([.,]\d{1,2})?(?!\d)/g;
const TENGE = /тенге|теңге|тг|тнг|₸|kzt/i;
const OTHER_CURRENCY = /руб|₽|\$|usd|доллар|eur|€|евро/i;
const MONEY = '(?:[\\d₸]|тенге|теңге|тг\\.?|тнг|kzt)';
const PERIOD = '(?:час|день|сутки|смен[уа]|неделю|нед|год|вахту|рейс|выход|м2|м²|кв|км|тонну|штуку|единицу|заказ)';
const IN_PERIOD = `(?:в|за)\\s+(?:1\\s+|одну\\s+|один\\s+)?${PERIOD}`;
const OF_PERIOD = '(?:сағатына|күніне|тәулігіне|ауысымына|сменасына|аптасына|жылына)';
/** An amount of another period than a month: «5 000 тенге в день», «1 500 тг/час», «күніне 10 000 теңге»; not «250 000 тенге, 8 часов в день». */
const OTHER_PERIOD = new RegExp(
  `${MONEY}\\s*(?:/\\s*${PERIOD}|${IN_PERIOD}|${OF_PERIOD})(?!\\p{L})|(?<!\\p{L})(?:${OF_PERIOD}|(?<!\\d\\s*(?:ч|час\\p{L}*|дн\\p{L}*|день|раза?|смен\\p{L}*)\\.?\\s*)${IN_PERIOD}|почасовая|посменная)[\\s:–-]+\\d[\\d\\s.]{3}`,
  'iu',
);
/** «250 тыс. тенге», «300 мың теңге», «250к», «1,2 млн тг»; what has that many digits already is meant as it stands. */
const THOUSANDS = /\d\s*(?:(?:тыс|мың)(?!ячник)|[кk](?!\p{L}))/iu;
const MILLIONS = /\d\s*(?:млн|миллион)/iu;
const MOST_THOUSANDS = 9_999;
const MOST_MILLIONS = 99;
/** What follows a number that is no pay. */
const OTHER_NUMBER = /^\s*(?:%|\/\s*\d{1,2}(?!\d|\s\d{3})|ч(?!\p{L})|час|дн[ея]|день|сағ|күн|лет|год|жыл|ставк)/iu;
const LOWER_BOUND = /(?<!\p{L})(?:от|from|бастап)(?!\p{L})|теңгеден|тг-?\.?\s?ден/iu;
const UPPER_BOUND = /(?<!\p{L})(?:до|up to|дейін)(?!\p{L})/iu;

/**
 * Reads «от 115 000 до 120 000 тенге», «от 170 000 тг.», «до 300 000 тг.», «150 000 - 210 000 ₸», «170 000 теңгеден
 * 200 000 теңгеге дейін», «250 000 тг.» (one amount is both bounds). Null when the text states no amount in tenge
 * («по договорённости», another currency), or one of another period («5 000 тенге в день»).
 */
export function readPayText(text: string): StatedPay | null {
  const line = oneLine(text);
  return TENGE.test(line) && !OTHER_CURRENCY.test(line) && !OTHER_PERIOD.test(line) ? payOfLine(line) : null;
}

function payOfLine(line: string): StatedPay | null {
  const [inThousands, inMillions] = [THOUSANDS.test(line), MILLIONS.test(line)];
  // Which of two amounts is of which is not told: «от 800 тыс. до 1,2 млн».
  if (inThousands && inMillions) return null;
  const [times, most] = inMillions ? [1_000_000, MOST_MILLIONS] : inThousands ? [1_000, MOST_THOUSANDS] : [1, 0];
  const amounts = [...line.matchAll(AMOUNT)]
    // A share of the pay is no bound of it, nor are hours: «+ премия 30 %», «8 часов в день».
    .filter(({ 0: whole, index }) => !OTHER_NUMBER.test(line.slice(index + whole.length)))
    .map(([, digits = '', part = '']) => {
      const whole = Number(digits.replace(/\D/g, ''));
      return times === 1 || whole > most ? whole : Math.round((whole + Number(`0${part.replace(',', '.')}`)) * times);
    })
    .filter((amount) => amount <= 2_147_483_647);
  // «1,255 млн»: which thousands are meant is not told.
  if (inMillions && amounts.some((amount) => amount > most && amount < 10_000)) return null;
  const [first, second] = amounts;
  if (first === undefined) return null;
  if (second !== undefined) return { min: first, max: second };
  if (LOWER_BOUND.test(line)) return { min: first, max: null };
  if (UPPER_BOUND.test(line)) return { min: null, max: first };
  return { min: first, max: first };
}

const BOUND = '(?:от|from|до|up to|бастап|дейін)';
const SUM = `(?:${BOUND}\\s*)?(?:(?:₸|kzt)\\s*)?${AMOUNT.source}\\s*(?:₸|(?:тенге|теңге|тнг|тг|kzt)\\.?(?:\\s?-?(?:ден|ге))?)?(?:\\s*${BOUND})?`;
const BETWEEN = '(?:\\s*[–—-]\\s*|\\s+(?=\\p{L})|(?<=\\p{L})\\s+)';
/** Nothing but one or two amounts with their bounds and tenge. */
const AMOUNTS_ALONE = new RegExp(`^${SUM}(?:${BETWEEN}${SUM})?$`, 'iu');
const MOST_CHARACTERS = 100;

/**
 * Reads an amount, or a range of two, whose currency and period are stated elsewhere: `250 000,00`, `250.000`, «от 250000»,
 * `250 000 – 300 000 ₸`. Null for a text without amounts, or with other words beside them: those may be another currency or
 * period, or thousands.
 */
export function readAmountText(text: string): StatedPay | null {
  const line = oneLine(text);
  return line.length <= MOST_CHARACTERS && AMOUNTS_ALONE.test(line) ? payOfLine(line) : null;
}

/** True for a pay in tenge of another period than a month: it is stated, and no pay of a month. */
export function isOtherPeriod(text: string): boolean {
  const line = oneLine(text);
  return TENGE.test(line) && OTHER_PERIOD.test(line);
}

/** Such a pay is not converted: how much work a month has is not known. */
export const payOfOtherPeriod = (text: string): Warning => ({
  code: 'record.pay_period',
  field: 'price',
  params: { value: shown(text) },
});

/** True for a text of which `read` makes nothing though it names an amount: the pay is stated, in words that nobody knows. */
export function isUnreadPay(text: string, read: (text: string) => StatedPay | null = readPayText): boolean {
  return read(text) === null && /[1-9]/.test(text);
}

/** The pay inside Enbek's `og:description`, whose parts are divided by semicolons; null when no part states one. */
export function readPayFromSummary(summary: string): StatedPay | null {
  const part = summary.split(';').find((piece) => TENGE.test(piece) && /\d/.test(piece));
  return part === undefined ? null : readPayText(part);
}
