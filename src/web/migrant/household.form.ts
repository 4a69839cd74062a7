import { Transform } from 'class-transformer';
import {
  IsArray,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { ClassConstructor } from 'class-transformer';
import { DIPLOMAS, DRIVING_CATEGORIES } from '../../households/adult.dto.js';
import type { DraftStep } from '../../households/household-draft.js';
import {
  CHANNELS,
  SETTLEMENT_WISHES,
  type ContactChannel,
  type SettlementWish,
} from '../../households/household.entity.js';
import { EDUCATION_LEVELS, type EducationLevel } from '../../households/seeker.entity.js';
import { LANGUAGES, type Language } from '../../i18n/language.js';
import { IsCalendarDate } from '../../shared/validators.js';
import { readDay } from '../site/written-day.js';

/** Numbers arrive as people write them: `250 000`, `5,5`. What is none stays text and is refused. */
const asNumber = ({ value }: { value: unknown }): unknown => {
  const text = typeof value === 'string' ? value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.') : value;
  return typeof text === 'string' && /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : value;
};
/** One ticked box arrives as a text, several as a list. */
const asList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? [value] : value);

const REGION = /^KZ-\d{2}$/;
export const SPOKEN = ['kk', 'ru', 'en', 'uz', 'de', 'tr', 'zh'] as const;

/** What every step's form carries beside its answers. */
class StepForm {
  @IsOptional()
  @IsString()
  @MaxLength(128)
  once?: string;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  version?: number;

  /** Where to go on: back to the overview, from which the step was opened. */
  @IsOptional()
  @IsIn(['overview'])
  then?: string;
}

export class HomeForm extends StepForm {
  @IsDefined({ message: 'household.home_missing' })
  @IsString()
  @Length(2, 200)
  home!: string;

  @IsOptional()
  @Matches(REGION)
  regionCode?: string;

  /** The place that was known, and its name as it was shown: kept when the name was not touched. */
  @IsOptional()
  @Matches(/^\d{9}$/)
  knownKato?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  knownHome?: string;

  /** The place that was chosen where the words were not clear, and the words for which it was. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  place?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  placeFor?: string;
}

/** What an adult does. */
export class WorkForm extends StepForm {
  @IsOptional()
  @IsString()
  @Length(2, 200)
  title?: string;

  @IsOptional()
  @Matches(/^\d{4}$/)
  isco?: string;

  /** The title for which `isco` was chosen. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  iscoTitle?: string;

  /** `YYYY-MM-DD`, however it was written. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? readDay(value) : value))
  @IsCalendarDate({ message: 'household.birth_date_unclear' })
  birthDate?: string;

  @IsOptional()
  @Transform(asNumber)
  @IsNumber({ maxDecimalPlaces: 1 })
  @Min(0)
  @Max(70)
  experienceYears?: number;

  @IsOptional()
  @IsIn(['yes', 'no'])
  seeksWork?: string;
}

export class PartnerForm extends WorkForm {
  /** That what was said of a second adult may go. */
  @IsOptional()
  @IsIn(['yes'])
  removePartner?: string;

  @IsOptional()
  @IsIn(['yes', 'no'])
  hasPartner?: string;
}

export class SkillsForm extends StepForm {
  @IsOptional()
  @IsIn(EDUCATION_LEVELS)
  education?: EducationLevel;

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @IsIn(DIPLOMAS, { each: true })
  diplomas?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @IsIn(SPOKEN, { each: true })
  languages?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @IsIn(DRIVING_CATEGORIES, { each: true })
  driving?: string[];
}

export class PayForm extends StepForm {
  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  payTenge?: number;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  minimumPayTenge?: number;

  @IsOptional()
  @IsIn(['yes'])
  permanentOnly?: string;
}

export class NameForm extends StepForm {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  givenName?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  familyName?: string;

  @IsOptional()
  @IsString()
  @MaxLength(20)
  iin?: string;

  @IsOptional()
  @IsIn(['yes'])
  forgetIin?: string;
}

export class ChildrenForm extends StepForm {
  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(20)
  children?: number;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(20)
  schoolAgeChildren?: number;

  @IsOptional()
  @Transform(asNumber)
  @IsInt()
  @Min(0)
  @Max(7)
  otherMembers?: number;
}

export class WishesForm extends StepForm {
  @IsOptional()
  @IsIn(['yes', 'no'])
  move?: string;

  @IsOptional()
  @IsIn(SETTLEMENT_WISHES)
  settlement?: SettlementWish;

  @IsOptional()
  @IsIn(['yes'])
  housingRequired?: string;

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @Matches(REGION, { each: true })
  regionCodes?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @Matches(REGION, { each: true })
  excludedRegionCodes?: string[];

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @Matches(REGION, { each: true })
  relativesRegionCodes?: string[];

  @IsOptional()
  @IsIn(['yes'])
  corridorOff?: string;
}

export class ContactForm extends StepForm {
  @IsIn(CHANNELS)
  channel!: ContactChannel;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @IsIn(LANGUAGES)
  language!: Language;
}

export class ConsentsForm extends StepForm {
  @IsOptional()
  @IsIn(['yes'])
  matching?: string;

  @IsOptional()
  @IsIn(['yes'])
  notices?: string;

  @IsOptional()
  @IsIn(['yes'])
  sharing?: string;
}

export type FormOf = {
  home: HomeForm;
  you: WorkForm;
  'you-skills': SkillsForm;
  'you-pay': PayForm;
  'you-name': NameForm;
  partner: PartnerForm;
  'partner-skills': SkillsForm;
  'partner-pay': PayForm;
  'partner-name': NameForm;
  children: ChildrenForm;
  wishes: WishesForm;
  contact: ContactForm;
  consents: ConsentsForm;
};

export const FORMS: { [Step in DraftStep]: ClassConstructor<FormOf[Step]> } = {
  home: HomeForm,
  you: WorkForm,
  'you-skills': SkillsForm,
  'you-pay': PayForm,
  'you-name': NameForm,
  partner: PartnerForm,
  'partner-skills': SkillsForm,
  'partner-pay': PayForm,
  'partner-name': NameForm,
  children: ChildrenForm,
  wishes: WishesForm,
  contact: ContactForm,
  consents: ConsentsForm,
};
