import { type Sql, firstRow } from '../database/sql.js';

/**
 * Why a household may not know what was decided last. `failed`: the channel it wished for has not taken the notice, and it has
 * not read it in the app; `unread`: it wished to be told in the app and has not looked.
 */
export const UNREACHED = ['failed', 'unread'] as const;
export type Unreached = (typeof UNREACHED)[number];

/** SQL: a receipt of a notice that is not decided yet and has been sent nowhere: it waits, and nothing has failed. */
export const NOTICE_WAITS = `(finished_at is null and coalesce(error_code in ('notice.undecided', 'notice.promise_broken'), false))`;

/**
 * One row for a proposal whose latest notice has not got through, as far as the receipts say. Not: what was kept back on purpose,
 * and households that want no notices or were erased. `which` limits the receipts `d`.
 */
const unreached = (which: string): string => `
  select p.household_id, receipts.unreached
  from (
    select d.subject_id,
           case when bool_or((d.channel <> 'in_app' and d.status in ('sent', 'delivered')) or m.read_at is not null) then null
                when bool_or((d.status = 'failed' and not ${NOTICE_WAITS}) or (d.status = 'sent' and d.error_code is not null)) then 'failed'
                when bool_or(d.status = 'sent') then 'unread' end as unreached
    from (
      select d.*, max(d.event_id::text) over (partition by d.subject_id) as latest from delivery d where ${which}
    ) d
    left join in_app_message m on m.delivery_id = d.id
    where d.event_id::text = d.latest
    group by d.subject_id
  ) receipts
  join proposal p on p.id = receipts.subject_id
  join household h on h.id = p.household_id
  where receipts.unreached is not null and h.consent_notices_at is not null and h.erased_at is null`;

/** Whether the household may not know what was decided last of a proposal; null: it was told, or there was nothing to tell. */
export async function unreachedOf(sql: Sql, proposalId: string): Promise<Unreached | null> {
  const row = await firstRow<{ unreached: Unreached }>(sql, unreached('d.subject_id = $1'), [proposalId]);
  return row?.unreached ?? null;
}

/** Households of a region by why they may not know what was decided last of their case. */
export type UnreachedNumbers = Record<Unreached, number>;

export async function unreachedNumbers(sql: Sql, regionCode: string): Promise<UnreachedNumbers> {
  const row = await firstRow<UnreachedNumbers>(
    sql,
    `select count(distinct household_id) filter (where unreached = 'failed')::int as failed,
            count(distinct household_id) filter (where unreached = 'unread')::int as unread
     from (${unreached('d.region_code = $1')}) as cases`,
    [regionCode],
  );
  return row ?? { failed: 0, unread: 0 };
}
