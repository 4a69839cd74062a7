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
  /** When the proposal was first made; later runs may have rewritten it. */
  createdAt: Date;
  placements: readonly {
    sector: string;
    housing: 'provided' | 'help' | 'none' | null;
    /** The matcher asks that a person look first. */
    needsCheck: boolean;
  }[];
}

/**
 * True when the rule approves the proposal. What was made before the rule was set (`createdAt`) waits for officers, and so does
 * what the matcher wants a person to look at. `quotaLeft`: persons still free in the region's quota, null where no quota is
 * known; a rule never promises more than is left, an officer may weigh it.
 */
export function ruleApproves(
  rule: RuleTerms & { createdAt: Date },
  candidate: RuleCandidate,
  quotaLeft: number | null,
): boolean {
  const { placements } = candidate;
  return (
    rule.enabled &&
    candidate.createdAt >= rule.createdAt &&
    placements.length > 0 &&
    candidate.score >= rule.minScore &&
    !placements.some(({ needsCheck }) => needsCheck) &&
    (rule.sectors.length === 0 || placements.every(({ sector }) => rule.sectors.includes(sector))) &&
    (!rule.housingRequired || placements.every(({ housing }) => housing === 'provided')) &&
    (!rule.allAdultsPlaced || placements.length >= candidate.adults) &&
    (quotaLeft === null || candidate.persons <= quotaLeft)
  );
}
