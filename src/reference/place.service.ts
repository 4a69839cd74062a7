import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { buildPlaceIndex, type PlaceAliasRow, type PlaceIndex, type PlaceRow, type RegionRow } from './place-index.js';
import { type PlaceSuggestions, buildPlaceSuggestions, suggestPlaces } from './place-suggestions.js';
import { matchOf, type PlaceMatch, resolveMoved, resolvePlace } from './place-resolver.js';
import type { SettlementType } from './kato.js';
import { allPlaceAliases, allPlaces, allRegions } from './reference.queries.js';

/** Texts repeat a great deal; the cache is emptied rather than pruned. */
const MOST_CACHED = 50_000;

/** A place with its names, for pages and messages. */
export interface NamedPlace {
  kato: string;
  regionCode: string;
  districtKato: string | null;
  settlementType: SettlementType | null;
  nameRu: string;
  nameKk: string;
  /** Of a region: the classifier has no English names. */
  nameEn?: string;
}

/** Places of the classifier, read once at the start: the reference data is loaded before the application starts. */
@Injectable()
export class PlaceService implements OnModuleInit {
  private rows = new Map<string, PlaceRow>();
  private regionRows: RegionRow[] = [];
  private aliases: PlaceAliasRow[] = [];
  private built: PlaceIndex | null = null;
  private suggestions: PlaceSuggestions | null = null;
  private readonly cache = new Map<string, PlaceMatch>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  async reload(): Promise<void> {
    const [places, regions, aliases] = await Promise.all([
      allPlaces(this.dataSource),
      allRegions(this.dataSource),
      allPlaceAliases(this.dataSource),
    ]);
    this.rows = new Map(places.map((place) => [place.kato, place]));
    this.regionRows = regions;
    this.aliases = aliases;
    this.built = null;
    this.suggestions = null;
    this.cache.clear();
  }

  /** Taking all names apart costs some tenths of a second: whoever resolves the first place pays it, not every start. */
  private get index(): PlaceIndex {
    this.built ??= buildPlaceIndex([...this.rows.values()], this.regionRows, this.aliases);
    return this.built;
  }

  /** See `PlaceMatch`. */
  resolve(text: string, regionCode: string | null): PlaceMatch {
    const key = `${regionCode ?? ''}|${text}`;
    let match = this.cache.get(key);
    if (match === undefined) {
      if (this.cache.size >= MOST_CACHED) this.cache.clear();
      match = resolvePlace(this.index, text, regionCode);
      this.cache.set(key, match);
    }
    return match;
  }

  /** See `resolveMoved`. */
  resolveMoved(text: string, regionCode: string): PlaceMatch | null {
    return resolveMoved(this.index, text, regionCode);
  }

  /** Codes of places that a text may mean, begun or misspelt: see `suggestPlaces`. */
  suggest(text: string, limit: number): string[] {
    this.suggestions ??= buildPlaceSuggestions(this.index);
    return suggestPlaces(this.suggestions, text, limit);
  }

  /** The match of a code itself; null when the classifier has no such code. */
  byKato(kato: string): PlaceMatch | null {
    return matchOf(this.index, kato);
  }

  /** The district of a code: a rayon, a city administration, or a city of republican significance; null for a region. */
  district(kato: string): NamedPlace | null {
    const districtKato = this.rows.get(kato)?.districtKato;
    return districtKato == null ? null : this.place(districtKato);
  }

  place(kato: string): NamedPlace | null {
    const place = this.rows.get(kato);
    if (place === undefined) return null;
    const region = this.regionRows.find((one) => one.kato === kato);
    return region === undefined ? place : { ...place, nameEn: region.nameEn };
  }

  /** The districts of a region and its cities that count as one, in the classifier's order. */
  districts(regionCode: string): NamedPlace[] {
    return [...this.rows.values()].filter(
      (place) => place.regionCode === regionCode && place.districtKato === place.kato,
    );
  }

  /** The twenty regions by code. */
  regions(): readonly RegionRow[] {
    return this.regionRows;
  }

  /** ISO 3166-2 code of Enbek's `region_id` (the first two digits of KATO); null when there is no such region. */
  regionOfEnbekId(enbekRegionId: number): string | null {
    const code = `KZ-${String(enbekRegionId).padStart(2, '0')}`;
    return this.regionRows.some((region) => region.code === code) ? code : null;
  }
}
