import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ProgrammeService } from '../programme/programme.service.js';
import { ledgerNumbers } from '../programme/quota-ledger.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { approvedPersons, countedHouseholds } from './centre-numbers.queries.js';
import { type QuotaCheck, type QuotaInSight, checkQuota } from './quota-check.js';

/** Any fixed number: the first half of the keys of these locks. */
const QUOTA_LOCK = 591_600;

/**
 * Makes the approvals of a region follow one another until the transaction ends, so that two that each see room in the quota
 * do not overshoot it together. To be taken before the proposal's row: everybody in the same order.
 */
export async function lockQuota(tx: EntityManager, regionCode: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [QUOTA_LOCK, regionCode]);
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
    const { reserved, taken } = await ledgerNumbers(this.dataSource, { regionCode, category: 'settlers' }, year);
    const persons = quota?.persons ?? null;
    return {
      year,
      category: 'settlers',
      persons,
      verified: quota?.verified ?? true,
      reserved,
      taken,
      approvedPersons: approved,
      left: persons === null ? null : persons - reserved - taken - approved,
    };
  }

  /** What the approval of each household means, or meant, for the quota of a region; answers in the order asked. */
  async check(
    regionCode: string,
    households: readonly { id: string; persons: number }[],
    quota?: QuotaInSight,
  ): Promise<QuotaCheck[]> {
    const inSight = quota ?? (await this.inSight(regionCode));
    const ids = households.map(({ id }) => id);
    const counted = await countedHouseholds(this.dataSource, regionCode, inSight.year, ids);
    return households.map(({ id, persons }) => checkQuota(inSight, persons, counted.has(id)));
  }
}
