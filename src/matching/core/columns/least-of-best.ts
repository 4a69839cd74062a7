/**
 * The k-th best of the scores that were put in: a heap of the best k with the least of them at its root. It says from where on
 * nothing comes in any more, and nothing of who they are.
 */
export class LeastOfBest {
  private scores = new Float64Array(0);
  private size = 0;
  private k = 0;

  /** Empties it, for another k. */
  clear(k: number): void {
    if (this.scores.length < k) this.scores = new Float64Array(k);
    this.size = 0;
    this.k = k;
  }

  /** Puts a score in and answers the k-th best so far; -1 while there are fewer, as no score is below 0. */
  put(score: number): number {
    const { scores, k } = this;
    if (this.size === k) {
      if (score > scores[0]!) this.sink(score);
      return scores[0]!;
    }
    let at = this.size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (scores[above]! <= score) break;
      scores[at] = scores[above]!;
      at = above;
    }
    scores[at] = score;
    return this.size === k ? scores[0]! : -1;
  }

  /** Puts a score at the root in the place of the least. */
  private sink(score: number): void {
    const { scores, k } = this;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= k) break;
      if (below + 1 < k && scores[below + 1]! < scores[below]!) below += 1;
      if (scores[below]! >= score) break;
      scores[at] = scores[below]!;
      at = below;
    }
    scores[at] = score;
  }
}
