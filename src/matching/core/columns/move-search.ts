import { LeastOfBest } from './least-of-best.js';
import { type PairScorer, SLACK } from './pair-scorer.js';
import { MOVES, type SeekerColumns } from './seeker-columns.js';
import type { Related, Tables } from './tables.js';
import type { TopEntries } from './top-entries.js';
import { BLOCK, type Postings } from './vacancy-columns.js';

/**
 * Finds the best moves of one seeker at a time. Postings are looked through in the order of their bounds until none that is left
 * can hold a better entry than the k-th so far (the threshold algorithm: Fagin, Lotem and Naor, Optimal aggregation algorithms
 * for middleware, JCSS 66(4), 2003); within one, blocks are passed over by theirs. What remains is estimated with a logarithm
 * per vacancy instead of one per pair; what lies within rounding of the k-th best estimate, or above it, is scored when all are
 * known. So little more than k pairs are scored.
 */
export class MoveSearch {
  /** Pairs scored so far. */
  scored = 0;
  /** Pairs estimated so far, those that were then scored among them. */
  estimated = 0;

  /** An entry that is estimated lower does not come in: the k-th best estimate, less what rounding may have done to both. */
  private threshold = -1;
  private readonly best = new LeastOfBest();
  private readonly estimates = new Float64Array(BLOCK);
  private bounds = new Float64Array(64);
  /** Entries that may come in, their estimates, and which of the lists they are of, in the order of their finding. */
  private hopefuls = new Int32Array(256);
  private hopes = new Float64Array(256);
  private hopefulOf = new Int32Array(256);
  private hopeful = 0;

  private lists = new Int32Array(64);
  private listFits = new Int32Array(64);
  private listBounds = new Float64Array(64);

  constructor(
    private readonly pairs: PairScorer,
    private readonly tables: Tables,
    private readonly postings: Postings,
    private readonly seekers: SeekerColumns,
    /** Whether a seeker must not be proposed a vacancy again. */
    private readonly isExcluded: ((seeker: number, vacancy: number) => boolean) | null = null,
  ) {}

  /** Fills `top` with the best entries of the postings for a seeker; leaves it empty for one who does not move. */
  search(seeker: number, top: TopEntries): void {
    top.clear();
    const { seekers, tables } = this;
    if ((seekers.flags[seeker]! & MOVES) === 0) return;
    if (top.k === 0) return;
    this.pairs.take(seeker, true);
    this.best.clear(top.k);
    this.threshold = -1;
    this.hopeful = 0;
    const related = tables.related(seekers.occupation[seeker]!);
    const count = this.order(seeker, related);
    for (let i = 0; i < count && this.listBounds[i]! >= this.threshold; i++) this.scan(seeker, i, related);
    this.score(related, top);
  }

  /** Lists the postings that may hold a move, the greatest bound first; answers how many. */
  private order(seeker: number, { wanted, best }: Related): number {
    const { postings, seekers, pairs, bounds } = this;
    const { regions, start, whole } = postings;
    const occupations = (start.length - 1) / regions;
    const home = seekers.home[seeker]!;
    const excluded = seekers.excluded[seeker]!;
    if (wanted.length * regions > this.lists.length) {
      this.lists = new Int32Array(wanted.length * regions);
      this.listFits = new Int32Array(wanted.length * regions);
      this.listBounds = new Float64Array(wanted.length * regions);
    }
    const { lists, listFits, listBounds } = this;
    let count = 0;
    for (let fit = 0; fit < wanted.length; fit++) {
      if (wanted[fit]! >= occupations) continue;
      for (let region = 0; region < regions; region++) {
        const list = wanted[fit]! * regions + region;
        if (start[list] === start[list + 1] || region === home || ((excluded >>> region) & 1) === 1) continue;
        pairs.bound(whole, list, list + 1, best[fit]!, region, bounds);
        const bound = bounds[0]!;
        let place = count++;
        while (place > 0 && listBounds[place - 1]! < bound) {
          lists[place] = lists[place - 1]!;
          listFits[place] = listFits[place - 1]!;
          listBounds[place] = listBounds[place - 1]!;
          place -= 1;
        }
        lists[place] = list;
        listFits[place] = fit;
        listBounds[place] = bound;
      }
    }
    return count;
  }

  /** Estimates a posting, and notes what may come in. */
  private scan(seeker: number, at: number, related: Related): void {
    const { postings, pairs, estimates } = this;
    const list = this.lists[at]!;
    const fitAt = this.listFits[at]!;
    const from = postings.start[list]!;
    const to = postings.start[list + 1]!;
    const region = postings.region[from]!;
    const fit = related.best[fitAt]!;
    pairs.open(related, fitAt, region);
    let estimated = 0;
    const first = postings.firstBlock[list]!;
    const last = postings.firstBlock[list + 1]!;
    if (last - first > this.bounds.length) this.bounds = new Float64Array(last - first);
    const { bounds } = this;
    pairs.bound(postings.blocks, first, last, fit, region, bounds);
    for (let start = from, block = 0; start < to; start += BLOCK, block++) {
      if (bounds[block]! < this.threshold) continue;
      const end = start + BLOCK < to ? start + BLOCK : to;
      pairs.estimate(start, end, estimates);
      for (let entry = start; entry < end; entry++) {
        const nearly = estimates[entry - start]!;
        if (nearly < 0) continue;
        estimated += 1;
        if (nearly < this.threshold) continue;
        if (this.isExcluded !== null && this.isExcluded(seeker, postings.vacancy[entry]!)) continue;
        this.hope(entry, nearly, at);
      }
    }
    this.estimated += estimated;
  }

  private hope(entry: number, nearly: number, at: number): void {
    if (this.hopeful === this.hopefuls.length) {
      this.hopefuls = grown(this.hopefuls, new Int32Array(2 * this.hopeful));
      this.hopes = grown(this.hopes, new Float64Array(2 * this.hopeful));
      this.hopefulOf = grown(this.hopefulOf, new Int32Array(2 * this.hopeful));
    }
    this.hopefuls[this.hopeful] = entry;
    this.hopes[this.hopeful] = nearly;
    this.hopefulOf[this.hopeful++] = at;
    const least = this.best.put(nearly);
    // Of two estimates each may be wrong by as much.
    if (least >= 0) this.threshold = least - 2 * SLACK;
  }

  /** Scores and offers whoever is still hopeful. */
  private score(related: Related, top: TopEntries): void {
    const { pairs, postings, threshold } = this;
    let open = -1;
    for (let i = 0; i < this.hopeful; i++) {
      if (this.hopes[i]! < threshold) continue;
      const at = this.hopefulOf[i]!;
      const entry = this.hopefuls[i]!;
      if (at !== open) pairs.open(related, this.listFits[at]!, postings.region[entry]!);
      open = at;
      this.scored += 1;
      const chance = pairs.chance(entry, pairs.occupationFit(entry));
      top.offer(pairs.moveScore(chance, pairs.base(entry)), postings.idRank[entry]!, entry);
    }
  }
}

function grown<Column extends Int32Array | Float64Array>(column: Column, into: Column): Column {
  into.set(column);
  return into;
}
