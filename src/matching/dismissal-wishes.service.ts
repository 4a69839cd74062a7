import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { HIGHEST_PAY_TENGE } from '../households/adult.dto.js';
import { DismissalService, ownHouseholdOf } from '../households/dismissal.service.js';
import type { Dismissal } from '../households/dismissal.entity.js';
import { HouseholdChangeService } from '../households/household-change.service.js';
import type { HouseholdView } from '../households/household-view.js';
import { HouseholdService } from '../households/household.service.js';
import type { Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { promisedPayTenge } from './core/types.js';

/** What a dismissal's reason says for all other posts too, once the household wants it so. */
export type WishOffer =
  /** The least pay of the adult that the post was for. */
  { wish: 'pay'; position: 1 | 2; minimumPayTenge: number } | { wish: 'housing' };

/** A pay above a refused one, as a person would name it. */
const STEP_TENGE = 10_000;

interface DismissedPost {
  id: string;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  housing: 'provided' | 'help' | 'none' | null;
  /** Of the adult that it was proposed for. */
  position: 1 | 2 | null;
}

/**
 * From "not interested: the pay", "the housing" to a wish that the ranking respects. A dismissal keeps one post, district or
 * region away; what it was for is asked, not concluded, because a wish costs proposals.
 */
@Injectable()
export class DismissalWishesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly dismissals: DismissalService,
    private readonly households: HouseholdService,
    private readonly changes: HouseholdChangeService,
  ) {}

  /** By the dismissal's id; none where the wish stands already or would not have kept the post away. */
  async offers(household: HouseholdView, dismissals: readonly Dismissal[]): Promise<ReadonlyMap<string, WishOffer>> {
    const posts = await this.posts(dismissals.map(({ id }) => id));
    return new Map(
      dismissals.flatMap((dismissal) => {
        const post = posts.find(({ id }) => id === dismissal.id);
        const offer = wishOffer(household, dismissal, post);
        return offer === null ? [] : [[dismissal.id, offer] as const];
      }),
    );
  }

  /** Makes the offer of a dismissal the household's wish; pressed twice it changes nothing. Errors: `dismissal.unknown` (404), for another's too, and those of a household's change. */
  async accept(actor: Actor, dismissalId: string): Promise<void> {
    const household = await this.households.read(ownHouseholdOf(actor));
    const own = (await this.dismissals.list(actor)).filter(({ id }) => id === dismissalId);
    if (own.length === 0) throw new Problem('dismissal.unknown', 404);
    const offer = (await this.offers(household, own)).get(dismissalId);
    if (offer === undefined) return;
    const { id, version } = household;
    const wish =
      offer.wish === 'housing'
        ? { wishes: { housingRequired: true } }
        : { adults: [{ position: offer.position, minimumPayTenge: offer.minimumPayTenge }] };
    await this.changes.change(id, { version, ...wish }, actor);
  }

  private posts(ids: readonly string[]): Promise<DismissedPost[]> {
    return rows(
      this.dataSource,
      `select d.id, v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.housing,
              (select s.position from placement pl join proposal p on p.id = pl.proposal_id join seeker s on s.id = pl.seeker_id
               where p.household_id = d.household_id and s.household_id = d.household_id and pl.vacancy_id = d.vacancy_id
               order by p.created_at desc, s.position limit 1) as position
       from dismissal d join vacancy v on v.id = d.vacancy_id where d.id = any($1::uuid[])`,
      [ids],
    );
  }
}

/** The wish that a dismissal speaks of: a pay above the refused one, in whole tens of thousands; housing that the employer gives. */
export function wishOffer(
  { adults, wishes }: Pick<HouseholdView, 'adults' | 'wishes'>,
  { reason }: Pick<Dismissal, 'reason'>,
  post: Omit<DismissedPost, 'id'> | undefined,
): WishOffer | null {
  if (reason === 'housing') return wishes.housingRequired || post?.housing === 'provided' ? null : { wish: 'housing' };
  const pay = post === undefined ? null : promisedPayTenge(post);
  const adult = adults.find(({ position }) => position === post?.position);
  if (reason !== 'pay' || pay === null || adult === undefined) return null;
  const minimumPayTenge = (Math.floor(pay / STEP_TENGE) + 1) * STEP_TENGE;
  if (minimumPayTenge > HIGHEST_PAY_TENGE || (adult.minimumPayTenge ?? 0) >= minimumPayTenge) return null;
  return { wish: 'pay', position: adult.position, minimumPayTenge };
}
