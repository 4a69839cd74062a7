/** An IIN's content when it holds, or the code of what is wrong with it. */
export type IinCheck =
  | { ok: true; iin: string; birthDate: string }
  | { ok: false; code: 'iin.length' | 'iin.century' | 'iin.date' | 'iin.check_digit' };

/** A BIN's content when it holds, or the code of what is wrong with it. */
export type BinCheck =
  | { ok: true; bin: string; registeredMonth: string; kind: BinKind; branch: boolean }
  | { ok: false; code: 'bin.length' | 'bin.month' | 'bin.kind' | 'bin.division' | 'bin.check_digit' };

export type BinKind = 'resident' | 'non_resident' | 'joint_sole_trader';

const TWELVE_DIGITS = /^\d{12}$/;
const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/**
 * The check digit of the first eleven digits of an IIN or BIN: Σ dᵢ·wᵢ mod 11 with weights 1…11; when that is 10, again
 * with 3…11, 1, 2; null when it is 10 again, for such a number is never issued.
 * Source: the rules of forming identification numbers (order № 853 of 2008-08-22), as published by bcc.kz and kgd.gov.kz.
 */
export function checkDigit(elevenDigits: string): number | null {
  const remainder = (weights: number[]): number =>
    weights.reduce((sum, weight, i) => sum + weight * Number(elevenDigits[i]), 0) % 11;
  const first = remainder(FIRST_WEIGHTS);
  if (first < 10) return first;
  const second = remainder(SECOND_WEIGHTS);
  return second < 10 ? second : null;
}

/** What the seventh digit says of the century; the digit's parity says the sex, which the program does not read. */
const CENTURY_BY_DIGIT: Record<string, string> = { 1: '18', 2: '18', 3: '19', 4: '19', 5: '20', 6: '20' };

/**
 * Checks an individual identification number `YYMMDD G NNNN C` (spaces allowed). One wrong digit is always found, with
 * the two exceptions that lie in the rule itself and that the spec holds it to: weight 11 is 0 modulo 11, so a slip in
 * the eleventh digit (first weights) or the ninth (second weights) passes; and a slip that changes which weights judge
 * the number is found only by chance.
 * A foreigner's number with century digit 0 states no century and is refused: the birth date could not be checked.
 */
export function checkIin(text: string): IinCheck {
  const iin = text.replace(/\s/g, '');
  if (!TWELVE_DIGITS.test(iin)) return { ok: false, code: 'iin.length' };
  const century = CENTURY_BY_DIGIT[iin[6]!];
  if (century === undefined) return { ok: false, code: 'iin.century' };
  const birthDate = `${century}${iin.slice(0, 2)}-${iin.slice(2, 4)}-${iin.slice(4, 6)}`;
  if (!isCalendarDate(birthDate)) return { ok: false, code: 'iin.date' };
  if (checkDigit(iin.slice(0, 11)) !== Number(iin[11])) return { ok: false, code: 'iin.check_digit' };
  return { ok: true, iin, birthDate };
}

const KIND_BY_DIGIT: Record<string, BinKind> = { 4: 'resident', 5: 'non_resident', 6: 'joint_sole_trader' };

/** Checks a business identification number `YYMM T K NNNNN C` (spaces allowed). Its fifth digit tells it from an IIN. */
export function checkBin(text: string): BinCheck {
  const bin = text.replace(/\s/g, '');
  if (!TWELVE_DIGITS.test(bin)) return { ok: false, code: 'bin.length' };
  const month = Number(bin.slice(2, 4));
  if (month < 1 || month > 12) return { ok: false, code: 'bin.month' };
  const kind = KIND_BY_DIGIT[bin[4]!];
  if (kind === undefined) return { ok: false, code: 'bin.kind' };
  if (!'0123'.includes(bin[5]!)) return { ok: false, code: 'bin.division' };
  if (checkDigit(bin.slice(0, 11)) !== Number(bin[11])) return { ok: false, code: 'bin.check_digit' };
  return { ok: true, bin, registeredMonth: bin.slice(0, 4), kind, branch: bin[5] === '1' || bin[5] === '2' };
}

/** True for a `YYYY-MM-DD` that exists in the calendar. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
