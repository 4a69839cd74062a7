import { Injectable } from '@nestjs/common';
import type { Language } from '../../i18n/i18n.js';
import { placeName } from '../../reference/place-name.js';
import { PlaceService } from '../../reference/place.service.js';

/** Names repeat: of so many places those of one region are taken first. */
const MOST_LOOKED_AT = 200;

/** Where a vacancy is, as far as its words were understood. */
interface VacancyPlace {
  kato: string | null;
  districtKato: string | null;
  placeMatch: string;
}

/** Names of regions and places in the reader's language. */
@Injectable()
export class PlaceNames {
  constructor(private readonly places: PlaceService) {}

  region(language: Language, code: string): string {
    const region = this.places.regions().find((one) => one.code === code);
    if (region === undefined) return code;
    return placeName(language, region);
  }

  /** A region without the word for it, as tables of many columns name it: «Павлодарская», where no city is called the same. */
  shortRegion(language: Language, code: string): string {
    const name = this.region(language, code);
    const bare = name.replace(REGION_WORD, '');
    return this.regions(language).some((other) => other.code !== code && other.name === bare) ? name : bare;
  }

  /** Every region with its name, in the order of the reader's alphabet. */
  regions(language: Language): { code: string; name: string }[] {
    return this.places
      .regions()
      .map(({ code }) => ({ code, name: this.region(language, code) }))
      .sort((a, b) => a.name.localeCompare(b.name, language));
  }

  /** A place of the classifier, which has Kazakh and Russian names only: English reads the Russian one in Latin letters. */
  place(language: Language, kato: string): string {
    const place = this.places.place(kato);
    return place === null ? kato : placeName(language, place);
  }

  /**
   * Places that a text may mean, in full, as the program reads them back: `Павлодарская область, г. Экибастуз`. Those of a region
   * first where one is given.
   */
  suggest(language: Language, text: string, limit: number, regionCode: string | null = null): string[] {
    const all = this.places.suggest(text, regionCode === null ? limit : MOST_LOOKED_AT);
    const isThere = (kato: string): boolean =>
      regionCode !== null && this.places.place(kato)?.regionCode === regionCode;
    const nearest = [...all.filter(isThere), ...all.filter((kato) => !isThere(kato))].slice(0, limit);
    const found = nearest.flatMap((kato) => {
      const written = [language, 'ru' as const].map((one) => this.inFull(one, kato));
      return written.find((words) => this.places.resolve(words, null).kato === kato) ?? [];
    });
    return [...new Set(found)];
  }

  /** Region, district and place, as the program reads them back. */
  inFull(language: Language, kato: string): string {
    const place = this.places.place(kato);
    if (place === null) return kato;
    const own = this.place(language, kato);
    const region = this.region(language, place.regionCode);
    const { districtKato } = place;
    const isInDistrict = districtKato !== null && districtKato !== kato;
    const district = isInDistrict ? this.place(language, districtKato) : own;
    return [...new Set([region, district, own])].join(', ');
  }

  /** The nearest place of a vacancy that is known; null when only its region is. */
  localityOf(language: Language, { kato, placeMatch, districtKato }: VacancyPlace): string | null {
    const nearest = placeMatch === 'settlement' ? (kato ?? districtKato) : districtKato;
    return nearest === null ? null : this.place(language, nearest);
  }

  /** Settlement, district, region; a city that is its own district, or its own region, is said once. */
  ofVacancy(language: Language, vacancy: VacancyPlace & { region: string }): string {
    const district = vacancy.districtKato === null ? null : this.place(language, vacancy.districtKato);
    const locality = this.localityOf(language, vacancy);
    const region = this.region(language, vacancy.region);
    const parts = [locality, isSame(locality, district) ? null : district, isSame(district, region) ? null : region];
    return parts.filter((part) => part !== null && part !== '').join(', ') || region;
  }

  /** Districts of a region, and cities that count as one, in the order of the reader's alphabet. */
  districts(language: Language, regionCode: string): { kato: string; name: string }[] {
    return this.places
      .districts(regionCode)
      .map(({ kato }) => ({ kato, name: this.place(language, kato) }))
      .sort((a, b) => a.name.localeCompare(b.name, language));
  }
}

/** «г. Петропавловск» and «Петропавловск қ.» name one city; a district's name says that it is none. */
function isSame(a: string | null, b: string | null): boolean {
  const bare = (name: string): string => name.replace(/^г\. ?|\s*(қ\.|қаласы|\(city\)|city)$/giu, '').toLowerCase();
  return a !== null && b !== null && bare(a) === bare(b);
}

const REGION_WORD = /^область\s+|\s+(?:область|облысы|Region)$/u;
