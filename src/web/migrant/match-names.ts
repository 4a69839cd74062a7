import type { Language } from '../../i18n/language.js';
import type { OccupationService } from '../../occupations/occupation.service.js';
import type { PlaceNames } from '../site/place-names.js';
import type { MatchNames } from './match-card.js';

/** What a household's pages call regions, places and occupations in a language. */
export function matchNames(places: PlaceNames, occupations: OccupationService, language: Language): MatchNames {
  return {
    region: (code) => places.region(language, code),
    place: (kato) => places.place(language, kato),
    occupation: (isco) => occupations.nameOf(isco, language),
  };
}
