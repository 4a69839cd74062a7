import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountRegister } from '../auth/account-register.service.js';
import { createOnce } from '../auth/idempotency.js';
import { asSystemWithin } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { checkIin } from '../shared/identity-number.js';
import { isUuid, newId } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { type FieldProblem, Problem } from '../shared/problem.js';
import { NO_CONSENT, consentTimes } from './consents.js';
import { type CheckedAdult, HouseholdChecks } from './household-checks.service.js';
import { askForMatch, askForWithdrawal, auditHousehold, lockHousehold, refuse } from './household-record.js';
import { readContact } from './household-rules.js';
import { type FoundSeeker, type HouseholdSummary, type HouseholdView, viewHousehold } from './household-view.js';
import type { HouseholdListQuery, NewHouseholdDto } from './household.dto.js';
import { Household } from './household.entity.js';
import {
  erasePersonalData,
  eraseQuestions,
  hasProposals,
  listHouseholds,
  seekerByIinIndex,
} from './household.queries.js';
import { fingerprint, indexIin } from './iin-cipher.js';
import { insertHouseholds } from './insert-households.js';
import { refuseUsedIins, sealAdult } from './seeker-rows.js';
import { Seeker } from './seeker.entity.js';

/** Registering, reading and erasing households. */
@Injectable()
export class HouseholdService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly checks: HouseholdChecks,
    private readonly accounts: AccountRegister,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Registers a household; with consent to matching its matching is asked for in the same transaction.
   * Errors: `request.invalid` with coded fields, `seeker.iin_used` (409), those of `createOnce`.
   */
  async create(given: NewHouseholdDto, actor: Actor, key: string | undefined): Promise<HouseholdView> {
    const at = this.clock.now();
    const { home, problems: homeProblems } = this.checks.home(given.home);
    const { contact, problems: contactProblems } = readContact({
      channel: given.channel ?? 'in_app',
      phone: given.phone || null,
      email: given.email || null,
    });
    const family = {
      children: given.children ?? 0,
      schoolAgeChildren: given.schoolAgeChildren ?? 0,
      relativesRegionCodes: given.relativesRegionCodes ?? [],
      wishedRegionCodes: given.wishes?.regionCodes ?? [],
      excludedRegionCodes: given.wishes?.excludedRegionCodes ?? [],
    };
    const adults = given.adults.map((adult, i) => this.checks.adult(adult, null, `adults.${i}`));
    const checked = adults.flatMap(({ adult }) => adult ?? []);
    refuse([
      ...homeProblems,
      ...contactProblems,
      ...this.checks.family(family),
      ...adults.flatMap(({ problems }) => problems),
      ...repeatedIin(checked),
    ]);
    const household = {
      ...home!,
      ...family,
      otherMembers: given.otherMembers ?? 0,
      ...contact,
      ...consentTimes(given.consents ?? {}, NO_CONSENT, at),
      settlementWish: given.wishes?.settlement ?? ('any' as const),
      housingRequired: given.wishes?.housingRequired ?? false,
      corridorOff: given.wishes?.corridorOff ?? false,
      wishesMove: given.wishes?.move ?? true,
      language: given.language ?? ('kk' as const),
      synthetic: false,
      createdAt: at,
    };
    const requestHash = fingerprint(JSON.stringify(given), this.checks.keys);
    const id = await inTransaction(this.dataSource, async (tx) => {
      const made = await createOnce(tx, { actorId: actor.id, key, requestHash, at }, async () => {
        const householdId = newId();
        const seekers = checked.map((adult) => ({ id: newId(), ...adult }));
        await refuseUsedIins(tx, seekers, this.checks.keys);
        const rows = seekers.map((seeker) => sealAdult(seeker, this.checks.keys));
        await insertHouseholds(tx, [{ ...household, id: householdId, adults: rows }]);
        const { homeRegionCode: regionCode } = home!;
        await auditHousehold(tx, { action: 'create', id: householdId, regionCode, actor, at });
        if (household.consentMatchingAt && household.wishesMove) await askForMatch(tx, householdId, at);
        return householdId;
      });
      return made.id;
    });
    return this.read(id);
  }

  /** Names and phone for somebody else's program: each reading is a line of the audit log. Error: `household.not_found`. */
  async readRecorded(id: string, actor: Actor): Promise<HouseholdView> {
    const household = await this.read(id);
    await this.recordReading('read_contact', id, household.home.regionCode, actor);
    return household;
  }

  private async recordReading(
    action: 'read_contact' | 'find_by_iin',
    id: string,
    regionCode: string,
    actor: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, (tx) => auditHousehold(tx, { action, id, regionCode, actor, at }));
  }

  /** For the household itself, and for whoever has just changed it. Error: `household.not_found`. */
  async read(id: string): Promise<HouseholdView> {
    const manager = this.dataSource.manager;
    const household = await manager.findOneBy(Household, { id });
    if (!household || household.erasedAt) throw new Problem('household.not_found', 404);
    return viewHousehold(
      household,
      await manager.find(Seeker, { where: { householdId: id }, order: { position: 'ASC' } }),
    );
  }

  async list(query: HouseholdListQuery): Promise<Page<HouseholdSummary>> {
    const { limit, cursor, regionCode = null } = query;
    const before = cursor === undefined ? null : String(decodeCursor(cursor, 1)[0]);
    if (before !== null && !isUuid(before)) throw new Problem('page.cursor_invalid', 400);
    const found = await listHouseholds(this.dataSource, { regionCode, before, limit: limit + 1 });
    return toPage(
      found,
      limit,
      (row) => [row.id],
      (row) => row,
    );
  }

  /** Whose IIN this is; each answer is a line of the audit log. Errors: the code of a wrong IIN, `household.not_found`. */
  async findByIin(text: string, actor: Actor): Promise<FoundSeeker> {
    const check = checkIin(text);
    if (!check.ok) refuse([{ field: 'iin', code: check.code }]);
    const found = check.ok ? await seekerByIinIndex(this.dataSource, indexIin(check.iin, this.checks.keys)) : undefined;
    if (!found) throw new Problem('household.not_found', 404);
    await this.recordReading('find_by_iin', found.householdId, found.regionCode, actor);
    return { householdId: found.householdId, seekerId: found.id };
  }

  /**
   * Erases a household. Without proposals every row goes; otherwise a row remains that says nothing of anybody, because
   * decisions, quotas and audit hang on it (docs/decisions/erasing-households.md). Its account goes with its phone number,
   * whoever erases. Error: `household.not_found`.
   */
  async erase(id: string, actor: Actor): Promise<void> {
    const at = this.clock.now();
    const accountId = await this.accounts.idOfHousehold(id);
    await inTransaction(this.dataSource, async (tx) => {
      const household = await lockHousehold(tx, id);
      // What it asked is written at its centre's desk, beyond what it may change itself.
      await asSystemWithin(tx, async () => {
        await eraseQuestions(tx, { householdId: id }, at);
        if (accountId !== null) await eraseQuestions(tx, { accountId }, at);
      });
      if (await hasProposals(tx, id)) {
        // Officers' notes on the household's proposals go too, whoever may change proposals.
        await asSystemWithin(tx, () => erasePersonalData(tx, id, at));
        await askForWithdrawal(tx, id, 'consent', at);
      } else {
        await tx.delete(Household, { id });
      }
      await auditHousehold(tx, { action: 'erase', id, regionCode: household.homeRegionCode, actor, at });
      if (accountId !== null) {
        await recordEvent(
          tx,
          { topic: 'household.erased', regionCode: null, payload: { accountId, householdId: id } },
          at,
        );
      }
    });
    // Accounts are of another role: theirs is a transaction of its own, after this one, which holds rows that point at it. Whatever ends
    // the program between them, the event's job deletes it.
    if (accountId !== null) await this.accounts.delete(accountId, actor, id);
  }
}

function repeatedIin(adults: CheckedAdult[]): FieldProblem[] {
  const [first, second] = adults;
  const same = first && second && first.iin !== null && first.iin === second.iin;
  return same ? [{ field: 'adults.1.iin', code: 'seeker.iin_repeated' }] : [];
}
