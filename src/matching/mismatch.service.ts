import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ProgrammeService } from '../programme/programme.service.js';
import { SECTORS, SEED_SECTORS } from '../reference/sectors.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { Problem } from '../shared/problem.js';
import { CONNECTORS } from '../vacancies/connector.js';
import { CONNECTOR_LIST } from '../vacancies/connectors/connectors.js';
import {
  type MismatchCell,
  type MismatchCount,
  type NorthSouth,
  type RegionGrouping,
  mismatchCells,
  northSouthOf,
} from './core/mismatch.js';
import { rawTension } from './core/shortage.js';
import { mismatchCounts, occupationCounts, sourceExists } from './mismatch.queries.js';

export const GROUPINGS = ['seed-table-1', 'programme'] as const;
export type GroupingName = (typeof GROUPINGS)[number];

/** The sides of the seed paper's Table 1; Astana stands alone. Its departure and reception rows, by region. */
const SEED_TABLE_1: RegionGrouping = {
  name: 'seed-table-1',
  north: ['KZ-59', 'KZ-63', 'KZ-39', 'KZ-11', 'KZ-55', 'KZ-35'],
  south: ['KZ-19', 'KZ-47', 'KZ-43', 'KZ-31', 'KZ-61'],
};
const ASTANA = 'KZ-71';

export interface MismatchWish {
  /** A source, or a connector that stands for its source; every source without. */
  source?: string | null;
  grouping?: string | null;
  /** Date of the programme's lists, `YYYY-MM-DD`; today without. */
  on?: string | null;
}

export interface Mismatch {
  asOf: string;
  grouping: GroupingName;
  cells: MismatchCell[];
  northSouth: Record<string, NorthSouth>;
}

export interface OccupationMismatch {
  isco: string;
  titleEn: string;
  titleRu: string | null;
  titleKk: string | null;
  sector: string;
  vacancies: number;
  openings: number;
  seekers: number;
  tension: number;
  northSouth: NorthSouth;
  regions: { region: string; vacancies: number; openings: number; seekers: number; tension: number }[];
}

/** Where demand and people miss each other, counted over the open vacancies at the moment of asking. */
@Injectable()
export class MismatchService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  /**
   * By region and sector, with the north/south ratio of every sector. Cells stand for every pair that has anything, and for the
   * paper's three sectors in its twelve regions. Errors: `mismatch.source_unknown`, `mismatch.grouping_unknown`, `mismatch.date_invalid`.
   */
  async mismatch(wish: MismatchWish = {}): Promise<Mismatch> {
    const asOf = this.clock.now();
    const grouping = await this.grouping(wish, asOf);
    const counts = await mismatchCounts(this.dataSource, await this.source(wish));
    const regions = [...SEED_TABLE_1.north, ...SEED_TABLE_1.south, ASTANA];
    const cells = mismatchCells(counts, { regions, sectors: SEED_SECTORS });
    const { name } = grouping;
    return { asOf: asOf.toISOString(), grouping: name, cells, northSouth: inOrder(northSouthOf(cells, grouping)) };
  }

  /** The same by occupation, the scarcest first: for whom the move is worth while, and for whom it is not. */
  async occupations(wish: MismatchWish = {}): Promise<OccupationMismatch[]> {
    const grouping = await this.grouping(wish, this.clock.now());
    const counts = await occupationCounts(this.dataSource, await this.source(wish));
    const occupations = [...groupBy(counts, ({ isco }) => isco).values()].map((rows): OccupationMismatch => {
      const { isco, titleEn, titleRu, titleKk, sector } = rows[0]!;
      const total = (field: 'vacancies' | 'openings' | 'seekers'): number => rows.reduce((sum, row) => sum + row[field], 0);
      const [vacancies, openings, seekers] = [total('vacancies'), total('openings'), total('seekers')];
      const sides: MismatchCount[] = rows.map((row) => ({ ...row, sector: isco }));
      const regions = rows.map((row) => ({
        region: row.region,
        vacancies: row.vacancies,
        openings: row.openings,
        seekers: row.seekers,
        tension: rawTension(row.openings, row.seekers),
      }));
      const northSouth = northSouthOf(sides, grouping)[isco]!;
      const tension = rawTension(openings, seekers);
      return { isco, titleEn, titleRu, titleKk, sector, vacancies, openings, seekers, tension, northSouth, regions };
    });
    return occupations.sort((a, b) => b.tension - a.tension || (a.isco < b.isco ? -1 : 1));
  }

  private async source({ source }: MismatchWish): Promise<string | null> {
    if (source === undefined || source === null || source === '') return null;
    const connector = CONNECTOR_LIST.find(({ name }) => name === source);
    if (connector !== undefined) return connector.defaultSource;
    const known = CONNECTOR_LIST.some(({ defaultSource }) => defaultSource === source);
    if (!known && !(await sourceExists(this.dataSource, source))) {
      throw new Problem('mismatch.source_unknown', 404, { source, connectors: CONNECTORS.join(', ') });
    }
    return source;
  }

  private async grouping({ grouping, on }: MismatchWish, at: Date): Promise<RegionGrouping & { name: GroupingName }> {
    const name = grouping ?? 'seed-table-1';
    const date = on ?? dateInKazakhstan(at);
    if (!isCalendarDate(date)) throw new Problem('mismatch.date_invalid', 400, { date });
    if (name === 'seed-table-1') return { ...SEED_TABLE_1, name };
    if (name !== 'programme') throw new Problem('mismatch.grouping_unknown', 400, { grouping: name, known: GROUPINGS.join(', ') });
    const north = await this.programme.receptionRegions(date);
    const south = await this.programme.departureRegions(date);
    return { name, north: [...north], south: [...south] };
  }
}

function isCalendarDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The paper's sectors first, then the others as Enbek lists them. */
function inOrder(bySector: Record<string, NorthSouth>): Record<string, NorthSouth> {
  const order: string[] = [...new Set<string>([...SEED_SECTORS, ...SECTORS])];
  const place = (sector: string): number => (order.includes(sector) ? order.indexOf(sector) : order.length);
  return Object.fromEntries(Object.entries(bySector).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)));
}
