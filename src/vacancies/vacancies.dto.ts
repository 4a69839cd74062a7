import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../shared/page-query.js';
import { VACANCY_SORTS, type VacancySort } from './vacancy-search.queries.js';

export const EMPLOYMENTS = ['permanent', 'temporary', 'seasonal', 'remote'] as const;
export const SCHEDULES = ['full_day', 'part_day', 'part_week', 'home', 'rotation', 'shifts', 'other'] as const;
export const EDUCATIONS = [
  'postgraduate', 'higher', 'post_secondary', 'vocational', 'general_secondary', 'basic_secondary',
] as const; // prettier-ignore
export const EXPERIENCES = ['any', 'none', '1-3', '3-5', '5+'] as const;
export const HOUSINGS = ['provided', 'help', 'none'] as const;

export const WHERES = ['supported', 'anywhere'] as const;

/** `a,b` or `?x=a&x=b` → a list. */
const asList = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').filter((item) => item !== '') : value;

/** Filters of the list, as the API and the page's address name them. */
export class VacancyFilters extends PageQuery {
  /** ISO 3166-2 codes, separated by commas. */
  @ApiPropertyOptional({ example: 'KZ-59,KZ-55', type: String })
  @IsOptional()
  @Transform(asList)
  @Matches(/^KZ-\d{2}$/, { each: true })
  region?: string[];

  /** KATO code of a district or settlement. */
  @ApiPropertyOptional({ example: '591000000' })
  @IsOptional()
  @Matches(/^\d{9}$/)
  district?: string;

  @ApiPropertyOptional({ example: 'education,medicine', type: String })
  @IsOptional()
  @Transform(asList)
  @Matches(/^[a-z_]{1,40}$/, { each: true })
  sector?: string[];

  /** Enbek's area. */
  @ApiPropertyOptional({ example: 119 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(32_767)
  area?: number;

  /** ISCO-08 code, or its first digits. */
  @ApiPropertyOptional({ example: '2341' })
  @IsOptional()
  @Matches(/^\d{1,4}$/)
  isco?: string;

  /**
   * Words in Kazakh, Russian or English. Found are vacancies whose title or post name has or resembles all of them, and those of
   * the occupations that they name in any of the three languages: `мұғалім` finds «Учитель физики».
   */
  @ApiPropertyOptional({ example: 'учитель физики' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** The promised pay is at least this, tenge a month. */
  @ApiPropertyOptional({ example: 200000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  payMin?: number;

  @ApiPropertyOptional({ example: 'provided,help', type: String, description: HOUSINGS.join(', ') })
  @IsOptional()
  @Transform(asList)
  @IsIn(HOUSINGS, { each: true })
  housing?: string[];

  @ApiPropertyOptional({ type: String, description: EMPLOYMENTS.join(', ') })
  @IsOptional()
  @Transform(asList)
  @IsIn(EMPLOYMENTS, { each: true })
  employment?: string[];

  @ApiPropertyOptional({ type: String, description: SCHEDULES.join(', ') })
  @IsOptional()
  @Transform(asList)
  @IsIn(SCHEDULES, { each: true })
  schedule?: string[];

  /** The education that is asked for. */
  @ApiPropertyOptional({ type: String, description: EDUCATIONS.join(', ') })
  @IsOptional()
  @Transform(asList)
  @IsIn(EDUCATIONS, { each: true })
  education?: string[];

  /**
   * `supported`: only work for which the programme supports the move today, in a region that takes settlers, not stated to be
   * temporary, and not of a firm that posts here unverified.
   */
  @ApiPropertyOptional({ enum: WHERES, default: 'anywhere' })
  @IsOptional()
  @IsIn(WHERES)
  where?: (typeof WHERES)[number];

  @ApiPropertyOptional({ example: 'enbek' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  source?: string;

  @ApiPropertyOptional({ enum: ['open', 'closed', 'any'], default: 'open' })
  @IsIn(['open', 'closed', 'any'])
  status: 'open' | 'closed' | 'any' = 'open';

  /** `nearest` (to the words) is the default with `q`, `newest` without; without words `nearest` is `newest`. */
  @ApiPropertyOptional({ enum: VACANCY_SORTS })
  @IsOptional()
  @IsIn(VACANCY_SORTS)
  sort?: VacancySort;
}

export class PlaceNamesAnswer {
  @ApiProperty() kk!: string;
  @ApiProperty() ru!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The classifier names only regions in English.' })
  en!: string | null;
}

export class EmployerOfVacancy {
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) id!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'An employment centre checked that the firm is who it says.' }) verified!: boolean;
}

export class VacancyAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'enbek' }) source!: string;
  @ApiProperty({ example: '5915950' }) externalId!: string;
  @ApiProperty({ type: String, nullable: true }) url!: string | null;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true }) subtitle!: string | null;
  @ApiProperty({ description: 'ISO 3166-2', example: 'KZ-55' }) region!: string;
  @ApiProperty({ type: PlaceNamesAnswer }) regionNames!: PlaceNamesAnswer;
  @ApiProperty({ type: String, nullable: true }) districtKato!: string | null;
  @ApiProperty({ type: PlaceNamesAnswer, nullable: true }) districtNames!: PlaceNamesAnswer | null;
  @ApiProperty({ type: String, nullable: true }) kato!: string | null;
  @ApiProperty({ type: PlaceNamesAnswer, nullable: true }) settlementNames!: PlaceNamesAnswer | null;
  @ApiProperty({ type: String, nullable: true, enum: ['urban', 'rural'] }) settlementType!: string | null;
  @ApiProperty({ enum: ['settlement', 'district', 'region', 'ambiguous', 'unknown'] }) placeMatch!: string;
  @ApiProperty({ description: 'The place as the source writes it.' }) locationText!: string;
  @ApiProperty({ type: String, nullable: true }) addressText!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Tenge a month; null: not stated.' }) payMinTenge!:
    number | null;
  @ApiProperty({ type: Number, nullable: true }) payMaxTenge!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Posts; null: not stated, counts as one; 0: closed.' })
  openings!: number | null;
  @ApiProperty({ type: Number, nullable: true }) openingsYouth!: number | null;
  @ApiProperty({ type: String, nullable: true, enum: HOUSINGS }) housing!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['employer_claim', 'inspected'],
    description: '`employer_claim`: unchecked.',
  })
  housingProvenance!: string | null;
  @ApiProperty({ type: Boolean, nullable: true }) relocationOffered!: boolean | null;
  @ApiProperty({ type: Number, nullable: true }) permanentYears!: number | null;
  @ApiProperty({ type: String, nullable: true, enum: EMPLOYMENTS }) employment!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: SCHEDULES }) schedule!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: EDUCATIONS }) education!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: EXPERIENCES }) experience!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'ISCO-08 unit group' }) isco!: string | null;
  @ApiProperty({ description: 'False: the occupation was guessed from a word of the title.' }) iscoSure!: boolean;
  @ApiProperty({ type: Number, nullable: true, description: 'Enbek’s area' }) areaId!: number | null;
  @ApiProperty() sector!: string;
  @ApiProperty({ type: String, nullable: true }) duties!: string | null;
  @ApiProperty({ type: [String] }) skills!: string[];
  @ApiProperty({ type: [String] }) languages!: string[];
  @ApiProperty({ type: [String] }) driving!: string[];
  @ApiProperty({ type: [String] }) tags!: string[];
  @ApiProperty({ enum: ['open', 'closed'] }) status!: string;
  @ApiProperty({ type: String, nullable: true }) closedReason!: string | null;
  @ApiProperty({ type: Date, nullable: true }) closedAt!: Date | null;
  @ApiProperty({
    format: 'date',
    description: 'For a vacancy known only from a card without a date: the day on which the card was first read.',
  })
  publishedOn!: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) validUntil!: string | null;
  @ApiProperty({ type: EmployerOfVacancy }) employer!: EmployerOfVacancy;
  @ApiProperty({ description: 'Invented, for a demonstration.' }) synthetic!: boolean;
  @ApiProperty() changedAt!: Date;
}

export class VacancyPage {
  @ApiProperty({ type: [VacancyAnswer] }) items!: VacancyAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty({ description: 'How many pass the filters, on all pages together.' }) total!: number;
}
