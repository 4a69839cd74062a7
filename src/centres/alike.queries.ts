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
     ), held as materialized (
       select pl.proposal_id as id, pl.vacancy_id, pl.seeker_id from placement pl
       where pl.withdrawn_at is null and pl.proposal_id in (select id from found union select id from asked)
     ), posts as materialized (
       select id, array_agg(vacancy_id order by vacancy_id) as vacancies from held group by id
     ), near as materialized (
       -- The same posts; whose occupations they are for is looked up only where there are two such proposals.
       select found.* from found join posts own on own.id = found.of_id
         join posts others on others.id = found.id and others.vacancies = own.vacancies
     ), keys as materialized (
       select held.id, array_agg(held.vacancy_id::text || s.isco order by held.vacancy_id, s.isco) as key
       from held join seeker s on s.id = held.seeker_id
       where held.id in (select unnest(array[id, of_id]) from near where id <> of_id)
       group by held.id
     )
     select near.of_id as "ofId", near.id
     from near left join keys own on own.id = near.of_id left join keys others on others.id = near.id
     where near.id = near.of_id or others.key = own.key
     order by near.of_id, near.due_on, near.created_at, near.id`,
    [ids, actorId, at],
  );
}
