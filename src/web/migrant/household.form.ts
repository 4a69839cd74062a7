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
import type { AdultAnswer, DraftAnswers, DraftStep, KeptAdult, StepAnswers } from '../../households/household-draft.js';
import type { HouseholdView } from '../../households/household-view.js';
import {
  CHANNELS,
  SETTLEMENT_WISHES,
  type ContactChannel,
  type SettlementWish,
} from '../../households/household.entity.js';
import { EDUCATION_LEVELS, type EducationLevel } from '../../households/seeker.entity.js';
import { LANGUAGES, type Language } from '../../i18n/language.js';
import type { FieldProblem } from '../../shared/problem.js';
import { IsCalendarDate } from '../../shared/validators.js';
import type { Typed } from '../site/form.js';

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
}

export class AdultForm extends StepForm {
  @IsOptional()
  @IsIn(['yes', 'no'])
  hasPartner?: string;

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

  @IsOptional()
  @IsCalendarDate()
  birthDate?: string;

  @IsOptional()
  @IsIn(EDUCATION_LEVELS)
  education?: EducationLevel;

  @IsOptional()
  @Transform(asNumber)
  @IsNumber({ maxDecimalPlaces: 1 })
  @Min(0)
  @Max(70)
  experienceYears?: number;

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

  @IsOptional()
  @Transform(asList)
  @IsArray()
  @IsIn(DIPLOMAS, { each: true })
  diplomas?: string[];

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

  @IsOptional()
  @IsIn(['yes', 'no'])
  seeksWork?: string;
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

type FormOf = {
  home: HomeForm;
  you: AdultForm;
  partner: AdultForm;
  children: ChildrenForm;
  wishes: WishesForm;
  contact: ContactForm;
  consents: ConsentsForm;
};

export const FORMS: { [Step in DraftStep]: ClassConstructor<FormOf[Step]> } = {
  home: HomeForm,
  you: AdultForm,
  partner: AdultForm,
  children: ChildrenForm,
  wishes: WishesForm,
  contact: ContactForm,
  consents: ConsentsForm,
};

const isYes = (value: string | undefined): boolean => value === 'yes';

/** What a step's form answers, in the fields of the services. */
export const ANSWERS: { [Step in DraftStep]: (form: FormOf[Step]) => StepAnswers[Step] } = {
  home: ({ home, regionCode, knownKato, knownHome }) =>
    knownKato !== undefined && home === knownHome ? { kato: knownKato } : { text: home, regionCode },
  you: adultOf,
  partner: (form) => (form.hasPartner === 'yes' ? adultOf(form) : null),
  children: ({ children = 0, schoolAgeChildren = 0 }) => ({ children, schoolAgeChildren }),
  wishes: (form) => ({
    relativesRegionCodes: [...new Set(form.relativesRegionCodes ?? [])],
    wishes: {
      move: form.move !== 'no',
      settlement: form.settlement ?? 'any',
      housingRequired: isYes(form.housingRequired),
      regionCodes: [...new Set(form.regionCodes ?? [])],
      excludedRegionCodes: [...new Set(form.excludedRegionCodes ?? [])],
      corridorOff: isYes(form.corridorOff),
    },
  }),
  contact: ({ channel, phone, email, language }) => ({ channel, phone: phone ?? null, email: email ?? null, language }),
  consents: ({ matching, notices, sharing }) => ({
    matching: isYes(matching),
    notices: isYes(notices),
    sharing: isYes(sharing),
  }),
};

function adultOf(form: AdultForm): AdultAnswer {
  const chosen = form.isco !== undefined && form.iscoTitle === form.title ? form.isco : undefined;
  return {
    occupation: { title: form.title, isco: chosen },
    givenName: form.givenName ?? null,
    familyName: form.familyName ?? null,
    iin: isYes(form.forgetIin) ? null : form.iin,
    birthDate: form.birthDate,
    education: form.education ?? null,
    experienceYears: form.experienceYears ?? 0,
    languages: [...new Set(form.languages ?? [])],
    driving: [...new Set(form.driving ?? [])],
    diplomas: [...new Set(form.diplomas ?? [])],
    payTenge: form.payTenge ?? null,
    minimumPayTenge: form.minimumPayTenge ?? null,
    permanentOnly: isYes(form.permanentOnly),
    seeksWork: form.seeksWork !== 'no',
  };
}

/** A service's field as the form calls it: `adults.0.occupation.title` is the form's `title`. */
export function formProblem(problem: FieldProblem): FieldProblem {
  const last = problem.field.split('.').at(-1) ?? '';
  if (problem.field.startsWith('home') && last !== 'regionCode') return { ...problem, field: 'home' };
  if (last === 'occupation') return { ...problem, field: 'title' };
  return { ...problem, field: /^\d+$/.test(last) ? '' : last };
}

/** A registered household in the shape of a draft, so that one set of pages serves both. `placeName` names a KATO code. */
export function answersOf(
  view: HouseholdView,
  placeName: (kato: string) => string,
): DraftAnswers & { knownKato: string } {
  const [you, partner] = view.adults.map(({ id: _, position: __, hasIin, ...adult }): KeptAdult => ({
    ...adult,
    occupation: { isco: adult.occupation.isco, title: adult.occupation.title ?? undefined },
    ...(hasIin && { iinCipher: '' }),
  }));
  const { matching, notices, sharing } = view.consents;
  return {
    knownKato: view.home.kato,
    home: { text: placeName(view.home.kato), kato: view.home.kato, regionCode: view.home.regionCode },
    you,
    partner: partner ?? null,
    children: { children: view.children, schoolAgeChildren: view.schoolAgeChildren },
    wishes: { wishes: view.wishes, relativesRegionCodes: view.relativesRegionCodes },
    contact: { channel: view.channel, phone: view.phone, email: view.email, language: view.language },
    consents: { matching: matching !== null, notices: notices !== null, sharing: sharing !== null },
  };
}

const said = (value: string | number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);
const ticked = (value: boolean | undefined): string | undefined => (value ? 'yes' : undefined);

/** A step's answers as its form's fields show them. */
export function typedOf(step: DraftStep, answers: DraftAnswers & { knownKato?: string }): Typed {
  switch (step) {
    case 'home':
      return {
        home: answers.home?.text,
        regionCode: answers.home?.regionCode,
        knownKato: answers.knownKato,
        knownHome: answers.knownKato && answers.home?.text,
      };
    case 'you':
      return adultTyped(answers.you);
    case 'partner': {
      const { partner } = answers;
      return {
        hasPartner: partner === undefined ? undefined : partner === null ? 'no' : 'yes',
        ...adultTyped(partner),
      };
    }
    case 'children':
      return {
        children: said(answers.children?.children),
        schoolAgeChildren: said(answers.children?.schoolAgeChildren),
      };
    case 'wishes': {
      const { wishes = {}, relativesRegionCodes } = answers.wishes ?? {};
      return {
        move: wishes.move === false ? 'no' : 'yes',
        settlement: wishes.settlement ?? 'any',
        housingRequired: ticked(wishes.housingRequired),
        regionCodes: wishes.regionCodes,
        excludedRegionCodes: wishes.excludedRegionCodes,
        relativesRegionCodes,
        corridorOff: ticked(wishes.corridorOff),
      };
    }
    case 'contact': {
      const { channel, phone, email, language } = answers.contact ?? {};
      return { channel, phone: said(phone), email: said(email), language };
    }
    case 'consents': {
      const { matching, notices, sharing } = answers.consents ?? {};
      return { matching: ticked(matching), notices: ticked(notices), sharing: ticked(sharing) };
    }
  }
}

function adultTyped(adult: KeptAdult | null | undefined): Typed {
  if (adult == null) return { seeksWork: 'yes' };
  return {
    title: adult.occupation?.title,
    isco: adult.occupation?.isco,
    iscoTitle: adult.occupation?.isco && adult.occupation.title,
    givenName: said(adult.givenName),
    familyName: said(adult.familyName),
    birthDate: adult.birthDate,
    education: said(adult.education),
    experienceYears: said(adult.experienceYears),
    languages: adult.languages,
    driving: adult.driving,
    diplomas: adult.diplomas,
    payTenge: said(adult.payTenge),
    minimumPayTenge: said(adult.minimumPayTenge),
    permanentOnly: ticked(adult.permanentOnly),
    seeksWork: adult.seeksWork === false ? 'no' : 'yes',
  };
}
