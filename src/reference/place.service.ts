import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { buildPlaceIndex, type PlaceIndex, type RegionRow } from './place-index.js';
import { matchOf, type PlaceMatch, resolvePlace } from './place-resolver.js';
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
}

/** Places of the classifier, read once at the start: the reference data is loaded before the application starts. */
@Injectable()
export class PlaceService implements OnModuleInit {
  private index: PlaceIndex = buildPlaceIndex([], [], []);
  private regionRows: RegionRow[] = [];
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
    this.index = buildPlaceIndex(places, regions, aliases);
    this.regionRows = regions;
    this.cache.clear();
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

  /** The match of a code itself; null when the classifier has no such code. */
  byKato(kato: string): PlaceMatch | null {
    return matchOf(this.index, kato);
  }

  /** The district of a code: a rayon, a city administration, or a city of republican significance; null for a region. */
  district(kato: string): NamedPlace | null {
    const districtKato = this.index.byKato.get(kato)?.districtKato;
    return districtKato == null ? null : this.place(districtKato);
  }

  place(kato: string): NamedPlace | null {
    return this.index.byKato.get(kato) ?? null;
  }

  /** The twenty regions by code. */
  regions(): readonly RegionRow[] {
    return this.regionRows;
  }

  /** ISO 3166-2 code of Enbek's `region_id` (the first two digits of KATO); null when there is no such region. */
  regionOfEnbekId(enbekRegionId: number): string | null {
    const code = `KZ-${String(enbekRegionId).padStart(2, '0')}`;
    return this.index.regionKato.has(code) ? code : null;
  }
}
