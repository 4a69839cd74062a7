import type { VNode } from 'preact';
import type { ApplicationView } from '../../applications/applications-view.service.js';
import type { OwnShareLink } from '../../applications/share-links.service.js';
import type { FieldProblem } from '../../shared/problem.js';
import { BackLink, Notice } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { Reasons, ScoreLine } from '../site/match-blocks.js';
import { BudgetTable, NoSupport, SupportTable } from '../site/money-blocks.js';
import { ApplyForm, NoQuota } from './application.js';
import {
  Distance,
  MatchJobs,
  type MatchProps,
  MatchStatus,
  MatchTitle,
  StayingBlock,
  budgetOf,
  householdReasons,
  isTakenUp,
} from './match-card.js';

export interface MatchPageProps extends MatchProps {
  link: OwnShareLink | null;
  /** The application for this match that is not over. */
  application: ApplicationView | null;
  /** The household has moved already: this is another job for it there. */
  moved: boolean;
  /** The year in which the region has no quota for settlers; null: it has one. */
  noQuotaIn: number | null;
  /** Places left in the quota and persons who wait for one, where this household would have to wait; null: a place is free. */
  fullQuota: { left: number; waiting: number } | null;
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
      {match.status === 'approved' && (!match.fulfilled || own.interests.size > 0) ? (
        <InterestBlock {...props} />
      ) : null}
      {hasApplied(props) ? null : <ApplicationBlock {...props} />}
      <h2>{t('page.my.jobs')}</h2>
      <MatchJobs {...props} />
      <MatchMoney {...props} />
      <h2>{t(householdReasons(props).length === 0 ? 'page.my.score' : 'page.my.whole')}</h2>
      <ScoreLine page={page} score={match.score} />
      <Reasons page={page} parts={householdReasons(props)} />
      {props.moved ? null : (
        <>
          <Distance {...props} />
          <StayingBlock {...props} />
        </>
      )}
      <p class="actions">
        <a href={href(`/my/matches/${match.id}/print`)}>{t('page.my.print')}</a>
        <a href={href('/my/changes')}>{t('page.changes.title')}</a>
        {isTakenUp(match) ? null : <a href={href(`/my/matches/${match.id}/dismiss`)}>{t('page.my.dismiss')}</a>}
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
      {sheet === null ? <NoSupport page={page} refusal={refusal!} /> : <SupportTable page={page} sheet={sheet} />}
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
  fullQuota,
}: MatchPageProps): VNode | null {
  const { t, href } = page;
  const begun = application !== null && application.state !== 'interested';
  if (!begun && (match.status !== 'approved' || match.over)) return null;
  if (!begun && isTakenUp(match)) return null;
  if (!begun && moved) {
    return (
      <Notice>
        <p>{t('application.not_needed')}</p>
        <p>
          <a href={href('/my/settling')}>{t('page.settling.tell_taken')}</a>
        </p>
      </Notice>
    );
  }
  return (
    <section class="card" id="application" aria-labelledby="application-title">
      <h2 id="application-title">{t(begun ? 'page.application.title' : 'page.application.apply_title')}</h2>
      {noQuotaIn === null ? null : <NoQuota page={page} region={names.region(match.regionCode)} year={noQuotaIn} />}
      {fullQuota === null || begun ? null : (
        <Notice kind="warn">
          {t('page.application.quota_full', { region: names.region(match.regionCode), ...fullQuota })}
        </Notice>
      )}
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
function InterestBlock({ page, household, own, typed, problems, application, moved }: MatchPageProps): VNode {
  const { t } = page;
  const { match, interests, vacancies } = own;
  const jobs = match.placements.filter(({ withdrawnAt }) => withdrawnAt === null);
  const state = { page, typed, problems };
  const hasPhone = household.phone !== null;
  const label = (placementId: string): string => {
    const { employerName = '', title = '' } = vacancies.get(placementId) ?? {};
    return t('page.my.share_with', { employer: employerName, job: title });
  };
  if (interests.size === 0) {
    return (
      <section class="card" id="interest" aria-labelledby="interest-title">
        <h2 id="interest-title">{t(moved ? 'page.my.interest_title_moved' : 'page.my.interest_title')}</h2>
        <p>{t('page.my.interest_lead')}</p>
        <Form page={page} action={`/my/matches/${match.id}/interest`} once>
          {hasPhone ? (
            <Choices
              state={state}
              name="shareWith"
              kind="checkbox"
              label={t('page.my.share_question')}
              hint={t('page.my.share_hint')}
              choices={jobs.map(({ id }) => ({ value: id, label: label(id) }))}
            />
          ) : (
            <NoPhone page={page} />
          )}
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
            {shared || hasPhone ? (
              <Button kind="quiet" name="share" value={shared ? 'no' : 'yes'}>
                {t(shared ? 'page.my.hide' : 'page.my.share')}
              </Button>
            ) : null}
          </Form>
        );
      })}
      {hasPhone ? null : <NoPhone page={page} />}
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

/** A firm calls: without a number there is nothing to show it. */
function NoPhone({ page: { t, href } }: Pick<MatchPageProps, 'page'>): VNode {
  return (
    <p>
      {t('page.my.share_no_phone')}{' '}
      <a href={`${href('/my/household/contact')}?then=overview`}>{t('page.my.add_phone')}</a>
    </p>
  );
}
