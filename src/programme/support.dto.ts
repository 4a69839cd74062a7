import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { ELIGIBILITY_STATES, type EligibilityState } from './eligibility.js';
import { ELIGIBILITY_CODES, type EligibilityCode } from './eligibility-rules.js';
import { MOST_MEMBERS } from './support.js';
import { SUPPORT_CODES, SUPPORT_CONDITIONS, type SupportCode, type SupportCondition } from './support-rules.js';

export class SupportQuery {
  /** Members of the household, children too. */
  @ApiProperty({ minimum: 1, maximum: MOST_MEMBERS, example: 4 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_MEMBERS)
  members!: number;

  /** Where it moves to: the KATO code of a town or a village. */
  @ApiProperty({ example: '591010000' })
  @Matches(/^\d{9}$/)
  kato!: string;

  /** Calendar date in Kazakhstan; today by default. */
  @ApiPropertyOptional({ example: '2026-03-01' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  on?: string;
}

/** `yes` and `no` as an address says them. */
const answered = ({ value }: { value: unknown }): unknown => (value === 'yes' ? true : value === 'no' ? false : value);

export class EligibilityQuery {
  /** Where the household lives: ISO 3166-2. */
  @ApiPropertyOptional({ example: 'KZ-61' })
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  home?: string;

  /** Where it moves to: a KATO code. */
  @ApiProperty({ example: '591010000' })
  @Matches(/^\d{9}$/)
  kato!: string;

  @ApiPropertyOptional({ example: '2026-03-01' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  on?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: MOST_MEMBERS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MOST_MEMBERS)
  children?: number;

  /** A citizen of Kazakhstan. */
  @ApiPropertyOptional({ enum: ['yes', 'no'] })
  @IsOptional()
  @Transform(answered)
  @IsBoolean()
  citizen?: boolean;

  /** Registered at the employment centre as seeking work or unemployed. */
  @ApiPropertyOptional({ enum: ['yes', 'no'] })
  @IsOptional()
  @Transform(answered)
  @IsBoolean()
  jobSeeker?: boolean;

  /** Permanently registered in the home region for a year or longer. */
  @ApiPropertyOptional({ enum: ['yes', 'no'] })
  @IsOptional()
  @Transform(answered)
  @IsBoolean()
  registeredYear?: boolean;

  /** Of «Серпін» or «Жарқын болашақ», within six months of graduating. */
  @ApiPropertyOptional({ enum: ['yes', 'no'] })
  @IsOptional()
  @Transform(answered)
  @IsBoolean()
  graduate?: boolean;

  /** Within the last 36 months. */
  @ApiPropertyOptional({ enum: ['yes', 'no'] })
  @IsOptional()
  @Transform(answered)
  @IsBoolean()
  divorced?: boolean;
}

const VERIFIED = { description: 'False where a figure comes from no written source.' };
const nullable = { type: Number, nullable: true } as const;

class TengeRangeAnswer {
  @ApiProperty() min!: number;
  @ApiProperty() max!: number;
}

class SupportLineAnswer {
  @ApiProperty({ enum: SUPPORT_CODES }) code!: SupportCode;
  @ApiProperty({ ...nullable, description: 'Of one payment; null where no money is paid in hand.' })
  mci!: number | null;
  @ApiProperty(nullable) tenge!: number | null;
  @ApiProperty({ ...nullable, description: 'Payments, one a month; null for one paid once.' })
  months!: number | null;
  @ApiProperty({ enum: ['household', 'employer'] }) payee!: 'household' | 'employer';
  @ApiProperty({ description: 'The most that may be paid.' }) atMost!: boolean;
  @ApiProperty({ ...nullable, description: 'Of a home’s price no more than so many percent.' })
  priceSharePercent!: number | null;
  @ApiProperty({ ...nullable, description: 'Years for which the employer hires the worker.' }) years!: number | null;
  @ApiProperty({ enum: SUPPORT_CONDITIONS, isArray: true, description: 'What must be true for it to be paid.' })
  conditions!: readonly SupportCondition[];
  @ApiProperty({ type: TengeRangeAnswer, nullable: true, description: 'To the household in the first twelve months.' })
  firstYearTenge!: TengeRangeAnswer | null;
  @ApiProperty() source!: string;
  @ApiProperty(VERIFIED) verified!: boolean;
}

class IndexAnswer {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty() source!: string;
  @ApiProperty(VERIFIED) verified!: boolean;
}

export class SupportAnswer {
  @ApiProperty({ example: '2026-03-01' }) on!: string;
  @ApiProperty({ example: 4325, description: 'The monthly calculation index of the day.' }) mciTenge!: number;
  @ApiProperty({ type: IndexAnswer }) index!: IndexAnswer;
  @ApiProperty({
    enum: ['urban', 'rural'],
    nullable: true,
    description: 'Null: neither is known, so the rent is a range.',
  })
  settlementType!: 'urban' | 'rural' | null;
  @ApiProperty({ type: [SupportLineAnswer] }) lines!: SupportLineAnswer[];
  @ApiProperty({ type: TengeRangeAnswer }) householdFirstYearTenge!: TengeRangeAnswer;
}

class SpanAnswer {
  @ApiProperty({ ...nullable, description: 'Null: this end is not stated.' }) min!: number | null;
  @ApiProperty(nullable) max!: number | null;
}

class BudgetFigureAnswer extends SpanAnswer {
  @ApiProperty({ enum: ['household', 'employer', 'statistics', 'programme', 'no_job'] }) source!: string;
  @ApiProperty({ type: String, nullable: true }) reference!: string | null;
  @ApiProperty(VERIFIED) verified!: boolean;
}

class BudgetLineAnswer {
  @ApiProperty({ enum: ['pay', 'living_cost', 'rent', 'rent_support'] }) code!: string;
  @ApiProperty({ ...nullable, description: 'Whose pay: 0 or 1; null: of the whole household.' }) adult!: number | null;
  @ApiProperty({ ...nullable, description: 'So many months; null: every month.' }) months!: number | null;
  @ApiProperty({ type: BudgetFigureAnswer, nullable: true, description: 'Null: not stated.' })
  here!: BudgetFigureAnswer | null;
  @ApiProperty({ type: BudgetFigureAnswer, nullable: true }) there!: BudgetFigureAnswer | null;
}

class BudgetLeftAnswer {
  @ApiProperty({ type: SpanAnswer, nullable: true }) here!: SpanAnswer | null;
  @ApiProperty({ type: SpanAnswer, nullable: true }) there!: SpanAnswer | null;
  @ApiProperty({ type: SpanAnswer, nullable: true, description: 'While the programme pays towards a stated rent.' })
  thereFirstYear!: SpanAnswer | null;
}

class RentCountedAnswer {
  @ApiProperty() here!: boolean;
  @ApiProperty() there!: boolean;
}

export class BudgetAnswer {
  @ApiProperty() members!: number;
  @ApiProperty({
    description:
      'false: the household has moved already; nothing is compared with where it came from, and all of `here` is null',
  })
  compared!: boolean;
  @ApiProperty({ type: [BudgetLineAnswer] }) lines!: BudgetLineAnswer[];
  @ApiProperty({
    type: BudgetLeftAnswer,
    description: 'Tenge a month; null where a figure that it needs is not stated.',
  })
  left!: BudgetLeftAnswer;
  @ApiProperty({ type: RentCountedAnswer }) rentCounted!: RentCountedAnswer;
  @ApiProperty({
    type: [String],
    enum: ['rent_not_counted', 'rent_there_not_counted', 'housing_provided', 'costs_per_head', 'pay_as_stated'],
  })
  notes!: string[];
}

class RefusalAnswer {
  @ApiProperty({ example: 'support.region_not_departure' }) code!: string;
  /** The reason in the language asked for. */
  @ApiProperty() text!: string;
  @ApiProperty({ description: 'false where the list that it rests on comes from no written source' })
  verified!: boolean;
}

/** What a move comes to: the support, or why there is none, and the month before and after. */
export class MoveMoneyAnswer {
  @ApiProperty({ type: SupportAnswer, nullable: true }) sheet!: SupportAnswer | null;
  @ApiProperty({ type: RefusalAnswer, nullable: true }) refusal!: RefusalAnswer | null;
  @ApiProperty({ type: BudgetAnswer }) budget!: BudgetAnswer;
}

class EligibilityLineAnswer {
  @ApiProperty({ enum: ELIGIBILITY_CODES }) code!: EligibilityCode;
  @ApiProperty({ enum: ELIGIBILITY_STATES, description: 'unknown: nobody could verify it' }) state!: EligibilityState;
  @ApiProperty({ enum: ['programme', 'vacancy', 'household', 'exception'], nullable: true }) by!: string | null;
  @ApiProperty() source!: string;
  @ApiProperty(VERIFIED) verified!: boolean;
}

class PaperAnswer {
  @ApiProperty({ example: 'identity' }) code!: string;
  @ApiProperty({ enum: ['application', ...SUPPORT_CODES] }) for!: string;
  @ApiProperty({ enum: ['children', 'divorced', 'graduate', 'buys_home'], nullable: true }) when!: string | null;
  @ApiProperty() source!: string;
  @ApiProperty(VERIFIED) verified!: boolean;
}

class ApplicationPlaceAnswer {
  @ApiProperty({ example: 'migration_portal' }) code!: string;
  @ApiProperty({ type: String, nullable: true }) url!: string | null;
  @ApiPropertyOptional({ description: 'It hands the application on within so many.' }) forwardsInWorkingDays?: number;
  @ApiProperty() source!: string;
  @ApiProperty(VERIFIED) verified!: boolean;
}

export class ProgrammeEligibilityAnswer {
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty({ enum: ELIGIBILITY_STATES }) state!: EligibilityState;
  @ApiProperty({ type: [EligibilityLineAnswer] }) rules!: EligibilityLineAnswer[];
  @ApiProperty({ type: [PaperAnswer] }) papers!: PaperAnswer[];
  @ApiProperty({ type: [ApplicationPlaceAnswer] }) places!: ApplicationPlaceAnswer[];
}
