import { Transform } from 'class-transformer';
import { IsDefined, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { wholeNumber } from '../site/form.js';

/** So many titles stand on one page, and so many corrections below them. */
export const TITLES_ON_PAGE = 15;
export const RECENT_CORRECTIONS = 10;

export const ALL_REGIONS = 'all';
export const NO_OCCUPATION_VALUE = 'none';

/** Which titles are looked at. No region: the officer's own. */
export class TitlesFilter {
  @IsOptional()
  @Matches(/^(?:KZ-\d{2}|all)$/)
  region?: string;

  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(101)
  @Max(125)
  in?: number;

  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}

/** What a title means: by the button that is pressed (`isco`), or in words (`other`). */
export class CorrectionForm extends TitlesFilter {
  @IsDefined()
  @IsString()
  @MaxLength(500)
  title!: string;

  /** The vacancy's own. */
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  area?: number;

  @IsOptional()
  @Matches(/^(?:\d{4}|none)$/)
  isco?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  other?: string;

  @IsOptional()
  @IsString()
  @MaxLength(128)
  once?: string;
}
