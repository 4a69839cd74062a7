/** Alphabets a short message is coded in, and how long one stands alone or as a part of several (3GPP TS 23.038, 23.040). */
export type SmsAlphabet = 'gsm7' | 'ucs2';
export interface SmsSize {
  alphabet: SmsAlphabet;
  /** Septets of GSM-7 (an extension character takes two) or 16-bit units of UCS-2 (a surrogate pair takes two). */
  units: number;
  parts: number;
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

/** Units of one message, and of each part when there are several (the parts' own header takes the rest). */
const CAPACITY = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

/**
 * The alphabet, length and number of parts of a text as networks charge for it. One character outside GSM-7 (any Kazakh
 * or Russian letter) puts the whole text into UCS-2. A character of two units is never cut in half: when it does not fit
 * at a part's end it starts the next part, so that parts are counted by filling them and not by dividing.
 */
export function measureSms(text: string): SmsSize {
  const characters = [...text];
  const alphabet: SmsAlphabet = characters.every((c) => BASIC.has(c) || EXTENSION.has(c)) ? 'gsm7' : 'ucs2';
  const width = (c: string): number => (alphabet === 'gsm7' ? (EXTENSION.has(c) ? 2 : 1) : c.length);
  const widths = characters.map(width);
  const units = widths.reduce((sum, w) => sum + w, 0);
  const { alone, part } = CAPACITY[alphabet];
  if (units <= alone) return { alphabet, units, parts: 1 };
  let parts = 1;
  let filled = 0;
  for (const w of widths) {
    if (filled + w > part) {
      parts += 1;
      filled = 0;
    }
    filled += w;
  }
  return { alphabet, units, parts };
}
