import { createRankerOver } from './columns/indexed-ranker.js';
import type { MarketColumns } from './columns/market-columns.js';
import { FREE, bestPlan, householdOptions } from './household.js';
import type { Scorer } from './score.js';
import { EDUCATIONS, type EducationLevel, type HouseholdProfile, type MoveRules, type SeekerProfile } from './types.js';

/** Driving categories that one could learn next: the law asks for B before those of lorries and buses. */
const taughtAfter = (held: readonly string[]): string[] =>
  (held.includes('B') ? ['C', 'D'] : ['B']).filter((category) => !held.includes(category));

/** Work that somebody could do after a short course. */
export interface OtherOccupation {
  seekerId: string;
  isco: string;
  /** The driving categories held after the course. */
  driving: readonly string[];
}

/** One thing that a household could change; every code has words in the locales. */
export type Change =
  | { code: 'change.driving'; seekerId: string; category: string }
  | { code: 'change.education'; seekerId: string; education: EducationLevel }
  | { code: 'change.minimum_pay'; seekerId: string }
  | { code: 'change.permanent_only'; seekerId: string }
  | { code: 'change.occupation'; seekerId: string; isco: string }
  | { code: 'change.housing_required' }
  | { code: 'change.excluded_places' };

/** What is open to a household. */
export interface Outlook {
  /** Vacancies that some adult of it alone reaches the floor of proposals for. */
  vacancies: number;
  /** The best plan's score, 0..100, before any congestion price; null: no plan anywhere. */
  best: number | null;
  /** Where that plan is; null without one. */
  regionCode: string | null;
}

export interface Counterfactual {
  change: Change;
  outlook: Outlook;
}

export interface Counterfactuals {
  now: Outlook;
  /** Changes that open something, what helps most first: see `helpsMore`. */
  changes: Counterfactual[];
}

/** What a ranking needs beside the household. */
export interface OutlookInput {
  market: MarketColumns;
  scorer: Scorer;
  rules: MoveRules;
  /** Pairs `seekerId vacancyId` never to be proposed again. */
  excluded?: ReadonlySet<string>;
}

/** Less than this is no difference that a person would act on. */
const LEAST_POINTS = 1;

/**
 * What would be open to a household if one thing about it were different: each change is made by itself and the household ranked
 * anew, by the same ranker and the same market as proposals are. Nothing is changed for good.
 */
export function counterfactuals(
  profile: HouseholdProfile,
  occupations: readonly OtherOccupation[],
  input: OutlookInput,
): Counterfactuals {
  const now = outlookOf(profile, input);
  const changes = changesOf(profile, occupations)
    .map(({ change, changed }) => ({ change, outlook: outlookOf(changed, input) }))
    .filter(({ outlook }) => opensSomething(now, outlook))
    .sort((a, b) => helpsMore(a.outlook, b.outlook) || orderOf(a.change) - orderOf(b.change));
  return { now, changes };
}

/** What is open to a household as it is. */
export function outlookOf(profile: HouseholdProfile, { market, scorer, rules, excluded }: OutlookInput): Outlook {
  const ranker = createRankerOver(market, { scorer, rules, households: [profile], excluded });
  const household = ranker.household(profile.id)!;
  const floor = scorer.weights.proposals.minimumPlacementScore;
  const reached = new Set<string>();
  for (const { id } of profile.seekers) {
    for (const { vacancyId, score } of ranker.topVacancies(id, ranker.vacancies.length)) {
      if (score > 0 && score >= floor) reached.add(vacancyId);
    }
  }
  const options = householdOptions(household, ranker, scorer);
  let best: { score: number; regionCode: string } | null = null;
  for (const district of options.districts) {
    // The rest promise no more.
    if (best !== null && district.bound <= best.score) break;
    const plan = bestPlan(options, district, FREE, ranker, scorer);
    if (plan !== null && (best === null || plan.score > best.score)) best = plan;
  }
  return { vacancies: reached.size, best: best?.score ?? null, regionCode: best?.regionCode ?? null };
}

interface Changed {
  change: Change;
  changed: HouseholdProfile;
}

/** Every single change that can be thought of for a household, each with the household as it would be. */
function changesOf(profile: HouseholdProfile, occupations: readonly OtherOccupation[]): Changed[] {
  const adults = profile.seekers.flatMap((seeker): Changed[] => {
    const withSeeker = (change: Change, changes: Partial<SeekerProfile>): Changed => ({
      change,
      changed: {
        ...profile,
        seekers: profile.seekers.map((one) => (one.id === seeker.id ? { ...one, ...changes } : one)),
      },
    });
    const seekerId = seeker.id;
    const found = taughtAfter(seeker.driving).map((category) =>
      withSeeker({ code: 'change.driving', seekerId, category }, { driving: [...seeker.driving, category] }),
    );
    const education = seeker.education === null ? undefined : EDUCATIONS[EDUCATIONS.indexOf(seeker.education) + 1];
    if (education !== undefined) {
      found.push(withSeeker({ code: 'change.education', seekerId, education }, { education }));
    }
    if (seeker.minimumPayTenge !== null) {
      found.push(withSeeker({ code: 'change.minimum_pay', seekerId }, { minimumPayTenge: null }));
    }
    if (seeker.permanentOnly) {
      found.push(withSeeker({ code: 'change.permanent_only', seekerId }, { permanentOnly: false }));
    }
    for (const { isco, driving } of occupations.filter((one) => one.seekerId === seekerId)) {
      // Whoever begins anew has no years in it yet.
      const changes = { isco, driving, specialities: [], experienceYears: 0 };
      found.push(withSeeker({ code: 'change.occupation', seekerId, isco }, changes));
    }
    return found;
  });
  const wishes: Changed[] = [];
  if (profile.housingRequired) {
    wishes.push({ change: { code: 'change.housing_required' }, changed: { ...profile, housingRequired: false } });
  }
  if (profile.excludedRegionCodes.length + (profile.excludedDistrictKatos?.length ?? 0) > 0) {
    const changed = { ...profile, excludedRegionCodes: [], excludedDistrictKatos: [] };
    wishes.push({ change: { code: 'change.excluded_places' }, changed });
  }
  return [...adults, ...wishes];
}

function opensSomething(now: Outlook, then: Outlook): boolean {
  return then.vacancies > now.vacancies || pointsOf(then) >= pointsOf(now) + LEAST_POINTS;
}

/** The better best plan first, by whole points; of equal ones what opens more vacancies. */
function helpsMore(a: Outlook, b: Outlook): number {
  return Math.round(pointsOf(b)) - Math.round(pointsOf(a)) || b.vacancies - a.vacancies;
}

const pointsOf = ({ best }: Outlook): number => best ?? 0;

/** Of changes that help alike, what is in the household's own hand comes before what takes a course or years. */
const ORDER: readonly Change['code'][] = [
  'change.minimum_pay',
  'change.permanent_only',
  'change.housing_required',
  'change.excluded_places',
  'change.driving',
  'change.occupation',
  'change.education',
];

const orderOf = ({ code }: Change): number => ORDER.indexOf(code);
