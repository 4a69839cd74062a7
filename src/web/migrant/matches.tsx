import type { VNode } from 'preact';
import type { ApplicationView } from '../../applications/applications-view.service.js';
import type { OwnMatch, OwnMatches } from '../../applications/own-matches.service.js';
import type { OwnShareLink } from '../../applications/share-links.service.js';
import { DISMISSAL_REASONS } from '../../households/dismissal.entity.js';
import type { DraftStep } from '../../households/household-draft.js';
import type { HouseholdView } from '../../households/household-view.js';
import type { Obstacle } from '../../matching/core/obstacles.js';
import type { UnlockedRouteOf } from '../../matching/retraining.service.js';
import type { FieldProblem } from '../../shared/problem.js';
import { BackLink, Details, Notice } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, Select } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { Reasons, ScoreLine } from '../site/match-blocks.js';
import { BudgetTable, MoneyLine, SupportTable } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { ShortCourses } from '../site/short-courses.js';
import { ApplyForm, NoQuota } from './application.js';
import {
  Distance,
  MatchJobs,
  type MatchNames,
  type MatchProps,
  MatchStatus,
  MatchTitle,
  Staying,
  budgetOf,
  householdReasons,
  nameOf,
} from './match-card.js';

/** Before a household is registered: the way to it, with the quick question's answers where there are some. */
export function BeginPage({ page, question, begun }: { page: PageContext; question: Typed; begun: boolean }): VNode {
  const { t, href } = page;
  const asked = Object.entries(question).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  );
  return (
    <Layout page={page} title={t('page.my.begin_title')}>
      <h1>{t('page.my.begin_title')}</h1>
      <p class="lead">{t('page.my.begin_lead')}</p>
      {asked.length > 0 && !begun ? (
        <Form page={page} action="/my/household/take-over">
          <p>{t('page.my.take_over_lead')}</p>
          {asked.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="actions">
            <Button>{t('page.my.take_over')}</Button>
          </div>
        </Form>
      ) : (
        <p class="actions">
          <a class="button" href={href('/my/household')}>
            {t(begun ? 'page.my.go_on' : 'page.my.begin')}
          </a>
        </p>
      )}
    </Layout>
  );
}

/** Every match that stands, as cards. */
export function MatchesPage({
  page,
  found,
  courses,
  sides,
  names,
  registered,
}: {
  page: PageContext;
  found: OwnMatches;
  courses: readonly UnlockedRouteOf[];
  /** North and south for each adult who looks for work, in a sentence. */
  sides: readonly { adult: HouseholdView['adults'][number]; text: string }[];
  names: MatchNames;
  registered: boolean;
}): VNode {
  const { t, href } = page;
  const { household, matches, past, dismissals, hindrances, obstacles } = found;
  return (
    <Layout page={page} title={t('page.nav.my_matches')}>
      <h1>{t('page.nav.my_matches')}</h1>
      {registered && hindrances.length === 0 ? <Notice kind="good">{t('page.my.registered')}</Notice> : null}
      {hindrances.length === 0 ? null : (
        <Notice kind="warn" title={t('page.my.hindered')}>
          <ul>
            {hindrances.map((code) => (
              <li key={code}>{t(`page.my.${code}`)}</li>
            ))}
          </ul>
          <p>
            <a href={href('/my/household')}>{t('page.my.change_household')}</a>
          </p>
        </Notice>
      )}
      {matches.length === 0 && hindrances.length === 0 ? (
        <>
          <p class="lead">{t('page.my.none_yet')}</p>
          <p>{t('page.my.none_hint')}</p>
          <Obstacles page={page} household={household} obstacles={obstacles} names={names} />
        </>
      ) : null}
      {sides.map(({ adult, text }) => (
        <p key={adult.id}>
          <strong>{nameOf(adult, names)}</strong> – {text}
        </p>
      ))}
      <ol class="plain">
        {matches.map((own) => (
          <li key={own.match.id} class="card">
            <Card page={page} household={household} own={own} names={names} />
          </li>
        ))}
      </ol>
      <ShortCourses page={page} routes={courses} adults={household.adults.length} names={names} />
      {past.length === 0 ? null : <Past page={page} past={past} names={names} />}
      {dismissals.length === 0 ? null : <Dismissed page={page} dismissals={dismissals} names={names} />}
    </Layout>
  );
}

/** The step of the household where each can be changed, for the first adult and for the second; null: nowhere. */
const STEPS_OF: Record<Obstacle, readonly [DraftStep, DraftStep] | null> = {
  'obstacle.nothing_open': null,
  'obstacle.medical_diploma': ['you-skills', 'partner-skills'],
  'obstacle.teaching_diploma': ['you-skills', 'partner-skills'],
  'obstacle.driving_category': ['you-skills', 'partner-skills'],
  'obstacle.education_not_stated': ['you-skills', 'partner-skills'],
  'obstacle.minimum_pay': ['you-pay', 'partner-pay'],
  'obstacle.permanent_only': ['you-pay', 'partner-pay'],
  'obstacle.housing_required': ['wishes', 'wishes'],
  'obstacle.excluded_places': ['wishes', 'wishes'],
  'obstacle.low_chance': null,
};

/** Why there is nothing: for each adult, how many posts are open and what keeps them away. */
function Obstacles({
  page: { t, href },
  household,
  obstacles,
  names,
}: {
  page: PageContext;
  household: HouseholdView;
  obstacles: OwnMatches['obstacles'];
  names: MatchNames;
}): VNode {
  return (
    <>
      {obstacles.map(({ seekerId, vacancies, obstacles: own }) => {
        const adult = household.adults.find(({ id }) => id === seekerId);
        if (adult === undefined || own.length === 0) return null;
        return (
          <Notice key={seekerId} title={t('page.my.obstacles', { adult: nameOf(adult, names) })}>
            {vacancies === 0 ? null : <p>{t('page.my.obstacles_open', { vacancies })}</p>}
            <ul>
              {own.map(({ code, vacancies: away }) => {
                const step = STEPS_OF[code]?.[adult.position - 1];
                return (
                  <li key={code}>
                    {t(code, { vacancies: away })}{' '}
                    {step === undefined ? null : (
                      <a href={href(`/my/household/${step}`)}>{t(`page.my.obstacle_to_${step.replace(/^.*-/, '')}`)}</a>
                    )}
                  </li>
                );
              })}
            </ul>
          </Notice>
        );
      })}
    </>
  );
}

function Card(props: MatchProps): VNode {
  const { page, own } = props;
  const { t, href } = page;
  const { match, interests } = own;
  return (
    <article>
      <h2>
        <MatchTitle {...props} />
      </h2>
      <MatchStatus {...props} />
      <ScoreLine page={page} score={match.score} />
      <Distance {...props} />
      <MoneyLine page={page} money={match.support} />
      {match.localAlternative?.comparison?.worseThanStaying ? (
        <Notice kind="warn">{t('page.quick.staying_better')}</Notice>
      ) : null}
      <MatchJobs {...props} />
      <Details summary={t('page.my.staying')}>
        <Staying {...props} />
      </Details>
      {interests.size > 0 ? <Notice kind="good">{t('page.my.interest_stands')}</Notice> : null}
      <p class="actions">
        <a class={match.status === 'approved' ? 'button' : 'button quiet'} href={href(`/my/matches/${match.id}`)}>
          {t(match.status === 'approved' && interests.size === 0 ? 'page.my.to_interest' : 'page.my.open')}
        </a>
        <a href={href(`/my/matches/${match.id}/dismiss`)}>{t('page.my.dismiss')}</a>
      </p>
    </article>
  );
}

function Past({ page, past, names }: { page: PageContext; past: readonly OwnMatch[]; names: MatchNames }): VNode {
  const { t } = page;
  return (
    <Details summary={t('page.my.past')}>
      <ul>
        {past.map(({ match, decision }) => (
          <li key={match.id}>
            {names.place(match.districtKato)}, {names.region(match.regionCode)}: {t(`page.my.status_${match.status}`)}
            {decision === null ? null : ` – ${t(`reason.${decision.reason}`)}`}
          </li>
        ))}
      </ul>
    </Details>
  );
}

function Dismissed({
  page,
  dismissals,
  names,
}: {
  page: PageContext;
  dismissals: OwnMatches['dismissals'];
  names: MatchNames;
}): VNode {
  const { t } = page;
  return (
    <section aria-labelledby="dismissed">
      <h2 id="dismissed">{t('page.my.dismissed')}</h2>
      <ul class="plain">
        {dismissals.map(({ id, scope, vacancyTitle, districtKato, regionCode, reason }) => (
          <li key={id}>
            {t(`page.my.scope_${scope}`)}:{' '}
            {vacancyTitle ?? (districtKato && names.place(districtKato)) ?? (regionCode && names.region(regionCode))} –{' '}
            {t(`page.my.reason_${reason}`)}
            <Form page={page} action={`/my/dismissals/${id}/undo`}>
              <Button kind="quiet">{t('page.my.undo')}</Button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}

export interface MatchPageProps extends MatchProps {
  link: OwnShareLink | null;
  /** The application for this match that is not over. */
  application: ApplicationView | null;
  /** The household has moved already: this is another job for it there. */
  moved: boolean;
  /** The year in which the region has no quota for settlers; null: it has one. */
  noQuotaIn: number | null;
  typed: Typed;
  problems: readonly FieldProblem[];
}

/** One match: everything about it, and what one may do. */
export function MatchPage(props: MatchPageProps): VNode {
  const { page, own, problems, typed } = props;
  const { t, href } = page;
  const { match } = own;
  const title = `${props.names.place(match.districtKato)}, ${props.names.region(match.regionCode)}`;
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/my" />
      <h1>
        <MatchTitle {...props} />
      </h1>
      <ErrorSummary state={{ page, typed, problems }} />
      <MatchStatus {...props} />
      {hasApplied(props) ? <ApplicationBlock {...props} /> : null}
      {match.status === 'approved' ? <InterestBlock {...props} /> : null}
      {hasApplied(props) ? null : <ApplicationBlock {...props} />}
      <h2>{t('page.my.jobs')}</h2>
      <MatchJobs {...props} />
      <MatchMoney {...props} />
      <h2>{t(householdReasons(props).length === 0 ? 'page.my.score' : 'page.my.whole')}</h2>
      <ScoreLine page={page} score={match.score} />
      <Reasons page={page} parts={householdReasons(props)} />
      <Distance {...props} />
      <h2>{t('page.my.staying')}</h2>
      {match.localAlternative?.comparison?.worseThanStaying ? (
        <Notice kind="warn">{t('page.quick.staying_better')}</Notice>
      ) : null}
      <Staying {...props} />
      <p class="actions">
        <a href={href(`/my/matches/${match.id}/print`)}>{t('page.my.print')}</a>
        <a href={href(`/my/matches/${match.id}/dismiss`)}>{t('page.my.dismiss')}</a>
      </p>
      <ShareBlock {...props} />
    </Layout>
  );
}

/** The support sheet and the month before and after; with conditions and papers on a sheet of its own. */
function MatchMoney(props: MatchProps): VNode {
  const { page, own, household, names } = props;
  const { sheet, refusal } = own.match.support;
  const { t, href } = page;
  return (
    <>
      <h2>{t('page.money.title')}</h2>
      {sheet === null ? (
        <Notice kind="warn">{t('page.money.no_support', { reason: t(refusal!.code, refusal!.params) })}</Notice>
      ) : (
        <SupportTable page={page} sheet={sheet} />
      )}
      <BudgetTable page={page} {...budgetOf({ own, household, names })} />
      <p>
        <a href={href(`/my/matches/${own.match.id}/sheet`)}>{t('page.money.sheet_link')}</a>
      </p>
    </>
  );
}

/** Interest alone is no application yet. */
const hasApplied = ({ application }: Pick<MatchPageProps, 'application'>): boolean =>
  application !== null && application.state !== 'interested';

/** The way to an application, or where the one for this match stands. */
function ApplicationBlock({
  page,
  own: { match, interests },
  names,
  application,
  moved,
  noQuotaIn,
}: MatchPageProps): VNode | null {
  const { t, href } = page;
  const begun = application !== null && application.state !== 'interested';
  if (!begun && match.status !== 'approved') return null;
  if (!begun && moved) return <Notice>{t('application.not_needed')}</Notice>;
  return (
    <section class="card" id="application" aria-labelledby="application-title">
      <h2 id="application-title">{t(begun ? 'page.application.title' : 'page.application.apply_title')}</h2>
      {noQuotaIn === null ? null : <NoQuota page={page} region={names.region(match.regionCode)} year={noQuotaIn} />}
      {begun ? (
        <>
          <p>{t(`application.state.${application.state}`)}</p>
          <p class="actions">
            <a class="button" href={href('/my/application')}>
              {t('page.application.open')}
            </a>
          </p>
        </>
      ) : (
        <>
          {application?.dueOn ? <p>{t('page.application.due', { day: application.dueOn })}</p> : null}
          <ApplyForm page={page} proposalId={match.id} next={interests.size === 0} />
        </>
      )}
    </section>
  );
}

/** Interest and, apart from it, the consent that an employer sees name and phone. */
function InterestBlock({ page, own, typed, problems, application }: MatchPageProps): VNode {
  const { t } = page;
  const { match, interests, vacancies } = own;
  const jobs = match.placements.filter(({ withdrawnAt }) => withdrawnAt === null);
  const state = { page, typed, problems };
  const label = (placementId: string): string => {
    const { employerName = '', title = '' } = vacancies.get(placementId) ?? {};
    return t('page.my.share_with', { employer: employerName, job: title });
  };
  if (interests.size === 0) {
    return (
      <section class="card" id="interest" aria-labelledby="interest-title">
        <h2 id="interest-title">{t('page.my.interest_title')}</h2>
        <p>{t('page.my.interest_lead')}</p>
        <Form page={page} action={`/my/matches/${match.id}/interest`} once>
          <Choices
            state={state}
            name="shareWith"
            kind="checkbox"
            label={t('page.my.share_question')}
            hint={t('page.my.share_hint')}
            choices={jobs.map(({ id }) => ({ value: id, label: label(id) }))}
          />
          <div class="actions">
            <Button>{t('page.my.interested')}</Button>
          </div>
        </Form>
      </section>
    );
  }
  return (
    <section class="card" id="interest" aria-labelledby="interest-title">
      <h2 id="interest-title">{t('page.my.interest_stands')}</h2>
      <p>{t('page.my.interest_next')}</p>
      {jobs.map(({ id }) => {
        const interest = interests.get(id);
        if (interest === undefined) return null;
        const shared = interest.sharedAt !== null;
        return (
          <Form key={id} page={page} action={`/my/interests/${interest.id}/sharing`}>
            <p>
              {t(shared ? 'page.my.shared_with' : 'page.my.not_shared_with', {
                employer: vacancies.get(id)?.employerName ?? '',
              })}
            </p>
            <input type="hidden" name="match" value={match.id} />
            <Button kind="quiet" name="share" value={shared ? 'no' : 'yes'}>
              {t(shared ? 'page.my.hide' : 'page.my.share')}
            </Button>
          </Form>
        );
      })}
      {application !== null && application.state !== 'interested' ? null : (
        <Form page={page} action={`/my/matches/${match.id}/interest/withdraw`}>
          <div class="actions">
            <Button kind="danger">{t('page.my.interest_withdraw')}</Button>
          </div>
        </Form>
      )}
    </section>
  );
}

/** A link for relatives, which needs no account. */
function ShareBlock({ page, own: { match }, link }: MatchPageProps): VNode {
  const { t, href, day, origin } = page;
  if (link === null) {
    return (
      <section aria-labelledby="share">
        <h2 id="share">{t('page.site.share')}</h2>
        <p>{t('page.my.link_lead')}</p>
        <Form page={page} action={`/my/matches/${match.id}/share`}>
          <Button kind="quiet">{t('page.my.link_make')}</Button>
        </Form>
      </section>
    );
  }
  const address = `${origin}${href(`/shared/${link.token}`)}`;
  return (
    <section aria-labelledby="share">
      <h2 id="share">{t('page.site.share')}</h2>
      <p>{t('page.my.link_until', { day: day(link.expiresAt) })}</p>
      <p>
        <a href={address}>{address}</a>
      </p>
      <p class="actions">
        <button
          type="button"
          class="button quiet"
          hidden
          data-share={href(`/shared/${link.token}`)}
          data-done={t('page.site.link_copied')}
        >
          {t('page.site.share')}
        </button>
      </p>
      <Form page={page} action={`/my/matches/${match.id}/share/revoke`}>
        <Button kind="danger">{t('page.my.link_revoke')}</Button>
      </Form>
    </section>
  );
}

/** One match on a sheet of A4. */
export function MatchSheet(props: MatchProps): VNode {
  const { page, own, names } = props;
  const { t, day } = page;
  const { match } = own;
  const title = `${names.place(match.districtKato)}, ${names.region(match.regionCode)}`;
  return (
    <Layout page={page} title={title}>
      <BackLink page={page} path={`/my/matches/${match.id}`} />
      <h1>{title}</h1>
      <p class="actions">
        <button type="button" class="button" hidden data-print>
          {t('page.site.print')}
        </button>
      </p>
      <MatchStatus {...props} />
      <ScoreLine page={page} score={match.score} />
      <Distance {...props} />
      <h2>{t('page.my.jobs')}</h2>
      <MatchJobs {...props} open />
      {householdReasons(props).length === 0 ? null : (
        <>
          <h2>{t('page.my.whole')}</h2>
          <Reasons page={page} parts={householdReasons(props)} />
        </>
      )}
      <h2>{t('page.my.staying')}</h2>
      {match.localAlternative?.comparison?.worseThanStaying ? (
        <Notice kind="warn">{t('page.quick.staying_better')}</Notice>
      ) : null}
      <Staying {...props} />
      <p class="soft">{t('page.my.as_of', { day: day(match.updatedAt) })}</p>
    </Layout>
  );
}

/** "Not interested": what exactly, and why, so that it is not proposed again. */
export function DismissPage({
  page,
  own,
  names,
  typed,
  problems,
}: MatchProps & { typed: Typed; problems: readonly FieldProblem[] }): VNode {
  const { t } = page;
  const { match, vacancies, interests } = own;
  const title = t('page.my.dismiss_title');
  const state = { page, typed, problems };
  const jobs = match.placements.filter(({ withdrawnAt }) => withdrawnAt === null);
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <BackLink page={page} path={`/my/matches/${match.id}`} />
      <h1>{title}</h1>
      <ErrorSummary state={state} />
      <p>{t('page.my.dismiss_lead')}</p>
      {interests.size > 0 ? <Notice kind="warn">{t('page.my.dismiss_interest')}</Notice> : null}
      <Form page={page} action={`/my/matches/${match.id}/dismiss`}>
        <Choices
          state={state}
          name="target"
          kind="radio"
          label={t('page.my.dismiss_what')}
          choices={[
            ...jobs.map(({ vacancyId, id }) => ({
              value: `vacancy ${vacancyId}`,
              label: `${t('page.my.scope_vacancy')}: ${vacancies.get(id)?.title ?? ''}`,
            })),
            { value: 'district', label: `${t('page.my.scope_district')}: ${names.place(match.districtKato)}` },
            { value: 'region', label: `${t('page.my.scope_region')}: ${names.region(match.regionCode)}` },
          ]}
        />
        <Select
          state={state}
          name="reason"
          label={t('page.my.dismiss_why')}
          empty={t('page.my.choose')}
          choices={DISMISSAL_REASONS.map((reason) => ({ value: reason, label: t(`page.my.reason_${reason}`) }))}
        />
        <div class="actions">
          <Button>{t('page.my.dismiss_send')}</Button>
        </div>
      </Form>
    </Layout>
  );
}
