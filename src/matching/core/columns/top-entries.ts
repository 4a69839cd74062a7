/**
 * The best k of what is offered, in the total order of rankings: the higher score first, then the smaller rank of the id. Kept
 * sorted, since k is small and most of what is offered does not come in.
 */
export class TopEntries {
  readonly scores: Float64Array;
  readonly ranks: Int32Array;
  readonly entries: Int32Array;
  size = 0;
  /** No score below it comes in any more; -1 while there is room, as no score is below 0. */
  threshold = -1;

  constructor(readonly k: number) {
    this.scores = new Float64Array(k);
    this.ranks = new Int32Array(k);
    this.entries = new Int32Array(k);
  }

  clear(): void {
    this.size = 0;
    this.threshold = this.k === 0 ? Infinity : -1;
  }

  offer(score: number, rank: number, entry: number): void {
    const { scores, ranks, entries, k } = this;
    if (k === 0) return;
    if (this.size === k) {
      const last = scores[k - 1]!;
      if (score < last || (score === last && rank > ranks[k - 1]!)) return;
    } else this.size += 1;
    let at = this.size - 1;
    while (at > 0 && (scores[at - 1]! < score || (scores[at - 1]! === score && ranks[at - 1]! > rank))) {
      scores[at] = scores[at - 1]!;
      ranks[at] = ranks[at - 1]!;
      entries[at] = entries[at - 1]!;
      at -= 1;
    }
    scores[at] = score;
    ranks[at] = rank;
    entries[at] = entry;
    if (this.size === k) this.threshold = scores[k - 1]!;
  }
}
