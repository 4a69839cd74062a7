import type { DataSource } from 'typeorm';
import { type PreparedRead, preparedRows } from '../database/prepared.js';
import type { MoveMismatch } from './core/mismatch.js';
import { MOVED_TO, MOVED_STATES } from './market.queries.js';
import type { PlacementPromise } from './promise.js';
import type { LocalAlternative, StayingComparison } from './proposal-draft.js';
import type { ProposalStatus } from './proposal-states.js';
import type { StoredPart } from './proposal.entity.js';
import { LOCAL_ALTERNATIVE } from './proposal.queries.js';

/** A household's proposals with their placements, for the API. */
export interface HouseholdMatch {
  id: string;
  status: ProposalStatus;
  version: number;
  regionCode: string;
  districtKato: string;
  persons: number;
  score: number;
  parts: StoredPart[];
  weightsVersion: number;
  runId: string | null;
  localAlternative: (LocalAlternative & { comparison?: StayingComparison }) | null;
  dueOn: string;
  createdAt: Date;
  updatedAt: Date;
  /** The household has moved with it and has not gone back. A second chance is taken where it lives already: that is no move. */
  movedWith: boolean;
  /** The household has moved with it, or works there since a second chance. */
  fulfilled: boolean;
  /** It was taken, and the household has gone back: nothing comes of it any more. */
  over: boolean;
  placements: {
    id: string;
    seekerId: string;
    vacancyId: string;
    score: number;
    parts: StoredPart[];
    promise: PlacementPromise;
    /** Of the vacancy today: a town or a village; null where its place does not tell. */
    settlementType: 'urban' | 'rural' | null;
    /** Of the vacancy: invented, for a demonstration. */
    synthetic: boolean;
    /** Null on placements made before it was recorded. */
    mismatch: MoveMismatch | null;
    withdrawnAt: string | null;
    withdrawnReason: string | null;
  }[];
}

/** A household with its proposals, as far as their money asks of it. */
export interface MatchedHousehold {
  homeRegionCode: string;
  /** The region that it has moved to by an application and has not left; null: none. */
  movedTo: string | null;
  /** In their order, with today's monthly pay: 0 without work, null when not stated. */
  adults: { id: string; payTenge: number | null }[];
  /** Open ones first, then the best. */
  matches: HouseholdMatch[];
}

/** One row for each proposal, or a single one without. */
const HOUSEHOLD_MATCHES: PreparedRead = {
  name: 'household_matches',
  text: `select h.home_region_code as "homeRegionCode", ${MOVED_TO} as "movedTo",
                coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'payTenge', a.pay_tenge) order by a.position)
                          from seeker a where a.household_id = h.id), '[]') as adults, m.*
         from household h left join lateral (
           select p.id, p.status, p.version, p.region_code as "regionCode", p.district_kato as "districtKato", p.persons, p.score,
                  p.score_parts as parts, p.weights_version as "weightsVersion", p.run_id as "runId",
                  ${LOCAL_ALTERNATIVE} as "localAlternative", p.due_on::text as "dueOn", p.created_at as "createdAt", p.updated_at as "updatedAt",
                  exists (select from application a where a.proposal_id = p.id and a.state in ${MOVED_STATES}) as "movedWith",
                  p.fulfilled_at is not null as fulfilled,
                  p.fulfilled_at is not null and not exists (
                    select from application a where a.state in ${MOVED_STATES} and (a.proposal_id = p.id
                      -- A second chance is taken without an application: it is over when its household is gone from the region.
                      or (a.household_id = p.household_id and a.region_code = p.region_code and not exists (select from application own where own.proposal_id = p.id)))) as over,
                  coalesce((select jsonb_agg(jsonb_build_object('id', pl.id, 'seekerId', pl.seeker_id, 'vacancyId', pl.vacancy_id,
                              'score', pl.score, 'parts', pl.parts, 'promise', pl.promise, 'settlementType', v.settlement_type,
                              'synthetic', v.synthetic, 'mismatch', pl.mismatch, 'withdrawnAt', pl.withdrawn_at,
                              'withdrawnReason', pl.withdrawn_reason) order by s.position)
                            from placement pl join seeker s on s.id = pl.seeker_id join vacancy v on v.id = pl.vacancy_id where pl.proposal_id = p.id), '[]') as placements
           from proposal p where p.household_id = h.id and ($2::text is null or p.region_code = $2)
         ) m on true
         where h.id = $1 and h.erased_at is null
         order by m.status in ('waiting', 'claimed', 'returned', 'approved') desc, m.score desc, m.id`,
};

type MatchRow = Omit<MatchedHousehold, 'matches'> & (HouseholdMatch | { id: null });

/**
 * A household with its proposals, only one region's where `regionCode` is given; undefined when the household does not exist, was
 * erased, or is not the caller's to see. One statement, for it is what pages and programs ask for most.
 */
export async function matchedHousehold(
  dataSource: DataSource,
  householdId: string,
  regionCode: string | null,
): Promise<MatchedHousehold | undefined> {
  const found = await preparedRows<MatchRow>(dataSource, HOUSEHOLD_MATCHES, [householdId, regionCode]);
  const [first] = found;
  if (first === undefined) return undefined;
  const { homeRegionCode, movedTo, adults } = first;
  const matches = found.flatMap(({ homeRegionCode: _home, movedTo: _movedTo, adults: _adults, ...match }) =>
    match.id === null ? [] : [match],
  );
  return { homeRegionCode, movedTo, adults, matches };
}
