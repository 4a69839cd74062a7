import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven, IsCalendarDate } from '../shared/validators.js';
import { EDUCATION_LEVELS, type EducationLevel } from './seeker.entity.js';

export const HIGHEST_PAY_TENGE = 100_000_000;

/** Driving licence categories and subcategories; T tractor and other self-propelled machines, Tm tram, Tb trolleybus. */
export const DRIVING_CATEGORIES = [
  'A',
  'A1',
  'B',
  'B1',
  'BE',
  'C',
  'C1',
  'CE',
  'C1E',
  'D',
  'D1',
  'DE',
  'D1E',
  'T',
  'Tm',
  'Tb',
] as const;

/** Regulated fields for which a person can hold the diploma. */
export const DIPLOMAS = ['medicine', 'teaching'] as const;

/** An occupation by its ISCO-08 unit group, or by the title that a person gives it. */
export class OccupationDto {
  @IsOptional()
  @Matches(/^\d{4}$/)
  isco?: string;

  @IsOptional()
  @IsString()
  @Length(2, 200)
  title?: string;
}

/** What may be said of a working adult; each field by itself optional. */
export class AdultFields {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  givenName?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  familyName?: string | null;

  /** Twelve digits. Kept encrypted, never given back. */
  @IsOptional()
  @IsString()
  @MaxLength(20)
  iin?: string | null;

  @IfGiven()
  @IsCalendarDate()
  birthDate?: string;

  @IsOptional()
  @IsIn(EDUCATION_LEVELS)
  education?: EducationLevel | null;

  @IfGiven()
  @IsNumber({ maxDecimalPlaces: 1 })
  @Min(0)
  @Max(70)
  experienceYears?: number;

  /** ISO 639-1. */
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(10)
  @Matches(/^[a-z]{2}$/, { each: true })
  languages?: string[];

  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @IsIn(DRIVING_CATEGORIES, { each: true })
  driving?: string[];

  /** Regulated fields for which the diploma is at hand. */
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @IsIn(DIPLOMAS, { each: true })
  diplomas?: string[];

  /** Today's monthly pay; 0 without work, null when not stated. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(HIGHEST_PAY_TENGE)
  payTenge?: number | null;

  /** Propose nothing that pays less. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(HIGHEST_PAY_TENGE)
  minimumPayTenge?: number | null;

  @IfGiven()
  @IsBoolean()
  permanentOnly?: boolean;

  @IfGiven()
  @IsBoolean()
  seeksWork?: boolean;
}

export class AdultDto extends AdultFields {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OccupationDto)
  occupation!: OccupationDto;
}

/** Changes to the adult at a position; at a free position 2, a second adult. */
export class AdultChangeDto extends AdultFields {
  @IsIn([1, 2])
  position!: 1 | 2;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => OccupationDto)
  occupation?: OccupationDto;
}
