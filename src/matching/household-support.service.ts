import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { BudgetQuestion } from '../programme/budget.js';
import type { Eligibility, EligibilityState } from '../programme/eligibility.js';
import type { MoveMoney } from '../programme/move-money.js';
import type { SupportSheet } from '../programme/support.js';
import { SupportService } from '../programme/support.service.js';
import type { Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { blockOf } from './core/chance.js';
import type { HouseholdProfile } from './core/types.js';
import { HouseholdMatchesService, refuseOthersHousehold } from './household-matches.service.js';
import { type SupportedJob, jobsProposedWith, supportedJob } from './household-support.queries.js';
import { adultPays, householdProfile, movedTo } from './market.queries.js';
import { type JobThere, moveOfJobs } from './move-of-jobs.js';

export interface SupportAsked {
  /** `YYYY-MM-DD`; today without. */
  on?: string;
  /** Monthly, as the household states it. */
  rentTenge?: BudgetQuestion['rentTenge'];
}

/** A condition of the employer's subsidy and what the vacancy says of it; `unknown`: nothing. */
export interface EmployerCondition {
  code: 'permanent' | 'years' | 'housing';
  state: EligibilityState;
}

/** What a vacancy's job comes to for a household. */
export interface JobSupport extends MoveMoney {
  on: string;
  vacancyId: string;
  title: string;
  regionCode: string;
  employerConditions: EmployerCondition[];
  /** Null where the rules of the day are not known. */
  eligibility: Eligibility | null;
}

/** For programs: the sheet with what belongs to it. */
export type SupportedHousehold = SupportSheet &
  Omit<JobSupport, 'sheet' | 'refusal' | 'eligibility'> & { eligibility: Eligibility };

/** The programme's money for a household in a job. */
@Injectable()
export class HouseholdSupportService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly matches: HouseholdMatchesService,
    private readonly support: SupportService,
  ) {}

  /**
   * For a household and a vacancy: where it is proposed with it, both jobs of the best proposal count, else the one adult's whose
   * occupation is nearest. Errors: `household.not_found`, `match.vacancy_not_found` (404), `programme.date_invalid` (400),
   * `programme.before_first_version` (422); what forbids the support stands in the answer's `refusal`.
   */
  async forVacancy(
    actor: Actor,
    householdId: string,
    vacancyId: string,
    asked: SupportAsked = {},
  ): Promise<JobSupport> {
    refuseOthersHousehold(actor, householdId);
    if (actor.regionCode !== null) await this.matches.matches(actor, householdId);
    const household = await householdProfile(this.dataSource, householdId);
    if (household === undefined) throw new Problem('household.not_found', 404);
    const job = await supportedJob(this.dataSource, vacancyId);
    if (job === undefined) throw new Problem('match.vacancy_not_found', 404);
    const adults = await adultPays(this.dataSource, householdId);
    const proposed = await jobsProposedWith(this.dataSource, householdId, vacancyId);
    const jobs =
      proposed.length > 0 ? proposed : [{ ...job, seekerId: nearest(household, job) ?? adults[0]?.id ?? '' }];
    const on = this.support.dayOf(asked.on);
    const moneyOf = await this.support.moneyOn(on);
    const { homeRegionCode, persons, children } = household;
    const { regionCode, employment } = job;
    const rentTenge = asked.rentTenge;
    const livesIn = await movedTo(this.dataSource, householdId);
    const movers = {
      persons,
      homeRegionCode,
      regionCode,
      adults,
      rentTenge,
      movedAlready: livesIn !== null,
      livesThere: livesIn === regionCode,
    };
    const money = moneyOf(moveOfJobs(jobs, movers));
    const isKnown = money.refusal?.code !== 'support.index_unknown';
    const question = { on, homeRegionCode, regionCode, employment, children, answers: {} };
    return {
      ...money,
      on,
      vacancyId,
      title: job.title,
      regionCode,
      employerConditions: employerConditions(job, money),
      eligibility: isKnown ? await this.support.eligibilityBetween(question) : null,
    };
  }

  /** The same, the sheet at the top, where the programme pays something; what forbids it is thrown (422). */
  async supported(...asked: Parameters<HouseholdSupportService['forVacancy']>): Promise<SupportedHousehold> {
    const { sheet, refusal, eligibility, ...rest } = await this.forVacancy(...asked);
    if (sheet !== null && eligibility !== null) return { ...sheet, ...rest, eligibility };
    throw new Problem(refusal!.code, 422, refusal!.params);
  }
}

/** The seeker whose occupation the vacancy asks for, or one near to it, or the first. */
function nearest({ seekers }: HouseholdProfile, { isco }: SupportedJob): string | undefined {
  const found =
    seekers.find((seeker) => seeker.isco === isco) ??
    (isco === null ? undefined : seekers.find((seeker) => blockOf(seeker.isco) === blockOf(isco))) ??
    seekers[0];
  return found?.id;
}

/** What the employer's subsidy asks for: a permanent job, for the measure's years, and housing. */
function employerConditions(
  {
    employment,
    permanentYears,
    housing,
  }: Pick<SupportedJob, 'employment' | 'permanentYears'> & Pick<JobThere, 'housing'>,
  { sheet }: MoveMoney,
): EmployerCondition[] {
  const years = sheet?.lines.find(({ code }) => code === 'employer_subsidy')?.years ?? null;
  if (years === null) return [];
  const state = (holds: boolean | null): EligibilityState => (holds === null ? 'unknown' : holds ? 'met' : 'missing');
  return [
    { code: 'permanent', state: state(employment === null ? null : employment === 'permanent') },
    { code: 'years', state: state(permanentYears === null ? null : permanentYears >= years) },
    // Help with finding a home is not a home.
    { code: 'housing', state: state(housing === null ? null : housing === 'provided') },
  ];
}
