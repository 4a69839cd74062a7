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
import { IfGiven } from '../shared/validators.js';
import { AdultChangeDto, AdultDto } from './adult.dto.js';
import { CHANNELS, SETTLEMENT_WISHES, type ContactChannel, type SettlementWish } from './household.entity.js';

const REGION = /^KZ-\d{2}$/;

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

  /** Others who move along and look for no work: a grandparent, a grown child. They count as persons. */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(7)
  otherMembers?: number;

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
