import type { Weights } from '../weights.js';
import {
  CORRIDOR_OFF,
  HAS_MEDICINE,
  HAS_TEACHING,
  HOUSING_REQUIRED,
  PERMANENT_ONLY,
  SCHOOL_AGE,
  SETTLEMENT_WISHES,
  type SeekerColumns,
  WISHES_REGIONS,
} from './seeker-columns.js';
import type { Related, Tables } from './tables.js';
import {
  type Bounds,
  DRIVING,
  EDUCATION_RANKS,
  HOUSING_PROVIDED,
  MEDICINE,
  PERMANENT,
  type Postings,
  SETTLEMENTS,
  SURE,
  TEACHING,
} from './vacancy-columns.js';

/**
 * What a bound or an estimate may lack by rounding, in points of a score. Both differ from the score itself in the order of a
 * few operations, each wrong by at most 2⁻⁵³ of numbers up to 100.
 */
export const SLACK = 1e-9;

const clamp = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/** What places are worth to a household. */
interface PlaceRow {
  /** By a vacancy's `place`. */
  support: Float64Array;
  mostSupport: number;
  /** Settlement and support together, by whether the region is wished and by `place`. */
  worth: Float64Array;
}

/**
 * Scores one seeker at a time against entries of one posting at a time: `take` a seeker, `open` a posting, then ask for entries of
 * it. `chance`, `base`, `moveScore` and `sharedScore` do the operations of `Scorer` in the same order over the values of
 * `Tables`, so that they answer the same numbers to the last bit. A moving part: not to be shared.
 */
export class PairScorer {
  private readonly experience = new Float64Array(4);
  private readonly weightApart: number;
  private readonly weightShared: number;
  private readonly corridorFactor: number;
  /** By languages and education, then by years. */
  private readonly meetsRows: (Map<number, Float64Array> | undefined)[] = [];
  /** By persons and the wish for a settlement. */
  private readonly placeRows = new Map<number, PlaceRow>();
  // The seeker.
  private seeker = 0;
  private today = 0;
  private noToday = false;
  private weight = 1;
  private boundFactor = 0;
  private qualificationAt = 0;
  private needed = 0;
  private barred = 0;
  private minimumPay = 0;
  private specialities = 0;
  private support: Float64Array = new Float64Array(9);
  private languages: Float64Array = new Float64Array(0);
  /** How well the seeker meets each of the postings' `asked`. */
  private meets: Float64Array = new Float64Array(0);
  private lacks: Uint8Array = new Uint8Array(0);
  private services: Float64Array = new Float64Array(0);
  private districts: ReadonlySet<number> | undefined;
  /** 100 ÷ the weight. */
  private scale = 100;
  private ofPlace: Float64Array = new Float64Array(0);
  // The seeker by region: log2 of the pay that is worth half, the most beside pay, housing and shortage, the corridor in full.
  private readonly logEven: Float64Array;
  private readonly mostBeside: Float64Array;
  private readonly corridorOf: Float64Array;
  // The posting.
  private fits: Float64Array = new Float64Array(0);
  private differing: Float64Array = new Float64Array(0);
  private fitAt = 0;
  private isSame = false;
  private ratio = 1;
  private even = 0;
  private service = 0;
  private settlementAt = 0;
  private placeAt = 0;
  private corridor = 0;

  constructor(
    private readonly weights: Weights,
    private readonly tables: Tables,
    private readonly postings: Postings,
    private readonly seekers: SeekerColumns,
    private readonly excludedDistricts: ReadonlyMap<number, ReadonlySet<number>>,
  ) {
    const { partner: _partner, corridor: _corridor, ...own } = weights.utility;
    this.weightApart = Object.values(own).reduce((total, weight) => total + weight, 0);
    this.weightShared = own.pay + own.services + own.shortage;
    this.corridorFactor = weights.corridor.boundShare / (1 - weights.corridor.boundShare);
    this.logEven = new Float64Array(postings.regions);
    this.mostBeside = new Float64Array(postings.regions);
    this.corridorOf = new Float64Array(postings.regions);
  }

  /** `wishes` false: what the household wants of a move does not count, as for jobs in its own region. */
  take(seeker: number, wishes: boolean): void {
    const { seekers, tables, weights } = this;
    const flags = seekers.flags[seeker]!;
    const diplomas = seekers.diplomas[seeker]!;
    this.seeker = seeker;
    this.today = seekers.comparisonPay[seeker]!;
    this.noToday = Number.isNaN(this.today);
    const corridorOff = (flags & CORRIDOR_OFF) !== 0;
    this.weight = this.weightApart + (corridorOff ? 0 : weights.utility.corridor);
    this.boundFactor = corridorOff ? 0 : this.corridorFactor;
    this.qualificationAt = seekers.education[seeker]! * EDUCATION_RANKS;
    this.needed =
      (wishes && (flags & HOUSING_REQUIRED) !== 0 ? HOUSING_PROVIDED : 0) |
      ((flags & PERMANENT_ONLY) !== 0 ? PERMANENT : 0);
    this.barred =
      ((diplomas & HAS_MEDICINE) === 0 ? MEDICINE : 0) |
      ((diplomas & HAS_TEACHING) === 0 ? TEACHING : 0) |
      (tables.drives(seekers.driving[seeker]!) ? 0 : DRIVING);
    this.minimumPay = seekers.minimumPay[seeker]!;
    this.specialities = seekers.specialities[seeker]!;
    const wish = seekers.settlement[seeker]!;
    const places = this.placesOf(seekers.persons[seeker]!, wish);
    this.support = places.support;
    this.ofPlace = places.worth;
    this.languages = tables.languages(seekers.languages[seeker]!);
    this.lacks = tables.lacksCategory(seekers.driving[seeker]!);
    this.services = tables.services((flags & SCHOOL_AGE) !== 0);
    this.districts = wishes ? this.excludedDistricts.get(seekers.household[seeker]!) : undefined;
    const years = seekers.years[seeker]!;
    tables.experience(years, this.experience);
    this.meets = this.meetsOf(seekers.languages[seeker]!, seekers.education[seeker]!, years);
    const { logCostRatio, corridor } = tables.from(seekers.home[seeker]!);
    this.scale = 100 / this.weight;
    const logToday = Math.log2(this.today);
    const relatives = seekers.relatives[seeker]!;
    for (let region = 0; region < this.logEven.length; region++) {
      const known =
        (relatives >>> region) & 1 ? Math.max(weights.corridor.relatives, corridor[region]!) : corridor[region]!;
      this.logEven[region] = logCostRatio[region]! + logToday;
      this.mostBeside[region] =
        this.services[region]! + tables.bestSettlement[this.wishAt(region)]! + places.mostSupport;
      this.corridorOf[region] = corridorOff ? 0 : weights.utility.corridor * known;
    }
  }

  /** Opens a posting of the `fit`-th of the seeker's related occupations in a region. */
  open(related: Related, fit: number, region: number): void {
    const { seekers, seeker, tables } = this;
    this.fits = related.fits;
    this.differing = related.differing;
    this.fitAt = fit;
    this.isSame = related.wanted[fit] === seekers.occupation[seeker];
    this.ratio = tables.from(seekers.home[seeker]!).costRatio[region]!;
    this.even = this.logEven[region]!;
    this.service = this.services[region]!;
    const wish = this.wishAt(region);
    this.settlementAt = wish * SETTLEMENTS.length;
    this.placeAt = (wish & 1) * this.support.length;
    this.corridor = this.corridorOf[region]!;
  }

  /** Whether nothing but the occupation keeps the seeker from an entry: housing, permanence, papers, pay, an unwanted district. */
  admits(entry: number): boolean {
    const { postings } = this;
    const gate = postings.gates[entry]!;
    if ((gate & this.needed) !== this.needed || (gate & this.barred) !== 0) return false;
    if (this.lacks[postings.driving[entry]!] === 1) return false;
    if (this.minimumPay > 0 && !(postings.pay[entry]! >= this.minimumPay)) return false;
    return this.districts === undefined || !this.districts.has(postings.district[entry]!);
  }

  /** The fit of the occupation; 0 where it is unrelated. */
  occupationFit(entry: number): number {
    const gate = this.postings.gates[entry]!;
    const sure = (gate & SURE) !== 0 ? 1 : 0;
    const differs =
      this.isSame &&
      (gate & (MEDICINE | TEACHING)) !== 0 &&
      this.tables.specialitiesDiffer(this.specialities, this.postings.specialities[entry]!);
    return differs
      ? this.differing[this.fitAt * 2 + sure]!
      : this.fits[this.fitAt * 4 + ((gate & MEDICINE) !== 0 ? 2 : 0) + sure]!;
  }

  chance(entry: number, fit: number): number {
    const { postings } = this;
    return (
      fit *
      this.tables.qualification[this.qualificationAt + postings.education[entry]!]! *
      this.experience[postings.years[entry]!]! *
      this.languages[postings.languages[entry]!]! *
      postings.competition[entry]!
    );
  }

  /**
   * Writes the `moveScore` of the entries `from` up to `to`, not included, but for their last bits, -1 where the seeker cannot have one. It
   * takes the logarithm of the pay ready-made and adds up what is known of a seeker beforehand. In one loop over columns held at
   * hand, because most entries come no further than here.
   */
  estimate(from: number, to: number, into: Float64Array): void {
    const { needed, barred, lacks, minimumPay, districts, meets, fits, fitAt, isSame, even, service, corridor } = this;
    const { ofPlace, placeAt, boundFactor, scale, weights } = this;
    const { gates, driving, pay, demands, competition, logPay, fixed, place, district } = this.postings;
    const { neutral } = weights;
    const payWeight = weights.utility.pay;
    const plainFit = fits[fitAt * 4]!;
    const sureFit = fits[fitAt * 4 + 1]!;
    for (let entry = from; entry < to; entry++) {
      const gate = gates[entry]!;
      into[entry - from] = -1;
      if ((gate & needed) !== needed || (gate & barred) !== 0 || lacks[driving[entry]!] === 1) continue;
      if (minimumPay > 0 && !(pay[entry]! >= minimumPay)) continue;
      if (districts !== undefined && districts.has(district[entry]!)) continue;
      const isMedical = (gate & MEDICINE) !== 0;
      const fit =
        isMedical || (isSame && (gate & TEACHING) !== 0)
          ? this.occupationFit(entry)
          : (gate & SURE) !== 0
            ? sureFit
            : plainFit;
      if (fit === 0) continue;
      const gain = Math.min(1, Math.max(0, 0.5 + 0.5 * (logPay[entry]! - even)));
      // Not a number: one of the two is not stated.
      const worth = gain !== gain ? neutral : gain;
      const base = payWeight * worth + fixed[entry]! + service + ofPlace[placeAt + place[entry]!]!;
      const bounded = boundFactor * base;
      into[entry - from] =
        scale * (fit * meets[demands[entry]!]! * competition[entry]!) * (base + Math.min(corridor, bounded));
    }
  }

  base(entry: number): number {
    const { postings, tables, weights } = this;
    const place = postings.place[entry]!;
    return (
      weights.utility.pay * this.payValue(entry) +
      tables.housing[postings.housing[entry]!]! +
      this.service +
      tables.settlement[this.settlementAt + tables.settlementOf[place]!]! +
      weights.utility.shortage * postings.shortage[entry]! +
      this.support[place]!
    );
  }

  moveScore(chance: number, base: number): number {
    const bounded = this.boundFactor * base;
    return (100 * chance * (base + (this.corridor < bounded ? this.corridor : bounded))) / this.weight;
  }

  sharedScore(chance: number, entry: number): number {
    const { pay, shortage } = this.weights.utility;
    const base = pay * this.payValue(entry) + this.service + shortage * this.postings.shortage[entry]!;
    return (100 * chance * base) / this.weightShared;
  }

  /**
   * Writes a score that no move under each of the bounds `from` up to `to`, not included, passes. `fit` is the best of the occupation. In one
   * loop, as `estimate`.
   */
  bound(bounds: Bounds, from: number, to: number, fit: number, region: number, into: Float64Array): void {
    const { weights, tables, qualificationAt, experience, noToday, boundFactor, scale } = this;
    const { sure, education, years, competition, logPay, unstatedPay, housing, shortage } = bounds;
    const { neutral } = weights;
    const { bestQualification } = tables;
    const { pay: payWeight, shortage: shortageWeight } = weights.utility;
    const guess = fit * weights.occupation.guessed;
    const even = this.logEven[region]!;
    const beside = this.mostBeside[region]!;
    const corridor = this.corridorOf[region]!;
    for (let place = from; place < to; place++) {
      const chance =
        (sure[place] === 1 ? fit : guess) *
        bestQualification[qualificationAt + education[place]!]! *
        experience[years[place]!]! *
        competition[place]!;
      let pay = neutral;
      if (!noToday) {
        pay = clamp(0.5 + 0.5 * (logPay[place]! - even));
        if (unstatedPay[place] === 1 && neutral > pay) pay = neutral;
      }
      const base = payWeight * pay + housing[place]! + beside + shortageWeight * shortage[place]!;
      into[place - from] = scale * chance * (base + Math.min(corridor, boundFactor * base)) + SLACK;
    }
  }

  /** Kept for all who have the same education, years and languages: the seeker that was taken is the first of them. */
  private meetsOf(languages: number, education: number, years: number): Float64Array {
    const alike = languages * EDUCATION_RANKS + education;
    const byYears = (this.meetsRows[alike] ??= new Map());
    let row = byYears.get(years);
    if (row === undefined) {
      row = Float64Array.from(
        this.postings.asked,
        (asked) =>
          this.tables.qualification[this.qualificationAt + asked.education]! *
          this.experience[asked.years]! *
          this.languages[asked.languages]!,
      );
      byYears.set(years, row);
    }
    return row;
  }

  private placesOf(persons: number, wish: number): PlaceRow {
    const alike = persons * SETTLEMENT_WISHES.length + wish;
    let row = this.placeRows.get(alike);
    if (row === undefined) {
      const { tables } = this;
      const support = tables.support(persons);
      const worth = Float64Array.from({ length: 2 * support.length }, (_, at) => {
        const [met, place] = [Math.floor(at / support.length), at % support.length];
        return (
          support[place]! + tables.settlement[(wish * 2 + met) * SETTLEMENTS.length + tables.settlementOf[place]!]!
        );
      });
      this.placeRows.set(alike, (row = { support, mostSupport: Math.max(0, ...support), worth }));
    }
    return row;
  }

  private payValue(entry: number): number {
    const offered = this.postings.pay[entry]!;
    if (this.noToday || Number.isNaN(offered)) return this.weights.neutral;
    const times = offered / this.ratio / this.today;
    // Twice as much is worth everything and half of it nothing: only in between the logarithm says more.
    if (times >= 2) return 1;
    return times <= 0.5 ? 0 : clamp(0.5 + 0.5 * Math.log2(times));
  }

  private wishAt(region: number): number {
    const { flags, wished, settlement } = this.seekers;
    const { seeker } = this;
    const met = (flags[seeker]! & WISHES_REGIONS) === 0 ? 1 : (wished[seeker]! >>> region) & 1;
    return settlement[seeker]! * 2 + met;
  }
}
