import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { CHANNEL_CODES, type ChannelCode } from '../channels/channel.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../channels/receipts.queries.js';
import { LANGUAGES, type Language } from '../i18n/language.js';
import { PageQuery } from '../shared/page-query.js';
import { IsCalendarDate } from '../shared/validators.js';
import {
  ABOUT,
  type About,
  type AnswerTopic,
  CLOSE_REASONS,
  type CloseReason,
  QUESTION_STATUSES,
  type QuestionStatus,
  TOPICS_OF_ANSWERS,
} from './question-states.js';
import { QUESTION_LISTS, type QuestionList } from './questions.queries.js';

export const LONGEST_QUESTION = 2_000;
export const SHORTEST_QUESTION = 5;
export const LONGEST_ANSWER = 4_000;
const LONGEST_PUBLIC_QUESTION = 500;

const REGION = /^KZ-\d{2}$/;
const REGION_OR_PROGRAMME = /^(?:KZ-\d{2}|programme)$/;
const flag = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);

export class NewQuestionDto {
  @IsIn(LANGUAGES)
  language!: Language;

  @IsIn(ABOUT)
  about!: About;

  /** The region it is about; of a question on the programme the region whose centre is to answer, if one is wished for. */
  @IsOptional()
  @Matches(REGION)
  region?: string;

  @IsOptional()
  @IsUUID()
  vacancy?: string;

  @IsString()
  @MinLength(SHORTEST_QUESTION)
  @MaxLength(LONGEST_QUESTION)
  text!: string;

  /** A mobile number of Kazakhstan or an e-mail address: where the answer goes. Kept encrypted, removed 30 days after the answer. */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  contact?: string;
}

export class LikelyDto {
  @IsString()
  @MaxLength(LONGEST_QUESTION)
  text!: string;

  @IsOptional()
  @Matches(REGION)
  region?: string;

  @IsOptional()
  @IsUUID()
  vacancy?: string;
}

export class AnswersQuery extends PageQuery {
  /** Words of the question, in any of the three languages. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_QUESTION)
  q?: string;

  @IsOptional()
  @IsIn(ABOUT)
  about?: About;

  @IsOptional()
  @Matches(REGION)
  region?: string;

  @IsOptional()
  @IsUUID()
  vacancy?: string;

  @IsOptional()
  @IsIn(TOPICS_OF_ANSWERS)
  topic?: AnswerTopic;
}

export class HelpedDto {
  @IsBoolean()
  helped!: boolean;
}

export class DeskQuery extends PageQuery {
  /** An officer may name the own region only; administrators name one, or `programme` for the programme's own desk. */
  @IsOptional()
  @Matches(REGION_OR_PROGRAMME)
  region?: string;

  @IsOptional()
  @IsIn(QUESTION_LISTS)
  list: QuestionList = 'open';

  /** Only those whose day has passed. */
  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @flag
  @IsBoolean()
  overdue?: boolean;
}

export class AnswerDto {
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_ANSWER)
  text!: string;
}

export class PassOnDto {
  /** A region, or `programme` for the programme's own desk. */
  @Matches(REGION_OR_PROGRAMME)
  to!: string;
}

export class CloseDto {
  @IsIn(CLOSE_REASONS)
  reason!: CloseReason;
}

class QuestionTextsDto {
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PUBLIC_QUESTION)
  kk?: string;

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PUBLIC_QUESTION)
  ru?: string;

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PUBLIC_QUESTION)
  en?: string;
}

class AnswerTextsDto {
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_ANSWER)
  kk?: string;

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_ANSWER)
  ru?: string;

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_ANSWER)
  en?: string;
}

/** What is to become public: all six texts are needed for publishing, none for a draft. */
export class PublicationDto {
  @IsIn(TOPICS_OF_ANSWERS)
  topic!: AnswerTopic;

  @ApiProperty({ type: QuestionTextsDto })
  @Type(() => QuestionTextsDto)
  @ValidateNested()
  question!: QuestionTextsDto;

  @ApiProperty({ type: AnswerTextsDto })
  @Type(() => AnswerTextsDto)
  @ValidateNested()
  answer!: AnswerTextsDto;

  /** The day on which what it says was checked; today by default. */
  @IsOptional()
  @IsCalendarDate()
  checkedOn?: string;
}

export class AskedAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'Opens the question and its answer without an account; whoever has it may read both' })
  token!: string;
  @ApiProperty({ format: 'date', description: 'The day on which the answer is due' }) dueOn!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The centre that will answer; null: the programme’s own desk',
  })
  regionCode!: string | null;
}

class QuestionFields {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: LANGUAGES }) language!: Language;
  @ApiProperty({ enum: ABOUT }) about!: About;
  @ApiProperty({ type: String, nullable: true }) aboutRegionCode!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) vacancyId!: string | null;
  @ApiProperty({ type: String, nullable: true }) vacancyTitle!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Null: the programme’s own desk' }) regionCode!:
    string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Null once its asker has taken it back or was erased' })
  text!: string | null;
  @ApiProperty({ enum: QUESTION_STATUSES }) status!: QuestionStatus;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty() overdue!: boolean;
  @ApiProperty({ type: String, nullable: true }) answer!: string | null;
  @ApiProperty({ type: Date, nullable: true }) answeredAt!: Date | null;
  @ApiProperty({ enum: CLOSE_REASONS, nullable: true }) closedReason!: CloseReason | null;
  @ApiProperty() synthetic!: boolean;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ description: 'Its answer is public' }) published!: boolean;
}

/** A question as its asker reads it. */
export class OwnQuestionAnswer extends QuestionFields {
  @ApiProperty() token!: string;
}

/** A question as the desk reads it; never with its asker's contact. */
export class DeskQuestionAnswer extends QuestionFields {
  @ApiProperty({ type: String, nullable: true }) owner!: string | null;
  @ApiProperty({ type: String, nullable: true }) ownerLabel!: string | null;
  @ApiProperty() mine!: boolean;
  @ApiProperty({ type: String, nullable: true }) answeredBy!: string | null;
  @ApiProperty() version!: number;
}

export class DeskQuestionsPage {
  @ApiProperty({ type: [DeskQuestionAnswer] }) items!: DeskQuestionAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

class AnswerReceiptAnswer {
  @ApiProperty({ enum: CHANNEL_CODES }) channel!: ChannelCode;
  @ApiProperty({ enum: DELIVERY_STATUSES }) status!: DeliveryStatus;
  @ApiProperty({ type: String, nullable: true }) errorCode!: string | null;
  @ApiProperty({ type: String, nullable: true }) suppressedReason!: string | null;
  @ApiProperty() inDoubt!: boolean;
  @ApiProperty({ type: Date, nullable: true }) finishedAt!: Date | null;
}

class QuestionTrailAnswer {
  @ApiProperty() at!: Date;
  @ApiProperty() actor!: string;
  @ApiProperty({ type: String, nullable: true }) actorLabel!: string | null;
  @ApiProperty() actorRole!: string;
  @ApiProperty() action!: string;
  @ApiProperty({ type: String, nullable: true }) fromState!: string | null;
  @ApiProperty({ type: String, nullable: true }) toState!: string | null;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) details!: Record<string, unknown>;
}

export class WholeQuestionAnswer extends DeskQuestionAnswer {
  @ApiProperty({ type: [AnswerReceiptAnswer] }) receipts!: AnswerReceiptAnswer[];
  @ApiProperty({ type: [QuestionTrailAnswer] }) trail!: QuestionTrailAnswer[];
}

class InThreeLanguagesAnswer {
  @ApiProperty() kk!: string;
  @ApiProperty() ru!: string;
  @ApiProperty() en!: string;
}

export class PublicAnswerAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ABOUT }) about!: About;
  @ApiProperty({ type: String, nullable: true }) aboutRegionCode!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) vacancyId!: string | null;
  @ApiProperty({ enum: TOPICS_OF_ANSWERS }) topic!: AnswerTopic;
  @ApiProperty({ type: InThreeLanguagesAnswer }) question!: InThreeLanguagesAnswer;
  @ApiProperty({ type: InThreeLanguagesAnswer }) answer!: InThreeLanguagesAnswer;
  @ApiProperty({ format: 'date', description: 'The day on which what it says was checked' }) checkedOn!: string;
  @ApiProperty() publishedAt!: Date;
  @ApiProperty({ type: String, nullable: true, description: 'Who answers for it; null: the programme’s own desk' })
  regionCode!: string | null;
  @ApiProperty() helpful!: number;
  @ApiProperty() unhelpful!: number;
  @ApiProperty() synthetic!: boolean;
}

export class PublicAnswersPage {
  @ApiProperty({ type: [PublicAnswerAnswer] }) items!: PublicAnswerAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
