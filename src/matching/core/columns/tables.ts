import { experienceFit, languageFit, occupationFit, qualificationFit, specialityDiffers } from '../chance.js';
import type { LabourMarket, RegionFacts, VacancyOffer } from '../types.js';
import {
  corridorValue,
  housingValue,
  livingCostRatio,
  servicesValue,
  settlementValue,
  supportValue,
} from '../utility.js';
import type { Weights } from '../weights.js';
import { SETTLEMENT_WISHES } from './seeker-columns.js';
import { EDUCATION_RANKS, EMPLOYMENTS, HOUSINGS, type Names, REQUIRED_YEARS, SETTLEMENTS } from './vacancy-columns.js';

/** How well an occupation fits the wanted ones, those that fit at all. */
export interface Related {
  /** Numbers of `Names.occupations`, the best fitting first. */
  wanted: Int32Array;
  /** The greatest of all that follow. */
  best: Float64Array;
  /** Four for each: what `occupationFit` says of a guess and of a sure occupation, then of both in medicine. */
  fits: Float64Array;
  /** Two for each, a guess and a sure one: the same occupation with specialities that differ. */
  differing: Float64Array;
  /** How many occupations were looked at. */
  among: number;
}

/** By region of the vacancy. */
export interface HomeRow {
  /** Living cost there ÷ at home. */
  costRatio: Float64Array;
  /** Its log2, for bounds and estimates. */
  logCostRatio: Float64Array;
  /** Not weighted, and without relatives. */
  corridor: Float64Array;
}

/**
 * Every part of a score that has few different arguments, worked out once by the plain scorer's own functions: so each value is
 * the very number that the plain scorer multiplies and adds. A row is worked out anew once the names have grown beyond it, so that
 * vacancies may be posted under the same names after people were.
 */
export class Tables {
  /** `qualification[own * EDUCATION_RANKS + required]`, both plus one. */
  readonly qualification = new Float64Array(EDUCATION_RANKS * EDUCATION_RANKS);
  /** The best of `qualification` over `required` and everything above. */
  readonly bestQualification = new Float64Array(EDUCATION_RANKS * EDUCATION_RANKS);
  /** Weighted, by `HOUSINGS`. */
  readonly housing: Float64Array;
  /** Weighted: `settlement[(wish * 2 + regionMet) * 3 + settlement]`. */
  readonly settlement = new Float64Array(SETTLEMENT_WISHES.length * 2 * SETTLEMENTS.length);
  /** The best of `settlement` for a wish and a region. */
  readonly bestSettlement = new Float64Array(SETTLEMENT_WISHES.length * 2);
  /** Index of `SETTLEMENTS` by a vacancy's `place`. */
  readonly settlementOf = Uint8Array.from(SETTLEMENTS.flatMap((_, at) => EMPLOYMENTS.map(() => at)));
  private readonly homeRows: (HomeRow | undefined)[] = [];
  private readonly servicesRows: (Float64Array | undefined)[] = [];
  private readonly facts: ReadonlyMap<string, RegionFacts>;
  private readonly relatedOf: (Related | undefined)[] = [];
  private readonly languageRows: (Float64Array | undefined)[] = [];
  private readonly drivingRows: (Uint8Array | undefined)[] = [];
  private readonly supportRows = new Map<number, Float64Array>();
  private readonly differs = new Map<number, boolean>();

  constructor(
    private readonly names: Names,
    private readonly market: LabourMarket,
    private readonly weights: Weights,
  ) {
    const { utility } = weights;
    for (let own = 0; own < EDUCATION_RANKS; own++) {
      for (let required = EDUCATION_RANKS - 1; required >= 0; required--) {
        const at = own * EDUCATION_RANKS + required;
        const value = qualificationFit(own - 1, required - 1, weights);
        const above = required + 1 < EDUCATION_RANKS ? this.bestQualification[at + 1]! : 0;
        this.qualification[at] = value;
        this.bestQualification[at] = Math.max(value, above);
      }
    }
    this.housing = Float64Array.from(HOUSINGS, (housing) => utility.housing * housingValue(housing, weights).value);
    SETTLEMENT_WISHES.forEach((settlementWish, wish) => {
      for (const met of [0, 1]) {
        SETTLEMENTS.forEach((settlementType, settlement) => {
          const household = { settlementWish, wishedRegionCodes: ['there'] };
          const vacancy = { settlementType, regionCode: met === 1 ? 'there' : 'elsewhere' };
          const value = utility.settlement * settlementValue(household, vacancy, weights).value;
          this.settlement[(wish * 2 + met) * SETTLEMENTS.length + settlement] = value;
          this.bestSettlement[wish * 2 + met] = Math.max(this.bestSettlement[wish * 2 + met]!, value);
        });
      }
    });
    this.facts = new Map(market.regions.map((region) => [region.code, region]));
  }

  /** What each region of a vacancy means to people of one region. */
  from(home: number): HomeRow {
    const row = this.homeRows[home];
    if (row !== undefined && row.costRatio.length === this.names.regions.size) return row;
    return (this.homeRows[home] = this.homeRow(this.names.regions.values[home]!));
  }

  /** Weighted services of each region, for households with children of school age or without. */
  services(schoolAge: boolean): Float64Array {
    const age = schoolAge ? 1 : 0;
    const row = this.servicesRows[age];
    if (row !== undefined && row.length === this.names.regions.size) return row;
    return (this.servicesRows[age] = Float64Array.from(
      this.names.regions.values,
      (there) => this.weights.utility.services * servicesValue(this.facts.get(there), age, this.weights).value,
    ));
  }

  /** The fit for each of `REQUIRED_YEARS`, written into `into`. */
  experience(years: number, into: Float64Array): void {
    for (let i = 0; i < REQUIRED_YEARS.length; i++) into[i] = experienceFit(years, REQUIRED_YEARS[i]!, this.weights);
  }

  related(occupation: number): Related {
    const row = this.relatedOf[occupation];
    if (row !== undefined && row.among === this.names.occupations.size) return row;
    return (this.relatedOf[occupation] = this.relate(occupation));
  }

  /** The fit of what a seeker speaks with each list of required languages. */
  languages(known: number): Float64Array {
    const { values } = this.names.languages;
    const row = this.languageRows[known];
    if (row !== undefined && row.length === values.length) return row;
    return (this.languageRows[known] = Float64Array.from(values, (required) =>
      languageFit(values[known]!, required, this.weights),
    ));
  }

  /** 1 for each list of driving categories of which the seeker lacks one. */
  lacksCategory(own: number): Uint8Array {
    const { values } = this.names.driving;
    const row = this.drivingRows[own];
    if (row !== undefined && row.length === values.length) return row;
    return (this.drivingRows[own] = Uint8Array.from(values, (required) =>
      required.some((category) => !values[own]!.includes(category)) ? 1 : 0,
    ));
  }

  drives(own: number): boolean {
    return this.names.driving.values[own]!.length > 0;
  }

  /** Weighted support by a vacancy's `place`. */
  support(persons: number): Float64Array {
    let row = this.supportRows.get(persons);
    if (row === undefined) {
      row = Float64Array.from(
        SETTLEMENTS.flatMap((settlementType) =>
          EMPLOYMENTS.map((employment) => {
            const vacancy = { settlementType, employment };
            return this.weights.utility.support * supportValue(persons, vacancy, this.weights).value;
          }),
        ),
      );
      this.supportRows.set(persons, row);
    }
    return row;
  }

  /** Whether two lists of specialities of one occupation of medicine or teaching name different ones. */
  specialitiesDiffer(own: number, wanted: number): boolean {
    const { values } = this.names.specialities;
    const key = own * 65_536 + wanted;
    let differs = this.differs.get(key);
    if (differs === undefined) {
      const isco = '0000';
      const vacancy = { isco, iscoSure: true, regulated: 'medicine' as const, specialities: values[wanted]! };
      this.differs.set(key, (differs = specialityDiffers({ isco, specialities: values[own]! }, vacancy)));
    }
    return differs;
  }

  private homeRow(homeRegionCode: string): HomeRow {
    const codes = this.names.regions.values;
    const home = this.facts.get(homeRegionCode);
    const costRatio = Float64Array.from(codes, (there) => livingCostRatio(this.facts.get(there), home));
    const household = { homeRegionCode, relativesRegionCodes: [] };
    return {
      costRatio,
      logCostRatio: costRatio.map((ratio) => Math.log2(ratio)),
      corridor: Float64Array.from(codes, (there) =>
        corridorValue(household, there, this.market.corridors, this.weights),
      ),
    };
  }

  private relate(occupation: number): Related {
    const { values } = this.names.occupations;
    const isco = values[occupation]!;
    const fitOf = (
      own: readonly string[],
      wanted: Pick<VacancyOffer, 'isco' | 'iscoSure' | 'regulated' | 'specialities'>,
    ) => occupationFit({ isco, specialities: own }, wanted, this.weights);
    const found = values.flatMap((wanted, number) => {
      const kinds = ([null, 'medicine'] as const).flatMap((regulated) =>
        [false, true].map((iscoSure) => fitOf([], { isco: wanted, iscoSure, regulated, specialities: [] })),
      );
      const differing = [false, true].map((iscoSure) =>
        fitOf(['a'], { isco: wanted, iscoSure, regulated: 'medicine', specialities: ['b'] }),
      );
      const best = Math.max(...kinds, ...differing);
      return best > 0 ? [{ number, kinds, differing, best }] : [];
    });
    found.sort((a, b) => b.best - a.best || a.number - b.number);
    return {
      wanted: Int32Array.from(found, ({ number }) => number),
      best: Float64Array.from(found, ({ best }) => best),
      fits: Float64Array.from(found.flatMap(({ kinds }) => kinds)),
      differing: Float64Array.from(found.flatMap(({ differing }) => differing)),
      among: values.length,
    };
  }
}
