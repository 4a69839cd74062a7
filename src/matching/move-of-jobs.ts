import type { BudgetQuestion } from '../programme/budget.js';
import type { Move } from '../programme/move-money.js';

/** A job there, as far as money goes. */
export interface JobThere {
  seekerId: string;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  housing: 'provided' | 'help' | 'none' | null;
  settlementType: 'urban' | 'rural' | null;
}

/** Who moves, and where to. */
export interface Movers {
  persons: number;
  homeRegionCode: string;
  regionCode: string;
  adults: readonly { id: string; payTenge: number | null }[];
  rentTenge?: BudgetQuestion['rentTenge'];
  movedAlready?: boolean;
  livesThere?: boolean;
}

/**
 * The move that jobs in one district make: town or village only where all of them say the same. Of a household that lives there already,
 * what an adult earns there without a job of these is not known: what is stated may be of the time before the move. Pure.
 */
export function moveOfJobs(jobs: readonly JobThere[], { persons, adults, ...movers }: Movers): Move {
  const settlements = new Set(jobs.map(({ settlementType }) => settlementType));
  return {
    members: persons,
    homeRegionCode: movers.homeRegionCode,
    regionCode: movers.regionCode,
    settlementType: settlements.size === 1 ? [...settlements][0]! : null,
    adults: adults.map(({ id, payTenge }) => ({
      payTenge,
      job: jobs.find(({ seekerId }) => seekerId === id) ?? (movers.livesThere ? UNKNOWN_PAY : null),
    })),
    housingProvided: jobs.some(({ housing }) => housing === 'provided'),
    rentTenge: movers.rentTenge,
    movedAlready: movers.movedAlready,
    livesThere: movers.livesThere,
  };
}

const UNKNOWN_PAY = { payMinTenge: null, payMaxTenge: null };
