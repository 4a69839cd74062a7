import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { type AuditAction, recordAudit } from '../audit/audit.js';
import { asSystem, asSystemWithin } from '../database/scope.js';
import { type Sql, firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { ownHouseholdOf } from '../households/dismissal.service.js';
import { hasMoved } from '../matching/market.queries.js';
import { recordEvent } from '../outbox/outbox.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { reach } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { ApplicationFlow } from './application-flow.service.js';
import { Application } from './application.entity.js';
import { Interest } from './interest.entity.js';
import type { InterestAnswer } from './interests.dto.js';
import {
  type InterestCount,
  type InterestRow,
  type SharedInterestRow,
  firmOfVacancy,
  interestCountsOfEmployer,
  interestsOfHousehold,
  interestsOnProposal,
  interestsOnVacancy,
  isCheckedFirm,
  lockApprovedPlacements,
  sharedInterestsOfEmployer,
  sharedInterestsOnVacancy,
} from './interests.queries.js';

/**
 * A household's interest in an approved match. The centre sees it; an employer sees name and phone only while the household
 * lets this employer. Everything can be taken back, and hides the contact at once.
 */
@Injectable()
export class InterestsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly flow: ApplicationFlow,
  ) {}

  /** The caller's own, the newest first. */
  async own(actor: Actor): Promise<InterestAnswer[]> {
    return withoutContact(await interestsOfHousehold(this.dataSource, ownHouseholdOf(actor)));
  }

  /**
   * Interest in every job of an approved match, with the employers of `shareWith` (placements) let see name and phone. Said
   * twice it stands once, with the latest consents. Errors: `match.not_approved` (409), `match.unknown` (404),
   * for another's too, `household.none` (409).
   */
  async express(actor: Actor, proposalId: string, shareWith: readonly string[]): Promise<InterestAnswer[]> {
    const householdId = ownHouseholdOf(actor);
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      // A household may read its proposals, not lock them: nobody may withdraw this one meanwhile.
      const jobs = await asSystemWithin(tx, () => lockApprovedPlacements(tx, proposalId, householdId));
      if (jobs.length === 0) {
        await refuseOthersMatch(tx, proposalId, householdId);
        throw new Problem('match.not_approved', 409);
      }
      const before = await tx.findBy(Interest, { placementId: In(jobs.map(({ id }) => id)) });
      const told = before.some(({ withdrawnAt }) => withdrawnAt === null);
      const interests = jobs.map((job): Interest => {
        const old = before.find(({ placementId }) => placementId === job.id);
        const shares = shareWith.includes(job.id) && job.employerId !== null;
        return {
          id: old?.id ?? newId(),
          householdId,
          proposalId,
          placementId: job.id,
          vacancyId: job.vacancyId,
          employerId: job.employerId,
          regionCode: job.regionCode,
          expressedAt: old?.withdrawnAt === null ? old.expressedAt : at,
          sharedAt: shares ? (old?.sharedAt ?? at) : null,
          withdrawnAt: null,
        };
      });
      await tx.save(Interest, interests);
      const first = interests[0]!;
      await this.audit(tx, actor, first, 'express_interest', at);
      await this.mayApply(tx, actor, first, at);
      if (told) return;
      await recordEvent(tx, { topic: 'interest.expressed', regionCode: null, payload: { interestId: first.id } }, at);
    });
    return withoutContact(await interestsOnProposal(this.dataSource, proposalId));
  }

  /**
   * Takes the interest in a match back; the contact is hidden at once. Does nothing when there is none. Errors: `match.unknown`
   * (404), for another's too; `interest.applied` (409): who has applied withdraws the application.
   */
  async withdraw(actor: Actor, proposalId: string): Promise<void> {
    const householdId = ownHouseholdOf(actor);
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const standing = await tx.find(Interest, {
        where: { proposalId, householdId, withdrawnAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      const [first] = standing;
      if (first === undefined) return refuseOthersMatch(tx, proposalId, householdId);
      await this.endBeginning(tx, actor, proposalId, at);
      const ids = standing.map(({ id }) => id);
      await tx.update(Interest, { id: In(ids) }, { withdrawnAt: at, sharedAt: null });
      await this.audit(tx, actor, first, 'withdraw_interest', at);
    });
  }

  /** From the interest on the household may apply, and is told until when; who has moved already need not. */
  private async mayApply(
    tx: EntityManager,
    actor: Actor,
    { householdId, proposalId, regionCode }: Interest,
    at: Date,
  ): Promise<void> {
    if (await tx.existsBy(Application, { proposalId, endedAt: IsNull() })) return;
    if (await hasMoved(tx, householdId)) return;
    await asSystemWithin(tx, () => this.flow.start(tx, { householdId, proposalId, regionCode }, actor, at));
  }

  private async endBeginning(tx: EntityManager, actor: Actor, proposalId: string, at: Date): Promise<void> {
    const begun = await tx.findOneBy(Application, { proposalId, endedAt: IsNull() });
    if (begun === null) return;
    await asSystemWithin(tx, () =>
      this.flow.locked(tx, begun.id, actor, async (application, balance) => {
        if (application.endedAt !== null) return;
        if (application.state !== 'interested') throw new Problem('interest.applied', 409);
        const change = { action: 'withdraw', actor, at, reason: 'interest_withdrawn' } as const;
        await this.flow.carryOut(tx, balance, application, change);
      }),
    );
  }

  /** Lets an employer see name and phone, or no longer. Errors: `interest.unknown` (404), `interest.no_employer` (409). */
  async share(actor: Actor, id: string, share: boolean): Promise<void> {
    const householdId = ownHouseholdOf(actor);
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const interest = await tx.findOne(Interest, {
        where: { id, householdId, withdrawnAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (interest === null) throw new Problem('interest.unknown', 404);
      if (share && interest.employerId === null) throw new Problem('interest.no_employer', 409);
      if ((interest.sharedAt !== null) === share) return;
      await tx.update(Interest, { id }, { sharedAt: share ? at : null });
      await this.audit(tx, actor, interest, share ? 'share_contact' : 'hide_contact', at);
    });
  }

  /**
   * Interest in a proposal, for its centre: without names, which the centre's own page shows by its own consent. Error:
   * `proposal.unknown` (404), for another region's too.
   */
  async interestsOfProposal(actor: Actor, proposalId: string): Promise<InterestAnswer[]> {
    const proposal = await firstRow<{ regionCode: string }>(
      this.dataSource,
      'select region_code as "regionCode" from proposal where id = $1',
      [proposalId],
    );
    if (proposal === undefined || !seesRegion(actor, proposal.regionCode)) throw new Problem('proposal.unknown', 404);
    return withoutContact(await interestsOnProposal(this.dataSource, proposalId));
  }

  /** One's own interest must be there. Error: `interest.unknown` (404), for another's too. */
  async mustBeOwn(actor: Actor, id: string): Promise<void> {
    const found = await this.dataSource.manager.existsBy(Interest, { id, householdId: ownHouseholdOf(actor) });
    if (!found) throw new Problem('interest.unknown', 404);
  }

  /**
   * Interest in a vacancy. Its own firm, once a centre has checked it, gets those who consented, with name and phone, and each
   * reading stands in the audit log; a centre gets its region's without. Error: `match.vacancy_not_found` (404), for another
   * firm's or region's too.
   */
  async interestsOfVacancy(actor: Actor, vacancyId: string): Promise<InterestAnswer[]> {
    const firm = await firmOfVacancy(this.dataSource, vacancyId);
    const isOwnFirm = reach(actor, 'interests.read') === 'own firm';
    const isTheirs =
      firm !== undefined &&
      (isOwnFirm
        ? actor.employerId !== null && firm.employerId === actor.employerId
        : seesRegion(actor, firm.regionCode));
    if (!isTheirs) throw new Problem('match.vacancy_not_found', 404);
    if (!isOwnFirm) return withoutContact(await interestsOnVacancy(this.dataSource, vacancyId));
    if (!firm.verified) return [];
    // A firm sees no household; whom it may see of these is said by their own consent, in the question itself.
    const shared = await asSystem(() => sharedInterestsOnVacancy(this.dataSource, vacancyId, actor.employerId ?? ''));
    for (const interest of shared) await this.recordReading(actor, interest);
    return shared;
  }

  /** Standing interest in each of the caller's firm's vacancies, as counts: nobody is named. */
  async countsOfFirm(actor: Actor): Promise<InterestCount[]> {
    const { employerId } = actor;
    // A firm sees no interest that was not shared with it; how many there are it may know.
    return employerId === null ? [] : asSystem(() => interestCountsOfEmployer(this.dataSource, employerId));
  }

  /**
   * People who let the caller's firm see name and phone, the newest first; nobody until a centre has checked the firm. Each
   * first reading stands in the audit log.
   */
  async peopleOfFirm(actor: Actor): Promise<SharedInterestRow[]> {
    const { employerId } = actor;
    if (employerId === null || !(await isCheckedFirm(this.dataSource, employerId))) return [];
    // Whom a firm may see of the households is said by their own consent, in the question itself.
    const shared = await asSystem(() => sharedInterestsOfEmployer(this.dataSource, employerId));
    for (const interest of shared) await this.recordReading(actor, interest);
    return shared;
  }

  private async recordReading(actor: Actor, interest: InterestRow): Promise<void> {
    await asSystem(() =>
      inTransaction(this.dataSource, async (tx) => {
        const known = await firstRow(
          tx,
          `select 1 from audit_entry where subject = 'proposal' and subject_id = $1 and action = 'read_contact'
             and actor = $2 and at >= $3`,
          [interest.proposalId, actor.id, interest.sharedAt],
        );
        if (known === undefined) await this.audit(tx, actor, interest, 'read_contact', this.clock.now());
      }),
    );
  }

  private audit(
    tx: EntityManager,
    actor: Actor,
    { proposalId, regionCode, id }: Pick<Interest, 'proposalId' | 'regionCode' | 'id'>,
    action: AuditAction,
    at: Date,
  ): Promise<void> {
    return recordAudit(tx, {
      at,
      actor,
      regionCode,
      subject: 'proposal',
      subjectId: proposalId,
      action,
      from: 'approved',
      to: 'approved',
      details: { interestId: id },
    });
  }
}

/** Nothing for a match of one's own. Error: `match.unknown` (404). */
export async function refuseOthersMatch(sql: Sql, proposalId: string, householdId: string): Promise<void> {
  const own = await firstRow(sql, 'select 1 from proposal where id = $1 and household_id = $2', [
    proposalId,
    householdId,
  ]);
  if (own === undefined) throw new Problem('match.unknown', 404);
}

function withoutContact(found: readonly InterestRow[]): InterestAnswer[] {
  return found.map((interest) => ({ ...interest, contact: null }));
}
