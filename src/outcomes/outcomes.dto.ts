import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SUPPORT_CODES, type SupportCode } from '../programme/support-rules.js';
import { PageQuery } from '../shared/page-query.js';
import { Problem } from '../shared/problem.js';
import { FOLLOW_UP_MONTHS, type FollowUpMonth } from './follow-up-dates.js';
import { FOLLOW_UP_STATES, type FollowUpState } from './follow-up-states.js';
import {
  ACTIVITIES,
  type Activity,
  type Answer,
  HOUSING,
  type Housing,
  LOSSES,
  type Loss,
  RETURN_REASONS,
  type ReturnReason,
} from './outcome-kinds.js';
import { FOLLOW_UP_LISTS, type FollowUpList } from './outcomes.queries.js';

export class AdultAnswerDto {
  @IsUUID()
  personId!: string;

  @IsIn(ACTIVITIES)
  activity!: Activity;
}

/** How a household is. Who stays says how they are housed and how each adult works; who went back says why. */
export class SettlingAnswerDto {
  @IsBoolean()
  stays!: boolean;

  /** Of those who went back. */
  @IsOptional()
  @IsIn(RETURN_REASONS)
  reason?: ReturnReason;

  /** Of those who stay. */
  @IsOptional()
  @IsIn(HOUSING)
  housing?: Housing;

  /** Each adult who arrived, of those who stay. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => AdultAnswerDto)
  adults?: AdultAnswerDto[];

  /** Of those who stay: whether they took the approved job of their second chance; must be said while there is one (`approvedJobs`). */
  @IsOptional()
  @IsBoolean()
  tookJob?: boolean;
}

export class CallAnswerDto extends SettlingAnswerDto {
  /** The version of the follow-up that the officer saw. */
  @IsInt()
  @Min(1)
  version!: number;
}

export class MissedCallDto {
  /** The version of the follow-up that the officer saw. */
  @IsInt()
  @Min(1)
  version!: number;
}

/** The answer that a request gives. Error: `request.invalid` (400) with the field that is missing. */
export function answerOf({ stays, reason, housing, adults, tookJob }: SettlingAnswerDto): Answer {
  const missing = (field: string): never => {
    throw new Problem('request.invalid', 400, {}, [{ field, code: 'settling.answer_missing' }]);
  };
  if (!stays) return { stays, reason: reason ?? missing('reason') };
  return { stays, housing: housing ?? missing('housing'), adults: adults ?? missing('adults'), tookJob };
}

export class FollowUpsQuery extends PageQuery {
  /** ISO 3166-2. An officer may name the own region only; an administrator must name one. */
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;

  @ApiProperty({ enum: FOLLOW_UP_LISTS, required: false, description: 'default: call' })
  @IsOptional()
  @IsIn(FOLLOW_UP_LISTS)
  list?: FollowUpList;
}

export class FollowUpAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ format: 'uuid' }) proposalId!: string;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ format: 'date' }) arrivedOn!: string;
  @ApiProperty({ type: 'integer' }) persons!: number;
  @ApiProperty({ description: 'the household is invented, for a demonstration' }) synthetic!: boolean;
  @ApiProperty({ enum: FOLLOW_UP_MONTHS, description: 'months after the arrival' }) months!: FollowUpMonth;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty({ format: 'date', description: 'the last day of the household’s own turn' }) answerBy!: string;
  @ApiProperty({ format: 'date' }) closesOn!: string;
  @ApiProperty({ enum: FOLLOW_UP_STATES }) state!: FollowUpState;
  @ApiProperty({ type: String, nullable: true, description: 'who has it in hand; null: nobody in particular' })
  ownerId!: string | null;
  @ApiProperty({ type: String, nullable: true }) ownerLabel!: string | null;
  @ApiProperty({ type: Date, nullable: true }) askedAt!: Date | null;
  @ApiProperty({ type: 'integer', description: 'calls that reached nobody' }) missed!: number;
  @ApiProperty({ type: Date, nullable: true }) missedAt!: Date | null;
  @ApiProperty({ type: 'integer' }) version!: number;
}

export class FollowUpsPage {
  @ApiProperty({ type: [FollowUpAnswer] }) items!: FollowUpAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

class ArrivedAdultAnswer {
  @ApiProperty({ format: 'uuid' }) personId!: string;
  @ApiProperty({ type: 'integer' }) position!: number;
  @ApiProperty({ enum: ACTIVITIES, nullable: true, description: 'when last heard of' }) activity!: Activity | null;
  @ApiProperty({ type: String, nullable: true, description: 'title of the post they came for' }) cameFor!:
    string | null;
}

export class ArrivalAnswer {
  @ApiProperty({ format: 'uuid' }) arrivalId!: string;
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ format: 'uuid' }) applicationId!: string;
  @ApiProperty({ format: 'uuid' }) proposalId!: string;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ format: 'date' }) arrivedOn!: string;
  @ApiProperty({ type: 'integer' }) persons!: number;
  @ApiProperty({ enum: HOUSING, nullable: true }) housing!: Housing | null;
  @ApiProperty() returned!: boolean;
  @ApiProperty({ type: String, format: 'date', nullable: true }) heardOn!: string | null;
  @ApiProperty({ type: [ArrivedAdultAnswer] }) adults!: ArrivedAdultAnswer[];
  @ApiProperty({
    type: [String],
    description: 'titles of the posts approved for their second chance that they have not said to have taken',
  })
  approvedJobs!: string[];
}

class OwnFollowUpAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: FOLLOW_UP_MONTHS }) months!: FollowUpMonth;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty({ format: 'date' }) answerBy!: string;
  @ApiProperty({ enum: FOLLOW_UP_STATES }) state!: FollowUpState;
}

class ChanceAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: LOSSES, isArray: true }) lost!: Loss[];
  @ApiProperty({ enum: ['searching', 'proposed', 'ended'] }) state!: 'searching' | 'proposed' | 'ended';
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) proposalId!: string | null;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'by when the centre decides on what was found; null: nothing was found, or it is approved',
  })
  decidedBy!: string | null;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'while nothing is found: the day of the next search; the region’s centre has the case',
  })
  searchesOn!: string | null;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description:
      'by when the household takes an approved job (`POST own-household/second-chance/taken`); then it is looked for another',
  })
  takeBy!: string | null;
  @ApiProperty({
    enum: ['no_consent', 'nobody_seeks'],
    nullable: true,
    description:
      'why nothing can be found: no consent to be matched, or nobody of the household who lost work seeks any (after a lost home: nobody at all)',
  })
  hindrance!: 'no_consent' | 'nobody_seeks' | null;
  @ApiProperty() openedAt!: Date;
}

export class SettlingAnswer {
  @ApiProperty({ type: ArrivalAnswer }) arrival!: ArrivalAnswer;
  @ApiProperty({ type: [OwnFollowUpAnswer] }) followUps!: OwnFollowUpAnswer[];
  @ApiProperty({ type: [ChanceAnswer] }) chances!: ChanceAnswer[];
}

/** Support that was paid for a household. */
export class NewPaymentDto {
  @ApiProperty({ enum: SUPPORT_CODES })
  @IsIn(SUPPORT_CODES)
  measure!: SupportCode;

  @IsInt()
  @Min(1)
  @Max(100_000_000)
  tenge!: number;

  @ApiProperty({ format: 'date' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  paidOn!: string;
}

export class PaymentAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ enum: SUPPORT_CODES }) measure!: SupportCode;
  @ApiProperty({ enum: ['household', 'employer'] }) payee!: 'household' | 'employer';
  @ApiProperty({ type: 'integer' }) tenge!: number;
  @ApiProperty({ format: 'date' }) paidOn!: string;
  @ApiProperty() recordedAt!: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'taken back: recorded wrongly' }) voidedAt!: Date | null;
}
