import { hasWords, translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { Change, Outlook } from './core/counterfactuals.js';
import type { Failure } from './core/eligibility.js';
import type { MoveMismatch } from './core/mismatch.js';
import { LEAST_COUNTED, type OccupationSides } from './core/sides.js';
import type { MoveMoney } from '../programme/move-money.js';
import type { MoveMoneyAnswer } from '../programme/support.dto.js';
import type { EligibilityAnswer, SupportedMatch } from './household-matches.service.js';
import type {
  ChangesAnswerDto,
  EligibilityAnswerDto,
  FailureAnswer,
  HouseholdMatchAnswer,
  MoveMismatchAnswer,
  ObstaclesAnswerDto,
  PartAnswer,
} from './matching.dto.js';
import type { ChangesAnswer, ObstaclesAnswer } from './obstacles.service.js';
import type { StoredPart } from './proposal.entity.js';
import type { HouseholdMatch } from './household-matches.queries.js';

/** Parts with their words, and what is to be checked first. */
export function partsInWords(parts: readonly StoredPart[], language: Language): PartAnswer[] {
  return parts.map((part) => {
    const checks = (part.needsCheck ?? []).map((check) => translate(language, `check.${check}`));
    return { ...part, text: [translate(language, part.code), ...checks].join('; ') };
  });
}

/** Parts of a job at home: what is said of "there" in a move is said of the home region. */
function localPartsInWords(parts: readonly StoredPart[], language: Language): PartAnswer[] {
  return partsInWords(parts, language).map((part) =>
    hasWords(`local.${part.code}`) ? { ...part, text: translate(language, `local.${part.code}`) } : part,
  );
}

/** A ratio this near to one is told as about as many. */
const ABOUT_AS_MANY = 0.1;

/**
 * North and south for an occupation in a sentence that says what is counted, and against where a person lives: "here" for who
 * lives in the south of Table 1. One more sentence where few vacancies are counted.
 */
export function sidesInWords(sides: OccupationSides, language: Language): string {
  const { sector, home, bySector, byOccupation } = sides;
  const told = byOccupation ?? bySector!;
  const name = sector === null ? '' : translate(language, `sector.${sector}`);
  const few = told.north + told.south < LEAST_COUNTED;
  const words = (key: string, params: Record<string, string | number>): string => translate(language, key, params);
  const sentence = (): string => {
    if (told.ratio === null) return words('sides.only_north', { sector: name, north: told.north });
    const verdict = `${told.ratio < 1 - ABOUT_AS_MANY ? 'fewer' : told.ratio > 1 + ABOUT_AS_MANY ? 'more' : 'same'}_${home === 'south' ? 'here' : 'south'}`;
    const params = { ratio: told.ratio, sector: name, verdict: words(`sides.${verdict}`, {}) };
    if (byOccupation === null) return words('sides.sector', params);
    return bySector === null || bySector.ratio === null
      ? words('sides.occupation_alone', params)
      : words('sides.occupation', { ...params, sectorRatio: bySector.ratio });
  };
  return few ? `${sentence()} ${words('sides.few', { counted: told.north + told.south })}` : sentence();
}

/** Of a move written before `sides` were counted, its sector's serve. */
function sidesOfMove({ sector, sectorNorthSouth, sides }: MoveMismatch): OccupationSides | null {
  if (sides !== undefined) return sides;
  return sectorNorthSouth && { isco: '', sector, home: null, bySector: sectorNorthSouth, byOccupation: null };
}

/** Scarcity of the occupation at home and there, and of the person's own in north and south, each in a sentence. */
export function mismatchInWords(mismatch: MoveMismatch, language: Language): MoveMismatchAnswer {
  const { tensionHome, tensionThere } = mismatch;
  const texts = [translate(language, 'move_mismatch.occupation', { home: tensionHome, there: tensionThere })];
  const sides = sidesOfMove(mismatch);
  if (sides !== null) texts.push(sidesInWords(sides, language));
  return { ...mismatch, sides, texts };
}

/** The jobs at home beside a move, in words; null where there are none. */
export function localAlternativeInWords(
  local: HouseholdMatch['localAlternative'],
  language: Language,
): HouseholdMatchAnswer['localAlternative'] {
  return (
    local && {
      ...local,
      placements: local.placements.map((one) => ({
        ...one,
        synthetic: one.synthetic ?? false,
        parts: localPartsInWords(one.parts, language),
      })),
      comparison: local.comparison ?? null,
    }
  );
}

/** A move's money, with why there is no support in words. */
export function moneyInWords(money: MoveMoney, language: Language): MoveMoneyAnswer {
  const { refusal } = money;
  const text = (code: string): string => translate(language, code, refusal!.params);
  return { ...money, refusal: refusal && { code: refusal.code, text: text(refusal.code), verified: refusal.verified } };
}

export function matchInWords(match: SupportedMatch, language: Language): HouseholdMatchAnswer {
  const placements = match.placements.map((one) => ({
    ...one,
    parts: partsInWords(one.parts, language),
    mismatch: one.mismatch && mismatchInWords(one.mismatch, language),
  }));
  const localAlternative = localAlternativeInWords(match.localAlternative, language);
  return {
    ...match,
    parts: partsInWords(match.parts, language),
    placements,
    localAlternative,
    support: moneyInWords(match.support, language),
    worseThanStaying: localAlternative?.comparison?.worseThanStaying ?? false,
  };
}

export function eligibilityInWords(answer: EligibilityAnswer, language: Language): EligibilityAnswerDto {
  const inWords = (failures: readonly Failure[]): FailureAnswer[] =>
    failures.map((code) => ({ code, text: translate(language, code) }));
  return {
    householdId: answer.householdId,
    vacancyId: answer.vacancyId,
    floor: answer.floor,
    failures: inWords(answer.failures),
    seekers: answer.seekers.map(({ failures, explained, ...seeker }) => ({
      ...seeker,
      failures: inWords(failures),
      score: explained?.score ?? null,
      parts: partsInWords(explained?.parts ?? [], language),
    })),
  };
}

export function obstaclesInWords(answer: ObstaclesAnswer, language: Language): ObstaclesAnswerDto {
  return {
    householdId: answer.householdId,
    failures: answer.failures.map((code) => ({ code, text: translate(language, code) })),
    seekers: answer.seekers.map(({ obstacles, ...seeker }) => ({
      ...seeker,
      obstacles: obstacles.map((one) => ({
        ...one,
        text: translate(language, one.code, { vacancies: one.vacancies }),
      })),
    })),
  };
}

/** A change in words, without what it brings. `nameOf`: an occupation's name in the language. */
export function changeInWords(change: Change, language: Language, nameOf: (isco: string) => string): string {
  switch (change.code) {
    case 'change.driving':
      return translate(language, change.code, { category: change.category });
    case 'change.education':
      return translate(language, change.code, {
        education: translate(language, `page.my.education_${change.education}`),
      });
    case 'change.occupation':
      return translate(language, change.code, { occupation: nameOf(change.isco) });
    default:
      return translate(language, change.code);
  }
}

/** What a change brings, in a sentence: how many vacancies more, and how good the best is then. */
export function effectInWords(now: Outlook, then: Outlook, language: Language): string {
  const opened = translate(language, then.vacancies === now.vacancies ? 'change.opens_none' : 'change.opens', {
    now: now.vacancies,
    then: then.vacancies,
  });
  const [best, before] = [Math.round(then.best ?? 0), Math.round(now.best ?? 0)];
  if (best === 0) return opened;
  const compared = best > before ? 'change.better' : best < before ? 'change.weaker' : 'change.as_good';
  return `${opened} ${translate(language, now.best === null ? 'change.first' : compared, { best, before })}`;
}

export function changesInWords(
  { changes, ...answer }: ChangesAnswer,
  language: Language,
  nameOf: (isco: string) => string,
): ChangesAnswerDto {
  return {
    ...answer,
    failures: answer.failures.map((code) => ({ code, text: translate(language, code) })),
    changes: changes.map(({ change, outlook }) => ({
      code: change.code,
      seekerId: 'seekerId' in change ? change.seekerId : null,
      text: changeInWords(change, language, nameOf),
      effect: effectInWords(answer.now, outlook, language),
      outlook,
    })),
  };
}
