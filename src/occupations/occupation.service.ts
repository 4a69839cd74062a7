import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import type { Language } from '../i18n/language.js';
import { sectorOfArea } from '../reference/sectors.js';
import { OTHER_DEGREE } from '../shared/other-degree.js';
import { CorrectedTitles } from './corrected-titles.js';
import { readLabels } from './labels.js';
import { type OccupationRow, allOccupations } from './occupation.queries.js';
import { titleModel } from './resolver/model-file.js';
import type { Specialisation } from './resolver/specialisations.js';
import { NO_OCCUPATION, type Resolution, TitleResolver } from './resolver/title-resolver.js';
import { taughtSince } from './title-correction.queries.js';
import { titleKey } from './title-key.js';
import { TitleSuggestions } from './title-suggestions.js';
import { type UnitGroup, unitGroups } from './unit-groups.js';

/** Titles of a feed repeat: a few thousand stand for most of its lines. */
const MOST_CACHED = 10_000;
const LABELS_AT_ONCE = 500;
/** What an officer teaches in one process the others know so soon. */
const LEARNS_EVERY_MS = 2_000;
/** A group that is less likely is not what somebody searched for; one word that names a family («doctor») may mean more of them. */
const LEAST_SEARCHED = { sure: 0.2, family: 0.05 };

/** A family of more unit groups («worker») tells too little to search for all of them. */
const MOST_IN_FAMILY = 12;

/** A title with what a vacancy says beside it. */
export interface AskedTitle {
  title: string;
  /** The title in the exchange's other language. */
  secondTitle?: string | null;
  /** Enbek's area, 101–125. */
  areaId?: number | null;
  education?: string | null;
  /** What the work asks for; read where the rest leaves the title unsure. */
  skills?: readonly string[];
}

/**
 * Occupations (ISCO-08 unit groups) and the titles they are asked for under, read once at the start; what officers teach of titles,
 * read again whenever it has changed.
 */
@Injectable()
export class OccupationService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OccupationService.name);
  private occupations = new Map<string, OccupationRow>();
  private suggestions: TitleSuggestions | null = null;
  private resolver: TitleResolver | null = null;
  private readonly cache = new Map<string, Resolution>();
  private classified: readonly UnitGroup[] | null = null;
  private corrected = new CorrectedTitles([]);
  /** The version of the lexicon that is known; null before any. */
  private version: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private learning: Promise<unknown> = Promise.resolve();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.learning = this.learn().catch((fault: unknown) => {
        this.logger.warn(`What officers taught of titles could not be read: ${String(fault)}`);
      });
    }, LEARNS_EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.learning;
  }

  async reload(): Promise<void> {
    this.occupations = new Map((await allOccupations(this.dataSource)).map((row) => [row.isco, row]));
    this.resolver = new TitleResolver(titleModel(), (isco) => this.sectorOf(isco));
    this.version = null;
    await this.learn();
  }

  /** Reads what officers have taught since it was last read. Answers the version of the lexicon that is known now. */
  async learn(): Promise<number> {
    // Titles teach everybody, whoever asks first.
    const taught = await asSystem(() => taughtSince(this.dataSource, this.version));
    if (taught !== null && taught.version >= (this.version ?? 0)) {
      this.corrected = new CorrectedTitles(taught.titles);
      this.version = taught.version;
      this.cache.clear();
    }
    return this.version ?? 0;
  }

  /** The version of the lexicon by which titles are resolved now. */
  get lexiconVersion(): number {
    return this.version ?? 0;
  }

  /** Under which key officers correct a title; null where it has none. */
  keyOf(title: string, areaId: number | null): string | null {
    return titleKey(title, areaId);
  }

  /** The unit group of a title: see `Resolution`. A group that the database does not have is none. */
  resolve(asked: AskedTitle): Resolution {
    const found = this.resolveTitle(asked);
    if (found.isco === null || found.sure || (asked.skills ?? []).length === 0) return found;
    return this.guess(asked, asked.skills);
  }

  private resolveTitle(asked: AskedTitle): Resolution {
    const { title, secondTitle = null, areaId = null, education = null } = asked;
    const key = `${areaId ?? ''}|${education ?? ''}|${secondTitle ?? ''}|${title}`;
    let found = this.cache.get(key);
    if (found === undefined) {
      if (this.cache.size >= MOST_CACHED) this.cache.clear();
      found = this.guess(asked);
      this.cache.set(key, found);
    }
    return found;
  }

  private guess(
    { title, secondTitle = null, areaId = null, education = null }: AskedTitle,
    skills: readonly string[] = [],
  ): Resolution {
    const { resolver } = this;
    if (resolver === null) return NO_OCCUPATION;
    const sector = sectorOfArea(areaId);
    const found = this.corrected.resolve(
      { title, secondTitle, education, areaId, sector: sector === 'unstated' ? null : sector, skills },
      (question) => resolver.resolve(question),
      (isco, language) => this.nameOf(isco, language),
    );
    if (found.isco === null || !this.occupations.has(found.isco)) return NO_OCCUPATION;
    // What an officer corrected tells by its own words, of the group that they named.
    return { ...found, specialisation: this.specialisationsOf(title, found.isco)[0] ?? null };
  }

  /** What a title of a unit group tells beyond it: school subjects, medical specialities or a licence, in their order. */
  specialisationsOf(title: string, isco: string): Specialisation[] {
    return this.resolver?.specialisations(title, isco) ?? [];
  }

  /**
   * Unit groups that people may mean by some words of any of the three languages, misspelt or not: «мұғалім» and «учетель» are
   * teachers, a «nurse» has either degree, an «engineer» any branch. Empty when nothing, or too much, is called so.
   */
  groupsCalled(words: readonly string[]): string[] {
    if (words.length === 0) return [];
    const { isco, confidence, sure, alternatives } = this.resolve({ title: words.join(' ') });
    if (isco === null) return [];
    const isFamily = !sure && words.length === 1;
    const likely = [{ isco, confidence }, ...alternatives]
      .filter((guess) => guess.confidence >= LEAST_SEARCHED[isFamily ? 'family' : 'sure'])
      .map((guess) => guess.isco);
    const family = isFamily ? this.familyCalled(words[0]!) : [];
    return [...new Set([...likely, ...family].flatMap((one) => [one, OTHER_DEGREE.get(one) ?? one]))];
  }

  /**
   * The unit groups that have an English word in their names in the classification. Titles are Russian and Kazakh: a word of these stands in them, and
   * finds the whole family by itself.
   */
  private familyCalled(word: string): string[] {
    const called = word.toLowerCase().replace(/s$/u, '');
    this.classified ??= unitGroups();
    const family = this.classified.filter(({ name }) =>
      wordsOfName(name).some((one) => one === called || one === `${called}s`),
    );
    return family.length > MOST_IN_FAMILY ? [] : family.map(({ isco }) => isco);
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

  /**
   * Unit groups that an unclear title may mean, the likeliest first: what the title, what else it may be, what titles begun by it
   * are; then the rest of the family, so that «мұғалім» offers teachers of every level.
   */
  candidates(title: string, language: Language, limit: number): string[] {
    const { isco, alternatives } = this.resolve({ title });
    const begun = this.suggest(title, language, limit).flatMap((text) => this.resolve({ title: text }).isco ?? []);
    const first = isco ?? begun[0];
    const family = first === undefined ? [] : [...this.occupations.keys()].filter((one) => isKin(first, one)).sort();
    const likely = isco === null ? begun : [isco, ...alternatives.map((one) => one.isco), ...begun];
    return [...new Set([...likely, ...family])].filter((one) => this.occupations.has(one)).slice(0, limit);
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

/** Of one minor group; teachers are of one sub-major group, whose minor groups are the levels of schools. */
function isKin(one: string, other: string): boolean {
  const digits = one.startsWith('23') ? 2 : 3;
  return one.slice(0, digits) === other.slice(0, digits);
}

/** “Teachers’ aides” are no teachers: the apostrophe belongs to the word. */
const wordsOfName = (name: string): string[] => name.toLowerCase().match(/[\p{L}’']+/gu) ?? [];
