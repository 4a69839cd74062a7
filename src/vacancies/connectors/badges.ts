import type { CheerioAPI } from 'cheerio';
import type { VacancyClaim, Warning } from '../connector.js';
import { comparable } from './enbek-codes.js';
import { oneLine } from './plain-text.js';
import { knownWord } from './record-fields.js';

/** Enbek's tags by the words of their badges, in Russian as its filters name them and in Kazakh. */
const BADGES: readonly (readonly [RegExp, string])[] = [
  [/предоставлени\S* жиль|жиль\S* предоставл|тұрғын үй|баспана/u, 'housing'],
  [/молодеж|жастар/u, 'youth'],
  [/инвалид|мүгедек/u, 'disability'],
  [/освобожденн|бас бостандығы/u, 'liberated'],
  [/рабочие профессии|жұмысшы мамандық/u, 'wp'],
  [/профессиональн\S* практик|кәсіптік практика|кәсіби практика/u, 'practice'],
  [/от 14 лет|14 жастан/u, 'school'],
  [/иностранн\S* работник|шетелдік/u, 'irs'],
];

type Element = ReturnType<CheerioAPI>;

/** The badges of a page itself: those in the employer's block and on cards of other vacancies are theirs. */
export function badgesOfPage($: CheerioAPI): string[] | null {
  return badgesIn(
    $,
    $('.forwhom').filter((_, place) => $(place).closest('.item-list').length === 0),
  );
}

/** The badges of a card of the listing. */
export function badgesOfCard($: CheerioAPI, card: Element): string[] | null {
  return badgesIn($, card.find('.forwhom'));
}

/** The badges in their place (`.forwhom`); null when there is no such place. */
function badgesIn($: CheerioAPI, place: Element): string[] | null {
  return place.length === 0
    ? null
    : place
        .find('span')
        .toArray()
        .map((badge) => oneLine($(badge).text()))
        .filter((text) => text !== '');
}

/**
 * Tags by the badges of a page or card. A badge «С предоставлением жилья» is the employer's claim of housing. Badges without it
 * say that the tag is gone, and with the tag what was known by it (`vacancy-columns.ts`); so does a place for badges that is empty. Without
 * that place nothing is said. Nor is it beside a badge nobody knows, which may be the one of housing in new words.
 */
export function readBadges(
  badges: readonly string[] | null,
  warnings: Warning[],
): Pick<VacancyClaim, 'tags' | 'housing'> {
  if (badges === null) return {};
  const known = badges.map((badge) => knownWord('tags', badge, tagOfWords, warnings));
  const tags = [...new Set(known.filter((tag) => tag !== undefined))];
  if (tags.includes('housing')) return { tags, housing: 'provided' };
  return known.includes(undefined) ? {} : { tags };
}

function tagOfWords(badge: string): string | null {
  return BADGES.find(([pattern]) => pattern.test(comparable(badge)))?.[1] ?? null;
}
