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
import { type Explained, type Factor, type PartCode, explain } from './parts.js';
import type { Destination, PreparedHousehold, PreparedSeeker, PreparedVacancy } from './prepared.js';
import { type Tensions, estimateTensions } from './shortage.js';
import {
  type HouseholdProfile,
  type LabourMarket,
  type RegionFacts,
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

/** A market and one version of the weights, ready to score any pair. */
export class Scorer {
  readonly tensions: Tensions;
  private readonly regions: Map<string, RegionFacts>;

  constructor(
    readonly market: LabourMarket,
    readonly weights: Weights,
  ) {
    this.tensions = estimateTensions(market.counts, weights.shortage);
    this.regions = new Map(market.regions.map((region) => [region.code, region]));
  }

  prepareVacancy(offer: VacancyOffer): PreparedVacancy {
    const tension = this.tensions.occupation(offer.regionCode, offer.isco, offer.sector);
    return {
      offer,
      payTenge: promisedPayTenge(offer),
      educationRank: educationRank(offer.education),
      years: requiredYears(offer.experience),
      competition: competitionFit(tension),
      shortage: shortageValue(tension),
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
