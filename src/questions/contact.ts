import { isEmail } from 'class-validator';
import { randomBytes } from 'node:crypto';
import { decryptIin, encryptIin, type IinKeys } from '../households/iin-cipher.js';
import { checkPhone } from '../households/phone.js';
import { Problem } from '../shared/problem.js';

/** Where the answer goes: a mobile number of Kazakhstan, or an e-mail address. */
export interface Contact {
  channel: 'sms' | 'email';
  address: string;
}

const LONGEST_ADDRESS = 254;

/** Reads what somebody wrote as their phone or e-mail. Error: `question.contact_unclear` (422). */
export function readContact(text: string): Contact {
  const typed = text.trim();
  if (typed.includes('@')) {
    const address = typed.toLowerCase();
    if (isEmail(address) && address.length <= LONGEST_ADDRESS) return { channel: 'email', address };
    throw unclear('question.email_invalid');
  }
  const phone = checkPhone(typed);
  // Every message abroad would be paid for by the programme, and a landline takes none.
  if (phone.ok && phone.mobile && phone.country === 'KZ') return { channel: 'sms', address: phone.e164 };
  throw unclear('question.phone_invalid');
}

function unclear(code: string): Problem {
  return new Problem(code, 422, {}, [{ field: 'contact', code }]);
}

/** A contact as it is kept: encrypted as an IIN is, for this question alone. */
export function sealContact(address: string, questionId: string, keys: IinKeys): Buffer {
  return encryptIin(address, questionId, keys, randomBytes);
}

/** The address again; null when the key it was sealed with is gone. */
export function openContact(cipher: Buffer, questionId: string, keys: IinKeys): string | null {
  try {
    return decryptIin(cipher, questionId, keys);
  } catch {
    return null;
  }
}
