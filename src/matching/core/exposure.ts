/** How proposals spread over posts and people. Shares are 0..1; every figure is 0 where there is nothing to count. */
export interface Exposure {
  /** Jobs proposed: a couple with two jobs counts twice. */
  placements: number;
  congestion: {
    /** Vacancies with more proposals than they take ÷ all vacancies. */
    vacanciesOver: number;
    /** Proposals beyond what their vacancy takes ÷ all: so many people were sent where there is no room for them. */
    placementsOver: number;
    /** The largest proposals ÷ capacity of a vacancy; 1 = just full. */
    fullest: number;
  };
  coverage: {
    /** Vacancies with at least one proposal ÷ all: catalogue coverage (Ge, Delgado-Battenfeld and Jannach, RecSys 2010). */
    vacancies: number;
    /** Households with at least one proposal ÷ all. */
    households: number;
  };
  /** `gini` of proposals per unit of capacity over all vacancies, those without any included. */
  gini: number;
}

/** One household's proposal; `vacancies` are indices into the capacities, one for each job in it. */
interface Exposed {
  householdId: string;
  vacancies: readonly number[];
}

/** Figures of proposals over vacancies with these capacities (proposals that each takes) and so many households. */
export function exposureOf(
  proposals: readonly Exposed[],
  capacities: readonly number[],
  householdCount: number,
): Exposure {
  const loads = capacities.map(() => 0);
  for (const { vacancies } of proposals) for (const vacancy of vacancies) loads[vacancy]! += 1;
  const placements = loads.reduce((sum, load) => sum + load, 0);
  const open = capacities.flatMap((capacity, i) => (capacity > 0 ? [loads[i]! / capacity] : []));
  const beyond = loads.reduce((sum, load, i) => sum + Math.max(0, load - capacities[i]!), 0);
  const vacancyShare = (fits: (load: number, capacity: number) => boolean): number =>
    share(loads.filter((load, i) => fits(load, capacities[i]!)).length, capacities.length);
  return {
    placements,
    congestion: {
      vacanciesOver: vacancyShare((load, capacity) => load > capacity),
      placementsOver: share(beyond, placements),
      fullest: open.reduce((most, filled) => Math.max(most, filled), 0),
    },
    coverage: {
      vacancies: vacancyShare((load) => load > 0),
      households: share(new Set(proposals.map(({ householdId }) => householdId)).size, householdCount),
    },
    gini: gini(open),
  };
}

/**
 * How unequal amounts are: 0 when all are the same, (n − 1) ÷ n when one of n has everything. With amounts in ascending order,
 * Σ (2i − n − 1)·xᵢ ÷ (n·Σx), i from 1: half the mean difference between two of them, over the mean (Sen, On Economic Inequality, 1973;
 * of recommended items: Fleder and Hosanagar, Management Science 55(5), 2009). 0 when there is nothing to share out.
 */
export function gini(amounts: readonly number[]): number {
  const ascending = [...amounts].sort((a, b) => a - b);
  const count = ascending.length;
  const total = ascending.reduce((sum, amount) => sum + amount, 0);
  const weighted = ascending.reduce((sum, amount, i) => sum + (2 * i + 1 - count) * amount, 0);
  return share(weighted, count * total);
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
