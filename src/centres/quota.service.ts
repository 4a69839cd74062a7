import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ProgrammeService } from '../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { approvedPersons } from './centre-numbers.queries.js';

/** Any fixed number: the first half of the keys of these locks. */
const QUOTA_LOCK = 591_600;

/**
 * Makes the approvals of a region follow one another until the transaction ends, so that two that each see room in the quota
 * do not overshoot it together. To be taken before the proposal's row: everybody in the same order.
 */
export async function lockQuota(tx: EntityManager, regionCode: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [QUOTA_LOCK, regionCode]);
}

/** A region's quota for settlers in the present year, as an officer must see it beside every decision. */
export interface QuotaInSight {
  year: number;
  category: 'settlers';
  /** Persons; null where the programme gives the region no quota for settlers (Akmola has one for kandas only). */
  persons: number | null;
  /** Persons of the households with a proposal approved this year. A quota place is reserved later, by the application. */
  approvedPersons: number;
  /** Below zero when more was approved than the quota holds; null without a quota. */
  left: number | null;
}

@Injectable()
export class QuotaService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  async inSight(regionCode: string): Promise<QuotaInSight> {
    const today = dateInKazakhstan(this.clock.now());
    const year = Number(today.slice(0, 4));
    const quota = await this.programme.quota(regionCode, today, 'settlers');
    const approved = await approvedPersons(this.dataSource, regionCode, year);
    const persons = quota?.persons ?? null;
    return {
      year,
      category: 'settlers',
      persons,
      approvedPersons: approved,
      left: persons === null ? null : persons - approved,
    };
  }
}
