import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { PlaceService } from '../reference/place.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { Dismissal } from './dismissal.entity.js';
import type { NewDismissalDto } from './dismissal.dto.js';
import { askForMatch, auditHousehold, lockHousehold } from './household-record.js';

/** What a household is not interested in: matching leaves it out, and what is open of it is withdrawn. */
@Injectable()
export class DismissalService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly places: PlaceService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<Dismissal[]> {
    const householdId = ownHouseholdOf(actor);
    return this.dataSource.manager.find(Dismissal, { where: { householdId }, order: { at: 'DESC', id: 'DESC' } });
  }

  /**
   * Leaves a vacancy, a district or a region out from now on; said again, it takes the newer reason. Open proposals of it are
   * withdrawn and the household is matched anew by the event of the same transaction.
   * Errors: `household.none` (409), `dismissal.target_unknown` (422).
   */
  async dismiss(actor: Actor, wish: NewDismissalDto): Promise<Dismissal> {
    const householdId = ownHouseholdOf(actor);
    const at = this.clock.now();
    const target = {
      vacancyId: wish.scope === 'vacancy' ? (wish.vacancyId ?? null) : null,
      districtKato: wish.scope === 'district' ? (wish.districtKato ?? null) : null,
      regionCode: wish.scope === 'region' ? (wish.regionCode ?? null) : null,
    };
    return inTransaction(this.dataSource, async (tx) => {
      const household = await lockHousehold(tx, householdId);
      const known =
        (target.vacancyId !== null &&
          (await tx.query<unknown[]>('select 1 from vacancy where id = $1', [target.vacancyId])).length > 0) ||
        (target.districtKato !== null && this.places.district(target.districtKato) !== null) ||
        this.places.regions().some(({ code }) => code === target.regionCode);
      if (!known)
        throw new Problem('dismissal.target_unknown', 422, {}, [{ field: 'scope', code: 'dismissal.target_unknown' }]);
      const before = await tx.findOneBy(Dismissal, { householdId, ...sameTarget(target) });
      const dismissal = {
        ...target,
        id: before?.id ?? newId(),
        householdId,
        scope: wish.scope,
        reason: wish.reason,
        at,
      };
      await tx.save(Dismissal, dismissal);
      if (before !== null) return dismissal;
      const { homeRegionCode: regionCode } = household;
      await auditHousehold(tx, { action: 'dismiss', id: householdId, regionCode, actor, at });
      await recordEvent(tx, { topic: 'household.dismissed', regionCode: null, payload: { householdId } }, at);
      return dismissal;
    });
  }

  /** Takes a dismissal back and asks for a new match. Error: `dismissal.unknown` (404), for another's too. */
  async undo(actor: Actor, id: string): Promise<void> {
    const householdId = ownHouseholdOf(actor);
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const { homeRegionCode: regionCode, consentMatchingAt, wishesMove } = await lockHousehold(tx, householdId);
      const { affected } = await tx.delete(Dismissal, { id, householdId });
      if (!affected) throw new Problem('dismissal.unknown', 404);
      await auditHousehold(tx, { action: 'undo_dismiss', id: householdId, regionCode, actor, at });
      if (consentMatchingAt !== null && wishesMove) await askForMatch(tx, householdId, at);
    });
  }
}

function sameTarget(target: Pick<Dismissal, 'vacancyId' | 'districtKato' | 'regionCode'>): Record<string, string> {
  return Object.fromEntries(Object.entries(target).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The household of a signed-in migrant. Error: `household.none` (409) before it is registered. */
export function ownHouseholdOf(actor: Actor): string {
  if (actor.householdId === null) throw new Problem('household.none', 409);
  return actor.householdId;
}
