import {
  type AdultAnswer,
  type AdultPart,
  type DraftAnswers,
  type DraftStep,
  type KeptAdult,
  type StepAnswers,
  adultAsked,
} from '../../households/household-draft.js';
import type { HouseholdView } from '../../households/household-view.js';
import type { FieldProblem } from '../../shared/problem.js';
import type { Typed } from '../site/form.js';
import type { FormOf, NameForm, PayForm, SkillsForm, WorkForm } from './household.form.js';

const isYes = (value: string | undefined): boolean => value === 'yes';

/** What a step's form answers, in the fields of the services. */
export const ANSWERS: { [Step in DraftStep]: (form: FormOf[Step]) => StepAnswers[Step] } = {
  home: ({ home, regionCode, knownKato, knownHome, place, placeFor }) => {
    if (place !== undefined && home === placeFor) return { text: place };
    return knownKato !== undefined && home === knownHome ? { kato: knownKato } : { text: home, regionCode };
  },
  you: workOf,
  'you-skills': skillsOf,
  'you-pay': payOf,
  'you-name': nameOf,
  partner: (form) => (form.hasPartner === 'yes' ? workOf(form) : null),
  'partner-skills': skillsOf,
  'partner-pay': payOf,
  'partner-name': nameOf,
  children: ({ children = 0, schoolAgeChildren = 0, otherMembers = 0 }) => ({
    children,
    schoolAgeChildren,
    otherMembers,
  }),
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

function workOf(form: WorkForm): AdultAnswer {
  const chosen = form.isco !== undefined && form.iscoTitle === form.title ? form.isco : undefined;
  return {
    occupation: { title: form.title, isco: chosen },
    birthDate: form.birthDate,
    experienceYears: form.experienceYears ?? 0,
    seeksWork: form.seeksWork !== 'no',
  };
}

function skillsOf(form: SkillsForm): AdultAnswer {
  return {
    education: form.education ?? null,
    diplomas: [...new Set(form.diplomas ?? [])],
    languages: [...new Set(form.languages ?? [])],
    driving: [...new Set(form.driving ?? [])],
  };
}

function payOf(form: PayForm): AdultAnswer {
  return {
    payTenge: form.payTenge ?? null,
    minimumPayTenge: form.minimumPayTenge ?? null,
    permanentOnly: isYes(form.permanentOnly),
  };
}

function nameOf(form: NameForm): AdultAnswer {
  return {
    givenName: form.givenName ?? null,
    familyName: form.familyName ?? null,
    iin: isYes(form.forgetIin) ? null : form.iin,
  };
}

/** A service's field as the form of a step calls it: `adults.0.occupation.title` is the form's `title`. */
export function formProblem(step: DraftStep, problem: FieldProblem): FieldProblem {
  const last = problem.field.split('.').at(-1) ?? '';
  // The birth date stands on another page; here it is the number that does not agree with it.
  if (last === 'birthDate' && adultAsked(step)?.part === 'name') return { ...problem, field: 'iin' };
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
    children: { children: view.children, schoolAgeChildren: view.schoolAgeChildren, otherMembers: view.otherMembers },
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
  const asked = adultAsked(step);
  if (asked !== null) {
    const adult = answers[asked.who];
    const hasPartner = adult === undefined ? undefined : adult === null ? 'no' : 'yes';
    return { ...(step === 'partner' && { hasPartner }), ...adultTyped(asked.part, adult ?? {}) };
  }
  switch (step) {
    case 'home':
      return {
        home: answers.home?.text,
        regionCode: answers.home?.regionCode,
        knownKato: answers.knownKato,
        knownHome: answers.knownKato && answers.home?.text,
      };
    case 'children':
      return {
        children: said(answers.children?.children),
        schoolAgeChildren: said(answers.children?.schoolAgeChildren),
        otherMembers: said(answers.children?.otherMembers),
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
    default: {
      const { matching, notices, sharing } = answers.consents ?? {};
      return { matching: ticked(matching), notices: ticked(notices), sharing: ticked(sharing) };
    }
  }
}

function adultTyped(part: AdultPart, adult: KeptAdult): Typed {
  switch (part) {
    case 'work':
      return {
        title: adult.occupation?.title,
        isco: adult.occupation?.isco,
        iscoTitle: adult.occupation?.isco && adult.occupation.title,
        birthDate: adult.birthDate,
        experienceYears: said(adult.experienceYears),
        seeksWork: adult.seeksWork === false ? 'no' : 'yes',
      };
    case 'skills':
      return {
        education: said(adult.education),
        diplomas: adult.diplomas,
        languages: adult.languages,
        driving: adult.driving,
      };
    case 'pay':
      return {
        payTenge: said(adult.payTenge),
        minimumPayTenge: said(adult.minimumPayTenge),
        permanentOnly: ticked(adult.permanentOnly),
      };
    case 'name':
      return { givenName: said(adult.givenName), familyName: said(adult.familyName) };
  }
}
