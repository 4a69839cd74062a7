import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PROPOSAL_STATUSES, type ProposalStatus } from '../matching/proposal-states.js';
import { PageQuery } from '../shared/page-query.js';
import { type ReasonCode, reasonsFor } from './reasons.js';

const REGION = /^KZ-\d{2}$/;

/** A query's words; anything else stays as it is and is refused. */
const isTrue = ({ value }: { value: unknown }): unknown => ({ true: true, false: false })[String(value)] ?? value;

export class RegionQuery {
  /** Needed from administrators, who have no region of their own. Officers and supervisors may name their own only: 403 for another. */
  @IsOptional()
  @Matches(REGION)
  region?: string;
}

export class QueueQuery extends PageQuery {
  /** Needed from administrators. Officers and supervisors may name their own only: 403 for another. */
  @IsOptional()
  @Matches(REGION)
  region?: string;

  /** One state; without it everything that waits for a decision. */
  @ApiProperty({ enum: PROPOSAL_STATUSES, required: false })
  @IsOptional()
  @IsIn(PROPOSAL_STATUSES)
  status?: ProposalStatus;

  /** Only what is overdue. */
  @IsOptional()
  @Transform(isTrue)
  @IsBoolean()
  overdue?: boolean;

  /** Only what the caller has claimed. */
  @IsOptional()
  @Transform(isTrue)
  @IsBoolean()
  mine?: boolean;

  /** Only where at least one job comes with housing. */
  @IsOptional()
  @Transform(isTrue)
  @IsBoolean()
  housing?: boolean;
}

/** A decision names the version it was made on, here or in If-Match; in neither, the answer is 428 `proposal.version_required`. */
export class DecisionDto {
  @ApiProperty({ required: false, minimum: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

export class ReturnDto extends DecisionDto {
  @ApiProperty({ enum: reasonsFor('return') })
  @IsIn(reasonsFor('return'))
  reason!: ReasonCode;

  /** What is asked of the household, in words that it will read. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class RejectDto extends DecisionDto {
  @ApiProperty({ enum: reasonsFor('reject') })
  @IsIn(reasonsFor('reject'))
  reason!: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class ReferDto extends DecisionDto {
  /** The reception region that shall go on with the household. */
  @Matches(REGION)
  region!: string;

  @ApiProperty({ enum: reasonsFor('refer') })
  @IsIn(reasonsFor('refer'))
  reason!: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class AutoApproveRuleDto {
  @IsBoolean()
  enabled!: boolean;

  /** The lowest score that the rule approves, 0–100. */
  @IsNumber()
  @Min(0)
  @Max(100)
  minScore!: number;

  /** Sectors that every job of a proposal must be in; empty: any. */
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  sectors!: string[];

  /** Only where every job comes with housing from the employer. */
  @IsBoolean()
  housingRequired!: boolean;

  /** Only where every adult who looks for work has a job in the proposal. */
  @IsBoolean()
  allAdultsPlaced!: boolean;
}

/** One case of a batch, and the version that the officer saw. */
export class BatchCaseDto {
  @IsUUID()
  id!: string;

  @IsInt()
  @Min(1)
  version!: number;
}

export const MOST_IN_BATCH = 50;

export class BatchDto {
  @ApiProperty({ enum: ['approve', 'reject'] })
  @IsIn(['approve', 'reject'])
  action!: 'approve' | 'reject';

  /** Cases of the same occupations, district and vacancies. */
  @ApiProperty({ type: [BatchCaseDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_IN_BATCH)
  @ValidateNested({ each: true })
  @Type(() => BatchCaseDto)
  cases!: BatchCaseDto[];

  /** Only of a rejection, which needs one. */
  @ApiProperty({ enum: reasonsFor('reject'), required: false })
  @ValidateIf(({ action, reason }: BatchDto) => action === 'reject' || reason !== undefined)
  @IsIn(reasonsFor('reject'))
  reason?: ReasonCode;
}

export const TRAIL_SUBJECTS = [
  'proposal',
  'employer',
  'auto_approve_rule',
  'notice_queue',
  'account',
  'title_correction',
  'follow_up',
  'second_chance',
  'support_payment',
] as const;

export class TrailQuery extends PageQuery {
  /** Only for administrators. */
  @IsOptional()
  @Matches(REGION)
  region?: string;

  @ApiProperty({ enum: TRAIL_SUBJECTS, required: false })
  @IsOptional()
  @IsIn(TRAIL_SUBJECTS)
  subject?: (typeof TRAIL_SUBJECTS)[number];

  /** What was done: `approve`, `claim`, `verify` and so on. */
  @IsOptional()
  @Matches(/^[a-z_]{1,40}$/)
  action?: string;

  /** The first day, `YYYY-MM-DD` in Kazakhstan. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  from?: string;

  /** The last day. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  to?: string;
}

export class UncheckedFirmsQuery extends PageQuery {
  /** Only for administrators. */
  @IsOptional()
  @Matches(REGION)
  region?: string;
}
