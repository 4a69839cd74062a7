import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { Failure } from './core/eligibility.js';
import type { EligibilityAnswer } from './household-matches.service.js';
import type { EligibilityAnswerDto, FailureAnswer, HouseholdMatchAnswer, PartAnswer } from './matching.dto.js';
import type { StoredPart } from './proposal.entity.js';
import type { HouseholdMatch } from './proposal.queries.js';

/** Parts with their words, and what is to be checked first. */
export function partsInWords(parts: readonly StoredPart[], language: Language): PartAnswer[] {
  return parts.map((part) => {
    const checks = (part.needsCheck ?? []).map((check) => translate(language, `check.${check}`));
    return { ...part, text: [translate(language, part.code), ...checks].join('; ') };
  });
}

export function matchInWords(match: HouseholdMatch, language: Language): HouseholdMatchAnswer {
  const placements = match.placements.map((one) => ({ ...one, parts: partsInWords(one.parts, language) }));
  return { ...match, parts: partsInWords(match.parts, language), placements };
}

export function eligibilityInWords(answer: EligibilityAnswer, language: Language): EligibilityAnswerDto {
  const inWords = (failures: readonly Failure[]): FailureAnswer[] =>
    failures.map((code) => ({ code, text: translate(language, code) }));
  return {
    householdId: answer.householdId,
    vacancyId: answer.vacancyId,
    failures: inWords(answer.failures),
    seekers: answer.seekers.map(({ seekerId, eligible, failures, explained }) => ({
      seekerId,
      eligible,
      failures: inWords(failures),
      score: explained?.score ?? null,
      parts: partsInWords(explained?.parts ?? [], language),
    })),
  };
}
