import type { ComponentChildren, VNode } from 'preact';
import { DIPLOMAS, DRIVING_CATEGORIES } from '../../households/adult.dto.js';
import {
  DRAFT_STEPS,
  type DraftAnswers,
  type DraftStep,
  type KeptAdult,
  firstMissing,
  isAnswered,
} from '../../households/household-draft.js';
import { CHANNELS, SETTLEMENT_WISHES } from '../../households/household.entity.js';
import { EDUCATION_LEVELS } from '../../households/seeker.entity.js';
import { LANGUAGES } from '../../i18n/language.js';
import type { FieldProblem } from '../../shared/problem.js';
import { BackLink, Details, Facts, Notice, Tag } from '../site/blocks.js';
import { Button, Checkbox, Choices, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { type Typed, all, one } from '../site/form.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { SPOKEN } from './household.form.js';

export interface Region {
  code: string;
  name: string;
}

export interface StepProps {
  page: PageContext;
  step: DraftStep;
  typed: Typed;
  problems: readonly FieldProblem[];
  regions: readonly Region[];
  /** Of a registered household: the version on the page; null while it is being entered. */
  version: number | null;
  /** Opened from the overview, and back there. */
  fromOverview: boolean;
  hasIin: boolean;
  /** Occupations that an unclear title may mean. */
  candidates: readonly { isco: string; name: string }[];
}

/** One question group of the household. */
export function StepPage(props: StepProps): VNode {
  const { page, step, typed, problems, version, fromOverview } = props;
  const { t } = page;
  const title = t(`page.my.step_${step}`);
  const index = DRAFT_STEPS.indexOf(step);
  const state = { page, typed, problems };
  const overview = version !== null || fromOverview;
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <BackLink
        page={page}
        path={overview || index === 0 ? '/my/household' : `/my/household/${DRAFT_STEPS[index - 1]}`}
      />
      {version === null ? (
        <p class="soft">{t('page.my.step_count', { step: index + 1, steps: DRAFT_STEPS.length })}</p>
      ) : null}
      <h1>{title}</h1>
      <ErrorSummary state={state} />
      <Form
        page={page}
        action={`/my/household/${step}`}
        remember={step === 'consents' ? undefined : `household-${step}`}
        once
      >
        {version === null ? null : <input type="hidden" name="version" value={version} />}
        {fromOverview ? <input type="hidden" name="then" value="overview" /> : null}
        <StepFields {...props} state={state} />
        <div class="actions">
          <Button>{t(overview ? 'page.site.save' : 'page.my.save_next')}</Button>
        </div>
      </Form>
      {version === null ? <p class="hint">{t('page.my.kept')}</p> : null}
    </Layout>
  );
}

type FieldsProps = StepProps & { state: FormState };

function StepFields(props: FieldsProps): VNode {
  switch (props.step) {
    case 'home':
      return <HomeFields {...props} />;
    case 'you':
      return <AdultFields {...props} />;
    case 'partner':
      return <PartnerFields {...props} />;
    case 'children':
      return <ChildrenFields {...props} />;
    case 'wishes':
      return <WishesFields {...props} />;
    case 'contact':
      return <ContactFields {...props} />;
    case 'consents':
      return <ConsentFields {...props} />;
  }
}

const options = (regions: readonly Region[]): { value: string; label: string }[] =>
  regions.map(({ code, name }) => ({ value: code, label: name }));

function HomeFields({ state, typed, regions, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <Select
        state={state}
        name="regionCode"
        label={t('page.my.home_region')}
        empty={t('page.quick.region_choose')}
        choices={options(regions)}
      />
      <TextField
        state={state}
        name="home"
        label={t('page.my.home')}
        hint={t('page.my.home_hint')}
        maxLength={200}
        required
      />
      {one(typed, 'knownKato') === '' ? null : (
        <>
          <input type="hidden" name="knownKato" value={one(typed, 'knownKato')} />
          <input type="hidden" name="knownHome" value={one(typed, 'knownHome')} />
        </>
      )}
    </>
  );
}

function PartnerFields(props: FieldsProps): VNode {
  const { state, page } = props;
  const { t } = page;
  return (
    <>
      <Choices
        state={state}
        name="hasPartner"
        kind="radio"
        label={t('page.my.partner_question')}
        hint={t('page.my.partner_hint')}
        choices={[
          { value: 'yes', label: t('page.my.partner_yes') },
          { value: 'no', label: t('page.my.partner_no') },
        ]}
      />
      <h2>{t('page.my.partner_about')}</h2>
      <AdultFields {...props} />
    </>
  );
}

function AdultFields({ state, typed, page, hasIin, candidates }: FieldsProps): VNode {
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
      <TextField state={state} name="birthDate" type="date" label={t('page.my.birth_date')} width={12} />
      <TextField
        state={state}
        name="experienceYears"
        label={t('page.my.experience')}
        inputMode="decimal"
        width={4}
        maxLength={4}
      />
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

function ChildrenFields({ state, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <TextField
        state={state}
        name="children"
        label={t('page.quick.children')}
        inputMode="numeric"
        width={4}
        maxLength={2}
      />
      <TextField
        state={state}
        name="schoolAgeChildren"
        label={t('page.my.school_age')}
        hint={t('page.my.school_age_hint')}
        inputMode="numeric"
        width={4}
        maxLength={2}
      />
    </>
  );
}

function WishesFields({ state, typed, regions, page: { t } }: FieldsProps): VNode {
  const choices = options(regions);
  return (
    <>
      <Choices
        state={state}
        name="move"
        kind="radio"
        label={t('page.my.move')}
        choices={[
          { value: 'yes', label: t('page.my.move_yes') },
          { value: 'no', label: t('page.my.move_no') },
        ]}
      />
      <Choices
        state={state}
        name="settlement"
        kind="radio"
        label={t('page.my.settlement')}
        choices={SETTLEMENT_WISHES.map((wish) => ({ value: wish, label: t(`page.my.settlement_${wish}`) }))}
      />
      <Checkbox
        state={state}
        name="housingRequired"
        label={t('page.my.housing_required')}
        hint={t('page.my.housing_required_hint')}
      />
      {(
        [
          ['regionCodes', 'page.my.wished_regions'],
          ['excludedRegionCodes', 'page.my.excluded_regions'],
          ['relativesRegionCodes', 'page.my.relatives'],
        ] as const
      ).map(([name, code]) => (
        <Details
          key={name}
          summary={t(code)}
          open={all(typed, name).length > 0 || state.problems.some(({ field }) => field === name)}
        >
          <Choices
            state={state}
            name={name}
            kind="checkbox"
            inline
            label={<span class="hidden">{t(code)}</span>}
            choices={choices}
          />
        </Details>
      ))}
      <Checkbox state={state} name="corridorOff" label={t('page.my.corridor_off')} />
    </>
  );
}

function ContactFields({ state, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <Choices
        state={state}
        name="channel"
        kind="radio"
        label={t('page.my.channel')}
        choices={CHANNELS.map((channel) => ({ value: channel, label: t(`page.my.channel_${channel}`) }))}
      />
      <TextField
        state={state}
        name="phone"
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        width={20}
        label={t('page.my.phone')}
        maxLength={40}
      />
      <TextField
        state={state}
        name="email"
        type="email"
        inputMode="email"
        autocomplete="email"
        label={t('page.my.email')}
        maxLength={254}
      />
      <Choices
        state={state}
        name="language"
        kind="radio"
        inline
        label={t('page.my.notice_language')}
        choices={LANGUAGES.map((language) => ({ value: language, label: t(`page.my.language_${language}`) }))}
      />
    </>
  );
}

function ConsentFields({ state, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <p>{t('page.my.consents_lead')}</p>
      {(['matching', 'notices', 'sharing'] as const).map((consent) => (
        <Checkbox
          key={consent}
          state={state}
          name={consent}
          label={t(`page.my.consent_${consent}`)}
          hint={t(`page.my.consent_${consent}_hint`)}
        />
      ))}
    </>
  );
}

export interface OverviewProps {
  page: PageContext;
  answers: DraftAnswers;
  registered: boolean;
  saved: boolean;
  names: { region(code: string): string };
}

/** Everything that was said, step by step, each with its way back; at the end of the entry, registering. */
export function OverviewPage({ page, answers, registered, saved, names }: OverviewProps): VNode {
  const { t, href } = page;
  const missing = firstMissing(answers);
  return (
    <Layout page={page} title={t('page.nav.my_household')}>
      <h1>{t('page.nav.my_household')}</h1>
      {saved ? <Notice kind="good">{t('page.my.saved')}</Notice> : null}
      {registered ? null : <p class="lead">{t('page.my.overview_lead')}</p>}
      {DRAFT_STEPS.map((step) => (
        <section class="card" key={step} aria-labelledby={`step-${step}`}>
          <h2 id={`step-${step}`}>{t(`page.my.step_${step}`)}</h2>
          {isAnswered(answers, step) ? (
            <Answered page={page} step={step} answers={answers} names={names} />
          ) : (
            <p>
              <Tag kind="warn">{t('page.my.not_answered')}</Tag>
            </p>
          )}
          <p>
            <a href={`${href(`/my/household/${step}`)}?then=overview`}>
              {t(isAnswered(answers, step) ? 'page.my.change' : 'page.my.answer')}
              <span class="hidden"> – {t(`page.my.step_${step}`)}</span>
            </a>
          </p>
        </section>
      ))}
      {registered ? null : missing === null ? (
        <Form page={page} action="/my/household/register" once>
          <p>{t('page.my.register_lead')}</p>
          <div class="actions">
            <Button>{t('page.my.register')}</Button>
          </div>
        </Form>
      ) : (
        <p class="actions">
          <a class="button" href={href(`/my/household/${missing}`)}>
            {t('page.site.continue')}
          </a>
        </p>
      )}
      <p>
        <a href={href('/my/settings')}>{t('page.my.settings')}</a>
      </p>
    </Layout>
  );
}

function Answered({
  page,
  step,
  answers,
  names,
}: {
  page: PageContext;
  step: DraftStep;
  answers: DraftAnswers;
  names: OverviewProps['names'];
}): VNode {
  const { t } = page;
  const yesNo = (value: boolean | undefined): string => t(value ? 'page.site.yes' : 'page.site.no');
  const regions = (codes: readonly string[] | undefined): string | null =>
    codes === undefined || codes.length === 0 ? null : codes.map((code) => names.region(code)).join(', ');
  const facts = (items: [string, ComponentChildren][]): VNode => (
    <Facts items={items.map(([code, value]) => ({ name: t(`page.my.${code}`), value }))} />
  );
  switch (step) {
    case 'home':
      return facts([
        ['home', answers.home?.text],
        ['home_region', answers.home?.regionCode && names.region(answers.home.regionCode)],
      ]);
    case 'you':
      return facts(adultFacts(page, answers.you!));
    case 'partner':
      return answers.partner == null ? <p>{t('page.my.partner_no')}</p> : facts(adultFacts(page, answers.partner));
    case 'children':
      return facts([
        ['children', String(answers.children?.children ?? 0)],
        ['school_age', String(answers.children?.schoolAgeChildren ?? 0)],
      ]);
    case 'wishes': {
      const { wishes = {}, relativesRegionCodes } = answers.wishes ?? {};
      return facts([
        ['move', t(wishes.move === false ? 'page.my.move_no' : 'page.my.move_yes')],
        ['settlement', t(`page.my.settlement_${wishes.settlement ?? 'any'}`)],
        ['housing_required', yesNo(wishes.housingRequired)],
        ['wished_regions', regions(wishes.regionCodes)],
        ['excluded_regions', regions(wishes.excludedRegionCodes)],
        ['relatives', regions(relativesRegionCodes)],
      ]);
    }
    case 'contact': {
      const { channel = 'in_app', phone, email, language } = answers.contact ?? {};
      return facts([
        ['channel', t(`page.my.channel_${channel}`)],
        ['phone', phone],
        ['email', email],
        ['notice_language', language && t(`page.my.language_${language}`)],
      ]);
    }
    case 'consents':
      return facts(
        (['matching', 'notices', 'sharing'] as const).map((one) => [`consent_${one}`, yesNo(answers.consents?.[one])]),
      );
  }
}

function adultFacts({ t, tenge, day, number }: PageContext, adult: KeptAdult): [string, ComponentChildren][] {
  return [
    ['name', [adult.givenName, adult.familyName].filter(Boolean).join(' ') || null],
    ['profession', adult.occupation?.title],
    ['birth_date', adult.birthDate && day(adult.birthDate)],
    ['iin', adult.iinCipher === undefined ? null : t('page.my.iin_is_kept')],
    ['experience', adult.experienceYears === undefined ? null : number(adult.experienceYears)],
    ['education', adult.education && t(`page.my.education_${adult.education}`)],
    ['diplomas', adult.diplomas?.map((field) => t(`page.my.diploma_${field}`)).join(', ')],
    ['languages', adult.languages?.map((code) => t(`page.my.language_${code}`)).join(', ')],
    ['driving', adult.driving?.join(', ')],
    ['pay', adult.payTenge == null ? null : tenge(adult.payTenge)],
    ['minimum_pay', adult.minimumPayTenge == null ? null : tenge(adult.minimumPayTenge)],
    ['seeks_work', t(adult.seeksWork === false ? 'page.site.no' : 'page.site.yes')],
  ];
}
