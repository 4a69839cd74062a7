import { K } from './scale-engine.js';

/** Scores of a database and of the engine that lie no further apart are the same: both round, each in its own order. */
const TOLERANCE = 1e-9;

/** The k best of some seekers, `K` places for each, the best first: the vacancy's number, -1 where there are fewer, and the score. */
export interface Rows {
  found: Int32Array;
  scores: Float64Array;
}

export const emptyRows = (seekers: number): Rows => ({
  found: new Int32Array(seekers * K).fill(-1),
  scores: new Float64Array(seekers * K),
});

/**
 * Throws where the rows of the first so many seekers differ: in a score, or in a vacancy that does not stand beside one of the same score. Answers
 * in how many places such equals changed places.
 */
export function assertSameRows(name: string, seekers: number, engine: Rows, other: Rows): number {
  let swapped = 0;
  for (let seeker = 0; seeker < seekers; seeker++) {
    for (let at = seeker * K; at < (seeker + 1) * K; at++) {
      const [ours, theirs] = [engine.found[at]!, other.found[at]!];
      const near = Math.abs(engine.scores[at]! - other.scores[at]!) <= TOLERANCE;
      if (ours < 0 !== theirs < 0 || (ours >= 0 && !near) || (ours !== theirs && !isTie(engine, seeker, at, theirs))) {
        const [score, others] = [engine.scores[at], other.scores[at]];
        throw new Error(`${name} differs for seeker ${seeker}: ${theirs} (${others}) in place of ${ours} (${score}).`);
      }
      if (ours !== theirs) swapped += 1;
    }
  }
  return swapped;
}

/** Whether a vacancy may stand at a place: the engine has it among the equals of that place, or the last place has equals left out. */
function isTie({ found, scores }: Rows, seeker: number, at: number, vacancy: number): boolean {
  const last = (seeker + 1) * K - 1;
  const isEqual = (place: number): boolean => Math.abs(scores[place]! - scores[at]!) <= TOLERANCE;
  for (let place = seeker * K; place <= last; place++) if (found[place] === vacancy) return isEqual(place);
  return isEqual(last);
}
