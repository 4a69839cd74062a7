import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { PageQuery } from '../shared/page-query.js';
import { APPLICATION_REASONS, type ApplicationReason } from './application-reasons.js';
import {
  APPLICATION_OWNERS,
  APPLICATION_STATES,
  type ApplicationOwner,
  type ApplicationState,
  CENTRE_ACTIONS,
  type CentreAction,
} from './application-states.js';

const REASON_CODES = Object.keys(APPLICATION_REASONS) as ApplicationReason[];
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TEXT = { type: String, nullable: true } as const;
const DAY = { type: String, format: 'date', nullable: true } as const;
const TIME = { type: Date, nullable: true } as const;

export class WithdrawApplicationDto {
  @ApiProperty({ enum: REASON_CODES, description: 'one that fits `withdraw`' })
  @IsDefined()
  @IsIn(REASON_CODES)
  reason!: ApplicationReason;
}

export class CentreStepDto {
  @ApiProperty({ enum: CENTRE_ACTIONS, description: '`decide`: positive; a place is reserved, or it waits in order' })
  @IsDefined()
  @IsIn(CENTRE_ACTIONS)
  action!: CentreAction;

  /** The version that it was decided on. */
  @IsDefined()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version!: number;

  @ApiPropertyOptional({
    enum: REASON_CODES,
    description: 'needed to `ask`, `refuse`, `extend`, `return` and `take_back`',
  })
  @IsOptional()
  @IsIn(REASON_CODES)
  reason?: ApplicationReason;

  /** To the household, in the officer's words. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  @ApiPropertyOptional({ format: 'date', description: 'with `extend`: the new due date, a working day' })
  @IsOptional()
  @Matches(DATE)
  dueOn?: string;

  @ApiPropertyOptional({ format: 'date', description: 'with `arrive`; today by default' })
  @IsOptional()
  @Matches(DATE)
  arrivedOn?: string;
}

export class ApplicationsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'KZ-59', description: 'an administrator names one; an officer has their own' })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  region?: string;

  @ApiPropertyOptional({ enum: APPLICATION_STATES, description: 'every open one but mere interest, without' })
  @IsOptional()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overdue?: boolean;
}

/** The shortest name of an order by which a quota is revised. */
export const SHORTEST_SOURCE = 3;

export class QuotaRevisionDto {
  @ApiProperty({ example: 'KZ-59' })
  @IsDefined()
  @Matches(/^KZ-\d{2}$/)
  regionCode!: string;

  @ApiProperty({ enum: ['settlers', 'kandas'] })
  @IsDefined()
  @IsIn(['settlers', 'kandas'])
  category!: 'settlers' | 'kandas';

  @ApiProperty({ format: 'date', description: 'from when it counts; its year is the quota’s' })
  @IsDefined()
  @Matches(DATE)
  validFrom!: string;

  @IsDefined()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  persons!: number;

  /** The order that says so. */
  @IsDefined()
  @IsString()
  @MinLength(SHORTEST_SOURCE)
  @MaxLength(500)
  source!: string;

  @ApiProperty({ description: 'whether somebody has read the order itself' })
  @IsDefined()
  @IsBoolean()
  verified!: boolean;
}

class ApplicationJobAnswer {
  @ApiProperty({ format: 'uuid' }) vacancyId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() employerName!: string;
  @ApiProperty({ description: 'whose: the first or the second adult' }) position!: number;
  @ApiProperty({ description: 'the vacancy is invented, for a demonstration' }) synthetic!: boolean;
}

export class ApplicationLineAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ format: 'uuid' }) proposalId!: string;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ example: 'KZ-61' }) homeRegionCode!: string;
  @ApiProperty() districtKato!: string;
  @ApiProperty() districtNameRu!: string;
  @ApiProperty() districtNameKk!: string;
  @ApiProperty({ enum: ['settlers', 'kandas'] }) category!: 'settlers' | 'kandas';
  @ApiProperty({ description: 'Everybody who comes' }) persons!: number;
  @ApiProperty({ enum: APPLICATION_STATES }) state!: ApplicationState;
  @ApiProperty({
    enum: APPLICATION_OWNERS,
    nullable: true,
    description: 'Who must do the next thing; null: it is over',
  })
  owner!: ApplicationOwner | null;
  @ApiProperty({ ...DAY, description: 'Until when' }) dueOn!: string | null;
  @ApiProperty() overdue!: boolean;
  @ApiProperty(TEXT) reason!: string | null;
  @ApiProperty(TEXT) note!: string | null;
  @ApiProperty({ ...TIME, description: 'Since when the job that it was made for is gone' }) jobLostAt!: Date | null;
  @ApiProperty(TEXT) jobLostReason!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: '1: the next to get a place of the quota' })
  waitPosition!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'The year of the quota that its place was taken from' })
  quotaYear!: number | null;
  @ApiProperty(TIME) appliedAt!: Date | null;
  @ApiProperty(DAY) arrivedOn!: string | null;
  @ApiProperty(TIME) endedAt!: Date | null;
  @ApiProperty() stateSince!: Date;
  @ApiProperty({ description: 'A step names it' }) version!: number;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ description: 'the household is invented, for a demonstration' }) synthetic!: boolean;
  @ApiProperty({ type: [ApplicationJobAnswer] }) jobs!: ApplicationJobAnswer[];
}

class DeadlineAnswer {
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty({ ...DAY, description: 'The last day before it ends by itself; null: it does not' })
  lapsesAfter!: string | null;
  @ApiProperty() source!: string;
  @ApiProperty({ description: 'False where no public source gave the term' }) verified!: boolean;
}

class StepAnswer {
  @ApiProperty({ example: 'forward' }) action!: string;
  @ApiProperty({ enum: APPLICATION_STATES, nullable: true }) fromState!: ApplicationState | null;
  @ApiProperty({ enum: APPLICATION_STATES }) toState!: ApplicationState;
  @ApiProperty({ enum: APPLICATION_OWNERS, nullable: true }) owner!: ApplicationOwner | null;
  @ApiProperty(DAY) dueOn!: string | null;
  @ApiProperty(TEXT) reason!: string | null;
  @ApiProperty(TEXT) note!: string | null;
  @ApiProperty() at!: Date;
  @ApiProperty({ description: 'The role of who took it; nobody is named' }) actorRole!: string;
}

export class ApplicationAnswer extends ApplicationLineAnswer {
  @ApiProperty({ type: DeadlineAnswer, nullable: true }) deadline!: DeadlineAnswer | null;
  @ApiProperty({ enum: APPLICATION_STATES, nullable: true, description: 'What usually comes next' })
  next!: ApplicationState | null;
  @ApiProperty({ type: [StepAnswer] }) steps!: StepAnswer[];
  @ApiProperty({ description: 'The region has no quota for settlers in `quotaYearNow`: no place can be reserved' })
  regionWithoutQuota!: boolean;
  @ApiProperty() quotaYearNow!: number;
  @ApiProperty({ enum: CENTRE_ACTIONS, isArray: true, description: 'What its centre may do now' })
  actions!: CentreAction[];
}

class FirstWaitingAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() persons!: number;
}

export class QuotaStandingAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty() year!: number;
  @ApiProperty({ enum: ['settlers'] }) category!: 'settlers';
  @ApiProperty({ type: Number, nullable: true, description: 'Null: the region has no quota this year' })
  persons!: number | null;
  @ApiProperty({ description: 'False where no written source gave `persons`' }) verified!: boolean;
  @ApiProperty() reserved!: number;
  @ApiProperty() taken!: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Below zero while a revision is smaller than what is given',
  })
  left!: number | null;
  @ApiProperty() waitingPersons!: number;
  @ApiProperty({
    type: FirstWaitingAnswer,
    nullable: true,
    description: 'Who waits first; while its persons are more than `left`, everybody behind it waits too',
  })
  firstWaiting!: FirstWaitingAnswer | null;
}

class StateCountAnswer {
  @ApiProperty({ enum: APPLICATION_STATES }) state!: ApplicationState;
  @ApiProperty() open!: number;
  @ApiProperty() overdue!: number;
}

export class ApplicationListAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ format: 'date' }) today!: string;
  @ApiProperty({ type: [StateCountAnswer] }) counts!: StateCountAnswer[];
  @ApiProperty() quota!: QuotaStandingAnswer;
  @ApiProperty({ type: [ApplicationLineAnswer] }) items!: ApplicationLineAnswer[];
  @ApiProperty(TEXT) nextCursor!: string | null;
}

export class ApplicationReasonAnswer {
  @ApiProperty() code!: string;
  @ApiProperty({ type: [String], description: 'What it fits' }) uses!: string[];
  @ApiProperty({
    type: 'object',
    properties: { kk: { type: 'string' }, ru: { type: 'string' }, en: { type: 'string' } },
  })
  words!: { kk: string; ru: string; en: string };
}

export class QuotaBalanceAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ enum: ['settlers', 'kandas'] }) category!: 'settlers' | 'kandas';
  @ApiProperty() year!: number;
  @ApiProperty({ description: 'In force today' }) persons!: number;
  @ApiProperty({ description: 'False where no written source gave `persons`' }) verified!: boolean;
  @ApiProperty() reserved!: number;
  @ApiProperty() taken!: number;
  @ApiProperty({ description: 'Below zero while a revision is smaller than what is given' }) left!: number;
}
