import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { type NationalQuota, nationalQuotasOn } from '../programme/programme-overview.js';
import type { QuotaCategory } from '../programme/programme.queries.js';
import { ProgrammeService, calendarDate } from '../programme/programme.service.js';
import { SupportService } from '../programme/support.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { FEWEST_SHOWN, hideSmall } from '../shared/small-counts.js';
import { type BalanceOf, approvedByRegion, balancesOf, quotasOn } from './quota-use.queries.js';

export interface QuotaUse {
  region: string;
  category: QuotaCategory;
  /** In force on the date; null: none, or none was published. */
  quota: { persons: number; validFrom: string; source: string; verified: boolean } | null;
  /** Persons of the households approved in the whole year so far; null: of fewer than five, or kandas, whom Qonys does not place. */
  approvedPersons: number | null;
  /** True: `approvedPersons` is null because fewer than five households were approved. */
  few: boolean;
  /**
   * By the quota's ledger in the date's year, persons of applications that were decided and of those who came; null: of fewer than five
   * households, or kandas.
   */
  reserved: number | null;
  taken: number | null;
  /** Of the quota, by the ledger: neither reserved nor taken. Below zero only under a revision below what is given; null without one of the three. */
  left: number | null;
}

export interface QuotasUse {
  asOf: Date;
  on: string;
  year: number;
  /** Of the whole country: the total in force, and one of the year whose day is not known. */
  national: NationalQuota[];
  quotas: QuotaUse[];
}

/**
 * Persons of a balance, hidden where fewer than five households stand behind them, or where such a number could be found: together,
 * and, where the number of the approved is shown, by what is left of them when both are taken away.
 */
function shownLedger(
  balance: BalanceOf | undefined,
  approvedHouseholds: number | null,
): Pick<QuotaUse, 'reserved' | 'taken'> {
  // Nobody has asked for a place of the year yet.
  if (balance === undefined) return { reserved: 0, taken: 0 };
  const { reserved, taken, reservedHouseholds, takenHouseholds } = balance;
  const rest = Math.max(0, (approvedHouseholds ?? 0) - reservedHouseholds - takenHouseholds);
  const [shownReserved, shownTaken] = hideSmall([reservedHouseholds, takenHouseholds, rest]);
  return { reserved: shownReserved === null ? null : reserved, taken: shownTaken === null ? null : taken };
}

/** Quotas of all regions beside what was approved, for those who look at all of them. */
@Injectable()
export class QuotaUseService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
    private readonly support: SupportService,
  ) {}

  /**
   * On a date, `YYYY-MM-DD`; today without. The approved are those of the date's whole year: counted up to a date, the numbers
   * of two days would tell of each household between them. Error: `programme.date_invalid` (400).
   */
  async quotas(date?: string): Promise<QuotasUse> {
    const asOf = this.clock.now();
    const on = calendarDate(date ?? dateInKazakhstan(asOf));
    const year = Number(on.slice(0, 4));
    const receptions = await this.receptionsOn(on);
    const quotas = await quotasOn(this.dataSource, on);
    // An analyst sees no proposal: these are sums by region, none of fewer than five; no row of any household is answered.
    const [balances, approved] = await asSystem(() =>
      Promise.all([balancesOf(this.dataSource, year), approvedByRegion(this.dataSource, year)]),
    );
    const use = (region: string, category: QuotaCategory): QuotaUse => {
      const found = quotas.find((quota) => quota.regionCode === region && quota.category === category);
      const counted = approved.find(({ regionCode }) => regionCode === region) ?? { households: 0, persons: 0 };
      const few = category === 'settlers' && counted.households > 0 && counted.households < FEWEST_SHOWN;
      const approvedPersons = few || category === 'kandas' ? null : counted.persons;
      const quota = found
        ? { persons: found.persons, validFrom: found.validFrom, source: found.source, verified: found.verified }
        : null;
      const balance = balances.find((one) => one.regionCode === region && one.category === category);
      const { reserved, taken } =
        category === 'kandas'
          ? { reserved: null, taken: null }
          : shownLedger(balance, approvedPersons === null ? null : counted.households);
      const left = quota === null || reserved === null || taken === null ? null : quota.persons - reserved - taken;
      return { region, category, quota, approvedPersons, few, reserved, taken, left };
    };
    const kandas = quotas.filter(({ category }) => category === 'kandas').map(({ regionCode }) => regionCode);
    const settlers = quotas.filter(({ category }) => category === 'settlers').map(({ regionCode }) => regionCode);
    return {
      asOf,
      on,
      year,
      national: nationalQuotasOn(this.support.nationalQuotas, on),
      quotas: [
        ...[...new Set([...receptions, ...settlers, ...approved.map(({ regionCode }) => regionCode)])]
          .sort()
          .map((region) => use(region, 'settlers')),
        ...kandas.sort().map((region) => use(region, 'kandas')),
      ],
    };
  }

  /** Regions that take settlers on the date; before the first known lists, those that any list names. */
  private async receptionsOn(on: string): Promise<string[]> {
    const [first] = await this.programme.versions();
    return first !== undefined && on < first.validFrom
      ? this.programme.everReceptionRegions()
      : this.programme.receptionRegions(on);
  }
}
