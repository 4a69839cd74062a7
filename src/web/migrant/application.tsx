import type { VNode } from 'preact';
import { applicationReasonsFor, toldAs } from '../../applications/application-reasons.js';
import {
  APPLICATION_TABLE,
  RESERVED_STATES,
  USUAL_WAY,
  keptWithoutJob,
} from '../../applications/application-states.js';
import type { ApplicationView } from '../../applications/applications-view.service.js';
import { hasWords } from '../../i18n/i18n.js';
import type { FieldProblem } from '../../shared/problem.js';
import { applicationStepWord } from '../site/application-step-word.js';
import { Details, Facts, Notice, Tag } from '../site/blocks.js';
import { Button, ErrorSummary, Form, Select } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

interface Names {
  region(code: string): string;
  place(kato: string): string;
}

interface ApplicationProps {
  page: PageContext;
  names: Names;
  view: ApplicationView;
}

/** The application that is on its way, its steps as a list, and those that are over. */
export function ApplicationPage({
  page,
  all,
  names,
  typed,
  problems,
}: {
  page: PageContext;
  all: readonly ApplicationView[];
  names: Names;
  typed: Typed;
  problems: readonly FieldProblem[];
}): VNode {
  const { t, href } = page;
  // An application on its way stands before mere interest in other matches.
  const open = all.filter(({ endedAt }) => endedAt === null);
  const [first = all[0]] = [...open].sort(
    (a, b) => Number(a.state === 'interested') - Number(b.state === 'interested'),
  );
  const others = open.filter((one) => one !== first);
  const earlier = all.filter((one) => one !== first && one.endedAt !== null);
  return (
    <Layout page={page} title={t('page.application.title')} hasErrors={problems.length > 0}>
      <ErrorSummary state={{ page, typed, problems }} />
      <h1>{t('page.application.title')}</h1>
      {first === undefined ? (
        <>
          <p>{t('page.application.none')}</p>
          <p class="actions">
            <a class="button quiet" href={href('/my')}>
              {t('page.application.to_matches')}
            </a>
          </p>
        </>
      ) : (
        <>
          <p>
            <a href={href(`/my/matches/${first.proposalId}`)}>
              {t('page.application.where', {
                place: names.place(first.districtKato),
                region: names.region(first.regionCode),
                persons: first.persons,
              })}
            </a>
          </p>
          <Standing page={page} names={names} view={first} />
          <Way page={page} view={first} />
          <Actions page={page} view={first} typed={typed} problems={problems} />
          <Told page={page} view={first} />
        </>
      )}
      {others.length === 0 ? null : (
        <section aria-labelledby="others">
          <h2 id="others">{t('page.application.others')}</h2>
          <ul>
            {others.map((view) => (
              <li key={view.id}>
                <a href={href(`/my/matches/${view.proposalId}`)}>
                  {names.place(view.districtKato)}, {names.region(view.regionCode)}
                </a>
                : {t(`application.state.${view.state}`)}
                {view.owner === null || view.dueOn === null
                  ? ''
                  : ` – ${t(`application.owner.${view.owner}`)}, ${t('page.application.due', { day: view.dueOn })}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {earlier.length === 0 ? null : (
        <Details summary={t('page.application.earlier')}>
          <ul>
            {earlier.map((view) => (
              <li key={view.id}>
                {names.place(view.districtKato)}, {names.region(view.regionCode)}:{' '}
                {t(`application.state.${toldAs(view)}`)}
                {view.reason === null ? '' : ` – ${t(`application.reason.${view.reason}`)}`}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </Layout>
  );
}

/** Where it stands now: what happens, who has it and until when. */
function Standing({ page, names, view }: ApplicationProps): VNode {
  const { t, day } = page;
  const { state, owner, deadline, overdue, waitPosition, next, reason, note } = view;
  return (
    <section class="card" aria-labelledby="now">
      <h2 id="now">{t(`application.state.${toldAs(view)}`)}</h2>
      {view.regionWithoutQuota && view.endedAt === null ? (
        <NoQuota page={page} region={names.region(view.regionCode)} year={view.quotaYearNow} />
      ) : null}
      {view.jobLostAt === null || view.endedAt !== null ? null : (
        <Notice kind="warn">
          {t('page.application.job_lost', {
            reason: lossInWords(page, view.jobLostReason),
            kept: keptWithoutJob(state),
          })}
        </Notice>
      )}
      {/* Without the job no contract is prepared. */}
      {view.jobLostAt !== null && state === 'approved' ? null : <p>{t(`application.now.${toldAs(view)}`)}</p>}
      {reason === null ? null : (
        <p>
          <strong>{t(`application.reason.${reason}`)}</strong>
          {note === null ? '' : `. ${note}`}
        </p>
      )}
      {waitPosition === null ? null : <p>{t('page.application.position', { position: waitPosition })}</p>}
      {deadline === null || owner === null ? null : (
        <>
          <Facts
            items={[
              { name: t('page.application.who_has_it'), value: t(`application.owner.${owner}`) },
              {
                name: t('page.application.until'),
                value: (
                  <>
                    {day(deadline.dueOn)} {overdue ? <Tag kind="bad">{t('page.application.overdue')}</Tag> : null}
                  </>
                ),
              },
              { name: t('page.application.next'), value: next && t(`application.state.${next}`) },
            ]}
          />
          {overdue && owner !== 'household' ? <p>{t('page.application.overdue_hint')}</p> : null}
          {deadline.lapsesAfter === null ? null : (
            <p>
              {t(RESERVED_STATES.has(state) ? 'page.application.lapses_reserved' : 'page.application.lapses', {
                day: deadline.lapsesAfter,
              })}
            </p>
          )}
          <p class="hint">{t(deadline.verified ? 'page.application.verified' : 'page.application.unverified')}</p>
        </>
      )}
    </section>
  );
}

export function NoQuota({ page, region, year }: { page: PageContext; region: string; year: number }): VNode {
  return <Notice kind="warn">{page.t('page.application.no_quota', { region, year })}</Notice>;
}

function lossInWords({ t }: PageContext, reason: string | null): string {
  const code = `notice.change.${reason ?? 'other'}`;
  return t(hasWords(code) ? code : 'notice.change.other');
}

/** States that are work of somebody: on the way they are named by that work, which is done when the next state is reached. */
const WORK = new Set<string>(['interested', 'applied', 'forwarded']);

/** The usual way as a list: what is done, where it stands, what is still to come. */
function Way({ page, view }: Omit<ApplicationProps, 'names'>): VNode | null {
  const { t, day } = page;
  if (view.endedAt !== null && view.state !== 'settled') return null;
  const reached = new Map<string, Date>(view.steps.map(({ toState, at }) => [toState, at]));
  const waitsBefore = { papers_missing: 'applied', waiting_quota: 'approved' } as const;
  const now = view.state in waitsBefore ? waitsBefore[view.state as keyof typeof waitsBefore] : view.state;
  const at = (USUAL_WAY as readonly string[]).indexOf(now);
  const nameOf = (state: string): string =>
    t(WORK.has(state) ? `page.application.step.${state}` : `application.state.${state}`);
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('page.application.steps')}</h2>
      <ol class="steps">
        {USUAL_WAY.map((state, index) => {
          const done = index < at || view.state === 'settled';
          const next = USUAL_WAY[index + 1];
          const when =
            done && WORK.has(state) && next !== undefined
              ? (reached.get(next) ?? reached.get('waiting_quota'))
              : reached.get(state);
          return (
            <li key={state} aria-current={index === at && !done ? 'step' : undefined}>
              {index === at && view.state !== state ? t(`application.state.${view.state}`) : nameOf(state)}{' '}
              {done ? (
                <Tag kind="good">{t('page.application.step_done')}</Tag>
              ) : index === at ? (
                <Tag>{t('page.application.step_now')}</Tag>
              ) : null}{' '}
              {index <= at && when !== undefined ? <span class="soft">{day(when)}</span> : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Actions({
  page,
  view,
  typed,
  problems,
}: Omit<ApplicationProps, 'names'> & { typed: Typed; problems: readonly FieldProblem[] }): VNode | null {
  const { t } = page;
  const { state, id, proposalId } = view;
  return (
    <>
      {state === 'interested' ? <ApplyForm page={page} proposalId={proposalId} /> : null}
      {state === 'papers_missing' ? (
        <Form page={page} action={`/my/applications/${id}/papers`}>
          <div class="actions">
            <Button>{t('page.application.papers_brought')}</Button>
          </div>
        </Form>
      ) : null}
      {APPLICATION_TABLE[state].withdraw === undefined ? null : (
        <Details summary={t('page.application.withdraw')} open={problems.length > 0}>
          <Form page={page} action={`/my/applications/${id}/withdraw`}>
            <p>
              {t(
                RESERVED_STATES.has(state)
                  ? 'page.application.withdraw_hint_reserved'
                  : 'page.application.withdraw_hint',
              )}
            </p>
            <Select
              state={{ page, typed, problems }}
              name="reason"
              label={t('page.application.withdraw_why')}
              empty={t('page.my.choose')}
              choices={applicationReasonsFor('withdraw').map((code) => ({
                value: code,
                label: t(`application.reason.${code}`),
              }))}
            />
            <div class="actions">
              <Button kind="danger">{t('page.application.withdraw')}</Button>
            </div>
          </Form>
        </Details>
      )}
    </>
  );
}

/** The step from an approved match to an application; `next`: interest comes first, so this is not the main button yet. */
export function ApplyForm({
  page,
  proposalId,
  next = false,
}: {
  page: PageContext;
  proposalId: string;
  next?: boolean;
}): VNode {
  const { t } = page;
  return (
    <Form page={page} action={`/my/matches/${proposalId}/apply`}>
      {next ? <p>{t('page.application.apply_next')}</p> : null}
      <p>{t('page.application.apply_hint')}</p>
      <div class="actions">
        <Button kind={next ? 'quiet' : 'main'}>{t('page.application.apply')}</Button>
      </div>
    </Form>
  );
}

const BY: Record<string, 'household' | 'centre' | 'program'> = { migrant: 'household', system: 'program' };

/** Everything that happened, the newest first. */
function Told({ page, view }: Omit<ApplicationProps, 'names'>): VNode {
  const { t, day } = page;
  return (
    <Details summary={t('page.application.history')}>
      <ol class="plain lines">
        {view.steps.toReversed().map(({ action, at, actorRole, reason, note }, index) => (
          <li key={index}>
            {day(at)}: {t(applicationStepWord(action))} ({t(`page.application.by_${BY[actorRole] ?? 'centre'}`)})
            {reason === null ? '' : ` – ${t(`application.reason.${reason}`)}`}
            {note === null ? '' : `. ${note}`}
          </li>
        ))}
      </ol>
    </Details>
  );
}
