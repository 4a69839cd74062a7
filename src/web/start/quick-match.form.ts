import { Transform } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import type { OccupationService } from '../../occupations/occupation.service.js';
import type { FieldProblem } from '../../shared/problem.js';
import { QUICK_WISHES, type QuickQuestion, type QuickWish } from '../../matching/quick-match.service.js';
import { wholeNumber } from '../site/form.js';

/** The five fields of the quick match. */
export class QuickMatchForm {
  @IsDefined({ message: 'quick.profession_missing' })
  @IsString()
  @Length(2, 200)
  profession!: string;

  @IsOptional()
  @IsString()
  @Length(2, 200)
  partner?: string;

  @IsDefined({ message: 'quick.region_missing' })
  @Matches(/^KZ-\d{2}$/, { message: 'quick.region_missing' })
  region!: string;

  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(20)
  children?: number;

  @IsOptional()
  @IsIn(QUICK_WISHES)
  wish?: QuickWish;
}

/** The page says what a profession was taken for; a guess that is more likely wrong than right is asked back instead. */
const LEAST_CONFIDENCE = 0.4;

/** The question that a form asks; professions by their titles. Problems: `quick.profession_unknown` at its field. */
export function quickQuestion(
  form: QuickMatchForm,
  occupations: OccupationService,
): { question: QuickQuestion; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const adults = (['profession', 'partner'] as const).flatMap((field) => {
    const title = form[field];
    if (title === undefined) return [];
    const { isco, confidence } = occupations.resolve({ title });
    if (isco !== null && confidence >= LEAST_CONFIDENCE) return [{ isco, title }];
    problems.push({ field, code: 'quick.profession_unknown', params: { title } });
    return [];
  });
  const { region, children = 0, wish = 'any' } = form;
  return { question: { adults, homeRegionCode: region, children, wish }, problems };
}
