import { type Sql, firstRow } from '../database/sql.js';
import type { ProposalStatus } from '../matching/proposal-states.js';

/** The region of a proposal, which never changes. */
export async function regionOfProposal(sql: Sql, id: string): Promise<string | undefined> {
  return (await firstRow<{ code: string }>(sql, `select region_code as code from proposal where id = $1`, [id]))?.code;
}

/**
 * The first proposal that nobody works on, locked; one that waits for the household's answer is not handed out, also when the
 * claim of an officer who had taken it up has run out; those that another officer is just taking are passed over. */
export async function nextInQueue(sql: Sql, regionCode: string, at: Date): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    sql,
    `select id from proposal
     where region_code = $1 and (status = 'waiting' or (status = 'claimed' and claimed_until <= $2 and decided_at is null))
     order by due_on, created_at, id limit 1 for update skip locked`,
    [regionCode, at],
  );
  return row?.id;
}

/** The open proposal of a household in a region, locked: one that is not decided yet before an approved one, then the best. */
export function openIn(
  sql: Sql,
  householdId: string,
  regionCode: string,
): Promise<{ id: string; status: ProposalStatus } | undefined> {
  return firstRow(
    sql,
    `select id, status from proposal
     where household_id = $1 and region_code = $2 and status in ('waiting', 'claimed', 'returned', 'approved')
     order by status = 'approved', score desc, id limit 1 for update`,
    [householdId, regionCode],
  );
}

export async function regionExists(sql: Sql, regionCode: string): Promise<boolean> {
  return (await firstRow(sql, `select 1 from region where code = $1`, [regionCode])) !== undefined;
}
