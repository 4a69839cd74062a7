import loadHighs from 'highs';
import type { DistrictOptions, HouseholdOptions } from '../src/matching/core/household.js';
import type { Ranker } from '../src/matching/core/rank.js';
import type { Scorer } from '../src/matching/core/score.js';
import { openingsOf } from '../src/matching/core/types.js';

/** The package's types call it CommonJS, whose default would be a property; what Node imports is the function itself. */
const load = loadHighs as unknown as typeof loadHighs.default;

/** A plan that a household could have in a district: its points without a price, and the vacancies of its jobs. */
interface PossiblePlan {
  points: number;
  vacancies: number[];
}

/** The most points that any proposals can have under the limits, and the number of plans they were chosen from. */
export interface ProposalOptimum {
  points: number;
  plans: number;
}

/**
 * The optimum of the linear programme over every plan of every household: one plan for a district, so many districts for a
 * household, so many proposals for a vacancy. Plans may be taken in parts, so whole proposals have at most these points.
 */
export async function proposalOptimum(
  households: readonly HouseholdOptions[],
  capacity: readonly number[],
  ranker: Ranker,
  scorer: Scorer,
): Promise<ProposalOptimum> {
  const rowUpper = [...capacity];
  const starts: number[] = [];
  const indices: number[] = [];
  const points: number[] = [];
  for (const options of households) {
    const householdRow = rowUpper.push(scorer.weights.proposals.districtsPerHousehold) - 1;
    for (const district of options.districts) {
      const districtRow = rowUpper.push(1) - 1;
      for (const plan of possiblePlans(options, district, ranker, scorer)) {
        starts.push(indices.length);
        indices.push(...plan.vacancies, householdRow, districtRow);
        points.push(plan.points);
      }
    }
  }
  starts.push(indices.length);
  const highs = await load();
  const columns = withoutDoubles(starts, indices);
  return highs.withModel(
    {
      numCols: points.length,
      numRows: rowUpper.length,
      sense: highs.constants.objectiveSense.maximize,
      colCost: Float64Array.from(points),
      colLower: new Float64Array(points.length),
      colUpper: new Float64Array(points.length).fill(highs.infinity),
      rowLower: new Float64Array(rowUpper.length).fill(-highs.infinity),
      rowUpper: Float64Array.from(rowUpper),
      matrix: { format: 'csc', numCols: points.length, numRows: rowUpper.length, ...columns },
    },
    (model) => {
      model.options.set({ output_flag: false });
      model.run();
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) throw new Error('No optimum was found.');
      return { points: model.getObjectiveValue(), plans: points.length };
    },
  );
}

/** Columns whose rows ascend; a vacancy that both adults share stood in its column twice, and stands there once, as 2. */
function withoutDoubles(
  starts: readonly number[],
  indices: readonly number[],
): { starts: Int32Array; indices: Int32Array; values: Float64Array } {
  const merged = { starts: [0], indices: [] as number[], values: [] as number[] };
  for (let column = 0; column + 1 < starts.length; column++) {
    const counts = new Map<number, number>();
    for (const row of indices.slice(starts[column], starts[column + 1])) counts.set(row, (counts.get(row) ?? 0) + 1);
    for (const [row, count] of [...counts].sort(([a], [b]) => a - b)) {
      merged.indices.push(row);
      merged.values.push(count);
    }
    merged.starts.push(merged.indices.length);
  }
  return {
    starts: Int32Array.from(merged.starts),
    indices: Int32Array.from(merged.indices),
    values: Float64Array.from(merged.values),
  };
}

/** Every plan that `bestPlan` chooses among when nothing has a price. */
function possiblePlans(
  { household, adults }: HouseholdOptions,
  { regionCode, ranges }: DistrictOptions,
  ranker: Ranker,
  scorer: Scorer,
): PossiblePlan[] {
  const least = scorer.weights.proposals.minimumPlacementScore;
  const alone = household.seekers.length === 1;
  const jobs = adults.map(({ vacancies, chance, base }, adult) => {
    const { start, end } = ranges[adult]!;
    return Array.from({ length: end - start }, (_, i) => ({
      vacancy: vacancies[start + i]!,
      chance: chance[start + i]!,
      score: (partner: number | null) =>
        scorer.moveScore(household, regionCode, chance[start + i]!, base[start + i]!, partner),
    }));
  });
  const single = jobs.flat().map(({ vacancy, score }) => ({ points: [score(alone ? null : 0)], vacancies: [vacancy] }));
  const [first = [], second = []] = jobs;
  const both = first.flatMap((a) =>
    second
      .filter((b) => a.vacancy !== b.vacancy || openingsOf(ranker.vacancies[a.vacancy]!.offer) > 1)
      .map((b) => ({ points: [a.score(b.chance), b.score(a.chance)], vacancies: [a.vacancy, b.vacancy] })),
  );
  return [...single, ...both]
    .filter(({ points }) => points.every((one) => one > 0 && one >= least))
    .map(({ points, vacancies }) => ({ points: points.reduce((sum, one) => sum + one, 0), vacancies }));
}
