import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { SUPPORT_CODES, type SupportCode } from '../programme/support-rules.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { type SummedTable, hiddenPlaces, shownTable, withSums } from '../shared/small-counts.js';
import {
  adultsByKind,
  householdsByHousing,
  householdsOfAdults,
  paidHouseholds,
  paymentsByMeasure,
  returnsByReason,
} from './figures.queries.js';
import { type HOUSING_COLUMNS, type RegionTable, cellsOf, housingTable, returnTables } from './figure-tables.js';
import { ACTIVITIES, type RETURN_REASONS } from './outcome-kinds.js';

export const ADULT_COLUMNS = [...ACTIVITIES, 'returned', 'not_heard'] as const;

export interface OutcomeFigures {
  asOf: Date;
  /** Persons; hidden where they are of fewer than five households. */
  adults: RegionTable<(typeof ADULT_COLUMNS)[number]>;
  /** Households that stayed. */
  housing: RegionTable<(typeof HOUSING_COLUMNS)[number]>;
}

export interface ReturnFigures {
  asOf: Date;
  households: RegionTable<(typeof RETURN_REASONS)[number]>;
  /** Everybody in them; hidden wherever the households are. */
  persons: RegionTable<(typeof RETURN_REASONS)[number]>;
}

export interface PaymentFigures {
  asOf: Date;
  year: number;
  tenge: RegionTable<SupportCode>;
}

/** What became of the people, for those who look at all regions. Nothing that tells of fewer than five is answered, nor can be computed. */
@Injectable()
export class FiguresService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  async outcomes(): Promise<OutcomeFigures> {
    // Counts by region, small ones hidden; no row of anybody is answered. The same of every figure here.
    const [adults, behind, housing] = await asSystem(() =>
      Promise.all([
        adultsByKind(this.dataSource),
        householdsOfAdults(this.dataSource),
        householdsByHousing(this.dataSource),
      ]),
    );
    const regions = await this.regions([...adults, ...housing]);
    const cells = cellsOf(regions, ADULT_COLUMNS, adults, ({ kind }) => kind ?? 'not_heard', (one) => one.adults); // prettier-ignore
    const hidden = hiddenPlaces(
      cells,
      behindOf(regions, ADULT_COLUMNS, (region, column) =>
        behind.find((one) => one.regionCode === region && one.kind === column),
      ),
    );
    return {
      asOf: this.clock.now(),
      adults: { regions, columns: [...ADULT_COLUMNS], ...shownTable(withSums(cells, ADULT_COLUMNS.length), hidden) },
      housing: housingTable(regions, housing),
    };
  }

  async returns(): Promise<ReturnFigures> {
    const found = await asSystem(() => returnsByReason(this.dataSource));
    const regions = await this.regions(found);
    return { asOf: this.clock.now(), ...returnTables(regions, found) };
  }

  /** In a calendar year; the present one without. Error: `payment.year_invalid` (400). */
  async payments(given?: string): Promise<PaymentFigures> {
    const asOf = this.clock.now();
    const text = given ?? dateInKazakhstan(asOf).slice(0, 4);
    const year = /^20\d{2}$/.test(text) ? Number(text) : 0;
    if (year < 2017) throw new Problem('payment.year_invalid', 400);
    const between = [`${year}-01-01`, `${year + 1}-01-01`] as const;
    const [paid, behind] = await asSystem(() =>
      Promise.all([paymentsByMeasure(this.dataSource, ...between), paidHouseholds(this.dataSource, ...between)]),
    );
    const regions = await this.regions(paid);
    const columns = [...SUPPORT_CODES];
    const cells = cellsOf(
      regions,
      columns,
      paid,
      ({ measure }) => measure,
      ({ tenge }) => tenge,
    );
    const hidden = hiddenPlaces(
      cells,
      behindOf(regions, columns, (region, measure) =>
        behind.find((one) => one.regionCode === region && one.measure === measure),
      ),
    );
    return { asOf, year, tenge: { regions, columns, ...shownTable(withSums(cells, columns.length), hidden) } };
  }

  /** Every region that receives people or ever did, and those that the rows name beside them. */
  private async regions(found: readonly { regionCode: string }[]): Promise<string[]> {
    const ever = await this.programme.everReceptionRegions();
    return [...new Set([...ever, ...found.map(({ regionCode }) => regionCode)])].sort();
  }
}

/** How many households stand behind each place of a table; null: of all regions, of all columns. */
function behindOf<Column extends string>(
  regions: readonly string[],
  columns: readonly Column[],
  find: (region: string | null, column: Column | null) => { households: number } | undefined,
): SummedTable<number> {
  const count = (region: string | null, column: Column | null): number => find(region, column)?.households ?? 0;
  return {
    cells: regions.map((region) => columns.map((column) => count(region, column))),
    sums: regions.map((region) => count(region, null)),
    columnSums: columns.map((column) => count(null, column)),
    total: count(null, null),
  };
}
