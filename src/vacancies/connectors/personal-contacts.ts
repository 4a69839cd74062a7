import { KAZAKH_PHONE, findPhoneNumbersInText } from '../../shared/phone-numbers.js';

/** What stands where a contact was. */
const REMOVED = '[…]';

const E_MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const MESSENGER =
  /(?:https?:\/\/)?(?:www\.)?(?:wa\.me|t\.me|telegram\.me|api\.whatsapp\.com|instagram\.com|vk\.com)\/[^\s"'<>,;)\]}\\]*/giu;
const HANDLE = /(?<![\p{L}\p{N}._%+-])@[A-Za-z][A-Za-z0-9_]{3,31}/gu;
/** Enough digits, parted only as phone numbers are, for the slow search to be worth while. */
const MAYBE_PHONE = /(?:\d[\s().+/–-]{0,3}){9}\d/u;
/** Kazakhstan's numbers in full, but no document's; several in a row confuse the library, which stays for all other spellings. */
const NO_DOCUMENT = new RegExp(String.raw`(?<!\d)(?:(?=\+)|(?<!№\s?))${KAZAKH_PHONE}(?!\d)`, 'gu');
/** A short local number has no country code, so it is known by the word before it. */
const LOCAL_PHONE =
  /((?<!\p{L})(?:телефоны?|телефону|тел|сотовый|сот|моб|факс|phone|tel|whats\s?app|ватсап|вацап|байланыс|конт\.?\s?тел)[.:№\s-]{1,6})(\+?\d(?:[\s().–-]{0,3}\d){4,13})/giu;
const CONTACT_PERSON =
  /((?<!\p{L})(?:контактное лицо|контактные лица|байланысушы тұлға|байланыс тұлғасы|contact person)\s*[:–-]\s*)[^\n;|"<>]{2,120}/giu;
/** Who answers at a contact that was removed: up to three capitalised words or initials that end there, «[…], Айгүл», «[…] (Примерова А.Б.)». */
const NAME_BESIDE =
  /(\[…\]\s*[,(–-]\s*)\p{Lu}\p{Ll}{1,20}(?:\s+\p{Lu}\p{Ll}{1,20}|\s*\p{Lu}\.){0,2}(?=\s*(?:[).,;!\n]|$))/gu;
/** An individual's number: birth date, then a century digit below 4 (a BIN has 4, 5 or 6 there). */
const INDIVIDUAL_NUMBER_ONCE = /(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-6]\d{5}(?!\d)/;
const INDIVIDUAL_NUMBER = new RegExp(INDIVIDUAL_NUMBER_ONCE, 'g');

/** Something that only a text with contacts can have: most texts have none of it and are left at once. */
const MARKS = /@|\.(?:me|com)\/|контактн|байланыс|contact|\d(?:[\s().+/–-]{0,3}\d){4}/iu;

/**
 * The text without phone numbers (Kazakhstan's and any with a `+`), e-mail addresses, messenger links and handles, named
 * contact persons and individual identification numbers. Contacts of persons are not stored; everything else stays as it was.
 */
export function removeContacts(text: string): string {
  if (!MARKS.test(text)) return text;
  let result = text;
  if (result.includes('@')) result = result.replace(E_MAIL, REMOVED).replace(HANDLE, REMOVED);
  result = result
    .replace(MESSENGER, REMOVED)
    .replace(CONTACT_PERSON, `$1${REMOVED}`)
    .replace(LOCAL_PHONE, `$1${REMOVED}`)
    .replace(INDIVIDUAL_NUMBER, REMOVED)
    .replace(NO_DOCUMENT, REMOVED);
  if (MAYBE_PHONE.test(result)) result = removePhones(result);
  return result === text ? text : result.replace(NAME_BESIDE, `$1${REMOVED}`);
}

function removePhones(text: string): string {
  let result = '';
  let from = 0;
  for (const found of findPhoneNumbersInText(text, 'KZ')) {
    const { startsAt, endsAt } = found;
    if (startsAt < from) continue;
    const [before, after] = [text.slice(Math.max(0, startsAt - 2), startsAt), text.slice(endsAt, endsAt + 20)];
    if (isAnotherNumber(text.slice(startsAt, endsAt), before, after)) continue;
    result += text.slice(from, startsAt) + REMOVED;
    from = endsAt;
  }
  return result + text.slice(from);
}

/** Two amounts of thousands with a dash between. */
const PAY_RANGE = /(?<!\d)\d{2,3}\s000\s+[-–—]\s+\d{2,3}\s000(?!\d)/u;
/** Digits in which no thousands stand are no pay, whatever follows: «тг» is Telegram, too. */
const AMOUNT = /^[\d\s–—-]*000[\d\s–—-]*$/u;
const CURRENCY_AFTER = /^\s*(?:₸|(?:тенге|теңге|тг)(?!\p{L}))/iu;

/** Whether what looks like a phone number is pay or the number of a document. */
function isAnotherNumber(found: string, before: string, after: string): boolean {
  if (found.startsWith('+')) return false;
  return /№\s?$/.test(before) || PAY_RANGE.test(found) || (AMOUNT.test(found) && CURRENCY_AFTER.test(after));
}

/** Fields whose digits identify the record itself and are no contacts. */
const IDENTIFYING = new Set(['id', 'uid', 'url', 'kato', 'bin']);
const MAX_DEPTH = 24;

/** A parsed JSON value without contacts in any of its texts, for the raw text of a record that is kept for its repair. */
export function removeContactsDeep(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return removeContacts(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => removeContactsDeep(item, depth + 1));
  const kept = Object.entries(value).filter(([key, item]) => !isContact(key, item));
  const entries = kept.map(([key, item]): [string, unknown] => [
    key,
    IDENTIFYING.has(key) && typeof item === 'string' && !item.includes('@') && item.length < 300
      ? keepIdentity(item)
      : removeContactsDeep(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

const CONTACT_KEY = /contact|phone|^fax|^e-?mail$/i;

/** What schema.org says of how to reach somebody: `contactPoint`, `applicationContact`, a Person other than a firm that is one. */
function isContact(key: string, item: unknown): boolean {
  if (CONTACT_KEY.test(key)) return true;
  const types = [item].flat().flatMap((one) => (one as { '@type'?: unknown } | null)?.['@type']);
  return types.some((type) => type === 'ContactPoint' || (type === 'Person' && key !== 'hiringOrganization'));
}

/** A BIN field may hold a sole trader's own number, and an address lead to a messenger: these are a person's. */
function keepIdentity(text: string): string {
  return text.replace(MESSENGER, REMOVED).replace(INDIVIDUAL_NUMBER, REMOVED);
}

const IDENTIFYING_PAIR = /"(?:id|uid|url|kato|bin)"\s*:\s*"[^"@]*"/g;
const CONTACT_WORDS =
  /wa\.me|t\.me|telegram\.me|whatsapp|instagram\.com|vk\.com|контактн|байланыс|contact person|тел[.:\s]|телефон|сот[.:\s]|моб[.:\s]|факс|tel[.:\s]|phone|ватсап|вацап/i;

/** Whether the raw text of a record can hold anything that `removeContacts` removes: cheap, may say yes in vain. */
export function mayHoldContacts(raw: string): boolean {
  if (raw.includes('@') || CONTACT_WORDS.test(raw) || INDIVIDUAL_NUMBER_ONCE.test(raw)) return true;
  return MAYBE_PHONE.test(raw.replace(IDENTIFYING_PAIR, ''));
}
