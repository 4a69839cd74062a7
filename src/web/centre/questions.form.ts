import { Transform } from 'class-transformer';
import { IsDefined, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import {
  CLOSE_REASONS,
  type CloseReason,
  TOPICS_OF_ANSWERS,
  type AnswerTopic,
} from '../../questions/question-states.js';
import { LONGEST_ANSWER } from '../../questions/questions.dto.js';
import { IsCalendarDate } from '../../shared/validators.js';

/** The lists of the desk, as its addresses name them. */
export const DESK_LISTS = ['open', 'overdue', 'answered', 'closed'] as const;
export type DeskList = (typeof DESK_LISTS)[number];

export const QUESTIONS_ON_PAGE = 20;

/** What was just done, as the address of the next page says it. */
export const QUESTION_DONE = [
  'take',
  'release',
  'answer',
  'pass_on',
  'close',
  'draft',
  'publish',
  'unpublish',
] as const;

export class AnswerForm {
  @IsDefined({ message: 'page.questions.answer_missing' })
  @IsString()
  @MaxLength(LONGEST_ANSWER)
  text!: string;
}

export class PassOnForm {
  @IsDefined({ message: 'page.questions.to_missing' })
  @Matches(/^(?:KZ-\d{2}|programme)$/)
  to!: string;
}

export class CloseForm {
  @IsDefined({ message: 'page.questions.reason_missing' })
  @IsIn(CLOSE_REASONS)
  reason!: CloseReason;
}

const LONGEST_PUBLIC_QUESTION = 500;
const asText = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value : ''));

/** Six texts, each a field of its own: `question.kk`, `answer.kk`, … */
export class PublicationForm {
  @IsIn(TOPICS_OF_ANSWERS)
  topic!: AnswerTopic;

  @IsOptional()
  @IsCalendarDate()
  checkedOn?: string;

  @asText @MaxLength(LONGEST_PUBLIC_QUESTION) 'question.kk' = '';
  @asText @MaxLength(LONGEST_PUBLIC_QUESTION) 'question.ru' = '';
  @asText @MaxLength(LONGEST_PUBLIC_QUESTION) 'question.en' = '';
  @asText @MaxLength(LONGEST_ANSWER) 'answer.kk' = '';
  @asText @MaxLength(LONGEST_ANSWER) 'answer.ru' = '';
  @asText @MaxLength(LONGEST_ANSWER) 'answer.en' = '';

  @IsOptional()
  @IsIn(['publish', 'draft'])
  do?: 'publish' | 'draft';
}
