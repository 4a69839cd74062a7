/** What a rule asks of a proposal. */
export interface RuleTerms {
  enabled: boolean;
  minScore: number;
  sectors: readonly string[];
  housingRequired: boolean;
  allAdultsPlaced: boolean;
}

/** What a rule sees of a waiting proposal. */
export interface RuleCandidate {
  score: number;
  persons: number;
  /** Adults of the household who look for work. */
  adults: number;
  placements: readonly { sector: string; housing: 'provided' | 'help' | 'none' | null }[];
}

/**
 * True when the rule approves the proposal. `quotaLeft`: persons still free in the region's quota, null where no quota is
 * known; a rule never promises more than is left, an officer may weigh it.
 */
export function ruleApproves(rule: RuleTerms, candidate: RuleCandidate, quotaLeft: number | null): boolean {
  const { placements } = candidate;
  return (
    rule.enabled &&
    placements.length > 0 &&
    candidate.score >= rule.minScore &&
    (rule.sectors.length === 0 || placements.every(({ sector }) => rule.sectors.includes(sector))) &&
    (!rule.housingRequired || placements.every(({ housing }) => housing === 'provided')) &&
    (!rule.allAdultsPlaced || placements.length >= candidate.adults) &&
    (quotaLeft === null || candidate.persons <= quotaLeft)
  );
}
