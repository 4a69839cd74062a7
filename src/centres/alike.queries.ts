import { type Sql, rows } from '../database/sql.js';

/** What an officer weighs once for several families: the posts, the district and the occupations of those who would fill them. */
const KEY_OF = (proposal: string): string => `
  (select array_agg(pl.vacancy_id::text || s.isco order by pl.vacancy_id, s.isco)
   from placement pl join seeker s on s.id = pl.seeker_id
   where pl.proposal_id = ${proposal}.id and pl.withdrawn_at is null)`;

export interface AlikeRow {
  /** The proposal asked about. */
  ofId: string;
  id: string;
}

/**
 * For each of some proposals, those of its region that wait for a decision (or are in the actor's own hands) and offer the
 * same posts in the same district to people of the same occupations, itself included, in the order of the queue.
 */
export function alikeOf(sql: Sql, ids: readonly string[], actorId: string, at: Date): Promise<AlikeRow[]> {
  return rows(
    sql,
    `select p.id as "ofId", other.id
     from proposal p
     cross join lateral (select ${KEY_OF('p')} as key) as own
     join proposal other on other.region_code = p.region_code and other.district_kato = p.district_kato
       and (other.status = 'waiting' or (other.status = 'claimed' and (other.claimed_by = $2 and other.claimed_until > $3)))
       and other.id in (select pl.proposal_id from placement pl where pl.withdrawn_at is null and pl.vacancy_id =
             (select first.vacancy_id from placement first where first.proposal_id = p.id and first.withdrawn_at is null
              order by first.vacancy_id limit 1))
     cross join lateral (select ${KEY_OF('other')} as key) as others
     where p.id = any($1::uuid[]) and others.key = own.key
     order by p.id, other.due_on, other.created_at, other.id`,
    [ids, actorId, at],
  );
}
