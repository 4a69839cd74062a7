/** Addresses that the URL parser answers as they are: most are of this form, and parsing costs twenty times the look. */
const USUAL = /^https?:\/\/(?:[a-z][a-z0-9]*\.)+[a-z]{2,10}\/[\w~/-]*$/;

const MESSENGER =
  /^https?:\/\/(?:[^/@?#]*@)?(?:[\w-]+\.)*(?:wa\.me|whatsapp\.com|t\.me|telegram\.(?:me|dog)|viber\.(?:com|click)|signal\.me|m\.me)\.?(?:[:/?#]|$)/i;

/** Whether an http(s) address leads to somebody in a messenger: a contact of a person, and no page of a vacancy. */
export const leadsToMessenger = (address: string): boolean => MESSENGER.test(address);

/** An http(s) address as it may become a link on a page; null for anything else. */
export function webAddressOf(text: string): string | null {
  const trimmed = text.trim();
  if (USUAL.test(trimmed)) return trimmed;
  const parsed = URL.parse(trimmed);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}
