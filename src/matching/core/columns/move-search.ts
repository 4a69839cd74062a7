import type { PairScorer } from './pair-scorer.js';
import { SLACK } from './pair-scorer.js';
import { MOVES, type SeekerColumns } from './seeker-columns.js';
import type { Related, Tables } from './tables.js';
import type { TopEntries } from './top-entries.js';
import { BLOCK, type Postings } from './vacancy-columns.js';

/**
 * Finds the best moves of one seeker at a time. Postings are looked through in the order of their bounds until none that is left
 * can hold a better entry than the k-th so far (the threshold algorithm: Fagin, Lotem and Naor, Optimal aggregation algorithms
 * for middleware, JCSS 66(4), 2003); within one, blocks are passed over by theirs. What remains is estimated with a logarithm
 * per vacancy instead of one per pair, and only what could come in is scored.
 */
export class MoveSearch {
  /** Pairs scored so far. */
  scored = 0;
  /** Pairs estimated so far, those that were then scored among them. */
  estimated = 0;

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
    this.pairs.take(seeker, true);
    const related = tables.related(seekers.occupation[seeker]!);
    const count = this.order(seeker, related);
    for (let i = 0; i < count && this.listBounds[i]! >= top.threshold; i++) {
      this.scan(seeker, this.lists[i]!, related, this.listFits[i]!, top);
    }
  }

  /** Lists the postings that may hold a move, the greatest bound first; answers how many. */
  private order(seeker: number, { wanted, best }: Related): number {
    const { postings, seekers, pairs } = this;
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
        const bound = pairs.bound(whole, list, best[fit]!, region);
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

  /** Offers every entry of a posting that may come in. */
  private scan(seeker: number, list: number, related: Related, fitAt: number, top: TopEntries): void {
    const { postings, pairs } = this;
    const from = postings.start[list]!;
    const to = postings.start[list + 1]!;
    const region = postings.region[from]!;
    const best = related.best[fitAt]!;
    pairs.open(related, fitAt, region);
    let estimated = 0;
    let scored = 0;
    let block = postings.firstBlock[list]!;
    for (let start = from; start < to; start += BLOCK, block++) {
      if (top.threshold >= 0 && pairs.bound(postings.blocks, block, best, region) < top.threshold) continue;
      const end = start + BLOCK < to ? start + BLOCK : to;
      for (let entry = start; entry < end; entry++) {
        const nearly = pairs.estimate(entry);
        if (nearly < 0) continue;
        estimated += 1;
        if (nearly + SLACK < top.threshold) continue;
        if (this.isExcluded !== null && this.isExcluded(seeker, postings.vacancy[entry]!)) continue;
        scored += 1;
        const chance = pairs.chance(entry, pairs.occupationFit(entry));
        top.offer(pairs.moveScore(chance, pairs.base(entry)), postings.idRank[entry]!, entry);
      }
    }
    this.estimated += estimated;
    this.scored += scored;
  }
}
