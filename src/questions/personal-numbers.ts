import { removeContacts } from '../vacancies/connectors/personal-contacts.js';

/** Twelve digits that begin with a day of the calendar, however they are parted: an IIN, or what looks like one. */
const LIKE_IIN = /(?<!\d)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?[0-6](?:[ -]?\d){5}(?![ -]?\d)/u;

/** True when a text holds a number that may be somebody's IIN. Such a text is not taken in: nobody here needs it. */
export function mayHoldIin(text: string): boolean {
  return LIKE_IIN.test(text);
}

/** Sums of money and dates, whose groups of digits stand side by side as those of a phone number do. */
const SUMS_AND_DATES =
  /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?=\s*(?:₸|тг|тенге|теңге|tenge|[.,;:)–-]|\s*$))|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{2}\.\d{4}/giu;

/**
 * True when a text holds what leads to a person: an IIN, a phone number, an e-mail or messenger address, a named contact. Such a
 * text never becomes public. Sums of money and dates are no phone numbers.
 */
export function mayHoldContacts(text: string): boolean {
  if (mayHoldIin(text)) return true;
  const rest = text.replace(SUMS_AND_DATES, ' · ');
  return removeContacts(rest) !== rest;
}
