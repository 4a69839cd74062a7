import type { HouseholdProfile, SeekerProfile, VacancyOffer } from './types.js';
import type { Value } from './utility.js';

/** A vacancy with all that does not depend on the seeker. */
export interface PreparedVacancy {
  offer: VacancyOffer;
  payTenge: number | null;
  educationRank: number;
  years: number;
  competition: number;
  shortage: number;
}

/** What a region means to one household. */
export interface Destination {
  costRatio: number;
  services: Value;
  corridor: number;
}

export interface PreparedHousehold {
  profile: HouseholdProfile;
  seekers: PreparedSeeker[];
  destinations: Map<string, Destination>;
  /** Sums of the weights that apply: without the partner's part (the seeker-level score), and with it. */
  weightAlone: number;
  weightTogether: number;
}

export interface PreparedSeeker {
  profile: SeekerProfile;
  household: PreparedHousehold;
  educationRank: number;
  comparisonPayTenge: number | null;
}
