import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize, IsBoolean, IsIn, IsInt, IsISO8601, IsNumber, IsOptional, IsString, Length, Matches, Max, MaxLength, Min, ValidateIf,
} from 'class-validator'; // prettier-ignore
import { PageQuery } from '../shared/page-query.js';
import type { Education, Employment, Experience, Housing, Schedule } from './connector.js';
import { EDUCATIONS, EMPLOYMENTS, EXPERIENCES, HOUSINGS, SCHEDULES } from './vacancies.dto.js';

const MOST_TENGE = 100_000_000;
const DATE = { strict: true, strictSeparator: true } as const;
const stated = (_: unknown, value: unknown): boolean => value !== null && value !== undefined;

export class NewVacancyDto {
  /** The profession, in Kazakh or Russian. */
  @ApiProperty({ example: 'Учитель физики' })
  @IsString()
  @Length(2, 500)
  title!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  subtitle?: string | null;

  /** Where the work is, as people write it; inside the region of `kato` when that is given too. */
  @ApiProperty({ example: 'Северо-Казахстанская область, г. Петропавловск' })
  @IsString()
  @Length(2, 500)
  location!: string;

  /** KATO code of the settlement. */
  @ApiPropertyOptional({ example: '591010000', type: String, nullable: true })
  @ValidateIf(stated)
  @Matches(/^\d{9}$/)
  kato?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @ValidateIf(stated)
  @IsString()
  @MaxLength(500)
  address?: string | null;

  /** ISCO-08 unit group; without it the title decides. */
  @ApiPropertyOptional({ example: '2330', type: String, nullable: true })
  @ValidateIf(stated)
  @Matches(/^\d{4}$/)
  isco?: string | null;

  /** Enbek's area, 101–125. */
  @ApiPropertyOptional({ example: 119, type: Number, nullable: true })
  @ValidateIf(stated)
  @IsInt()
  @Min(101)
  @Max(125)
  areaId?: number | null;

  @ApiPropertyOptional({
    example: 250_000,
    type: Number,
    nullable: true,
    description: 'Tenge a month; 0 is "not stated"',
  })
  @ValidateIf(stated)
  @IsInt()
  @Min(0)
  @Max(MOST_TENGE)
  payMinTenge?: number | null;

  @ApiPropertyOptional({
    example: 300_000,
    type: Number,
    nullable: true,
    description: 'Tenge a month; 0 is "not stated"',
  })
  @ValidateIf(stated)
  @IsInt()
  @Min(0)
  @Max(MOST_TENGE)
  payMaxTenge?: number | null;

  @ApiPropertyOptional({ example: 2, type: Number, nullable: true })
  @ValidateIf(stated)
  @IsInt()
  @Min(1)
  @Max(10_000)
  openings?: number | null;

  @ApiPropertyOptional({ enum: EMPLOYMENTS, nullable: true, type: String })
  @ValidateIf(stated)
  @IsIn(EMPLOYMENTS)
  employment?: Employment | null;

  @ApiPropertyOptional({ enum: SCHEDULES, nullable: true, type: String })
  @ValidateIf(stated)
  @IsIn(SCHEDULES)
  schedule?: Schedule | null;

  @ApiPropertyOptional({ enum: EDUCATIONS, nullable: true, type: String })
  @ValidateIf(stated)
  @IsIn(EDUCATIONS)
  education?: Education | null;

  @ApiPropertyOptional({ enum: EXPERIENCES, nullable: true, type: String })
  @ValidateIf(stated)
  @IsIn(EXPERIENCES)
  experience?: Experience | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @ValidateIf(stated)
  @IsString()
  @MaxLength(20_000)
  duties?: string | null;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  @ArrayMaxSize(100)
  skills?: string[];

  @ApiPropertyOptional({ enum: HOUSINGS, nullable: true, type: String })
  @ValidateIf(stated)
  @IsIn(HOUSINGS)
  housing?: Housing | null;

  /** The firm takes part in resettlement. */
  @ApiPropertyOptional({ type: Boolean, nullable: true })
  @ValidateIf(stated)
  @IsBoolean()
  relocationOffered?: boolean | null;

  /** For how many years the work is promised. */
  @ApiPropertyOptional({ type: Number, nullable: true })
  @ValidateIf(stated)
  @IsNumber({ maxDecimalPlaces: 1 })
  @Min(0)
  @Max(100)
  permanentYears?: number | null;

  /** Last day, `YYYY-MM-DD`. */
  @ApiPropertyOptional({ format: 'date', type: String, nullable: true })
  @ValidateIf(stated)
  @IsISO8601(DATE)
  @Length(10, 10)
  validUntil?: string | null;
}

/** Only what is named changes; null takes a statement back. */
export class VacancyChangeDto extends PartialType(NewVacancyDto, { skipNullProperties: false }) {}

export const OUTCOMES = ['filled', 'cancelled', 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export class CloseVacancyDto {
  @ApiProperty({ enum: OUTCOMES })
  @IsIn(OUTCOMES)
  outcome!: Outcome;

  /** People hired for it in all, wherever they came from. */
  @ApiPropertyOptional({ example: 2, type: Number, nullable: true })
  @ValidateIf(stated)
  @IsInt()
  @Min(0)
  @Max(10_000)
  hired?: number | null;

  /** Of those, people who came by a proposal of this program. */
  @ApiPropertyOptional({ example: 1, type: Number, nullable: true })
  @ValidateIf(stated)
  @IsInt()
  @Min(0)
  @Max(10_000)
  hiredHere?: number | null;
}

export class OwnVacancyQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['open', 'closed', 'any'], default: 'any' })
  @IsIn(['open', 'closed', 'any'])
  status: 'open' | 'closed' | 'any' = 'any';
}

export class ImportQuery {
  @ApiPropertyOptional({ example: 'vacancies.csv' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  origin?: string;
}
