import { Transform } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { OWN_ANSWERS, type OwnAnswer } from '../../programme/eligibility-rules.js';
import { MOST_MEMBERS } from '../../programme/support.js';
import { wholeNumber } from '../site/form.js';

/** What the calculator asks. */
export class SupportForm {
  @IsDefined()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(MOST_MEMBERS)
  members!: number;

  /** A town or a village in words, or its KATO code. */
  @IsOptional()
  @IsString()
  @Length(2, 200)
  place!: string;

  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'programme.date_invalid' })
  on?: string;
}

/** Of which day the rules are asked. */
export class RulesForm {
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'programme.date_invalid' })
  on?: string;
}

/** What the sheet asks beside it. */
export class SheetForm extends SupportForm {
  /** Where the household lives: ISO 3166-2. */
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  home?: string;

  /** What is true of the household. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @IsIn(OWN_ANSWERS, { each: true })
  own?: OwnAnswer[];
}
