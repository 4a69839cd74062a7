import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Sql } from '../database/sql.js';
import { Problem } from '../shared/problem.js';
import { GROUPINGS, type RegionGrouping, SEED_TABLE_1 } from './groupings.js';
import {
  type ListedRole,
  type ProgrammeVersion,
  type Quota,
  type QuotaCategory,
  programmeRegions,
  programmeRoles,
  programmeVersionOn,
  programmeVersions,
  quotaOn,
  quotaSources,
  regionsEverReceiving,
} from './programme.queries.js';

/**
 * The dated rules of the resettlement programme. Dates are calendar dates in Kazakhstan, `YYYY-MM-DD`; a text that is none
 * is refused with `programme.date_invalid`, a date before the first known version with `programme.before_first_version`.
 * A caller inside a transaction passes it as `sql`: two connections for one piece of work can lock the whole pool for good.
 */
@Injectable()
export class ProgrammeService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async versionOn(date: string, sql: Sql = this.dataSource): Promise<ProgrammeVersion> {
    const version = await programmeVersionOn(sql, calendarDate(date));
    if (version !== undefined) return version;
    const [first] = await programmeVersions(sql);
    throw new Problem('programme.before_first_version', 422, { date, first: first?.validFrom ?? null });
  }

  versions(): Promise<ProgrammeVersion[]> {
    return programmeVersions(this.dataSource);
  }

  /** Codes of the regions that take settlers in on the date. */
  async receptionRegions(date: string, sql: Sql = this.dataSource): Promise<string[]> {
    return programmeRegions(sql, (await this.versionOn(date, sql)).code, 'reception');
  }

  /** Codes of the regions whose people are supported in leaving on the date. */
  async departureRegions(date: string, sql: Sql = this.dataSource): Promise<string[]> {
    return programmeRegions(sql, (await this.versionOn(date, sql)).code, 'departure');
  }

  /** Every region of the lists in force on the date, and whether a written source says so. */
  async rolesOn(date: string): Promise<ListedRole[]> {
    return programmeRoles(this.dataSource, (await this.versionOn(date)).code);
  }

  /** Every region that any version takes settlers into: each has a queue of notices. */
  everReceptionRegions(): Promise<string[]> {
    return regionsEverReceiving(this.dataSource);
  }

  /** The quota in force; null when the region has none in that year, or none was published. */
  async quota(regionCode: string, date: string, category: QuotaCategory): Promise<Quota | null> {
    return (await quotaOn(this.dataSource, regionCode, calendarDate(date), category)) ?? null;
  }

  /** Where the quotas come from that are in force on the date. */
  quotaSources(date: string): ReturnType<typeof quotaSources> {
    return quotaSources(this.dataSource, calendarDate(date));
  }

  /** `seed-table-1`, or the `programme`'s reception (north) and departure (south) regions on the date. */
  async grouping(name: string, date: string): Promise<RegionGrouping> {
    if (name === 'seed-table-1') return { name, north: [...SEED_TABLE_1.north], south: [...SEED_TABLE_1.south] };
    if (name !== 'programme') {
      throw new Problem('programme.grouping_unknown', 400, { grouping: name, known: GROUPINGS.join(', ') });
    }
    return { name, north: await this.receptionRegions(date), south: await this.departureRegions(date) };
  }
}

/** The text itself when it is a calendar date; throws `programme.date_invalid`. */
export function calendarDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) {
    throw new Problem('programme.date_invalid', 400, { date: text });
  }
  return text;
}
