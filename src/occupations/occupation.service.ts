import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { sectorOfArea } from '../reference/sectors.js';
import { groupsCalled } from './called.queries.js';
import { allOccupations, allTitles, printedTitles } from './occupation.queries.js';
import { normaliseTitle } from './title.js';
import { type Suggestions, buildSuggestions, suggestTitles } from './title-suggestions.js';
import type { Language } from '../i18n/language.js';
import {
  buildTitleIndex,
  findOccupation,
  type OccupationMatch,
  type OccupationRow,
  type TitleIndex,
} from './title-index.js';

const MOST_CACHED = 50_000;
const MOST_SEARCHES_CACHED = 2_000;
/** Words that name more groups than this («специалист») tell nothing of the occupation. */
const MOST_GROUPS_CALLED = 20;

/** Occupations (ISCO-08 unit groups) and the titles they are asked for under, read once at the start. */
@Injectable()
export class OccupationService implements OnModuleInit {
  private index: TitleIndex = buildTitleIndex([], []);
  private suggestions: Suggestions = buildSuggestions([]);
  private readonly cache = new Map<string, OccupationMatch | null>();
  private readonly searches = new Map<string, Promise<string[]>>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  async reload(): Promise<void> {
    const [occupations, titles, printed] = await Promise.all([
      allOccupations(this.dataSource),
      allTitles(this.dataSource),
      printedTitles(this.dataSource),
    ]);
    this.suggestions = buildSuggestions(printed);
    this.index = buildTitleIndex(occupations, titles);
    this.cache.clear();
    this.searches.clear();
  }

  /** See `findOccupation`; `areaId` is Enbek's area 101–125 or null. */
  byTitle(title: string, areaId: number | null): OccupationMatch | null {
    const key = `${areaId ?? ''}|${title}`;
    let match = this.cache.get(key);
    if (match === undefined) {
      if (this.cache.size >= MOST_CACHED) this.cache.clear();
      const sector = sectorOfArea(areaId);
      match = findOccupation(this.index, title, sector === 'unstated' ? null : sector);
      this.cache.set(key, match);
    }
    return match;
  }

  /**
   * Unit groups that people may mean by some words of any of the three languages, misspelt or not: «мұғалім» and «учетель»
   * are teachers. Empty when nothing, or too much, is called so.
   */
  async groupsCalled(words: readonly string[]): Promise<string[]> {
    if (words.length === 0) return [];
    const key = words.join(' ').toLowerCase();
    let search = this.searches.get(key);
    if (search === undefined) {
      if (this.searches.size >= MOST_SEARCHES_CACHED) this.searches.clear();
      search = groupsCalled(this.dataSource, words, MOST_GROUPS_CALLED + 1);
      search.catch(() => this.searches.delete(key));
      this.searches.set(key, search);
    }
    const groups = await search;
    return groups.length > MOST_GROUPS_CALLED ? [] : groups;
  }

  /** Titles that the words may begin, those of the reader's language first: see `suggestTitles`. */
  suggest(words: string, language: Language, limit: number): string[] {
    return suggestTitles(this.suggestions, normaliseTitle(words), language, limit);
  }

  /** An occupation's name in a language; the English one where no other is known. */
  nameOf(isco: string, language: Language): string {
    const found = this.occupation(isco);
    if (found === null) return isco;
    return { kk: found.titleKk, ru: found.titleRu, en: found.titleEn }[language] ?? found.titleEn;
  }

  /** Null when there is no such unit group. */
  occupation(isco: string): OccupationRow | null {
    return this.index.occupations.get(isco) ?? null;
  }

  /** The occupation's usual sector; null for an unknown code and for groups that belong to none (armed forces and the like). */
  sectorOf(isco: string): string | null {
    return this.occupation(isco)?.sector ?? null;
  }

  /** Which paper the work asks for by law: a medical or teaching diploma, a driving licence; null for none. */
  regulatedOf(isco: string): OccupationRow['regulated'] {
    return this.occupation(isco)?.regulated ?? null;
  }

  all(): OccupationRow[] {
    return [...this.index.occupations.values()];
  }
}
