import {
  competitionFit,
  educationRank,
  experienceFit,
  languageFit,
  occupationFit,
  qualificationFit,
  requiredYears,
  specialityDiffers,
} from './chance.js';
import { type Tensions, estimateTensions } from './shortage.js';
import {
  type HouseholdProfile,
  type LabourMarket,
  type RegionFacts,
  type SeekerProfile,
  type VacancyOffer,
  promisedPayTenge,
} from './types.js';
import {
  type Value,
  comparisonPayTenge,
  corridorValue,
  housingValue,
  livingCostRatio,
  payValue,
  servicesValue,
  settlementValue,
  shortageValue,
  supportValue,
} from './utility.js';
import type { Weights } from './weights.js';

export const PART_CODES = [
  'part.pay',
  'part.housing',
  'part.partner',
  'part.services',
  'part.settlement',
  'part.shortage',
  'part.support',
  'part.corridor',
  'part.occupation',
  'part.qualification',
  'part.experience',
  'part.language',
  'part.competition',
  'part.congestion',
  'part.adult',
  'part.partner_without_job',
] as const;
export type PartCode = (typeof PART_CODES)[number];

/** What a person must look at before a placement is approved; every code has words in the locales. */
export const CHECKS = ['speciality_differs'] as const;
export type Check = (typeof CHECKS)[number];

/**
 * One reason of a score. `contribution` is in points of the score, and **the contributions of a score add up to it** (1e-9):
 * - a utility part i gives 100·wᵢ·vᵢ ÷ Σw, the points it would bring if the person surely got the post; `weight` is wᵢ ÷ Σw;
 * - a chance part j, taken in the order of `PART_CODES`, takes away the points lost with it: U·f₁…fⱼ₋₁·(fⱼ − 1), where U is the
 *   sum of the utility parts and f its factors; `weight` is 1. The sum telescopes: U + U·(f₁…f₅ − 1) = 100·u·p;
 * - the congestion price takes away its points, never more than there are; `weight` is the full price, `value` the share of it.
 */
export interface Part {
  code: PartCode;
  /** 0..1 */
  value: number;
  weight: number;
  contribution: number;
  /** Present and true when a source is silent, so that the value is neutral. */
  notStated?: boolean;
  /** Present when a person must look at this part first. Never empty. */
  needsCheck?: readonly Check[];
  /** On household parts: whose. */
  seekerId?: string;
}

/** A score with everything it is made of. */
export interface Explained {
  /** 0..100 */
  score: number;
  /** 0..1 */
  chance: number;
  /** 0..1 */
  utility: number;
  parts: Part[];
}

/** The value of a chance part. */
interface Factor extends Value {
  needsCheck?: readonly Check[];
}

/** A vacancy with all that does not depend on the seeker. */
export interface PreparedVacancy {
  offer: VacancyOffer;
  payTenge: number | null;
  educationRank: number;
  years: number;
  competition: number;
  /** How much of the competition factor people who wish to move leave: competition ÷ that among residents alone; 0..1. */
  crowding: number;
  shortage: number;
}

/** What a region means to one household. */
interface Destination {
  costRatio: number;
  services: Value;
  corridor: number;
}

export interface PreparedHousehold {
  profile: HouseholdProfile;
  seekers: PreparedSeeker[];
  destinations: Map<string, Destination>;
  /** Sums of the weights that apply: without the partner's part (the seeker-level score), and with it. */
  weightAlone: number;
  weightTogether: number;
}

export interface PreparedSeeker {
  profile: SeekerProfile;
  household: PreparedHousehold;
  educationRank: number;
  comparisonPayTenge: number | null;
}

/** A market and one version of the weights, ready to score any pair. */
export class Scorer {
  readonly tensions: Tensions;
  private readonly residentTensions: Tensions;
  private readonly regions: Map<string, RegionFacts>;

  constructor(
    private readonly market: LabourMarket,
    readonly weights: Weights,
  ) {
    this.tensions = estimateTensions(market.counts, weights.shortage.priorSeekers);
    const { residents } = market;
    this.residentTensions = residents ? estimateTensions(residents, weights.shortage.priorSeekers) : this.tensions;
    this.regions = new Map(market.regions.map((region) => [region.code, region]));
  }

  prepareVacancy(offer: VacancyOffer): PreparedVacancy {
    const { regionCode, isco, sector } = offer;
    const competition = competitionFit(this.tensions.occupation(regionCode, isco, sector));
    const amongResidents = competitionFit(this.residentTensions.occupation(regionCode, isco, sector));
    return {
      offer,
      payTenge: promisedPayTenge(offer),
      educationRank: educationRank(offer.education),
      years: requiredYears(offer.experience),
      competition,
      crowding: amongResidents > 0 ? Math.min(1, competition / amongResidents) : 1,
      shortage: shortageValue(this.tensions.sector(offer.regionCode, offer.sector)),
    };
  }

  prepareHousehold(profile: HouseholdProfile): PreparedHousehold {
    const { partner, corridor, ...own } = this.weights.utility;
    const sum = Object.values(own).reduce((total, weight) => total + weight, 0);
    const alone = sum + (profile.corridorOff ? 0 : corridor);
    const home = this.regions.get(profile.homeRegionCode);
    const household: PreparedHousehold = {
      profile,
      seekers: [],
      destinations: new Map(),
      weightAlone: alone,
      weightTogether: alone + partner,
    };
    household.seekers = profile.seekers.map((seeker) => ({
      profile: seeker,
      household,
      educationRank: educationRank(seeker.education),
      comparisonPayTenge: comparisonPayTenge(seeker.payTenge, home, this.weights),
    }));
    return household;
  }

  /** Chance p: the product of the five factors. */
  chance(seeker: PreparedSeeker, vacancy: PreparedVacancy): number {
    const { profile } = seeker;
    return (
      occupationFit(profile, vacancy.offer, this.weights) *
      qualificationFit(seeker.educationRank, vacancy.educationRank, this.weights) *
      experienceFit(profile.experienceYears, vacancy.years, this.weights) *
      languageFit(profile.languages, vacancy.offer.languages, this.weights) *
      vacancy.competition
    );
  }

  /** Σ wᵢ·vᵢ of a move without the partner's and the corridor's parts. */
  moveBase(seeker: PreparedSeeker, vacancy: PreparedVacancy): number {
    const { utility } = this.weights;
    const { profile } = seeker.household;
    const there = this.destination(seeker.household, vacancy.offer.regionCode);
    return (
      utility.pay * payValue(vacancy.payTenge, seeker.comparisonPayTenge, there.costRatio, this.weights).value +
      utility.housing * housingValue(vacancy.offer.housing, this.weights).value +
      utility.services * there.services.value +
      utility.settlement * settlementValue(profile, vacancy.offer, this.weights).value +
      utility.shortage * vacancy.shortage +
      utility.support * supportValue(profile.persons, vacancy.offer, this.weights).value
    );
  }

  /**
   * The score of a move, 0..100, from its chance and its base. `partner` is the partner's chance in the same district, or null for
   * the seeker-level score, which leaves that part and its weight out.
   */
  moveScore(
    household: PreparedHousehold,
    regionCode: string,
    chance: number,
    base: number,
    partner: number | null,
  ): number {
    const beside = base + (partner === null ? 0 : this.weights.utility.partner * partner);
    const weight = partner === null ? household.weightAlone : household.weightTogether;
    return (100 * chance * (beside + this.corridorShare(household, regionCode, beside))) / weight;
  }

  /**
   * The score of a job on the parts that staying and moving share: pay, services and the sector's shortage, with the same chance.
   * For a job at home it is the score of staying; for one elsewhere it is what that score is compared with. Living costs and
   * services are those of the vacancy's region.
   */
  sharedScore(seeker: PreparedSeeker, vacancy: PreparedVacancy): number {
    const { utility } = this.weights;
    const there = this.destination(seeker.household, vacancy.offer.regionCode);
    const pay = payValue(vacancy.payTenge, seeker.comparisonPayTenge, there.costRatio, this.weights).value;
    const base = utility.pay * pay + utility.services * there.services.value + utility.shortage * vacancy.shortage;
    return (100 * this.chance(seeker, vacancy) * base) / (utility.pay + utility.services + utility.shortage);
  }

  /** The score of a move with its parts; `price` is the congestion price in points. Equal to `moveScore` less the price. */
  explainMove(seeker: PreparedSeeker, vacancy: PreparedVacancy, partner: number | null, price: number): Explained {
    const { utility, congestion } = this.weights;
    const { household } = seeker;
    const there = this.destination(household, vacancy.offer.regionCode);
    const values: [PartCode, number, Value][] = [
      ['part.pay', utility.pay, payValue(vacancy.payTenge, seeker.comparisonPayTenge, there.costRatio, this.weights)],
      ['part.housing', utility.housing, housingValue(vacancy.offer.housing, this.weights)],
      ['part.services', utility.services, there.services],
      ['part.settlement', utility.settlement, settlementValue(household.profile, vacancy.offer, this.weights)],
      ['part.shortage', utility.shortage, { value: vacancy.shortage, stated: true }],
      ['part.support', utility.support, supportValue(household.profile.persons, vacancy.offer, this.weights)],
    ];
    if (partner !== null) values.push(['part.partner', utility.partner, { value: partner, stated: true }]);
    const beside = values.reduce((sum, [, weight, { value }]) => sum + weight * value, 0);
    if (!household.profile.corridorOff && utility.corridor > 0) {
      const share = this.corridorShare(household, vacancy.offer.regionCode, beside);
      values.push(['part.corridor', utility.corridor, { value: share / utility.corridor, stated: true }]);
    }
    const weight = partner === null ? household.weightAlone : household.weightTogether;
    const explained = explain(values, weight, this.factors(seeker, vacancy));
    if (price <= 0) return explained;
    const taken = Math.min(price, explained.score);
    const value = congestion.fullPricePoints > 0 ? price / congestion.fullPricePoints : 0;
    explained.parts.push({ code: 'part.congestion', value, weight: congestion.fullPricePoints, contribution: -taken });
    return { ...explained, score: explained.score - taken };
  }

  /** `sharedScore` with its parts. */
  explainShared(seeker: PreparedSeeker, vacancy: PreparedVacancy): Explained {
    const { utility } = this.weights;
    const there = this.destination(seeker.household, vacancy.offer.regionCode);
    return explain(
      [
        ['part.pay', utility.pay, payValue(vacancy.payTenge, seeker.comparisonPayTenge, there.costRatio, this.weights)],
        ['part.services', utility.services, there.services],
        ['part.shortage', utility.shortage, { value: vacancy.shortage, stated: true }],
      ],
      utility.pay + utility.services + utility.shortage,
      this.factors(seeker, vacancy),
    );
  }

  private factors(seeker: PreparedSeeker, vacancy: PreparedVacancy): [PartCode, Factor][] {
    const { profile } = seeker;
    const { offer } = vacancy;
    const value = (number: number, stated: boolean): Value => ({ value: number, stated });
    return [
      [
        'part.occupation',
        {
          ...value(occupationFit(profile, offer, this.weights), offer.iscoSure),
          ...(specialityDiffers(profile, offer) ? { needsCheck: ['speciality_differs'] } : {}),
        },
      ],
      [
        'part.qualification',
        value(
          qualificationFit(seeker.educationRank, vacancy.educationRank, this.weights),
          offer.education !== null && profile.education !== null,
        ),
      ],
      [
        'part.experience',
        value(experienceFit(profile.experienceYears, vacancy.years, this.weights), offer.experience !== null),
      ],
      [
        'part.language',
        value(languageFit(profile.languages, offer.languages, this.weights), offer.languages.length > 0),
      ],
      ['part.competition', value(vacancy.competition, true)],
    ];
  }

  /** The corridor's points before division by the weights: never more than its bound of the whole utility. */
  private corridorShare(household: PreparedHousehold, regionCode: string, beside: number): number {
    if (household.profile.corridorOff) return 0;
    const { boundShare } = this.weights.corridor;
    const full = this.weights.utility.corridor * this.destination(household, regionCode).corridor;
    return Math.min(full, (boundShare / (1 - boundShare)) * beside);
  }

  private destination(household: PreparedHousehold, regionCode: string): Destination {
    let there = household.destinations.get(regionCode);
    if (there === undefined) {
      const { profile } = household;
      const region = this.regions.get(regionCode);
      there = {
        costRatio: livingCostRatio(region, this.regions.get(profile.homeRegionCode)),
        services: servicesValue(region, profile.schoolAgeChildren, this.weights),
        corridor: corridorValue(profile, regionCode, this.market.corridors, this.weights),
      };
      household.destinations.set(regionCode, there);
    }
    return there;
  }
}

/** Puts values and factors together by the formula that `Part` documents. */
function explain(values: [PartCode, number, Value][], weightSum: number, factors: [PartCode, Factor][]): Explained {
  const parts: Part[] = values.map(([code, weight, { value, stated }]) => ({
    code,
    value,
    weight: weight / weightSum,
    contribution: (100 * weight * value) / weightSum,
    ...(stated ? {} : { notStated: true }),
  }));
  const sure = parts.reduce((sum, part) => sum + part.contribution, 0);
  let chance = 1;
  for (const [code, { value, stated, needsCheck }] of factors) {
    const contribution = sure * chance * (value - 1);
    const marks = { ...(stated ? {} : { notStated: true }), ...(needsCheck === undefined ? {} : { needsCheck }) };
    parts.push({ code, value, weight: 1, contribution, ...marks });
    chance *= value;
  }
  const score = Math.min(
    100,
    Math.max(
      0,
      parts.reduce((sum, part) => sum + part.contribution, 0),
    ),
  );
  return { score, chance, utility: sure / 100, parts };
}
