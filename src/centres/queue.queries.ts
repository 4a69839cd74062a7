import { type Sql, firstRow, rows } from '../database/sql.js';
import type { ProposalStatus } from '../matching/proposal-states.js';

/** The region of a proposal, which never changes. */
export async function regionOfProposal(sql: Sql, id: string): Promise<string | undefined> {
  return (await firstRow<{ code: string }>(sql, `select region_code as code from proposal where id = $1`, [id]))?.code;
}

/**
 * The first proposal that nobody works on, locked. One that waits for the household's answer, also when the claim of an officer
 * who had taken it up has run out, is handed out only once the household has answered; those that another officer is just taking
 * are passed over.
 */
export async function nextInQueue(sql: Sql, regionCode: string, at: Date): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    sql,
    `select p.id from proposal p join household h on h.id = p.household_id
     where p.region_code = $1
       and (p.status = 'waiting'
         or (p.status = 'claimed' and p.claimed_until <= $2 and (p.decided_at is null or h.updated_at > p.decided_at))
         or (p.status = 'returned' and h.updated_at > p.decided_at))
     order by p.due_on, p.created_at, p.id limit 1 for update of p skip locked`,
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
     where household_id = $1 and region_code = $2 and status in ('waiting', 'claimed', 'returned', 'approved') and fulfilled_at is null
     order by status = 'approved', score desc, id limit 1 for update`,
    [householdId, regionCode],
  );
}

/** Regions where a household has open proposals, those with the best first, without one region. */
export async function regionsByScore(sql: Sql, householdId: string, without: string): Promise<string[]> {
  const found = await rows<{ regionCode: string }>(
    sql,
    `select region_code as "regionCode" from proposal
     where household_id = $1 and region_code <> $2 and status in ('waiting', 'claimed', 'returned', 'approved') and fulfilled_at is null
     group by 1 order by max(score) desc, 1`,
    [householdId, without],
  );
  return found.map(({ regionCode }) => regionCode);
}

export async function regionExists(sql: Sql, regionCode: string): Promise<boolean> {
  return (await firstRow(sql, `select 1 from region where code = $1`, [regionCode])) !== undefined;
}
