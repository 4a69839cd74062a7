import { Injectable } from '@nestjs/common';
import { DRIVING_CATEGORIES } from '../households/adult.dto.js';
import { FREE, bestPlan, householdOptions } from './core/household.js';
import { createRankerOver } from './core/columns/indexed-ranker.js';
import { type OccupationSides, sidesOf } from './core/sides.js';
import type { EducationLevel, HouseholdProfile, SeekerProfile } from './core/types.js';
import type { MoveMoney } from '../programme/move-money.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { SupportService } from '../programme/support.service.js';
import { type Market, MarketService } from './market.service.js';
import { moveOfJobs } from './move-of-jobs.js';
import { type LocalAlternative, type StayingComparison, draftOf, localAlternativeOf } from './proposal-draft.js';
import type { ProposalDraft } from './proposal.queries.js';
import { sideOf } from './sides.queries.js';

/** The one wish that a quick match asks for. */
export const QUICK_WISHES = ['any', 'housing', 'urban', 'rural'] as const;
export type QuickWish = (typeof QUICK_WISHES)[number];

export interface QuickQuestion {
  /** One or two working adults; `title` as they wrote it. */
  adults: readonly { isco: string; title: string | null }[];
  homeRegionCode: string;
  children: number;
  wish: QuickWish;
}

/** A district with jobs for the household; as a proposal, but stored nowhere. `adult` is an index into the question's adults. */
export interface QuickMatch {
  regionCode: string;
  districtKato: string;
  score: number;
  placements: (ProposalDraft['placements'][number] & { adult: number; isco: string | null; synthetic: boolean })[];
  /** Support and budget by the rules of today; today's pay is not asked, so what is left here is not stated. */
  support: MoveMoney;
}

export interface QuickAnswer {
  /** Best first, one for each district. */
  matches: QuickMatch[];
  /** Districts with at least one job, of which `matches` are the best. */
  districts: number;
  /** Work in the home region, for each adult that has some; null when nobody has. */
  local: LocalAlternative | null;
  comparison: StayingComparison | null;
  /** False when people of the home region move without the programme's support on this date. */
  supported: boolean;
  /** False where the list of departure regions comes from no written source. */
  listVerified: boolean;
  /** North against south for each adult's occupation; null where nothing is open of it or of its sector. */
  sides: (OccupationSides | null)[];
}

/** What a quick match takes for granted, because it does not ask: so many years, and every driving licence. The page says so. */
const ASSUMED_EXPERIENCE_YEARS = 3;

/**
 * The education that an occupation's skill level asks for (ILO, ISCO-08 volume 1, table 2: major groups 1 and 2 need level 4 or
 * 3 and 4, group 3 level 3, groups 4 to 8 level 2, group 9 level 1), in Enbek's words.
 */
const EDUCATION_BY_MAJOR_GROUP: Record<string, EducationLevel> = {
  1: 'higher', 2: 'higher', 3: 'vocational', 4: 'vocational', 5: 'vocational', 6: 'vocational', 7: 'vocational', 8: 'vocational',
  9: 'general_secondary',
}; // prettier-ignore

const MOST_MATCHES = 12;

/** First matches for a household that has not said who it is: computed from the open market, stored nowhere. */
@Injectable()
export class QuickMatchService {
  constructor(
    private readonly markets: MarketService,
    private readonly support: SupportService,
    private readonly programme: ProgrammeService,
  ) {}

  /** By the shared market: what has changed in the last minute may not show yet. */
  async answer(question: QuickQuestion): Promise<QuickAnswer> {
    const market = await this.markets.current();
    const supported = market.rules.departureRegions.has(question.homeRegionCode);
    // Somebody from elsewhere may move too, only without support: then temporary work is no obstacle.
    const rules = supported
      ? market.rules
      : { ...market.rules, departureRegions: new Set([question.homeRegionCode]), supportClaimed: false };
    const household = profileOf(question);
    const { scorer, sides, offers } = market;
    const index = supported ? market.supported : market.unsupported;
    const ranker = createRankerOver(index, { scorer, rules, households: [household] });
    const prepared = ranker.household(household.id)!;
    const ranked = { ranker, scorer, sides, offers };
    const alternative = localAlternativeOf(prepared, ranked);
    const options = householdOptions(prepared, ranker, scorer);
    const plans = options.districts
      .flatMap((district) => bestPlan(options, district, FREE, ranker, scorer) ?? [])
      .sort((a, b) => b.score - a.score || (a.districtKato < b.districtKato ? -1 : 1));
    const drafts = plans.slice(0, MOST_MATCHES).map((plan) => draftOf(prepared, plan, alternative, ranked));
    const moneyOf = await this.support.moneyOn(market.rules.date);
    const adults = household.seekers.map(({ id, payTenge }) => ({ id, payTenge }));
    const moneyOfJobs = (regionCode: string, placements: ProposalDraft['placements']): MoveMoney => {
      const jobs = placements.map(({ seekerId, vacancyId, promise }) => {
        return { ...promise, seekerId, settlementType: offers.get(vacancyId)?.settlementType ?? null };
      });
      const { persons, homeRegionCode } = household;
      return moneyOf(moveOfJobs(jobs, { persons, homeRegionCode, regionCode, adults }));
    };
    const matches = drafts.map(({ regionCode, districtKato, score, placements }) => ({
      regionCode,
      districtKato,
      score,
      placements: placements.map((one) => ({
        ...one,
        adult: household.seekers.findIndex(({ id }) => id === one.seekerId),
        isco: offers.get(one.vacancyId)?.isco ?? null,
        synthetic: offers.get(one.vacancyId)?.synthetic ?? false,
      })),
      support: moneyOfJobs(regionCode, placements),
    }));
    return {
      matches,
      districts: plans.length,
      local: alternative && {
        placements: alternative.placements.map((one) => ({
          ...one,
          synthetic: offers.get(one.vacancyId)?.synthetic ?? false,
        })),
      },
      comparison: drafts[0]?.localAlternative?.comparison ?? null,
      supported,
      listVerified: (await this.programme.versionOn(market.rules.date)).verified,
      sides: question.adults.map(({ isco }) => sidesOf(sides, isco, sideOf(question.homeRegionCode))),
    };
  }

  /** What the reception regions have open, for the start page. */
  async counts(): Promise<Market['counts']> {
    return (await this.markets.current()).counts;
  }
}

function profileOf({ adults, homeRegionCode, children, wish }: QuickQuestion): HouseholdProfile {
  return {
    id: 'quick',
    homeRegionCode,
    homeDistrictKato: null,
    children,
    // Not asked; most children of a moving family go to school (seed paper, survey), and schools matter to all of them.
    schoolAgeChildren: children,
    persons: children + adults.length,
    relativesRegionCodes: [],
    settlementWish: wish === 'urban' || wish === 'rural' ? wish : 'any',
    wishedRegionCodes: [],
    excludedRegionCodes: [],
    housingRequired: wish === 'housing',
    corridorOff: false,
    wishesMove: true,
    consentsToMatching: true,
    seekers: adults.map(({ isco }, index): SeekerProfile => ({
      id: `quick-${index + 1}`,
      isco,
      specialities: [],
      education: EDUCATION_BY_MAJOR_GROUP[isco[0]!] ?? null,
      experienceYears: ASSUMED_EXPERIENCE_YEARS,
      languages: ['kk', 'ru'],
      driving: DRIVING_CATEGORIES,
      diplomas: ['medicine', 'teaching'],
      payTenge: null,
      minimumPayTenge: null,
      permanentOnly: false,
    })),
  };
}
