import { hasWords, translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { Failure } from './core/eligibility.js';
import type { MoveMismatch } from './core/mismatch.js';
import type { EligibilityAnswer } from './household-matches.service.js';
import type {
  EligibilityAnswerDto,
  FailureAnswer,
  HouseholdMatchAnswer,
  MoveMismatchAnswer,
  PartAnswer,
} from './matching.dto.js';
import type { StoredPart } from './proposal.entity.js';
import type { HouseholdMatch } from './proposal.queries.js';

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

/** Scarcity of the occupation at home and there, and of the sector in north and south, each in a sentence. */
export function mismatchInWords(mismatch: MoveMismatch, language: Language): MoveMismatchAnswer {
  const { tensionHome, tensionThere, sector, sectorNorthSouth } = mismatch;
  const texts = [translate(language, 'move_mismatch.occupation', { home: tensionHome, there: tensionThere })];
  if (sectorNorthSouth !== null) {
    const { north, south, ratio } = sectorNorthSouth;
    const name = translate(language, `sector.${sector}`);
    texts.push(
      ratio === null
        ? translate(language, 'move_mismatch.sector_only_north', { sector: name, north })
        : translate(language, 'move_mismatch.sector', { sector: name, north, south, ratio }),
    );
  }
  return { ...mismatch, texts };
}

/** The jobs at home beside a move, in words; null where there are none. */
export function localAlternativeInWords(
  local: HouseholdMatch['localAlternative'],
  language: Language,
): HouseholdMatchAnswer['localAlternative'] {
  return (
    local && {
      ...local,
      placements: local.placements.map((one) => ({ ...one, parts: localPartsInWords(one.parts, language) })),
      comparison: local.comparison ?? null,
    }
  );
}

export function matchInWords(match: HouseholdMatch, language: Language): HouseholdMatchAnswer {
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
    worseThanStaying: localAlternative?.comparison?.worseThanStaying ?? false,
  };
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
