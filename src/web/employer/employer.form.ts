import { Transform } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsCalendarDate } from '../../shared/validators.js';
import type { Education, Employment, Experience, Housing, Schedule } from '../../vacancies/connector.js';
import {
  type CloseVacancyDto,
  type NewVacancyDto,
  OUTCOMES,
  type Outcome,
} from '../../vacancies/employer-vacancies.dto.js';
import {
  EDUCATIONS,
  EMPLOYMENTS,
  EXPERIENCES,
  HOUSINGS,
  SCHEDULES,
  type VacancyAnswer,
} from '../../vacancies/vacancies.dto.js';
import type { Typed } from '../site/form.js';

/** Numbers arrive as people write them: `250 000`. What is none stays text and is refused. */
const asNumber = ({ value }: { value: unknown }): unknown => {
  const text = typeof value === 'string' ? value.replace(/[\s\u00a0\u202f]/g, '') : value;
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : value;
};
const MOST_TENGE = 100_000_000;

/** A vacancy in the order in which an employer thinks of it. */
export class VacancyForm {
  /** `check` shows what would come of it, `save` posts or changes it. */
  @IsOptional()
  @IsIn(['check', 'save'])
  do?: 'check' | 'save';

  @IsOptional()
  @IsString()
  @MaxLength(128)
  once?: string;

  @IsDefined({ message: 'page.employer.title_missing' })
  @IsString()
  @Length(2, 500)
  title!: string;

  /** The occupation that was chosen where the title was not clear, and the title for which it was. */
  @IsOptional()
  @Matches(/^\d{4}$/)
  isco?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  iscoTitle?: string;

  @IsDefined({ message: 'page.employer.location_missing' })
  @IsString()
  @Length(2, 500)
  location!: string;

  /** The place that was chosen where the words were not clear, and the words for which it was. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  place?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  placeFor?: string;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(MOST_TENGE)
  payMinTenge?: number;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(MOST_TENGE)
  payMaxTenge?: number;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(1, { message: 'page.employer.openings_none' })
  @Max(10_000)
  openings?: number;

  @IsOptional()
  @IsIn(EMPLOYMENTS)
  employment?: Employment;

  @IsOptional()
  @IsIn(SCHEDULES)
  schedule?: Schedule;

  @IsOptional()
  @IsIn(EDUCATIONS)
  education?: Education;

  @IsOptional()
  @IsIn(EXPERIENCES)
  experience?: Experience;

  @IsOptional()
  @IsIn(HOUSINGS)
  housing?: Housing;

  @IsOptional()
  @IsIn(['yes'])
  relocationOffered?: string;

  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  duties?: string;

  @IsOptional()
  @IsCalendarDate()
  validUntil?: string;
}

/** Everything that the form asks, so that what was emptied is taken back. */
export function statedBy(form: VacancyForm): NewVacancyDto {
  const { title, location } = form;
  const chosen = form.isco !== undefined && form.iscoTitle === title;
  return {
    title,
    location,
    ...(chosen ? { isco: form.isco } : {}),
    payMinTenge: form.payMinTenge ?? null,
    payMaxTenge: form.payMaxTenge ?? null,
    openings: form.openings ?? null,
    employment: form.employment ?? null,
    schedule: form.schedule ?? null,
    education: form.education ?? null,
    experience: form.experience ?? null,
    housing: form.housing ?? null,
    relocationOffered: form.relocationOffered === 'yes' ? true : null,
    duties: form.duties ?? null,
    validUntil: form.validUntil ?? null,
  };
}

const said = (value: string | number | null): string | undefined => (value === null ? undefined : String(value));

/** A vacancy as the form's fields show it. */
export function typedOfVacancy(vacancy: VacancyAnswer): Typed {
  return {
    title: vacancy.title,
    isco: vacancy.iscoSure ? said(vacancy.isco) : undefined,
    iscoTitle: vacancy.iscoSure ? vacancy.title : undefined,
    location: vacancy.locationText,
    payMinTenge: said(vacancy.payMinTenge),
    payMaxTenge: said(vacancy.payMaxTenge),
    openings: said(vacancy.openings),
    employment: said(vacancy.employment),
    schedule: said(vacancy.schedule),
    education: said(vacancy.education),
    experience: said(vacancy.experience),
    housing: said(vacancy.housing),
    relocationOffered: vacancy.relocationOffered === true ? 'yes' : undefined,
    duties: said(vacancy.duties),
    validUntil: said(vacancy.validUntil),
  };
}

export class CloseForm implements CloseVacancyDto {
  @IsDefined({ message: 'page.employer.outcome_missing' })
  @IsIn(OUTCOMES)
  outcome!: Outcome;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(10_000)
  hired?: number;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(10_000)
  hiredHere?: number;
}
