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
import type { HouseholdChangeDto } from '../households/household.dto.js';
import { PlaceService } from '../reference/place.service.js';
import type { Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { promisedPayTenge } from './core/types.js';

/** What a dismissal's reason says for all other posts too, once the household wants it so. */
export type WishOffer =
  /** The least pay of the adult that the post was for. */
  | { wish: 'pay'; position: 1 | 2; minimumPayTenge: number }
  | { wish: 'housing' }
  /** The whole region of a district that was dismissed for the place. */
  | { wish: 'region'; regionCode: string };

/** A pay above a refused one, as a person would name it. */
const STEP_TENGE = 10_000;

interface DismissedPost {
  /** Of the dismissal. */
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
    private readonly places: PlaceService,
  ) {}

  /** By the dismissal's id; none where the wish stands already or would not have kept the post away. */
  async offers(household: HouseholdView, dismissals: readonly Dismissal[]): Promise<ReadonlyMap<string, WishOffer>> {
    const posts = await this.posts(dismissals.map(({ id }) => id));
    return new Map(
      dismissals.flatMap((dismissal) => {
        const own = posts.filter(({ id }) => id === dismissal.id);
        const { districtKato } = dismissal;
        const districtRegion = districtKato === null ? null : (this.places.district(districtKato)?.regionCode ?? null);
        const offer = wishOffer(household, { ...dismissal, districtRegion }, own);
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
    await this.changes.change(id, { version, ...changeOf(household, offer) }, actor);
  }

  /** The vacancy that was dismissed; of a district or a region the posts of what was proposed there last before it was dismissed. */
  private posts(ids: readonly string[]): Promise<DismissedPost[]> {
    return rows(
      this.dataSource,
      `select d.id, v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.housing,
              (select s.position from placement pl join proposal p on p.id = pl.proposal_id join seeker s on s.id = pl.seeker_id
               where p.household_id = d.household_id and s.household_id = d.household_id and pl.vacancy_id = d.vacancy_id
               order by p.created_at desc, s.position limit 1) as position
       from dismissal d join vacancy v on v.id = d.vacancy_id where d.id = any($1::uuid[])
       union all
       select d.id, v.pay_min_tenge, v.pay_max_tenge, v.housing, s.position
       from dismissal d cross join lateral (
         select p.id from proposal p
         where p.household_id = d.household_id and (p.district_kato = d.district_kato or p.region_code = d.region_code)
           and p.created_at <= d.at
         order by p.created_at desc, p.id desc limit 1
       ) latest join placement pl on pl.proposal_id = latest.id join seeker s on s.id = pl.seeker_id
       join vacancy v on v.id = pl.vacancy_id
       where d.id = any($1::uuid[]) and d.vacancy_id is null
       order by id, position`,
      [ids],
    );
  }
}

function changeOf({ wishes }: HouseholdView, offer: WishOffer): Omit<HouseholdChangeDto, 'version'> {
  switch (offer.wish) {
    case 'housing':
      return { wishes: { housingRequired: true } };
    case 'region':
      return { wishes: { excludedRegionCodes: [...wishes.excludedRegionCodes, offer.regionCode] } };
    case 'pay':
      return { adults: [{ position: offer.position, minimumPayTenge: offer.minimumPayTenge }] };
  }
}

interface Dismissed extends Pick<Dismissal, 'reason'> {
  /** Of a dismissed district; null: no district was dismissed. */
  districtRegion: string | null;
}

/**
 * The wish that a dismissal speaks of: a pay above the refused one, in whole tens of thousands; housing that the employer gives; a
 * place elsewhere. Of a district or a region for two adults it is the first one's pay, and once that is wished for the second one's. A
 * region that was dismissed for the place stays away by that alone.
 */
export function wishOffer(
  { adults, wishes }: Pick<HouseholdView, 'adults' | 'wishes'>,
  { reason, districtRegion }: Dismissed,
  posts: readonly Omit<DismissedPost, 'id'>[],
): WishOffer | null {
  switch (reason) {
    case 'housing': {
      const isGiven = posts.length > 0 && posts.every(({ housing }) => housing === 'provided');
      return wishes.housingRequired || isGiven ? null : { wish: 'housing' };
    }
    case 'place': {
      const isSaid =
        districtRegion === null || [...wishes.regionCodes, ...wishes.excludedRegionCodes].includes(districtRegion);
      return isSaid ? null : { wish: 'region', regionCode: districtRegion };
    }
    case 'pay':
      return posts.map((post) => payOffer(adults, post)).find((offer) => offer !== null) ?? null;
    default:
      return null;
  }
}

function payOffer(adults: HouseholdView['adults'], post: Omit<DismissedPost, 'id'>): WishOffer | null {
  const pay = promisedPayTenge(post);
  const adult = adults.find(({ position }) => position === post.position);
  if (pay === null || adult === undefined) return null;
  const minimumPayTenge = (Math.floor(pay / STEP_TENGE) + 1) * STEP_TENGE;
  if (minimumPayTenge > HIGHEST_PAY_TENGE || (adult.minimumPayTenge ?? 0) >= minimumPayTenge) return null;
  return { wish: 'pay', position: adult.position, minimumPayTenge };
}
