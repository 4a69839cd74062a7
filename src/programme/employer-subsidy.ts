/**
 * What a firm gets for each resettled worker: 400 monthly calculation indices (MCI), where it hires them for at least two years
 * and houses them. Source: the seed paper's account of the programme's support. The index of 2026 is 4,325 tenge (law on the
 * republican budget for 2026–2028).
 */
export const EMPLOYER_SUBSIDY = { mci: 400, years: 2, tenge: 400 * 4_325, tengeOfYear: 2026 } as const;
