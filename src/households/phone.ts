import { parsePhoneNumberFromString } from '../shared/phone-numbers.js';

/** A phone number as it is kept, or the code of what is wrong with it. */
export type PhoneCheck =
  { ok: true; e164: string; country: string; mobile: boolean } | { ok: false; code: 'household.phone_invalid' };

/**
 * Reads a phone number as people in Kazakhstan write it (`8 701 …`, `+7 (701) …`, `87172 …`) and normalises it to E.164.
 * Kazakhstan and Russia share +7; the numbering plans tell them apart (`country` KZ or RU).
 */
export function checkPhone(text: string): PhoneCheck {
  const number = parsePhoneNumberFromString(text, 'KZ');
  if (!number?.isValid() || number.country === undefined) return { ok: false, code: 'household.phone_invalid' };
  const type = number.getType();
  return {
    ok: true,
    e164: number.number,
    country: number.country,
    mobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
  };
}
