import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PROPOSAL_STATUSES, type ProposalStatus } from '../matching/proposal-states.js';
import { PageQuery } from '../shared/page-query.js';
import { type ReasonCode, reasonsFor } from './reasons.js';

const REGION = /^KZ-\d{2}$/;

export class RegionQuery {
  /** Only for administrators, who have no region of their own; ignored for officers and supervisors. */
  @IsOptional()
  @Matches(REGION)
  region?: string;
}

export class QueueQuery extends PageQuery {
  /** Only for administrators; ignored for officers and supervisors. */
  @IsOptional()
  @Matches(REGION)
  region?: string;

  /** One state; without it everything that waits for a decision. */
  @ApiProperty({ enum: PROPOSAL_STATUSES, required: false })
  @IsOptional()
  @IsIn(PROPOSAL_STATUSES)
  status?: ProposalStatus;
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
