import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { sectorOfArea } from '../reference/sectors.js';
import { allOccupations, allTitles } from './occupation.queries.js';
import {
  buildTitleIndex,
  findOccupation,
  type OccupationMatch,
  type OccupationRow,
  type TitleIndex,
} from './title-index.js';

const MOST_CACHED = 50_000;

/** Occupations (ISCO-08 unit groups) and the titles they are asked for under, read once at the start. */
@Injectable()
export class OccupationService implements OnModuleInit {
  private index: TitleIndex = buildTitleIndex([], []);
  private readonly cache = new Map<string, OccupationMatch | null>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  async reload(): Promise<void> {
    const [occupations, titles] = await Promise.all([allOccupations(this.dataSource), allTitles(this.dataSource)]);
    this.index = buildTitleIndex(occupations, titles);
    this.cache.clear();
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
