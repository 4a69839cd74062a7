import type { ComponentChildren, VNode } from 'preact';
import {
  type DraftAnswers,
  type DraftStep,
  type KeptAdult,
  type AdultPart,
  adultAsked,
  firstMissing,
  isAnswered,
  stepsOf,
} from '../../households/household-draft.js';
import { Facts, Notice, Tag } from '../site/blocks.js';
import { Button, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

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
      {stepsOf(answers).map((step) => (
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
  const asked = adultAsked(step);
  if (asked !== null) {
    const adult = answers[asked.who];
    if (adult == null) return <p>{t('page.my.partner_no')}</p>;
    const known = adultFacts(page, asked.part, adult).filter(([, value]) => value != null && value !== '');
    return known.length === 0 ? <p class="soft">{t('page.my.nothing_said')}</p> : facts(known);
  }
  switch (step) {
    case 'home':
      return facts([
        ['home', answers.home?.text],
        ['home_region', answers.home?.regionCode && names.region(answers.home.regionCode)],
      ]);
    case 'children':
      return facts([
        ['children', String(answers.children?.children ?? 0)],
        ['school_age', String(answers.children?.schoolAgeChildren ?? 0)],
        ['other_members', String(answers.children?.otherMembers ?? 0)],
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
    default:
      return facts(
        (['matching', 'notices', 'sharing'] as const).map((one) => [`consent_${one}`, yesNo(answers.consents?.[one])]),
      );
  }
}

function adultFacts(
  { t, tenge, day, number }: PageContext,
  part: AdultPart,
  adult: KeptAdult,
): [string, ComponentChildren][] {
  const yesNo = (value: boolean): string => t(value ? 'page.site.yes' : 'page.site.no');
  switch (part) {
    case 'work':
      return [
        ['profession', adult.occupation?.title],
        ['birth_date', adult.birthDate && day(adult.birthDate)],
        ['experience', adult.experienceYears === undefined ? null : number(adult.experienceYears)],
        ['seeks_work', yesNo(adult.seeksWork !== false)],
      ];
    case 'skills':
      return [
        ['education', adult.education && t(`page.my.education_${adult.education}`)],
        ['diplomas', adult.diplomas?.map((field) => t(`page.my.diploma_${field}`)).join(', ')],
        ['languages', adult.languages?.map((code) => t(`page.my.language_${code}`)).join(', ')],
        ['driving', adult.driving?.join(', ')],
      ];
    case 'pay':
      return [
        ['pay', adult.payTenge == null ? null : tenge(adult.payTenge)],
        ['minimum_pay', adult.minimumPayTenge == null ? null : tenge(adult.minimumPayTenge)],
        ['permanent_only', adult.permanentOnly ? yesNo(true) : null],
      ];
    case 'name':
      return [
        ['name', [adult.givenName, adult.familyName].filter(Boolean).join(' ')],
        ['iin', adult.iinCipher === undefined ? null : t('page.my.iin_is_kept')],
      ];
  }
}
