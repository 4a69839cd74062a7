import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '../shared/clock.js';
import { allotProposals } from './core/allot.js';
import { householdOptions } from './core/household.js';
import type { Weights } from './core/weights.js';
import { draftOf, localAlternativeOf, standingOf } from './proposal-draft.js';
import { insertProposals } from './proposal.queries.js';
import { type SecondChanceWish, SnapshotService } from './snapshot.service.js';
import { WEIGHTS } from './weights.provider.js';
import { auditProposals, bearingOn, draftContext, draftsThatHold } from './write-run.js';

/**
 * Makes one proposal beside the runs: for an officer who refers a household to another region, and for a household that has arrived
 * and lost its job or home.
 */
@Injectable()
export class RegionProposalService {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WEIGHTS) private readonly weights: Weights,
    private readonly snapshots: SnapshotService,
  ) {}

  /**
   * The best proposal of a household in one region, written as waiting there in the caller's transaction: for an officer who
   * refers it. Answers its id, or null when the household has no match in that region beyond the districts it already has.
   */
  async proposeInRegion(
    tx: EntityManager,
    wish: {
      householdId: string;
      regionCode: string;
      referredFromId: string | null;
      secondChance?: SecondChanceWish;
    },
  ): Promise<string | null> {
    const at = this.clock.now();
    const snapshot = await this.snapshots.take(tx, at, [wish.householdId], { secondChance: wish.secondChance });
    const [profile] = snapshot.households;
    const household = profile && snapshot.ranker.household(profile.id);
    if (household === undefined) return null;
    const options = householdOptions(household, snapshot.ranker, snapshot.scorer);
    options.districts = options.districts.filter(({ regionCode }) => regionCode === wish.regionCode);
    // The officer's referral is beside the household's own limit, so the other regions' districts do not count against it.
    const open = await bearingOn(tx, [wish.householdId], snapshot.offers.keys());
    const { load, districts } = standingOf(open, () => false);
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
    if ((await draftsThatHold(tx, [draft], snapshot.rules.date)).length === 0) return null;
    await insertProposals(tx, [draft], draftContext(this.weights, null, at));
    await auditProposals(tx, [draft], {
      action: 'propose',
      from: null,
      to: 'waiting',
      at,
      weightsVersion: this.weights.version,
    });
    return draft.id;
  }
}
