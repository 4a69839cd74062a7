import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { ELIGIBILITY_STATES, type EligibilityState } from '../programme/eligibility.js';
import { BudgetAnswer, ProgrammeEligibilityAnswer, SupportAnswer } from '../programme/support.dto.js';

export const HIGHEST_RENT_TENGE = 10_000_000;

export class HouseholdSupportQuery {
  /** Calendar date in Kazakhstan; today by default. */
  @ApiPropertyOptional({ example: '2026-03-01' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  on?: string;

  /** Monthly rent that the household pays where it lives, tenge; not stated by default. */
  @ApiPropertyOptional({ minimum: 0, maximum: HIGHEST_RENT_TENGE })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(HIGHEST_RENT_TENGE)
  rentHere?: number;

  /** The same where it would move to. */
  @ApiPropertyOptional({ minimum: 0, maximum: HIGHEST_RENT_TENGE })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(HIGHEST_RENT_TENGE)
  rentThere?: number;
}

class EmployerConditionAnswer {
  @ApiProperty({ enum: ['permanent', 'years', 'housing'] }) code!: 'permanent' | 'years' | 'housing';
  @ApiProperty({ enum: ELIGIBILITY_STATES, description: 'unknown: the vacancy does not say' }) state!: EligibilityState;
}

export class HouseholdSupportAnswer extends SupportAnswer {
  @ApiProperty({ format: 'uuid' }) vacancyId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ type: BudgetAnswer }) budget!: BudgetAnswer;
  @ApiProperty({ type: [EmployerConditionAnswer] }) employerConditions!: EmployerConditionAnswer[];
  @ApiProperty({ type: ProgrammeEligibilityAnswer }) eligibility!: ProgrammeEligibilityAnswer;
}
