import type { VNode } from 'preact';
import { DIPLOMAS, DRIVING_CATEGORIES } from '../../households/adult.dto.js';
import type { AdultPart } from '../../households/household-draft.js';
import { EDUCATION_LEVELS } from '../../households/seeker.entity.js';
import { Checkbox, Choices, Select, TextField } from '../site/fields.js';
import { one } from '../site/form.js';
import { writeDay } from '../site/written-day.js';
import { SPOKEN } from './household.form.js';
import type { FieldsProps } from './step-props.js';

/** The questions about one grown-up, the same for both, in four short pages. */
export const ADULT_FIELDS: Readonly<Record<AdultPart, (props: FieldsProps) => VNode>> = {
  work: WorkFields,
  skills: SkillsFields,
  pay: PayFields,
  name: NameFields,
};

function WorkFields({ state, typed, page, candidates }: FieldsProps): VNode {
  const { t } = page;
  return (
    <>
      <TextField
        state={state}
        name="title"
        label={t('page.my.profession')}
        hint={t('page.quick.profession_hint')}
        suggestions={page.href('/suggest/occupations')}
        maxLength={200}
      />
      {candidates.length > 0 ? (
        <>
          <Choices
            state={state}
            name="isco"
            kind="radio"
            label={t('page.my.occupation_meant')}
            choices={candidates.map(({ isco, name }) => ({ value: isco, label: name }))}
          />
          <input type="hidden" name="iscoTitle" value={one(typed, 'title')} />
        </>
      ) : one(typed, 'isco') !== '' ? (
        <>
          <input type="hidden" name="isco" value={one(typed, 'isco')} />
          <input type="hidden" name="iscoTitle" value={one(typed, 'iscoTitle')} />
        </>
      ) : null}
      {/* Written, not picked: on a phone a calendar leads through thirty years. */}
      <TextField
        state={state}
        name="birthDate"
        label={t('page.my.birth_date')}
        hint={t('page.my.birth_date_hint')}
        value={writeDay(one(typed, 'birthDate'))}
        inputMode="numeric"
        width={12}
        maxLength={20}
        autocomplete="off"
      />
      <TextField
        state={state}
        name="experienceYears"
        label={t('page.my.experience')}
        hint={t('page.my.experience_hint')}
        inputMode="decimal"
        width={4}
        maxLength={4}
      />
      <Choices
        state={state}
        name="seeksWork"
        kind="radio"
        inline
        label={t('page.my.seeks_work')}
        choices={[
          { value: 'yes', label: t('page.site.yes') },
          { value: 'no', label: t('page.site.no') },
        ]}
      />
    </>
  );
}

function SkillsFields({ state, page }: FieldsProps): VNode {
  const { t } = page;
  return (
    <>
      <Select
        state={state}
        name="education"
        label={t('page.my.education')}
        empty={t('page.my.not_said')}
        choices={EDUCATION_LEVELS.map((level) => ({ value: level, label: t(`page.my.education_${level}`) }))}
      />
      <Choices
        state={state}
        name="diplomas"
        kind="checkbox"
        label={t('page.my.diplomas')}
        hint={t('page.my.diplomas_hint')}
        choices={DIPLOMAS.map((field) => ({ value: field, label: t(`page.my.diploma_${field}`) }))}
      />
      <Choices
        state={state}
        name="languages"
        kind="checkbox"
        inline
        label={t('page.my.languages')}
        choices={SPOKEN.map((code) => ({ value: code, label: t(`page.my.language_${code}`) }))}
      />
      <Choices
        state={state}
        name="driving"
        kind="checkbox"
        inline
        label={t('page.my.driving')}
        choices={DRIVING_CATEGORIES.map((category) => ({ value: category, label: category }))}
      />
    </>
  );
}

function PayFields({ state, page }: FieldsProps): VNode {
  const { t } = page;
  return (
    <>
      <TextField
        state={state}
        name="payTenge"
        label={t('page.my.pay')}
        hint={t('page.my.pay_hint')}
        inputMode="numeric"
        width={12}
        unit={t('page.my.tenge')}
        maxLength={12}
      />
      <TextField
        state={state}
        name="minimumPayTenge"
        label={t('page.my.minimum_pay')}
        hint={t('page.my.minimum_pay_hint')}
        inputMode="numeric"
        width={12}
        unit={t('page.my.tenge')}
        maxLength={12}
      />
      <Checkbox state={state} name="permanentOnly" label={t('page.my.permanent_only')} />
    </>
  );
}

function NameFields({ state, typed, page, hasIin }: FieldsProps): VNode {
  const { t } = page;
  return (
    <>
      <TextField
        state={state}
        name="givenName"
        label={t('page.my.given_name')}
        hint={t('page.my.name_hint')}
        maxLength={100}
        autocomplete="off"
      />
      <TextField state={state} name="familyName" label={t('page.my.family_name')} maxLength={100} autocomplete="off" />
      <TextField
        state={{ ...state, typed: { ...typed, iin: undefined } }}
        name="iin"
        label={t('page.my.iin')}
        hint={t(hasIin ? 'page.my.iin_kept' : 'page.my.iin_hint')}
        inputMode="numeric"
        width={12}
        maxLength={20}
        autocomplete="off"
      />
      {hasIin ? <Checkbox state={state} name="forgetIin" label={t('page.my.iin_forget')} /> : null}
    </>
  );
}
