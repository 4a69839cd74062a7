import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
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
import { LANGUAGES, type Language } from '../i18n/language.js';
import { PageQuery } from '../shared/page-query.js';
import { IfGiven, IsCalendarDate } from '../shared/validators.js';
import { CHANNELS, SETTLEMENT_WISHES, type ContactChannel, type SettlementWish } from './household.entity.js';
import { EDUCATION_LEVELS, type EducationLevel } from './seeker.entity.js';

const REGION = /^KZ-\d{2}$/;
const HIGHEST_PAY_TENGE = 100_000_000;

/** Driving licence categories and subcategories; Tm tram, Tb trolleybus. */
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
  'Tm',
  'Tb',
] as const;

/** Regulated fields for which a person can hold the diploma. */
export const DIPLOMAS = ['medicine', 'teaching'] as const;

/** A place by its KATO code, or as people write it; a region makes a name clear that several places bear. */
export class HomeDto {
  @IsOptional()
  @Matches(/^\d{9}$/)
  kato?: string;

  @IsOptional()
  @IsString()
  @Length(2, 200)
  text?: string;

  @IsOptional()
  @Matches(REGION)
  regionCode?: string;
}

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

export class WishesDto {
  /** False: the household only wants to see what there is. */
  @IfGiven()
  @IsBoolean()
  move?: boolean;

  @IfGiven()
  @IsIn(SETTLEMENT_WISHES)
  settlement?: SettlementWish;

  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @Matches(REGION, { each: true })
  regionCodes?: string[];

  /** Never propose these. */
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @Matches(REGION, { each: true })
  excludedRegionCodes?: string[];

  /** Propose only vacancies that come with housing. */
  @IfGiven()
  @IsBoolean()
  housingRequired?: boolean;

  /** Do not count it as an advantage that relatives live there. */
  @IfGiven()
  @IsBoolean()
  corridorOff?: boolean;
}

/** What the household agrees to. The time of a consent is when it arrives here; withdrawing it takes effect at once. */
export class ConsentsDto {
  /**
   * To be matched with vacancies, and to be shown to the centres of the regions matched, without names or contact. Withdrawn:
   * open proposals are withdrawn.
   */
  @IfGiven()
  @IsBoolean()
  matching?: boolean;

  /** To be told by SMS, e-mail or in the app. Withdrawn: nothing more is sent, not even that an offer no longer stands. */
  @IfGiven()
  @IsBoolean()
  notices?: boolean;

  /** That the centre which holds a proposal of the household sees names, phone and e-mail. Withdrawn: it no longer does. */
  @IfGiven()
  @IsBoolean()
  sharing?: boolean;
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

/** What may be said of a household beside its home and adults. */
export class HouseholdFields {
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(20)
  children?: number;

  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(20)
  schoolAgeChildren?: number;

  /** Where relatives live already. */
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @Matches(REGION, { each: true })
  relativesRegionCodes?: string[];

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => WishesDto)
  wishes?: WishesDto;

  @IfGiven()
  @IsIn(LANGUAGES)
  language?: Language;

  @IfGiven()
  @IsIn(CHANNELS)
  channel?: ContactChannel;

  /** As people write it; kept in E.164. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentsDto)
  consents?: ConsentsDto;
}

export class NewHouseholdDto extends HouseholdFields {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => HomeDto)
  home!: HomeDto;

  /** The one or two adults who look for work. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => AdultDto)
  adults!: AdultDto[];
}

/** Fields that are not given stay; null clears a field that may be empty. */
export class HouseholdChangeDto extends HouseholdFields {
  /** The version that was read; refused when somebody has changed it since. */
  @IsInt()
  @Min(1)
  version!: number;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => HomeDto)
  home?: HomeDto;

  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique((adult: AdultChangeDto) => adult.position)
  @ValidateNested({ each: true })
  @Type(() => AdultChangeDto)
  adults?: AdultChangeDto[];

  /**
   * Null: the second adult no longer belongs to the household, and open proposals that counted them are withdrawn. Together
   * with an adult at position 2, that one takes the place.
   */
  @ApiProperty({ type: 'string', nullable: true, required: false, enum: [null] })
  @IfGiven()
  @IsIn([null])
  secondAdult?: null;
}

export class IinQuestionDto {
  @IsString()
  @MaxLength(20)
  iin!: string;
}

export class HouseholdListQuery extends PageQuery {
  /** Households that live in this region. */
  @IsOptional()
  @Matches(REGION)
  regionCode?: string;
}
