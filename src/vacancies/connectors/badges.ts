import type { VacancyClaim } from '../connector.js';
import { comparable } from './enbek-codes.js';

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

/**
 * Tags by the badges of a page or card. A badge «С предоставлением жилья» is the employer's claim of housing; without known badges
 * nothing is said, so both fields are left out.
 */
export function readBadges(badges: readonly string[]): Pick<VacancyClaim, 'tags' | 'housing'> {
  const tags = badges.flatMap((badge) => BADGES.find(([pattern]) => pattern.test(comparable(badge)))?.[1] ?? []);
  if (tags.length === 0) return {};
  return { tags: [...new Set(tags)], ...(tags.includes('housing') ? { housing: 'provided' } : {}) };
}
