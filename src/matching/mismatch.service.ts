import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { type RegionGrouping, SEED_TABLE_1 } from '../programme/groupings.js';
import { ProgrammeService, calendarDate } from '../programme/programme.service.js';
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
  mismatchCells,
  northSouthOf,
} from './core/mismatch.js';
import { rawTension } from './core/shortage.js';
import { type OccupationSides, sidesOf } from './core/sides.js';
import { MarketService } from './market.service.js';
import { mismatchCounts, occupationCounts, sourceExists } from './mismatch.queries.js';
import { sideOf } from './sides.queries.js';

/** In the seed paper's Table 1, on neither side. */
const ASTANA = 'KZ-71';

export interface MismatchWish {
  /** A source, or a connector that stands for its source; every source without. */
  source?: string | null;
  grouping?: string | null;
  /** Date of the programme's lists, `YYYY-MM-DD`, for the grouping `programme` only; today without. */
  on?: string | null;
}

export interface Mismatch {
  asOf: string;
  grouping: string;
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
    private readonly markets: MarketService,
  ) {}

  /**
   * By region and sector, with the north/south ratio of every sector. Cells stand for every pair that has anything, and for the
   * paper's three sectors in its twelve regions. People are counted in fives unless `exact`: of a small sector a region has one or
   * two, and everybody may read this. Errors:
   * `mismatch.source_unknown`, `mismatch.date_without_programme`, and those of `ProgrammeService.grouping`.
   */
  async mismatch(wish: MismatchWish = {}, exact = false): Promise<Mismatch> {
    const asOf = this.clock.now();
    const grouping = await this.grouping(wish, asOf);
    const source = await this.source(wish);
    // Public numbers of all households together; no row of any of them is answered.
    const exactly = await asSystem(() => mismatchCounts(this.dataSource, source, dateInKazakhstan(asOf)));
    const counts = exact ? exactly : exactly.map((count) => ({ ...count, seekers: inFives(count.seekers) }));
    const regions = [...SEED_TABLE_1.north, ...SEED_TABLE_1.south, ASTANA];
    const cells = mismatchCells(counts, { regions, sectors: SEED_SECTORS });
    return {
      asOf: asOf.toISOString(),
      grouping: grouping.name,
      cells,
      northSouth: inOrder(northSouthOf(cells, grouping)),
    };
  }

  /**
   * The same by occupation, the scarcest first: for whom the move is worth while, and for whom it is not. People are counted
   * in fives unless `exact`: of a rare occupation a region has one or two, and everybody may read this.
   */
  async occupations(wish: MismatchWish = {}, exact = false): Promise<OccupationMismatch[]> {
    const people = exact ? (count: number): number => count : inFives;
    const asOf = this.clock.now();
    const grouping = await this.grouping(wish, asOf);
    const source = await this.source(wish);
    // As above: counts only.
    const counts = await asSystem(() => occupationCounts(this.dataSource, source, dateInKazakhstan(asOf)));
    const occupations = [...groupBy(counts, ({ isco }) => isco).values()].map((rows): OccupationMismatch => {
      const { isco, titleEn, titleRu, titleKk, sector } = rows[0]!;
      const total = (field: 'vacancies' | 'openings' | 'seekers'): number =>
        rows.reduce((sum, row) => sum + row[field], 0);
      const [vacancies, openings, seekers] = [total('vacancies'), total('openings'), people(total('seekers'))];
      const sides: MismatchCount[] = rows.map((row) => ({ ...row, sector: isco }));
      const regions = rows.map((row) => ({
        region: row.region,
        vacancies: row.vacancies,
        openings: row.openings,
        seekers: people(row.seekers),
        tension: rawTension(row.openings, people(row.seekers)),
      }));
      const northSouth = northSouthOf(sides, grouping)[isco]!;
      const tension = rawTension(openings, seekers);
      return { isco, titleEn, titleRu, titleKk, sector, vacancies, openings, seekers, tension, northSouth, regions };
    });
    return occupations.sort((a, b) => b.tension - a.tension || (a.isco < b.isco ? -1 : 1));
  }

  /**
   * North and south for somebody of an occupation whose home is in a region: by the occupation's own vacancies where enough are
   * open, beside its sector's. Null where nothing is open of either. As old as the market that everybody reads (`MarketService`).
   */
  async sidesFor(isco: string, homeRegionCode: string | null): Promise<OccupationSides | null> {
    const home = homeRegionCode === null ? null : sideOf(homeRegionCode);
    const { sides } = await this.markets.current();
    return sidesOf(sides, isco, home);
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

  private async grouping({ grouping, on }: MismatchWish, at: Date): Promise<RegionGrouping> {
    const name = grouping ?? SEED_TABLE_1.name;
    if (on === undefined || on === null || on === '') return this.programme.grouping(name, dateInKazakhstan(at));
    const date = calendarDate(on);
    if (name === SEED_TABLE_1.name) throw new Problem('mismatch.date_without_programme', 400, { grouping: name });
    return this.programme.grouping(name, date);
  }
}

/** Rounding to base 5, as statistical offices protect small counts: 1 and 2 are shown as 0, 3 and 4 as 5. */
const inFives = (count: number): number => 5 * Math.round(count / 5);

/** The paper's sectors first, then the others as Enbek lists them. */
function inOrder(bySector: Record<string, NorthSouth>): Record<string, NorthSouth> {
  const order: string[] = [...new Set<string>([...SEED_SECTORS, ...SECTORS])];
  const place = (sector: string): number => (order.includes(sector) ? order.indexOf(sector) : order.length);
  return Object.fromEntries(Object.entries(bySector).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)));
}
