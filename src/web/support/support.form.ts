import { Transform } from 'class-transformer';
import { IsDefined, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
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
