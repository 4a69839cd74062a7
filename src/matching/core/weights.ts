import { Problem } from '../../shared/problem.js';

/** A share lies in 0..1, an amount is any number from 0 up, a count is a whole number of at least 1. */
type Kind = 'share' | 'amount' | 'count' | 'five amounts';

const SHAPE = {
  version: 'count',
  utility: {
    pay: 'amount',
    housing: 'amount',
    partner: 'amount',
    services: 'amount',
    settlement: 'amount',
    shortage: 'amount',
    support: 'amount',
    corridor: 'amount',
  },
  occupation: { sameUnit: 'share', sameMinor: 'share', sameSubMajor: 'share', guessed: 'share' },
  qualification: { oneBelow: 'share', twoBelow: 'share', moreBelow: 'share', seekerNotStated: 'share' },
  experience: { floor: 'share' },
  language: { floor: 'share' },
  housing: { provided: 'share', help: 'share', none: 'share', notStated: 'share' },
  neutral: 'share',
  corridor: { boundShare: 'share', relatives: 'share', documented: 'share' },
  pay: { minimumWageTenge: 'count' },
  shortage: {
    priorSeekers: 'amount',
    estimatedFromCells: 'count',
    leastPriorOpenings: 'amount',
    mostPriorOpenings: 'amount',
  },
  support: {
    movingMciPerPerson: 'amount',
    rentMonths: 'amount',
    rentMciUrban: 'five amounts',
    rentMciRural: 'five amounts',
  },
  congestion: { proposalsPerOpening: 'count', fullPricePoints: 'amount' },
  proposals: {
    districtsPerHousehold: 'count',
    minimumPlacementScore: 'amount',
    minimumLocalScore: 'amount',
    clearlyBetterPoints: 'amount',
    dueWorkingDays: 'count',
  },
} as const satisfies Record<string, Kind | Record<string, Kind>>;

type Filled<Shape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends 'five amounts'
    ? readonly number[]
    : Shape[Name] extends Kind
      ? number
      : Filled<Shape[Name]>;
};

/** One version of every number the ranking uses. */
export type Weights = Filled<typeof SHAPE>;

/** The largest share of a utility that the corridor may make up (design: bounded to 10 %). */
const CORRIDOR_BOUND = 0.1;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function faultOf(value: unknown, kind: Kind): string | null {
  if (kind === 'five amounts') {
    const fits = Array.isArray(value) && value.length === 5 && value.every((v) => faultOf(v, 'amount') === null);
    return fits ? null : 'must be five numbers from 0 up';
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (value < 0) return 'must not be negative';
  if (kind === 'share' && value > 1) return 'must not exceed 1';
  if (kind === 'count' && (!Number.isInteger(value) || value < 1)) return 'must be a whole number of at least 1';
  return null;
}

function faultsOf(value: unknown, shape: Kind | Record<string, unknown>, path: string): string[] {
  if (typeof shape === 'string') {
    const fault = faultOf(value, shape);
    return fault === null ? [] : [`${path} ${fault}`];
  }
  if (!isObject(value)) return [`${path} must be an object`];
  const named = Object.entries(shape).flatMap(([name, inner]) =>
    faultsOf(value[name], inner as Kind | Record<string, unknown>, path === '' ? name : `${path}.${name}`),
  );
  const unknown = Object.keys(value).filter((name) => !(name in shape));
  return [...named, ...unknown.map((name) => `${path === '' ? name : `${path}.${name}`} is unknown`)];
}

/** Everything wrong with one version of the weights; empty when it may be used. */
export function weightFaults(value: unknown): string[] {
  const faults = faultsOf(value, SHAPE, '');
  if (faults.length > 0) return faults;
  const weights = value as Weights;
  const { partner: _partner, corridor: _corridor, ...own } = weights.utility;
  if (Object.values(own).reduce((sum, weight) => sum + weight, 0) <= 0) {
    faults.push('utility weights beside partner and corridor must have a positive sum');
  }
  if (weights.utility.pay + weights.utility.shortage <= 0) {
    faults.push('utility.pay and utility.shortage must have a positive sum (they rank local alternatives)');
  }
  const { priorSeekers, leastPriorOpenings, mostPriorOpenings } = weights.shortage;
  if (priorSeekers <= 0 || leastPriorOpenings <= 0) faults.push('the priors of shortage must be positive');
  if (mostPriorOpenings < leastPriorOpenings) faults.push('shortage.mostPriorOpenings must not be below the least');
  if (weights.corridor.boundShare > CORRIDOR_BOUND)
    faults.push(`corridor.boundShare must not exceed ${CORRIDOR_BOUND}`);
  return faults;
}

/**
 * The current version of a table `{ current, versions: [...] }`. Throws `weights.invalid` with every fault when the table,
 * or any version in it, is wrong: a program with unsound weights must not start.
 */
export function readWeights(table: unknown): Weights {
  const versions = isObject(table) && Array.isArray(table['versions']) ? (table['versions'] as unknown[]) : [];
  const faults = versions.flatMap((version, i) => weightFaults(version).map((fault) => `versions[${i}]: ${fault}`));
  const numbers = versions.map((version) => (isObject(version) ? version['version'] : undefined));
  if (new Set(numbers).size !== numbers.length) faults.push('a version number occurs twice');
  const current = versions.find((v) => isObject(v) && isObject(table) && v['version'] === table['current']);
  if (current === undefined) faults.push('current names no version');
  if (faults.length > 0) throw new Problem('weights.invalid', 500, { faults: faults.join('; ') });
  return current as Weights;
}
