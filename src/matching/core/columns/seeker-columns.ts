import { educationRank } from '../chance.js';
import { householdFailures } from '../eligibility.js';
import type { HouseholdProfile, MoveRules, RegionFacts } from '../types.js';
import { comparisonPayTenge } from '../utility.js';
import type { Weights } from '../weights.js';
import type { Names } from './vacancy-columns.js';

/** Facts of a seeker and the household, as bits of `flags`. */
export const MOVES = 1;
export const PERMANENT_ONLY = 2;
export const HOUSING_REQUIRED = 4;
export const CORRIDOR_OFF = 8;
export const SCHOOL_AGE = 16;
/** The household wishes certain regions, whether vacancies stand there or not. */
export const WISHES_REGIONS = 32;

export const HAS_MEDICINE = 1;
export const HAS_TEACHING = 2;

export const SETTLEMENT_WISHES = ['urban', 'rural', 'any'] as const satisfies HouseholdProfile['settlementWish'][];

/** Regions are bits of a number. */
const MOST_REGIONS = 32;

/** Seekers in columns, each with what counts of the household; about 60 bytes a seeker. */
export interface SeekerColumns {
  readonly size: number;
  readonly occupation: Uint16Array;
  /** `educationRank` plus one. */
  readonly education: Uint8Array;
  readonly years: Float64Array;
  readonly languages: Uint16Array;
  readonly driving: Uint16Array;
  readonly specialities: Uint16Array;
  readonly diplomas: Uint8Array;
  /** Tenge a month, see `comparisonPayTenge`; NaN where unknown. */
  readonly comparisonPay: Float64Array;
  /** Tenge a month; 0 where none is asked for. */
  readonly minimumPay: Float64Array;
  readonly flags: Uint8Array;
  readonly home: Uint8Array;
  readonly persons: Uint16Array;
  /** Index of `SETTLEMENT_WISHES`. */
  readonly settlement: Uint8Array;
  /** Bits of regions. */
  readonly wished: Uint32Array;
  readonly excluded: Uint32Array;
  readonly relatives: Uint32Array;
  readonly household: Int32Array;
}

/** Takes in households one after the other, so that none but their columns need be kept. */
export class SeekerColumnsBuilder {
  private readonly columns: SeekerColumns & { size: number };
  private households = 0;
  /** Districts that a household does not want, as numbers of `Names.districts`, by the household's number. */
  readonly excludedDistricts = new Map<number, ReadonlySet<number>>();

  constructor(
    capacity: number,
    private readonly names: Names,
    private readonly rules: MoveRules,
    private readonly weights: Weights,
    private readonly regionFacts: ReadonlyMap<string, RegionFacts>,
  ) {
    this.columns = newColumns(capacity);
  }

  /** Adds a household's seekers in their order. */
  add(profile: HouseholdProfile): void {
    const { names, columns } = this;
    const household = this.households++;
    const home = names.regions.code(profile.homeRegionCode);
    const wished = this.bits(profile.wishedRegionCodes);
    const excluded = this.bits(profile.excludedRegionCodes);
    const relatives = this.bits(profile.relativesRegionCodes);
    const facts = this.regionFacts.get(profile.homeRegionCode);
    const districts = profile.excludedDistrictKatos ?? [];
    if (districts.length > 0) {
      this.excludedDistricts.set(household, new Set(districts.map((kato) => names.districts.code(kato))));
    }
    const flags =
      (householdFailures(profile, this.rules).length === 0 ? MOVES : 0) |
      (profile.housingRequired ? HOUSING_REQUIRED : 0) |
      (profile.corridorOff ? CORRIDOR_OFF : 0) |
      (profile.schoolAgeChildren > 0 ? SCHOOL_AGE : 0) |
      (profile.wishedRegionCodes.length > 0 ? WISHES_REGIONS : 0);
    for (const seeker of profile.seekers) {
      const at = columns.size++;
      columns.occupation[at] = names.occupations.code(seeker.isco);
      columns.education[at] = educationRank(seeker.education) + 1;
      columns.years[at] = seeker.experienceYears;
      columns.languages[at] = names.languages.code(seeker.languages);
      columns.driving[at] = names.driving.code(seeker.driving);
      columns.specialities[at] = names.specialities.code(seeker.specialities);
      columns.diplomas[at] =
        (seeker.diplomas.includes('medicine') ? HAS_MEDICINE : 0) |
        (seeker.diplomas.includes('teaching') ? HAS_TEACHING : 0);
      columns.comparisonPay[at] = comparisonPayTenge(seeker.payTenge, facts, this.weights) ?? NaN;
      columns.minimumPay[at] = Math.max(0, seeker.minimumPayTenge ?? 0);
      columns.flags[at] = flags | (seeker.permanentOnly ? PERMANENT_ONLY : 0);
      columns.home[at] = home;
      columns.persons[at] = profile.persons;
      columns.settlement[at] = SETTLEMENT_WISHES.indexOf(profile.settlementWish);
      columns.wished[at] = wished;
      columns.excluded[at] = excluded;
      columns.relatives[at] = relatives;
      columns.household[at] = household;
    }
  }

  build(): SeekerColumns {
    return this.columns;
  }

  private bits(codes: readonly string[]): number {
    let bits = 0;
    for (const code of codes) bits |= 1 << this.names.regions.code(code);
    if (this.names.regions.size > MOST_REGIONS) throw new RangeError(`More than ${MOST_REGIONS} regions.`);
    return bits >>> 0;
  }
}

function newColumns(capacity: number): SeekerColumns & { size: number } {
  return {
    size: 0,
    occupation: new Uint16Array(capacity),
    education: new Uint8Array(capacity),
    years: new Float64Array(capacity),
    languages: new Uint16Array(capacity),
    driving: new Uint16Array(capacity),
    specialities: new Uint16Array(capacity),
    diplomas: new Uint8Array(capacity),
    comparisonPay: new Float64Array(capacity),
    minimumPay: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    home: new Uint8Array(capacity),
    persons: new Uint16Array(capacity),
    settlement: new Uint8Array(capacity),
    wished: new Uint32Array(capacity),
    excluded: new Uint32Array(capacity),
    relatives: new Uint32Array(capacity),
    household: new Int32Array(capacity),
  };
}
