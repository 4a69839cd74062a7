import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import { recordAudits } from '../audit/audit.js';
import type { Sql } from '../database/sql.js';
import { analyzeAfterLoad } from '../database/analyze.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { SEED_TABLE_1 } from '../programme/groupings.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { type Allotment, type Standing, allotProposals, stillFitting } from './core/congestion.js';
import { type HouseholdOptions, householdOptions } from './core/household.js';
import { createPlainRanker, pairKey } from './core/rank.js';
import { northSouthOf } from './core/mismatch.js';
import { Scorer } from './core/score.js';
import { withMovers } from './core/shortage.js';
import type { Corridor, HouseholdProfile, MoveRules } from './core/types.js';
import type { Weights } from './core/weights.js';
import { addWorkingDays, isKazakhHoliday } from './due-date.js';
import { marketCounts, movingHouseholds, openVacancies, regionFacts } from './market.queries.js';
import { MatchRun } from './match-run.entity.js';
import { mismatchCounts } from './mismatch.queries.js';
import { type Ranked, draftOf, localAlternativeOf, saysTheSame, standingOf } from './proposal-draft.js';
import {
  type DraftContext,
  type OpenProposal,
  type ProposalDraft,
  insertProposals,
  lockWaitingProposals,
  openProposals,
  refusedPairs,
  stillMoving,
  updateProposals,
  withdrawSuperseded,
} from './proposal.queries.js';
import { CORRIDORS, WEIGHTS } from './weights.provider.js';

export interface MatchRunResult {
  runId: string;
  reason: string;
  weightsVersion: number;
  asOf: Date;
  households: number;
  seekers: number;
  vacancies: number;
  pairsScored: number;
  proposalsMade: number;
  proposalsUpdated: number;
  proposalsUnchanged: number;
  proposalsWithdrawn: number;
}

export interface MatchRunWish {
  /** The run's id: a job that runs again does the same run again. Default: a new one. */
  runId?: string;
  /** Match this household only; every other proposal stands. */
  householdId?: string | null;
}

/** The market of one moment, ranked. */
export interface Snapshot extends Ranked {
  households: HouseholdProfile[];
  rules: MoveRules;
}

/** Any fixed number: runs of the matcher follow one another, over all processes. */
const MATCH_LOCK = 7_145_222_017;
const ACTOR = { id: 'rematch', role: 'system' };
/** Households handled before the event loop gets a turn. */
const HOUSEHOLDS_AT_ONCE = 50;

/**
 * Matches households with vacancies and keeps the review queues filled. A run decides anew on every proposal that still waits and
 * that no officer referred or returned: a district chosen again keeps its proposal, due date and place in the queue; one no longer chosen
 * is withdrawn as `superseded` (nobody has been told of it). Claimed, returned and approved proposals are never touched, and
 * count towards the limits of their vacancies and of their household.
 */
@Injectable()
export class MatchingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WEIGHTS) private readonly weights: Weights,
    @Inject(CORRIDORS) private readonly corridors: Corridor[],
    private readonly programme: ProgrammeService,
  ) {}

  /** Records a run and asks the workers to do it; answers its id. */
  async requestRun(reason: string): Promise<string> {
    return inTransaction(this.dataSource, async (tx) => {
      const at = this.clock.now();
      const runId = newId();
      await this.startRun(tx, { id: runId, reason, householdId: null }, at);
      await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { runId, reason } }, at);
      return runId;
    });
  }

  /** The run of an id; throws `match_run.unknown`. */
  async runById(id: string): Promise<MatchRun> {
    const run = await this.dataSource.manager.findOneBy(MatchRun, { id });
    if (run === null) throw new Problem('match_run.unknown', 404);
    return { ...run, pairsScored: Number(run.pairsScored) };
  }

  /** True when a run over all households has begun after this moment and is done: what was asked then is in it. */
  coversSince(at: Date): Promise<boolean> {
    return this.dataSource.manager.existsBy(MatchRun, { status: 'done', householdId: IsNull(), asOf: MoreThan(at) });
  }

  /** Does a run, one at a time over all processes, and answers what it changed. Proposals and run are written in one transaction. */
  async run(reason: string, { runId = newId(), householdId = null }: MatchRunWish = {}): Promise<MatchRunResult> {
    return this.inTurn(() => this.runAlone(runId, reason, householdId));
  }

  /**
   * The run that an event of a moment asks for; null when its turn comes after a run over all has begun later than that moment
   * and is done, because then it has nothing left to find.
   */
  async runAsked(
    at: Date,
    reason: string,
    { runId = newId(), householdId = null }: MatchRunWish,
  ): Promise<MatchRunResult | null> {
    return this.inTurn(async () => ((await this.coversSince(at)) ? null : this.runAlone(runId, reason, householdId)));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const lock = this.dataSource.createQueryRunner();
    try {
      await lock.query('select pg_advisory_lock($1)', [MATCH_LOCK]);
      return await work();
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [MATCH_LOCK]).catch(() => undefined);
      await lock.release();
    }
  }

  /** The market of this moment, for the run and for questions about single pairs. */
  async snapshot(sql: Sql, at: Date, householdId: string | null): Promise<Snapshot> {
    const rules = await this.rules(at);
    const [reception, departure] = [[...rules.receptionRegions], [...rules.departureRegions]];
    const households = await movingHouseholds(sql, departure, householdId);
    const vacancies = await openVacancies(sql, [...reception, ...departure], rules.date);
    const scorer = await this.scorer(sql, rules);
    const refused = await refusedPairs(sql);
    const excluded = new Set(refused.map(({ seekerId, vacancyId }) => pairKey(seekerId, vacancyId)));
    const ranker = createPlainRanker({ scorer, rules, households, vacancies, excluded });
    const northSouth = northSouthOf(await mismatchCounts(sql, null), SEED_TABLE_1);
    return { households, rules, scorer, ranker, northSouth, offers: new Map(vacancies.map((one) => [one.id, one])) };
  }

  async rules(at: Date): Promise<MoveRules> {
    const date = dateInKazakhstan(at);
    return {
      date,
      receptionRegions: new Set(await this.programme.receptionRegions(date)),
      departureRegions: new Set(await this.programme.departureRegions(date)),
      supportClaimed: true,
    };
  }

  /** Scores by the market on the rules' date, people who wish to move counted where they may go. */
  async scorer(sql: Sql, rules: MoveRules): Promise<Scorer> {
    const residents = await marketCounts(sql, rules.date);
    const counts = withMovers(residents, rules);
    return new Scorer({ counts, residents, regions: await regionFacts(sql), corridors: this.corridors }, this.weights);
  }

  /**
   * The best proposal of a household in one region, written as waiting there in the caller's transaction: for an officer who
   * refers it. Answers its id, or null when the household has no match in that region beyond the districts it already has.
   */
  async proposeInRegion(
    tx: EntityManager,
    wish: { householdId: string; regionCode: string; referredFromId: string | null },
  ): Promise<string | null> {
    const at = this.clock.now();
    const snapshot = await this.snapshot(tx, at, wish.householdId);
    const [profile] = snapshot.households;
    const household = profile && snapshot.ranker.household(profile.id);
    if (household === undefined) return null;
    const options = householdOptions(household, snapshot.ranker, snapshot.scorer);
    options.districts = options.districts.filter(({ regionCode }) => regionCode === wish.regionCode);
    // The officer's referral is beside the household's own limit, so the other regions' districts do not count against it.
    const { load, districts } = standingOf(await openProposals(tx), () => false);
    const here = new Set(
      [...(districts.get(wish.householdId) ?? [])].filter((kato) =>
        options.districts.some((d) => d.districtKato === kato),
      ),
    );
    const [best] = allotProposals(
      [options],
      { load, districts: new Map([[wish.householdId, here]]) },
      snapshot.ranker,
      snapshot.scorer,
    );
    if (best === undefined) return null;
    const draft = draftOf(household, best.plan, localAlternativeOf(household, snapshot), snapshot);
    draft.referredFromId = wish.referredFromId;
    await insertProposals(tx, [draft], this.context(null, at));
    await this.audit(tx, 'propose', [draft], null, 'waiting', at);
    return draft.id;
  }

  private async runAlone(runId: string, reason: string, householdId: string | null): Promise<MatchRunResult> {
    const at = this.clock.now();
    await this.startRun(this.dataSource.manager, { id: runId, reason, householdId }, at);
    try {
      const snapshot = await this.snapshot(this.dataSource, at, householdId);
      const allotments = await this.allot(snapshot, householdId);
      return await inTransaction(this.dataSource, (tx) =>
        this.write(tx, { runId, reason, householdId, at, snapshot, allotments }),
      );
    } catch (error) {
      await this.dataSource.manager.update(MatchRun, { id: runId }, { status: 'failed', finishedAt: this.clock.now() });
      throw error;
    }
  }

  private async startRun(
    tx: EntityManager,
    wish: Pick<MatchRun, 'id' | 'reason' | 'householdId'>,
    at: Date,
  ): Promise<void> {
    const run = {
      ...wish,
      weightsVersion: this.weights.version,
      asOf: at,
      status: 'running' as const,
      startedAt: at,
      finishedAt: null,
    };
    await tx.upsert(MatchRun, run, ['id']);
  }

  private async allot({ households, ranker, scorer }: Snapshot, householdId: string | null): Promise<Allotment[]> {
    const standing = standingOf(await openProposals(this.dataSource), decidedAnew(householdId));
    const options: HouseholdOptions[] = [];
    for (const [i, { id }] of households.entries()) {
      if (i % HOUSEHOLDS_AT_ONCE === 0) await nextTurn();
      options.push(householdOptions(ranker.household(id)!, ranker, scorer));
    }
    await nextTurn();
    return allotProposals(options, standing, ranker, scorer);
  }

  private async write(
    tx: EntityManager,
    run: {
      runId: string;
      reason: string;
      householdId: string | null;
      at: Date;
      snapshot: Snapshot;
      allotments: Allotment[];
    },
  ): Promise<MatchRunResult> {
    const { runId, reason, householdId, at, snapshot } = run;
    // An officer may have claimed a proposal while the run computed: what stands now decides.
    await lockWaitingProposals(tx);
    const open = await openProposals(tx);
    const anew = decidedAnew(householdId);
    const standing: Standing = standingOf(open, anew);
    // So does a household that took back its consent, or was erased: nothing is proposed to it any more.
    const moving = await stillMoving(tx, [...new Set(run.allotments.map((allotment) => allotment.householdId))]);
    const allotments = run.allotments.filter((allotment) => moving.has(allotment.householdId));
    const drafts = draftsOf(stillFitting(allotments, standing, snapshot.ranker, snapshot.scorer), snapshot);
    const waiting = new Map(open.filter(anew).map((proposal) => [districtKey(proposal), proposal]));
    const changed: ReturnType<typeof inPlaceOf>[] = [];
    const made: ProposalDraft[] = [];
    for (const draft of drafts) {
      const old = waiting.get(districtKey(draft));
      waiting.delete(districtKey(draft));
      if (old === undefined) made.push(draft);
      else if (!saysTheSame(old, draft, this.weights.version)) changed.push(inPlaceOf(old, draft));
    }
    const superseded = [...waiting.values()];
    const context = this.context(runId, at);
    await withdrawSuperseded(
      tx,
      superseded.map(({ id }) => id),
      ACTOR.id,
      at,
    );
    await updateProposals(tx, changed, context);
    await insertProposals(tx, made, context);
    await analyzeAfterLoad(tx, changed.length + made.length, ['proposal', 'placement']);
    await this.audit(tx, 'withdraw', superseded, 'waiting', 'withdrawn', at, 'superseded');
    await this.audit(tx, 'rescore', changed, 'waiting', 'waiting', at);
    await this.audit(tx, 'propose', made, null, 'waiting', at);
    const counts = {
      households: snapshot.households.length,
      seekers: snapshot.households.reduce((sum, { seekers }) => sum + seekers.length, 0),
      vacancies: snapshot.offers.size,
      pairsScored: snapshot.ranker.pairsScored,
      proposalsMade: made.length,
      proposalsWithdrawn: superseded.length,
    };
    await tx.update(MatchRun, { id: runId }, { ...counts, status: 'done', finishedAt: this.clock.now() });
    await recordEvent(tx, { topic: 'proposals.made', regionCode: null, payload: { runId } }, at);
    return {
      runId,
      reason,
      weightsVersion: this.weights.version,
      asOf: at,
      ...counts,
      proposalsUpdated: changed.length,
      proposalsUnchanged: drafts.length - made.length - changed.length,
    };
  }

  private context(runId: string | null, at: Date): DraftContext {
    const { version: weightsVersion, proposals } = this.weights;
    return {
      runId,
      weightsVersion,
      dueOn: addWorkingDays(dateInKazakhstan(at), proposals.dueWorkingDays, isKazakhHoliday),
      at,
    };
  }

  private audit(
    tx: EntityManager,
    action: string,
    proposals: readonly { id: string; regionCode: string; version?: number }[],
    from: string | null,
    to: string,
    at: Date,
    reason: string | null = null,
  ): Promise<void> {
    return recordAudits(
      tx,
      proposals.map(({ id, regionCode, version = 0 }) => ({
        at,
        actor: ACTOR,
        regionCode,
        subject: 'proposal',
        subjectId: id,
        action,
        from,
        to,
        reason,
        details: { version: version + 1, weightsVersion: this.weights.version },
      })),
    );
  }
}

/** Which open proposals a run decides on: waiting ones, neither referred nor told of, of its household where it has one. */
function decidedAnew(householdId: string | null): (proposal: OpenProposal) => boolean {
  return ({ status, referred, told, householdId: owner }) =>
    status === 'waiting' && !referred && !told && (householdId === null || owner === householdId);
}

const districtKey = ({ householdId, districtKato }: { householdId: string; districtKato: string }): string =>
  `${householdId} ${districtKato}`;

function draftsOf(allotments: readonly Allotment[], snapshot: Snapshot): ProposalDraft[] {
  const alternatives = new Map<string, ReturnType<typeof localAlternativeOf>>();
  return allotments.map(({ householdId, plan }) => {
    const household = snapshot.ranker.household(householdId)!;
    let local = alternatives.get(householdId);
    if (local === undefined) alternatives.set(householdId, (local = localAlternativeOf(household, snapshot)));
    return draftOf(household, plan, local, snapshot);
  });
}

/** A draft in the place of a waiting proposal, with the version it is written over. */
function inPlaceOf(proposal: OpenProposal, draft: ProposalDraft): ProposalDraft & { version: number } {
  const placements = draft.placements.map((placement) => ({ ...placement, proposalId: proposal.id }));
  return { ...draft, id: proposal.id, version: proposal.version, placements };
}
