import { newId } from '../shared/ids.js';
import type { Standing } from './core/congestion.js';
import { type HouseholdPlan, householdParts } from './core/household.js';
import { moveMismatchFacts } from './core/mismatch.js';
import type { Ranker } from './core/rank.js';
import type { Explained } from './core/parts.js';
import type { PreparedHousehold } from './core/prepared.js';
import type { Scorer } from './core/score.js';
import { type MarketSides, sidesOf } from './core/sides.js';
import { openingsOf } from './core/types.js';
import type { OfferedVacancy } from './market.queries.js';
import type { NewPlacement, OpenProposal, ProposalDraft } from './proposal.queries.js';
import { sideOf } from './sides.queries.js';

/** The best job in the home region for each adult that has one: shown beside every move. */
export interface LocalAlternative {
  placements: {
    seekerId: string;
    vacancyId: string;
    title: string;
    employerName: string;
    districtKato: string | null;
    payMinTenge: number | null;
    payMaxTenge: number | null;
    score: number;
    parts: Explained['parts'];
    /** Of the vacancy, as it is read with the alternative; nothing of it is stored. */
    synthetic?: boolean;
  }[];
}

/** What drafts are made from: the ranked market, and the vacancies with their titles. */
export interface Ranked {
  ranker: Ranker;
  scorer: Scorer;
  offers: ReadonlyMap<string, OfferedVacancy>;
  /** Vacancies in north and south. */
  sides: MarketSides;
}

/**
 * Moving and staying on the same parts (`Scorer.sharedScore`), each the mean over the adults who seek work, one without a job
 * counting 0. Housing, support money and the corridor are in neither: staying has no such part.
 */
export interface StayingComparison {
  moving: number;
  staying: number;
  /** True when staying scores more. */
  worseThanStaying: boolean;
}

/**
 * The local alternative of a household; null when nobody in it has one that reaches `minimumLocalScore`. Two adults share a post
 * only where it has two openings.
 */
export function localAlternativeOf(
  household: PreparedHousehold,
  { ranker, scorer, offers }: Ranked,
): LocalAlternative | null {
  const taken = new Set<string>();
  const placements = household.seekers.flatMap((seeker) => {
    const offer = ranker
      .topLocal(seeker.profile.id, 2)
      .flatMap(({ vacancyId, score }) => {
        const one = offers.get(vacancyId);
        return one !== undefined && score >= scorer.weights.proposals.minimumLocalScore ? [one] : [];
      })
      .find((one) => !taken.has(one.id) || openingsOf(one) > 1);
    if (offer === undefined) return [];
    taken.add(offer.id);
    const { score, parts } = scorer.explainShared(seeker, scorer.prepareVacancy(offer));
    const { title, employerName, districtKato, payMinTenge, payMaxTenge } = offer;
    return [
      {
        seekerId: seeker.profile.id,
        vacancyId: offer.id,
        title,
        employerName,
        districtKato,
        payMinTenge,
        payMaxTenge,
        score,
        parts,
      },
    ];
  });
  return placements.length === 0 ? null : { placements };
}

/** A plan as rows: its score, its parts, and what each vacancy promises at this moment. */
export function draftOf(
  household: PreparedHousehold,
  plan: HouseholdPlan,
  localAlternative: LocalAlternative | null,
  { ranker, scorer, offers, sides }: Ranked,
): ProposalDraft {
  const proposalId = newId();
  const explained = new Map<string, Explained>();
  let moving = 0;
  const placements = plan.placements.map(({ seekerId, vacancy, partner, price }): NewPlacement => {
    const prepared = ranker.vacancies[vacancy]!;
    const seeker = household.seekers.find(({ profile }) => profile.id === seekerId)!;
    const own = scorer.explainMove(seeker, prepared, partner, price);
    explained.set(seekerId, own);
    moving += scorer.sharedScore(seeker, prepared) / household.seekers.length;
    const offer = offers.get(prepared.offer.id)!;
    const { title, employerName, payMinTenge, payMaxTenge, housing, employment } = offer;
    const promise = {
      title,
      employerName,
      payMinTenge,
      payMaxTenge,
      housing,
      employment,
      districtKato: plan.districtKato,
      isco: offer.isco,
    };
    const move = {
      from: household.profile.homeRegionCode,
      to: plan.regionCode,
      isco: offer.isco!,
      sector: offer.sector,
    };
    return {
      id: newId(),
      proposalId,
      seekerId,
      vacancyId: offer.id,
      score: own.score,
      parts: own.parts,
      promise,
      mismatch: moveMismatchFacts(
        scorer.tensions,
        move,
        sides.sectors,
        sidesOf(sides, seeker.profile.isco, sideOf(move.from)),
      ),
    };
  });
  const scoreParts = householdParts(household, plan, explained);
  return {
    id: proposalId,
    householdId: household.profile.id,
    persons: household.profile.persons,
    regionCode: plan.regionCode,
    districtKato: plan.districtKato,
    score: Math.min(
      100,
      scoreParts.reduce((sum, part) => sum + part.contribution, 0),
    ),
    scoreParts,
    localAlternative: localAlternative && {
      ...localAlternative,
      comparison: comparisonOf(moving, localAlternative, household.seekers.length),
    },
    referredFromId: null,
    placements,
  };
}

function comparisonOf(moving: number, { placements }: LocalAlternative, seekers: number): StayingComparison {
  const staying = placements.reduce((sum, { score }) => sum + score, 0) / seekers;
  return { moving, staying, worseThanStaying: staying > moving };
}

/** The open proposals that bear on a run. */
export interface BearingProposals {
  /** Of its own households, each as it stands. */
  own: readonly OpenProposal[];
  /** Of all others only how many stand on a vacancy, by its id. */
  others: ReadonlyMap<string, number>;
}

/** What stands while a run decides: every open proposal that `decidesAnew` leaves out. */
export function standingOf(
  { own, others }: BearingProposals,
  decidesAnew: (proposal: OpenProposal) => boolean,
): Standing {
  const load = new Map(others);
  const districts = new Map<string, Set<string>>();
  for (const proposal of own) {
    if (decidesAnew(proposal)) continue;
    for (const { vacancyId } of proposal.placements) load.set(vacancyId, (load.get(vacancyId) ?? 0) + 1);
    districts.set(proposal.householdId, (districts.get(proposal.householdId) ?? new Set()).add(proposal.districtKato));
  }
  return { load, districts };
}

/**
 * Points by which a waiting proposal's score may lag behind the market. Every ingest moves every tension a little; without
 * this all proposals of the country would get a new version then, and officers who have just read one would be refused.
 */
const DRIFT_POINTS = 1;

/** True when writing the draft over the proposal would change nothing that matters to a reader. */
export function saysTheSame(proposal: OpenProposal, draft: ProposalDraft, weightsVersion: number): boolean {
  return (
    proposal.weightsVersion === weightsVersion &&
    Math.abs(proposal.score - draft.score) < DRIFT_POINTS &&
    proposal.persons === draft.persons &&
    proposal.worseThanStaying === (draft.localAlternative?.comparison.worseThanStaying ?? false) &&
    sameIds(proposal.localVacancyIds, draft.localAlternative?.placements ?? []) &&
    proposal.placements.length === draft.placements.length &&
    draft.placements.every(({ seekerId, vacancyId, promise, parts }) => {
      const old = proposal.placements.find((placement) => placement.seekerId === seekerId);
      if (old?.vacancyId !== vacancyId || !sameFields(promise, old.promise)) return false;
      return sameCodes(
        old.needsCheck,
        parts.flatMap(({ needsCheck }) => needsCheck ?? []),
      );
    })
  );
}

function sameIds(ids: readonly string[], placements: readonly { vacancyId: string }[]): boolean {
  return ids.length === placements.length && placements.every(({ vacancyId }, i) => ids[i] === vacancyId);
}

function sameCodes(codes: readonly string[], others: readonly string[]): boolean {
  return codes.length === others.length && codes.every((code) => others.includes(code));
}

function sameFields(one: object, other: object): boolean {
  const others = other as Record<string, unknown>;
  return Object.entries(one).every(([name, value]) => others[name] === value);
}
