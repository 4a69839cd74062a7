import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { Language } from '../i18n/language.js';
import { sectorOfArea } from '../reference/sectors.js';
import { readLabels } from './labels.js';
import { type OccupationRow, allOccupations } from './occupation.queries.js';
import { titleModel } from './resolver/model-file.js';
import { NO_OCCUPATION, type Resolution, TitleResolver } from './resolver/title-resolver.js';
import { TitleSuggestions } from './title-suggestions.js';

/** Titles of a feed repeat: a few thousand stand for most of its lines. */
const MOST_CACHED = 10_000;
const LABELS_AT_ONCE = 500;
/** A group that is less likely is not what somebody searched for. */
const LEAST_SEARCHED = 0.2;

/** A title with what a vacancy says beside it. */
export interface AskedTitle {
  title: string;
  /** The title in the exchange's other language. */
  secondTitle?: string | null;
  /** Enbek's area, 101–125. */
  areaId?: number | null;
  education?: string | null;
}

/** Occupations (ISCO-08 unit groups) and the titles they are asked for under, read once at the start. */
@Injectable()
export class OccupationService implements OnModuleInit {
  private occupations = new Map<string, OccupationRow>();
  private suggestions: TitleSuggestions | null = null;
  private resolver: TitleResolver | null = null;
  private readonly cache = new Map<string, Resolution>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  async reload(): Promise<void> {
    this.occupations = new Map((await allOccupations(this.dataSource)).map((row) => [row.isco, row]));
    this.resolver = new TitleResolver(titleModel(), (isco) => this.sectorOf(isco));
    this.cache.clear();
  }

  /** The unit group of a title: see `Resolution`. A group that the database does not have is none. */
  resolve({ title, secondTitle = null, areaId = null, education = null }: AskedTitle): Resolution {
    if (this.resolver === null) return NO_OCCUPATION;
    const key = `${areaId ?? ''}|${education ?? ''}|${secondTitle ?? ''}|${title}`;
    let found = this.cache.get(key);
    if (found === undefined) {
      if (this.cache.size >= MOST_CACHED) this.cache.clear();
      const sector = sectorOfArea(areaId);
      found = this.resolver.resolve({ title, secondTitle, education, sector: sector === 'unstated' ? null : sector });
      if (found.isco === null || !this.occupations.has(found.isco)) found = NO_OCCUPATION;
      this.cache.set(key, found);
    }
    return found;
  }

  /**
   * Unit groups that people may mean by some words of any of the three languages, misspelt or not: «мұғалім» and «учетель» are
   * teachers. Empty when nothing, or too much, is called so.
   */
  groupsCalled(words: readonly string[]): string[] {
    if (words.length === 0) return [];
    const { isco, confidence, alternatives } = this.resolve({ title: words.join(' ') });
    if (isco === null) return [];
    return [{ isco, confidence }, ...alternatives]
      .filter((guess) => guess.confidence >= LEAST_SEARCHED)
      .map((guess) => guess.isco);
  }

  /** Makes the suggestions a little at a time, so that no request waits for them: half a second that a start has no use for. */
  async prepareSuggestions(signal: AbortSignal): Promise<void> {
    const [made, labels] = [new TitleSuggestions(), readLabels()];
    for (let from = 0; from < labels.length && this.suggestions === null; from += LABELS_AT_ONCE) {
      if (signal.aborted) return;
      made.add(labels.slice(from, from + LABELS_AT_ONCE));
      await setImmediate();
    }
    this.suggestions ??= made;
  }

  private suggestionsNow(): TitleSuggestions {
    if (this.suggestions === null) {
      this.suggestions = new TitleSuggestions();
      this.suggestions.add(readLabels());
    }
    return this.suggestions;
  }

  /** Titles that the words may begin, those of the reader's language first; of misspelt words the name of what they may mean. */
  suggest(words: string, language: Language, limit: number): string[] {
    const found = this.suggestionsNow().suggest(words, language, limit);
    if (found.length > 0) return found;
    const { isco } = this.resolve({ title: words });
    return isco === null ? [] : [this.nameOf(isco, language)];
  }

  /** An occupation's name in a language. */
  nameOf(isco: string, language: Language): string {
    const found = this.occupation(isco);
    return found === null ? isco : { kk: found.titleKk, ru: found.titleRu, en: found.titleEn }[language];
  }

  /** Null when there is no such unit group. */
  occupation(isco: string): OccupationRow | null {
    return this.occupations.get(isco) ?? null;
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
    return [...this.occupations.values()];
  }
}
