import type { ReadContext, VacancyClaim, Warning } from '../../connector.js';
import { readBadges } from '../badges.js';
import { readDate } from '../dates.js';
import { enbekIdOfUrl } from '../enbek-address.js';
import { areaOfWords, educationOfWords, experienceOfWords, scheduleOfWords } from '../enbek-codes.js';
import { RecordFault, knownWord, refuseReversedPay, shown, unknownWords } from '../record-fields.js';
import { isOtherPeriod, isUnreadPay, payOfOtherPeriod, readPayText } from '../salary-text.js';

/** The texts of one card as they stand on the page; null where the card has none. */
export interface Card {
  id: string | null;
  href: string | null;
  title: string | null;
  subtitle: string | null;
  profobl: string | null;
  price: string | null;
  company: string | null;
  location: string | null;
  experience: string | null;
  time: string | null;
  education: string | null;
  published: string | null;
  /** Null: the card has no place for badges, which says nothing of them. */
  badges: string[] | null;
}

const ENBEK = 'https://www.enbek.kz';

/**
 * One card → claim. A card that names only the lower pay does not speak of the upper one: the page of the same vacancy may.
 * Throws `RecordFault` `record.missing_field`, `record.invalid_date`, `record.pay_reversed`.
 */
export function claimOfCard(card: Card, { today }: ReadContext): { claim: VacancyClaim; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const required = (value: string | null, field: string): string => {
    if (value === null) throw new RecordFault('record.missing_field', field);
    return value;
  };
  const words = <Word>(field: string, text: string | null, wordOf: (text: string) => Word | null) =>
    text === null ? null : knownWord(field, text, wordOf, warnings);
  const claim: VacancyClaim = {
    externalId: required(cardId(card), 'id'),
    title: required(card.title, 'title'),
    locationText: required(card.location, 'location'),
    employer: { name: required(card.company, 'company') },
    publishedOn: publishedOn(card, today, warnings),
    ...(card.published === null ? { publishedUnstated: true } : {}),
    url: card.href !== null && URL.canParse(card.href, ENBEK) ? new URL(card.href, ENBEK).href : undefined,
    subtitle: card.subtitle,
    // Every vacancy of Enbek's has an area: a card on which none is found was not understood.
    areaId: words('profobl', card.profobl, areaOfWords) ?? undefined,
    ...readPay(card.price, warnings),
    schedule: words('time', card.time, scheduleOfWords),
    education: words('education', card.education, educationOfWords),
    experience: words('experience', card.experience, experienceOfWords),
    ...readBadges(card.badges, warnings),
    archived: false,
  };
  return { claim, warnings };
}

function cardId(card: Card): string | null {
  if (card.id !== null && /^\d{1,18}$/.test(card.id)) return card.id;
  return card.href === null ? null : enbekIdOfUrl(card.href);
}

/** «Опубликовано 03.09.2026»; a card without a date was published by the day it is read, which a warning says. */
function publishedOn(card: Card, today: string, warnings: Warning[]): string {
  if (card.published === null || /сегодня|бүгін/iu.test(card.published)) {
    if (card.published === null) warnings.push({ code: 'listing.published_unknown', field: 'published' });
    return today;
  }
  const text = /\d{2}[.-]\d{2}[.-]\d{4}|\d{4}-\d{2}-\d{2}/.exec(card.published)?.[0];
  const date = text === undefined ? null : readDate(text);
  if (date === null) throw new RecordFault('record.invalid_date', 'published', { value: shown(card.published) });
  return date;
}

function readPay(price: string | null, warnings: Warning[]): Pick<VacancyClaim, 'payMinTenge' | 'payMaxTenge'> {
  if (price !== null && isOtherPeriod(price)) {
    warnings.push(payOfOtherPeriod(price));
    return { payMinTenge: null, payMaxTenge: null };
  }
  if (price !== null && isUnreadPay(price)) {
    warnings.push(unknownWords('price', price));
    return {};
  }
  const pay = price === null ? null : readPayText(price);
  if (pay === null) return { payMinTenge: null, payMaxTenge: null };
  refuseReversedPay('price', pay.min, pay.max);
  return { payMinTenge: pay.min, payMaxTenge: pay.max ?? undefined };
}
