/**
 * The best k of what is offered, as `TopEntries`, for a k so large that keeping them sorted would cost more than finding them: a
 * heap with the worst of them at its root. The order is total: the higher score first, then the smaller rank of the id.
 */
export class TopHeap {
  size = 0;
  /** No score below it comes in any more; -1 while there is room, as no score is below 0. */
  threshold: number;
  private readonly scores: Float64Array;
  private readonly ranks: Int32Array;
  private readonly entries: Int32Array;

  constructor(private readonly k: number) {
    this.scores = new Float64Array(k);
    this.ranks = new Int32Array(k);
    this.entries = new Int32Array(k);
    this.threshold = k === 0 ? Infinity : -1;
  }

  offer(score: number, rank: number, entry: number): void {
    if (this.k === 0) return;
    if (this.size < this.k) this.rise(this.size++, score, rank, entry);
    else if (this.isWorse(0, score, rank)) this.sink(score, rank, entry);
    else return;
    if (this.size === this.k) this.threshold = this.scores[0]!;
  }

  /** Empties the heap, the best first. */
  drain(): { score: number; entry: number }[] {
    const drained = new Array<{ score: number; entry: number }>(this.size);
    while (this.size > 0) {
      const last = --this.size;
      drained[last] = { score: this.scores[0]!, entry: this.entries[0]! };
      if (last > 0) this.sink(this.scores[last]!, this.ranks[last]!, this.entries[last]!);
    }
    this.threshold = this.k === 0 ? Infinity : -1;
    return drained;
  }

  private isWorse(at: number, score: number, rank: number): boolean {
    const own = this.scores[at]!;
    return own < score || (own === score && this.ranks[at]! > rank);
  }

  private rise(hole: number, score: number, rank: number, entry: number): void {
    let at = hole;
    while (at > 0) {
      const above = (at - 1) >> 1;
      // Stays below whatever is worse than it.
      if (this.isWorse(above, score, rank)) break;
      this.put(at, this.scores[above]!, this.ranks[above]!, this.entries[above]!);
      at = above;
    }
    this.put(at, score, rank, entry);
  }

  /** Puts an entry at the root in place of the worst. */
  private sink(score: number, rank: number, entry: number): void {
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.size) break;
      if (below + 1 < this.size && this.isWorse(below + 1, this.scores[below]!, this.ranks[below]!)) below += 1;
      if (!this.isWorse(below, score, rank)) break;
      this.put(at, this.scores[below]!, this.ranks[below]!, this.entries[below]!);
      at = below;
    }
    this.put(at, score, rank, entry);
  }

  private put(at: number, score: number, rank: number, entry: number): void {
    this.scores[at] = score;
    this.ranks[at] = rank;
    this.entries[at] = entry;
  }
}
