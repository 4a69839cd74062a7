import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { rows } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { ledgerNumbers } from '../programme/quota-ledger.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { newId } from '../shared/ids.js';
import { AutoApproveRule } from './auto-approve-rule.entity.js';
import { type RuleCandidate, type RuleTerms, ruleApproves } from './auto-approve.js';
import { approvedPersons } from './centre-numbers.queries.js';
import { type ChangeActor, lockProposal } from './proposal-change.js';
import type { QuotaInSight } from './quota-check.js';
import { QuotaService, lockQuota } from './quota.service.js';
import { ReviewService } from './review.service.js';
import { personsIn } from './truth.js';

/** How rule decisions stand in the audit log; the rule's id stands in the details. */
const RULE: ChangeActor = { id: 'rule', role: 'system' };

/** Candidates looked at in one transaction: an officer who wants one of them waits no longer than these take. */
const TOGETHER = 20;

type Candidate = RuleCandidate & { id: string; version: number; regionCode: string };

/** The centres' rules for approving without looking, and their work after a match run. */
@Injectable()
export class AutoApproveService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly reviews: ReviewService,
    private readonly quotas: QuotaService,
  ) {}

  /** The region's rule; null where its supervisor has set none. */
  rule(regionCode: string): Promise<AutoApproveRule | null> {
    return currentRule(this.dataSource.manager, regionCode);
  }

  /** The region's rule as its supervisor set it; where none was set, one that approves nothing. */
  async terms(
    regionCode: string,
  ): Promise<RuleTerms & { regionCode: string; sectors: string[]; createdAt: Date | null }> {
    const none = { enabled: false, minScore: 100, sectors: [], housingRequired: true, allAdultsPlaced: true };
    return (await this.rule(regionCode)) ?? { ...none, regionCode, createdAt: null };
  }

  /** Sets the region's rule, for what the present one has not approved yet. It holds for proposals that are made from now on; what waits already stays with the officers. */
  async setRule(actor: Actor, regionCode: string, terms: RuleTerms): Promise<AutoApproveRule> {
    return inTransaction(this.dataSource, async (tx) => {
      // Who approves by the rule now has finished with it, and who comes next reads this one.
      await lockQuota(tx, regionCode);
      const at = this.clock.now();
      const before = await currentRule(tx, regionCode);
      const { enabled, minScore, sectors, housingRequired, allAdultsPlaced } = terms;
      const rule = tx.create(AutoApproveRule, {
        id: newId(),
        regionCode,
        enabled,
        minScore,
        sectors: [...sectors],
        housingRequired,
        allAdultsPlaced,
        createdBy: actor.id,
        createdAt: at,
      });
      await tx.insert(AutoApproveRule, rule);
      await recordAudit(tx, {
        at,
        actor,
        regionCode,
        subject: 'auto_approve_rule',
        subjectId: rule.id,
        action: 'set',
        from: before === null ? null : before.enabled ? 'enabled' : 'disabled',
        to: enabled ? 'enabled' : 'disabled',
        details: { minScore, sectors: [...sectors], housingRequired, allAdultsPlaced, beforeId: before?.id ?? null },
      });
      return rule;
    });
  }

  /**
   * Applies each region's rule to the waiting proposals of a match run, the best first, and answers how many it approved.
   * Some proposals share a transaction, because a commit costs more than an approval; a second run goes on where a first
   * one died.
   */
  async applyRules(runId: string): Promise<number> {
    const candidates = await waitingOfRun(this.dataSource.manager, runId);
    let approved = 0;
    for (const [regionCode, waiting] of groupBy(candidates, (candidate) => candidate.regionCode)) {
      const rule = await this.rule(regionCode);
      if (rule === null || !rule.enabled) continue;
      const quota = await this.quotas.inSight(regionCode);
      const meets = waiting.filter((candidate) => ruleApproves(rule, candidate, null));
      for (let i = 0; i < meets.length; i += TOGETHER) {
        approved += await this.approveSome(regionCode, meets.slice(i, i + TOGETHER), quota);
      }
    }
    return approved;
  }

  /** Approves those of the candidates that the region's rule of this moment allows and its quota still holds; answers how many. */
  private approveSome(regionCode: string, candidates: Candidate[], quota: QuotaInSight): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      await lockQuota(tx, regionCode);
      const rule = await currentRule(tx, regionCode);
      if (rule === null || !rule.enabled) return 0;
      let left = quota.persons;
      if (left !== null) {
        const { reserved, taken } = await ledgerNumbers(tx, { regionCode, category: 'settlers' }, quota.year);
        left -= reserved + taken + (await approvedPersons(tx, regionCode, quota.year));
      }
      let approved = 0;
      for (const candidate of candidates) {
        if (!ruleApproves(rule, candidate, left) || !(await this.approveByRule(tx, candidate, rule.id))) continue;
        approved++;
        if (left !== null) left -= candidate.persons;
      }
      return approved;
    });
  }

  /**
   * Approves one proposal unless it has changed meanwhile, is no longer true, or its household has good news already: a rule
   * tells no household of two places to move to. That is for an officer, who can talk to them.
   */
  private async approveByRule(tx: EntityManager, candidate: Candidate, ruleId: string): Promise<boolean> {
    const { id, version, persons } = candidate;
    const proposal = await lockProposal(tx, id);
    if (proposal?.status !== 'waiting' || proposal.version !== version) return false;
    if (await hasApproved(tx, proposal.householdId)) return false;
    // The quota was asked for so many; the match run that its change has asked for writes the proposal anew.
    if ((await personsIn(tx, proposal.householdId)) !== persons) return false;
    const change = { action: 'approve', actor: RULE, at: this.clock.now(), details: { ruleId } } as const;
    return 'proposal' in (await this.reviews.approveIfTrue(tx, proposal, change));
  }
}

function currentRule(tx: EntityManager, regionCode: string): Promise<AutoApproveRule | null> {
  return tx.findOne(AutoApproveRule, { where: { regionCode }, order: { createdAt: 'DESC', id: 'DESC' } });
}

/** True while any proposal of the household is approved, in any region, and it has not moved with it. Rules wait here for one another and for officers. */
async function hasApproved(tx: EntityManager, householdId: string): Promise<boolean> {
  await rows(tx, `select 1 from household where id = $1 for no key update`, [householdId]);
  const approved = await rows(
    tx,
    `select 1 from proposal where household_id = $1 and status = 'approved' and fulfilled_at is null limit 1`,
    [householdId],
  );
  return approved.length > 0;
}

function waitingOfRun(tx: EntityManager, runId: string): Promise<Candidate[]> {
  return rows(
    tx,
    `select p.id, p.version, p.created_at as "createdAt", p.region_code as "regionCode", p.score, p.persons,
            (select count(*)::int from seeker s where s.household_id = p.household_id and s.seeks_work) as adults,
            coalesce((select jsonb_agg(jsonb_build_object('sector', v.sector, 'housing', v.housing,
                        'needsCheck', jsonb_path_exists(pl.parts, '$[*].needsCheck[*]')))
                      from placement pl join vacancy v on v.id = pl.vacancy_id
                      where pl.proposal_id = p.id and pl.withdrawn_at is null), '[]') as placements
     from proposal p where p.run_id = $1 and p.status = 'waiting' and p.decided_at is null
     order by p.region_code, p.score desc, p.id`,
    [runId],
  );
}
