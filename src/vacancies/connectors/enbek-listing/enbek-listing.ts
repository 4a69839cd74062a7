import type { CheerioAPI } from 'cheerio';
import { Problem } from '../../../shared/problem.js';
import type { Connector, ReadContext, ReadEvent } from '../../connector.js';
import { badgesOfCard } from '../badges.js';
import { readWhole } from '../bytes.js';
import { isForeignAddress } from '../enbek-address.js';
import { type JsonObject, isObject, parseLenientJson } from '../json-ld.js';
import { parsePage } from '../page-dom.js';
import { removeContacts } from '../personal-contacts.js';
import { oneLine } from '../plain-text.js';
import { RecordFault } from '../record-fields.js';
import { type Card, claimOfCard } from './card.js';

const MAX_BYTES = 10 * 1_048_576;
const MAX_RAW_CHARACTERS = 20_000;
const SELECTOR = 'div.item-list[wire\\:key^="item-"]';

/**
 * A results page of enbek.kz that a person saved (programs may not walk the listings, see its robots.txt): its cards, or the same
 * cards as a JSON array. A card knows less than a page: no openings, no employment, no duties, and of the pay
 * often only the lower bound; those fields are left as they are.
 *
 * Refused as a whole: `file.empty`, `file.encoding`, `file.gzip`, `file.too_large` (10 MB), `listing.not_a_listing`. A listing that found
 * nothing is a header without vacancies. Refused alone: `record.missing_field`, `record.invalid_date`, `record.pay_reversed`, `record.duplicate_id`.
 */
export const enbekListing: Connector = {
  name: 'enbek-listing',
  defaultSource: 'enbek',

  recognises(head, origin) {
    if (isForeignAddress(origin)) return false;
    if (/wire:key=["']item-\d+/.test(head)) return true;
    if (/<(?:link|meta)[^>]+enbek\.kz\/(?:ru|kk|en)\/search\/vacancy/i.test(head)) return true;
    if (/^https?:\/\/(?:www\.)?enbek\.kz\/(?:ru|kk|en)\/search\/vacancy/i.test(origin)) return true;
    return /^\s*\[\s*\{/.test(head) && /"href"\s*:\s*"[^"]*\/vacancy\//.test(head);
  },

  async *read(bytes, context) {
    if (isForeignAddress(context.origin)) throw new Problem('listing.not_a_listing', 422);
    const cards = collect(await readWhole(bytes, MAX_BYTES));
    yield { kind: 'header', complete: false, generatedAt: null, count: cards.length };
    const seen = new Set<string>();
    for (const { card, raw } of cards) yield readOne(card, raw, context, seen);
  },
};

interface FoundCard {
  card: Card;
  raw: string;
}

function collect(text: string): FoundCard[] {
  if (/^\s*[[{]/.test(text)) return collectJson(text);
  const $ = parsePage(text);
  const cards = $(SELECTOR)
    .toArray()
    .map((element) => ({ card: cardOfHtml($, $(element)), raw: $.html(element).replace(/\s{2,}/g, '\n') }));
  if (cards.length === 0 && !hasVacancyListSnapshot($)) throw new Problem('listing.not_a_listing', 422);
  return cards;
}

/** Livewire keeps the list's totals in an attribute as JSON; a search without results still has them. */
function hasVacancyListSnapshot($: CheerioAPI): boolean {
  return $('[wire\\:snapshot]')
    .toArray()
    .some((element) => {
      try {
        const snapshot = parseLenientJson($(element).attr('wire:snapshot') ?? '');
        if (!isObject(snapshot)) return false;
        const memo = isObject(snapshot['memo']) ? snapshot['memo'] : {};
        return (
          memo['name'] === 'vacancy-list' ||
          (isObject(snapshot['data']) && typeof snapshot['data']['vacancyCount'] === 'number')
        );
      } catch {
        return false;
      }
    });
}

function cardOfHtml($: CheerioAPI, card: ReturnType<CheerioAPI>): Card {
  const text = (selector: string): string | null => oneLine(card.find(selector).first().text()) || null;
  const link = card.find('.title a.stretched, .title a[href*="/vacancy/"]').first();
  return {
    id: /^item-(\d+)$/.exec(card.attr('wire:key') ?? '')?.[1] ?? null,
    href: link.attr('href') ?? null,
    title: oneLine(link.text()) || text('.title'),
    subtitle: text('.subtitle'),
    profobl: text('.profobl span') ?? text('.profobl'),
    price: text('.price'),
    company: text('li.company'),
    location: text('li.location'),
    experience: text('li.experience'),
    time: text('li.time'),
    education: text('li.education'),
    published: text('.right-content .text-nowrap') ?? text('.text-nowrap'),
    badges: badgesOfCard($, card),
  };
}

/** What else a card of JSON holds (a person's name) is not kept. */
const CARD_FIELDS: ReadonlySet<string> = new Set(
  'id href title subtitle profobl price company location experience time education published forwhom'.split(' '),
);

function collectJson(text: string): FoundCard[] {
  let parsed: unknown;
  try {
    parsed = parseLenientJson(text);
  } catch {
    throw new Problem('record.invalid_json', 422);
  }
  const list = Array.isArray(parsed) ? (parsed as unknown[]) : [parsed];
  if (!list.every((item) => isObject(item) && 'href' in item)) throw new Problem('listing.not_a_listing', 422);
  return list.filter(isObject).map((whole) => {
    const item: JsonObject = Object.fromEntries(Object.entries(whole).filter(([name]) => CARD_FIELDS.has(name)));
    const text = (name: string): string | null => {
      const value = item[name];
      return typeof value === 'string' || typeof value === 'number' ? oneLine(String(value)) || null : null;
    };
    const badges = Array.isArray(item['forwhom']) ? (item['forwhom'] as unknown[]) : null;
    return {
      raw: JSON.stringify(item),
      card: {
        id: text('id'),
        href: text('href'),
        title: text('title'),
        subtitle: text('subtitle'),
        profobl: text('profobl'),
        price: text('price'),
        company: text('company'),
        location: text('location'),
        experience: text('experience'),
        time: text('time'),
        education: text('education'),
        published: text('published'),
        badges: badges && badges.filter((badge) => typeof badge === 'string'),
      },
    };
  });
}

function readOne(card: Card, rawText: string, context: ReadContext, seen: Set<string>): ReadEvent {
  const raw = removeContacts(rawText).slice(0, MAX_RAW_CHARACTERS);
  try {
    const { claim, warnings } = claimOfCard(card, context);
    if (seen.has(claim.externalId)) throw new RecordFault('record.duplicate_id', 'id', { id: claim.externalId });
    seen.add(claim.externalId);
    return { kind: 'vacancy', ref: claim.externalId, claim, raw, warnings };
  } catch (fault) {
    if (!(fault instanceof RecordFault)) throw fault;
    const { code, field, params } = fault;
    return { kind: 'rejected', ref: card.id ?? 'card', externalId: card.id, code, field, params, raw };
  }
}
