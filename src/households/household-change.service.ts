import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { createOnce } from '../auth/idempotency.js';
import { asSystemWithin } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { type FieldProblem, Problem } from '../shared/problem.js';
import { consentTimes, takenBack } from './consents.js';
import { type CheckedAdult, HouseholdChecks } from './household-checks.service.js';
import { askForMatch, askForWithdrawal, auditHousehold, lockHousehold, refuse } from './household-record.js';
import { readContact } from './household-rules.js';
import type { HouseholdChangeDto } from './household.dto.js';
import { Household } from './household.entity.js';
import { removeAdult } from './household.queries.js';
import { fingerprint } from './iin-cipher.js';
import { insertSeekers } from './insert-households.js';
import { matchingReads, matchingReadsAdult } from './matching-reads.js';
import { refuseUsedIins, sealAdult } from './seeker-rows.js';
import { Seeker } from './seeker.entity.js';

/** Changes to a registered household and its adults. */
@Injectable()
export class HouseholdChangeService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly checks: HouseholdChecks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Changes the fields given. The consent to matching withdrawn, or the wish to move, is an event of its own in the same transaction:
   * open proposals are withdrawn; of a household that a second adult has left, those that counted them. The other consents are
   * read wherever they matter. Of a household that consents, any other change of what the matcher reads asks for a new match.
   * Repeated with the same key it is carried out once.
   * Errors: `household.not_found`, `household.version_conflict` (409), `request.invalid`, `seeker.iin_used` (409), those of `createOnce`.
   */
  async change(id: string, change: HouseholdChangeDto, actor: Actor, key?: string): Promise<void> {
    const at = this.clock.now();
    const requestHash = fingerprint(JSON.stringify(change), this.checks.keys);
    await inTransaction(this.dataSource, async (tx) => {
      await createOnce(tx, { actorId: actor.id, key, requestHash, at }, async () => {
        await this.changeIn(tx, id, change, actor, at);
        return id;
      });
    });
  }

  private async changeIn(
    tx: EntityManager,
    id: string,
    change: HouseholdChangeDto,
    actor: Actor,
    at: Date,
  ): Promise<void> {
    const before = await lockHousehold(tx, id);
    if (before.version !== change.version) {
      throw new Problem('household.version_conflict', 409, { version: before.version });
    }
    const { after, problems } = this.changed(before, change, at);
    const known = await tx.find(Seeker, { where: { householdId: id }, order: { position: 'ASC' } });
    const removed = change.secondAdult === null ? known.find(({ position }) => position === 2) : undefined;
    const seekers = known.filter((seeker) => seeker !== removed);
    const adults = this.changedAdults(change, seekers);
    refuse([...problems, ...adults.flatMap((a) => a.problems)]);
    // The row of one who has left belongs to no household any more, so not to the one who writes it either.
    if (removed) await asSystemWithin(tx, () => removeAdult(tx, removed.id));
    await this.writeAdults(tx, id, adults);
    await tx.update(Household, { id }, { ...after, version: before.version + 1, updatedAt: at });
    await auditHousehold(tx, { action: 'change', id, regionCode: after.homeRegionCode, actor, at });
    const lost = takenBack(before, after);
    if (lost !== null) await askForWithdrawal(tx, id, lost, at);
    else if (removed) {
      const payload = { householdId: id };
      await recordEvent(tx, { topic: 'household.adult_removed', regionCode: null, payload }, at);
    }
    const others = removed !== undefined || adults.some((adult) => changesMatching(adult, seekers));
    const rematch = others || matchingReads(before, after);
    if (rematch && after.consentMatchingAt && after.wishesMove) await askForMatch(tx, id, at);
  }

  private changed(
    before: Household,
    change: HouseholdChangeDto,
    at: Date,
  ): { after: Household; problems: FieldProblem[] } {
    const { wishes = {} } = change;
    const found = change.home ? this.checks.home(change.home) : { home: null, problems: [] };
    const { contact, problems: contactProblems } = readContact({
      channel: change.channel ?? before.channel,
      phone: change.phone === undefined ? before.phone : change.phone || null,
      email: change.email === undefined ? before.email : change.email || null,
    });
    const after: Household = {
      ...before,
      ...found.home,
      ...contact,
      ...consentTimes(change.consents ?? {}, before, at),
      children: change.children ?? before.children,
      schoolAgeChildren: change.schoolAgeChildren ?? before.schoolAgeChildren,
      otherMembers: change.otherMembers ?? before.otherMembers,
      relativesRegionCodes: change.relativesRegionCodes ?? before.relativesRegionCodes,
      wishedRegionCodes: wishes.regionCodes ?? before.wishedRegionCodes,
      excludedRegionCodes: wishes.excludedRegionCodes ?? before.excludedRegionCodes,
      settlementWish: wishes.settlement ?? before.settlementWish,
      housingRequired: wishes.housingRequired ?? before.housingRequired,
      corridorOff: wishes.corridorOff ?? before.corridorOff,
      wishesMove: wishes.move ?? before.wishesMove,
      language: change.language ?? before.language,
    };
    return { after, problems: [...found.problems, ...contactProblems, ...this.checks.family(after)] };
  }

  private changedAdults(change: HouseholdChangeDto, seekers: Seeker[]): ChangedAdult[] {
    return (change.adults ?? []).map((given, i) => {
      const before = seekers.find((seeker) => seeker.position === given.position) ?? null;
      const { adult, problems } = this.checks.adult(given, before, `adults.${i}`);
      return { id: before?.id ?? newId(), isNew: before === null, position: given.position, adult, problems };
    });
  }

  private async writeAdults(tx: EntityManager, householdId: string, adults: ChangedAdult[]): Promise<void> {
    const changed = adults.flatMap(({ adult, ...rest }) => (adult ? [{ ...rest, ...adult }] : []));
    // Another household's member may have the number, whom the caller does not see.
    await asSystemWithin(tx, () => refuseUsedIins(tx, changed, this.checks.keys));
    for (const { isNew, position, problems: _, ...seeker } of changed) {
      const { id, ...columns } = sealAdult(seeker, this.checks.keys);
      if (isNew) await insertSeekers(tx, [{ ...columns, id, householdId, position }]);
      else await tx.update(Seeker, { id }, columns as Partial<Seeker>);
    }
  }
}

function changesMatching({ id, adult }: ChangedAdult, known: readonly Seeker[]): boolean {
  const before = known.find((seeker) => seeker.id === id);
  return adult !== null && (before === undefined || matchingReadsAdult(before, adult));
}

interface ChangedAdult {
  id: string;
  isNew: boolean;
  position: 1 | 2;
  adult: CheckedAdult | null;
  problems: FieldProblem[];
}
