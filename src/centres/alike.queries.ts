import { type Sql, rows } from '../database/sql.js';

export interface AlikeRow {
  /** The proposal asked about. */
  ofId: string;
  id: string;
}

/**
 * What an officer weighs once for several families is the posts, the district and the occupations of those who would fill
 * them: for each of some proposals, those of its region that wait for a decision (or are in the actor's own hands) and offer the
 * same posts in the same district to people of the same occupations, itself included, in the order of the queue.
 */
export function alikeOf(sql: Sql, ids: readonly string[], actorId: string, at: Date): Promise<AlikeRow[]> {
  return rows(
    sql,
    `with asked as materialized (
       select p.id, p.region_code, p.district_kato, pl.vacancy_id
       from proposal p join placement pl on pl.proposal_id = p.id and pl.withdrawn_at is null
       where p.id = any($1::uuid[])
     ), found as materialized (
       select distinct asked.id as of_id, other.id, other.due_on, other.created_at
       from asked
       join placement pl on pl.vacancy_id = asked.vacancy_id and pl.withdrawn_at is null
       join proposal other on other.id = pl.proposal_id and other.region_code = asked.region_code
         and other.district_kato = asked.district_kato
         and (other.status = 'waiting' or (other.status = 'claimed' and other.claimed_by = $2 and other.claimed_until > $3))
     ), keys as materialized (
       select pl.proposal_id as id, array_agg(pl.vacancy_id::text || s.isco order by pl.vacancy_id, s.isco) as key
       from placement pl join seeker s on s.id = pl.seeker_id
       where pl.withdrawn_at is null and pl.proposal_id in (select id from found union select id from asked)
       group by pl.proposal_id
     )
     select found.of_id as "ofId", found.id
     from found join keys own on own.id = found.of_id join keys others on others.id = found.id and others.key = own.key
     order by found.of_id, found.due_on, found.created_at, found.id`,
    [ids, actorId, at],
  );
}
