import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { ReviewSummaryService } from '../../centres/review-summary.service.js';
import { rows } from '../../database/sql.js';
import { regionCodes } from '../../notifications/notifications.queries.js';
import { eventCounts } from '../../outbox/outbox.queries.js';
import { QueueService } from '../../queue/queue.service.js';
import { QUEUES, notifyQueueName } from '../../queue/queues.js';
import { textTable } from '../table.js';

/** Waits until every event has reached its queue and every job there is done (or waits for its next attempt). */
export async function untilQuiet(services: INestApplicationContext, signal: AbortSignal): Promise<void> {
  const dataSource = services.get(DataSource);
  const queues = services.get(QueueService);
  const names = [...Object.keys(QUEUES), ...(await regionCodes(dataSource)).map(notifyQueueName)];
  for (;;) {
    // The queues are read one after the other. Work that moves meanwhile goes by the outbox: only where that was empty before and after,
    // and no event came between, nothing can have slipped by.
    const before = await eventCounts(dataSource);
    const counts = await Promise.all(names.map((name) => queues.counts(name)));
    const busy = counts.reduce(
      (n, { waiting = 0, active = 0, prioritized = 0 }) => n + waiting + active + prioritized,
      0,
    );
    const after = await eventCounts(dataSource);
    if (busy + before.waiting + after.waiting === 0 && before.all === after.all) return;
    await wait(100, undefined, { signal });
  }
}

/** What the main job has brought about so far, in two small tables. */
export async function mainJobTable(services: INestApplicationContext): Promise<string> {
  const dataSource = services.get(DataSource);
  const runs = await rows<{ source: string; read: number; inserted: number; rejected: number; open: number }>(
    dataSource,
    // Each employer is a source of its own: one line for all of them.
    `select case when r.source like 'employer:%' then 'employers' else r.source end as source,
            sum(r.read)::int as read, sum(r.inserted)::int as inserted,
            sum((select count(*) from rejected_record j where j.source = r.source and j.resolved_at is null))::int as rejected,
            sum((select count(*) from vacancy v where v.source = r.source and v.status = 'open'))::int as open
       from (select source, sum(read) as read, sum(inserted) as inserted from ingest_run where status = 'applied' group by 1) r
      group by 1 order by 1`,
  );
  const households = await rows<{ south: number; north: number }>(
    dataSource,
    `select count(*) filter (where wishes_move)::int as south, count(*) filter (where not wishes_move)::int as north from household`,
  );
  const regions = await services.get(ReviewSummaryService).allRegions();
  const { south = 0, north = 0 } = households[0] ?? {};
  return [
    textTable(
      ['Source', 'Vacancies read', 'Inserted', 'Rejected', 'Open now'],
      runs.map((run) => [run.source, run.read, run.inserted, run.rejected, run.open]),
    ),
    `Households that wish to move: ${south}; at home in the north: ${north}`,
    textTable(
      ['Reception region', 'Proposals waiting', 'Approved', 'Notices sent', 'Left after promises (persons)', ''],
      regions.map((region) => [
        region.regionCode,
        region.waiting,
        region.approved,
        region.noticesSent,
        region.quotaLeftPersons ?? '',
        region.quotaVerified ? '' : 'unverified',
      ]),
    ),
  ].join('\n\n');
}
