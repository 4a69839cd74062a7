import { IsDefined, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { ABOUT, type About, TOPICS_OF_ANSWERS, type AnswerTopic } from '../../questions/question-states.js';
import { LONGEST_QUESTION, SHORTEST_QUESTION } from '../../questions/questions.dto.js';

/** So many answers stand on one page. */
export const ANSWERS_ON_PAGE = 20;

/** Which public answers are looked for. */
export class AnswersForm {
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_QUESTION)
  q?: string;

  @IsOptional()
  @IsIn(TOPICS_OF_ANSWERS)
  topic?: AnswerTopic;

  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;

  @IsOptional()
  @IsUUID()
  vacancy?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** A question: first it is looked whether it has been answered already (`look`), then it is sent. */
export class AskForm {
  @IsDefined({ message: 'page.questions.text_missing' })
  @IsString()
  @MinLength(SHORTEST_QUESTION)
  @MaxLength(LONGEST_QUESTION)
  text!: string;

  @IsIn(ABOUT)
  about: About = 'programme';

  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;

  @IsOptional()
  @IsUUID()
  vacancy?: string;

  @IsOptional()
  @IsString()
  @MaxLength(254)
  contact?: string;

  @IsOptional()
  @IsIn(['look', 'send'])
  step?: 'look' | 'send';

  @IsOptional()
  @IsString()
  @MaxLength(128)
  once?: string;
}
