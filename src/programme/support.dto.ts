import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { MOST_MEMBERS } from './support.js';
import { SUPPORT_CODES, type SupportCode } from './support-rules.js';

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

class SupportLineAnswer {
  @ApiProperty({ enum: SUPPORT_CODES }) code!: SupportCode;
  @ApiProperty({ type: Number, nullable: true, description: 'Of one payment; null where no money is paid in hand.' })
  mci!: number | null;
  @ApiProperty({ type: Number, nullable: true }) tenge!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Payments, one a month; null for one paid once.' })
  months!: number | null;
  @ApiProperty({ enum: ['household', 'employer'] }) payee!: 'household' | 'employer';
  @ApiProperty({ description: 'The most that may be paid.' }) atMost!: boolean;
  @ApiProperty() source!: string;
  @ApiProperty({ description: 'False where a figure comes from no written source.' }) verified!: boolean;
}

class TengeRange {
  @ApiProperty() min!: number;
  @ApiProperty() max!: number;
}

export class SupportAnswer {
  @ApiProperty({ example: '2026-03-01' }) on!: string;
  @ApiProperty({ example: 4325, description: 'The monthly calculation index of the day.' }) mciTenge!: number;
  @ApiProperty({ enum: ['urban', 'rural'] }) settlementType!: 'urban' | 'rural';
  @ApiProperty({ type: [SupportLineAnswer] }) lines!: SupportLineAnswer[];
  @ApiProperty({ type: TengeRange }) householdFirstYearTenge!: TengeRange;
}
