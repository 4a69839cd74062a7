/** A region's quota for settlers in the present year, as an officer must see it beside every decision. */
export interface QuotaInSight {
  year: number;
  category: 'settlers';
  /** Persons; null where the programme gives the region no quota for settlers (Akmola has one for kandas only). */
  persons: number | null;
  /** False where no written source gave `persons`. */
  verified: boolean;
  /** Of the ledger: places kept for households that are expected, and of those who have come. */
  reserved: number;
  taken: number;
  /** Persons of the households with a proposal approved this year that have neither a place nor moved: the application reserves one. */
  approvedPersons: number;
  /** Left after what is promised: beyond reserved, taken and approved; below zero when more was approved than the quota holds, null without a quota. */
  left: number | null;
}

export const QUOTA_CODES = ['quota.none', 'quota.enough', 'quota.exceeded'] as const;
export type QuotaCode = (typeof QUOTA_CODES)[number];

/** What one household means for the quota of the region that would take it. Informs an officer; it forbids nothing. */
export interface QuotaCheck {
  /** `quota.none`: the region has no quota for the category this year. */
  code: QuotaCode;
  year: number;
  category: QuotaInSight['category'];
  /** Of the household. */
  persons: number;
  /** Persons left now; below zero when more was approved than the quota holds, null without a quota. */
  left: number | null;
  /** Persons left with this household counted; the same as `left` once it is approved. */
  leftAfter: number | null;
  /** Persons beyond the quota with this household counted; 0 when it has room. */
  beyond: number;
}

/** `counted`: the household takes no more of the quota: `left` has its persons in it, as approved, reserved or taken. */
export function checkQuota(quota: QuotaInSight, persons: number, counted: boolean): QuotaCheck {
  const { year, category, left } = quota;
  if (left === null) return { code: 'quota.none', year, category, persons, left, leftAfter: null, beyond: 0 };
  const leftAfter = counted ? left : left - persons;
  const beyond = Math.max(0, -leftAfter);
  return { code: beyond > 0 ? 'quota.exceeded' : 'quota.enough', year, category, persons, left, leftAfter, beyond };
}
