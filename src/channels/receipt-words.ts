import { hasWords, translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';

/** What a receipt says in codes. */
export interface ReceiptCodes {
  status: string;
  errorCode: string | null;
  suppressedReason: string | null;
  inDoubt: boolean;
}

/**
 * A receipt in sentences: how the notice ended or stands, why, and whether that is in doubt. On a receipt that says `sent`, the
 * error is why the notice did not go by the household's own channel. A code without words is named as it is.
 */
export function receiptInWords(receipt: ReceiptCodes, language: Language): string {
  const { status, errorCode, suppressedReason, inDoubt } = receipt;
  const codes = [
    `receipt.status.${status}`,
    ...(suppressedReason === null ? [] : [`receipt.reason.${suppressedReason}`]),
    ...(errorCode === null ? [] : [`receipt.error.${errorCode}`]),
    ...(inDoubt ? ['receipt.in_doubt'] : []),
  ];
  return codes.map((code) => (hasWords(code) ? translate(language, code) : `${code}.`)).join(' ');
}
