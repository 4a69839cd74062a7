import { experienceFit } from '../chance.js';
import type { Weights } from '../weights.js';
import { type OfferTables, offerTables } from './offer-tables.js';
import { type PairScorer, SLACK } from './pair-scorer.js';
import {
  CORRIDOR_OFF,
  HAS_MEDICINE,
  HAS_TEACHING,
  HOUSING_REQUIRED,
  PERMANENT_ONLY,
  SCHOOL_AGE,
  WISHES_REGIONS,
} from './seeker-columns.js';
import type { SeekerPostings } from './seeker-postings.js';
import type { Related, Tables } from './tables.js';
import type { TopHeap } from './top-heap.js';
import { BLOCK, HOUSING_PROVIDED, MEDICINE, PERMANENT, type Postings, SURE, TEACHING } from './vacancy-columns.js';

const clamp = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/** A posting that may hold somebody. */
interface Candidate {
  posting: number;
  related: Related;
  fitAt: number;
  /** The chance of its people but for their years: whose specialities differ, only the score itself asks. */
  chance: number;
  /** The most that the chance is with their years. */
  best: number;
  bound: number;
}

/**
 * Finds the best seekers of one vacancy at a time: `MoveSearch` the other way round. Postings are looked through in the order of their
 * bounds, each until the pay that its next seekers have today lets nobody in any more; who is left is estimated from tables of this
 * vacancy, without a logarithm; and only whoever could come in is scored by `PairScorer`, hence to the same bits. `pairs` scores
 * the columns of `people` against `postings`.
 */
export class SeekerSearch {
  /** Pairs scored so far. */
  scored = 0;
  /** Pairs estimated so far, those that were then scored among them. */
  estimated = 0;

  private readonly weightApart: number;
  private readonly weightBeside: number;
  private readonly corridorFactor: number;

  constructor(
    private readonly pairs: PairScorer,
    private readonly weights: Weights,
    private readonly tables: Tables,
    private readonly postings: Postings,
    private readonly people: SeekerPostings,
    /** Whether a seeker, by the number before the postings, must not be proposed a vacancy again. */
    private readonly isExcluded: ((seeker: number, vacancy: number) => boolean) | null = null,
  ) {
    const { partner: _partner, corridor, ...own } = weights.utility;
    this.weightApart = Object.values(own).reduce((total, weight) => total + weight, 0);
    this.weightBeside = this.weightApart + corridor;
    this.corridorFactor = weights.corridor.boundShare / (1 - weights.corridor.boundShare);
  }

  /** Offers `top` the best seekers of an entry of the postings, whose occupation is given by its number. */
  search(entry: number, occupation: number, top: TopHeap): void {
    const { people, tables } = this;
    const offer = offerTables(entry, this.postings, people, tables, this.weights);
    const candidates: Candidate[] = [];
    for (const [own, [first, last]] of people.ofOccupation) {
      const related = tables.related(own);
      const fitAt = related.wanted.indexOf(occupation);
      for (let posting = first; fitAt >= 0 && posting < last; posting++) {
        const candidate = this.candidate(posting, related, fitAt, offer, own === occupation);
        if (candidate !== null) candidates.push(candidate);
      }
    }
    candidates.sort((a, b) => b.bound - a.bound);
    for (const candidate of candidates) {
      if (candidate.bound < top.threshold) break;
      this.scan(candidate, offer, top);
    }
  }

  private candidate(
    posting: number,
    related: Related,
    fitAt: number,
    offer: OfferTables,
    isSame: boolean,
  ): Candidate | null {
    const { people, tables, postings, weights } = this;
    const { columns } = people;
    const first = people.start[posting]!;
    const sure = (offer.gate & SURE) !== 0 ? 1 : 0;
    const plain = related.fits[fitAt * 4 + ((offer.gate & MEDICINE) !== 0 ? 2 : 0) + sure]!;
    const mayDiffer = isSame && (offer.gate & (MEDICINE | TEACHING)) !== 0;
    const fit = mayDiffer ? Math.max(plain, related.differing[fitAt * 2 + sure]!) : plain;
    if (fit === 0) return null;
    const chance =
      fit *
      offer.qualification[columns.education[first]!]! *
      tables.languages(columns.languages[first]!)[postings.languages[offer.entry]!]! *
      postings.competition[offer.entry]!;
    const best = chance * experienceFit(people.years[posting]!, offer.requiredYears, weights);
    // Behind people of unknown pay, who stand first, the pay may be worth everything.
    const pay = Number.isNaN(people.logToday[first]!) ? 1 : this.payBound(offer, people.logToday[first]!);
    return { posting, related, fitAt, chance, best, bound: this.bound(best, pay, offer) };
  }

  /** The most that the pay is worth to people who earn so much or more, in whatever region they live. */
  private payBound(offer: OfferTables, logToday: number): number {
    if (Number.isNaN(offer.logPay)) return this.weights.neutral;
    return clamp(0.5 + 0.5 * (offer.logPay - (offer.leastLogCost + logToday)));
  }

  /** A score that nobody of such a chance and pay passes, with the corridor or without it. */
  private bound(chance: number, pay: number, offer: OfferTables): number {
    const base = this.weights.utility.pay * pay + offer.mostBeside;
    const beside = (base + Math.min(offer.mostCorridor, this.corridorFactor * base)) / this.weightBeside;
    return 100 * chance * Math.max(beside, base / this.weightApart) + SLACK;
  }

  /** Offers everybody of a posting who may come in. */
  private scan({ posting, related, fitAt, chance, best }: Candidate, offer: OfferTables, top: TopHeap): void {
    const { people, pairs, weights } = this;
    const { columns, logToday } = people;
    const { entry, requiredYears } = offer;
    const end = people.start[posting + 1]!;
    for (let at = people.start[posting]!, left = 0; at < end; at++, left--) {
      if (left === 0) {
        left = BLOCK;
        const today = logToday[at]!;
        if (!Number.isNaN(today) && this.bound(best, this.payBound(offer, today), offer) < top.threshold) return;
      }
      if (!this.mayTake(at, offer)) continue;
      this.estimated += 1;
      const fit = chance * experienceFit(columns.years[at]!, requiredYears, weights);
      if (this.estimate(at, fit, offer) + SLACK < top.threshold) continue;
      pairs.take(at, true);
      pairs.open(related, fitAt, offer.region);
      const exact = pairs.admits(entry) ? pairs.occupationFit(entry) : 0;
      if (exact === 0 || this.isExcluded?.(people.origin[at]!, this.postings.vacancy[entry]!)) continue;
      this.scored += 1;
      top.offer(pairs.moveScore(pairs.chance(entry, exact), pairs.base(entry)), people.idRank[at]!, at);
    }
  }

  /** Whether region, housing, permanence, papers and pay let somebody take it; districts only `PairScorer` asks. */
  private mayTake(at: number, { region, gate, lacks, pay }: OfferTables): boolean {
    const { home, excluded, flags, diplomas, driving, minimumPay } = this.people.columns;
    if (home[at] === region || ((excluded[at]! >>> region) & 1) === 1) return false;
    if ((flags[at]! & HOUSING_REQUIRED) !== 0 && (gate & HOUSING_PROVIDED) === 0) return false;
    if ((flags[at]! & PERMANENT_ONLY) !== 0 && (gate & PERMANENT) === 0) return false;
    if ((gate & MEDICINE) !== 0 && (diplomas[at]! & HAS_MEDICINE) === 0) return false;
    if ((gate & TEACHING) !== 0 && (diplomas[at]! & HAS_TEACHING) === 0) return false;
    return lacks[driving[at]!] === 0 && !(minimumPay[at]! > 0 && !(pay >= minimumPay[at]!));
  }

  /** The score but for the last bits: the logarithm of the pay is that of the vacancy less that of the seeker. */
  private estimate(at: number, chance: number, offer: OfferTables): number {
    const { columns, logToday } = this.people;
    const { utility, neutral, corridor } = this.weights;
    const home = columns.home[at]!;
    const flags = columns.flags[at]!;
    const log = offer.logPay - (offer.logCost[home]! + logToday[at]!);
    const wished = (flags & WISHES_REGIONS) === 0 ? 1 : (columns.wished[at]! >>> offer.region) & 1;
    const base =
      utility.pay * (Number.isNaN(log) ? neutral : clamp(0.5 + 0.5 * log)) +
      offer.fixed +
      offer.services[(flags & SCHOOL_AGE) === 0 ? 0 : 1]! +
      offer.settlement[columns.settlement[at]! * 2 + wished]! +
      offer.support[columns.persons[at]!]!;
    if ((flags & CORRIDOR_OFF) !== 0) return (100 * chance * base) / this.weightApart;
    const relatives = ((columns.relatives[at]! >>> offer.region) & 1) === 0 ? 0 : corridor.relatives;
    const full = utility.corridor * Math.max(relatives, offer.corridor[home]!);
    return (100 * chance * (base + Math.min(full, this.corridorFactor * base))) / this.weightBeside;
  }
}
