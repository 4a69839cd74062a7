import type { ComponentChildren, VNode } from 'preact';
import { type ApplicationReasonUse, applicationReasonsFor, toldAs } from '../../applications/application-reasons.js';
import { type CentreAction, keptWithoutJob } from '../../applications/application-states.js';
import type { ApplicationRow } from '../../applications/applications.queries.js';
import type { ApplicationList, ApplicationView, QuotaStanding } from '../../applications/applications-view.service.js';
import { REASON_NEEDED } from '../../applications/applications.service.js';
import type { FieldProblem } from '../../shared/problem.js';
import { applicationStepWord } from '../site/application-step-word.js';
import { BackLink, Facts, InventedTag, NextPage, Notice, Tag } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { type Typed, one } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { KeyButton, KeyHelp, type Region, StatusLine, inRegion, moment, reasonKey } from './blocks.js';

interface Names {
  region(code: string): string;
  place(kato: string): string;
}

export const LIST_FILTERS = [
  'open', 'overdue', 'applied', 'papers_missing', 'forwarded', 'waiting_quota', 'approved', 'contracted', 'arrived', 'settled', 'interested',
] as const; // prettier-ignore
type ListFilter = (typeof LIST_FILTERS)[number];

const PATH = '/centre/applications';

/** A region's applications, the overdue first; those that wait for a place in their order. */
export function ApplicationListPage({
  page,
  region,
  names,
  found,
  filter,
  typed,
}: {
  page: PageContext;
  region: Region;
  names: Names;
  found: ApplicationList;
  filter: ListFilter;
  typed: Typed;
}): VNode {
  const { t, href } = page;
  const title = t('page.application.centre_title');
  const counted = found.counts.filter(({ state }) => state !== 'interested');
  const sum = (key: 'open' | 'overdue'): number => counted.reduce((total, count) => total + count[key], 0);
  const label = (one: ListFilter): string =>
    one === 'open' || one === 'overdue' ? t(`page.application.filter_${one}`) : t(`application.state.${one}`);
  const query = new URLSearchParams({ show: filter, ...(region.chosen ? { region: region.code } : {}) });
  return (
    <Layout page={page} title={title} wide>
      <h1>
        {title}: {region.name}
      </h1>
      <p>{t('page.application.centre_counts', { open: sum('open'), overdue: sum('overdue') })}</p>
      <LedgerLine page={page} quota={found.quota} region={region} />
      <AskForm page={page} action={PATH}>
        {region.chosen ? <input type="hidden" name="region" value={region.code} /> : null}
        <Select
          state={{ page, typed: { show: filter, ...typed }, problems: [] }}
          name="show"
          label={t('page.application.filter')}
          choices={LIST_FILTERS.map((one) => ({ value: one, label: label(one) }))}
        />
        <div class="actions">
          <Button kind="quiet">{t('page.application.show')}</Button>
        </div>
      </AskForm>
      {found.items.length === 0 ? <p>{t('page.application.empty')}</p> : null}
      <ol class="plain">
        {found.items.map((row) => (
          <li key={row.id} class="card">
            <h2>
              <a href={href(inRegion(region, `${PATH}/${row.id}`))}>{inOneLine(page, names, row)}</a>
            </h2>
            <ApplicationTags page={page} row={row} />
            {row.owner === null ? null : <p class="soft">{t(`application.with.${row.owner}`)}</p>}
          </li>
        ))}
      </ol>
      <NextPage page={page} path={PATH} query={query} cursor={found.nextCursor} />
    </Layout>
  );
}

function inOneLine({ t }: PageContext, names: Names, row: ApplicationRow): string {
  const [from, to] = [names.region(row.homeRegionCode), names.place(row.districtKato)];
  return t('page.application.line', { persons: row.persons, from, to });
}

/** Where it stands, until when, its place in the order, and whether its job is gone. */
function ApplicationTags({ page, row }: { page: PageContext; row: ApplicationRow }): VNode {
  const { t } = page;
  const { state, dueOn, overdue, waitPosition, jobLostAt, endedAt } = row;
  return (
    <span class="tags">
      <Tag kind={state === 'approved' || state === 'contracted' || state === 'settled' ? 'good' : 'plain'}>
        {t(`application.state.${toldAs(row)}`)}
      </Tag>{' '}
      {dueOn === null ? null : (
        <Tag kind={overdue ? 'bad' : 'plain'}>
          {t(overdue ? 'page.application.late' : 'page.application.due', { day: dueOn })}
        </Tag>
      )}{' '}
      {waitPosition === null ? null : <Tag>{t('page.application.queue_place', { position: waitPosition })}</Tag>}{' '}
      {jobLostAt === null || endedAt !== null ? null : <Tag kind="warn">{t('page.application.job_lost_tag')}</Tag>}{' '}
      <InventedTag page={page} synthetic={row.synthetic || row.jobs.some((job) => job.synthetic)} />
    </span>
  );
}

/** The quota as the ledger has it, in sight wherever something is decided. */
function LedgerLine({ page, quota, region }: { page: PageContext; quota: QuotaStanding; region: Region }): VNode {
  const { t, href } = page;
  const { year, persons, verified, reserved, taken, waitingPersons, firstWaiting } = quota;
  if (persons === null) return <p class="quota">{t('page.application.centre_no_quota', { year })}</p>;
  const left = quota.left!;
  const blocks = firstWaiting !== null && left > 0 && firstWaiting.persons > left;
  return (
    <>
      <p class={left <= 0 ? 'quota over' : 'quota'}>
        {t('page.application.centre_quota', {
          year,
          persons,
          reserved,
          taken,
          left: Math.max(0, left),
          waiting: waitingPersons,
        })}{' '}
        <Unverified page={page} verified={verified} />{' '}
        {left < 0 ? t('page.application.centre_over', { over: -left }) : null}
      </p>
      {blocks ? (
        <Notice kind="warn">
          {t('page.application.centre_first_too_large', { persons: firstWaiting.persons })}{' '}
          <a href={href(inRegion(region, `${PATH}/${firstWaiting.id}`))}>{t('page.application.centre_first')}</a>
        </Notice>
      ) : null}
    </>
  );
}

interface CaseProps {
  page: PageContext;
  region: Region;
  names: Names;
  view: ApplicationView;
  quota: QuotaStanding;
  typed: Typed;
  problems: readonly FieldProblem[];
  /** A step has just been taken. */
  done: boolean;
}

/** One application: where it stands, the steps that its state allows by touch or key, and everything that happened. */
export function ApplicationCasePage(props: CaseProps): VNode {
  const { page, region, names, view, quota, typed, problems, done } = props;
  const { t, href, day } = page;
  const title = inOneLine(page, names, view);
  const kept = keptWithoutJob(view.state);
  const keys = view.actions.map((action) => ({ key: KEY_OF[action], words: t(`page.application.action_${action}`) }));
  return (
    <Layout page={page} title={title} wide hasErrors={problems.length > 0} scripts={['queue.js']}>
      <BackLink page={page} path={inRegion(region, PATH)} />
      <ErrorSummary state={{ page, typed, problems }} />
      {done ? (
        <StatusLine>{t('page.application.done', { state: t(`application.state.${view.state}`) })}</StatusLine>
      ) : null}
      <h1>{title}</h1>
      <ApplicationTags page={page} row={view} />
      <div class="desk-bar">
        <LedgerLine page={page} quota={quota} region={region} />
      </div>
      {view.jobLostAt === null || view.endedAt !== null ? null : (
        <Notice kind="warn">
          <p>
            {t('page.application.job_lost_tag')}
            {view.jobLostReason === null ? '' : `: ${t(`reason.${view.jobLostReason}`)}`}
          </p>
          {kept === 'nothing' ? null : <p>{t(`page.application.job_lost_${kept}`)}</p>}
        </Notice>
      )}
      <div class="case-sides">
        <section aria-labelledby="facts">
          <h2 id="facts">{t('page.application.case_title', { day: view.appliedAt ?? view.createdAt })}</h2>
          <Facts
            items={[
              {
                name: t('page.application.who_has_it'),
                value: view.owner && t(`application.with.${view.owner}`),
              },
              { name: t('page.application.until'), value: view.dueOn && day(view.dueOn) },
              { name: t('page.application.next'), value: view.next && t(`application.state.${view.next}`) },
              { name: t('page.application.arrived_on'), value: view.arrivedOn && day(view.arrivedOn) },
              {
                name: t('page.my.jobs'),
                value: view.jobs.map((job) => `${job.title}, ${job.employerName}`).join('; '),
              },
              { name: t('page.application.reason'), value: view.reason && t(`application.reason.${view.reason}`) },
            ]}
          />
          {view.deadline === null ? null : (
            <p class="hint">
              {t(view.deadline.verified ? 'page.application.verified' : 'page.application.unverified')}
            </p>
          )}
          <p>
            <a href={href(inRegion(region, `/centre/cases/${view.proposalId}`))}>{t('page.application.to_case')}</a>
          </p>
        </section>
        <section class="decide" id="decide" aria-labelledby="decide-title">
          <h2 id="decide-title">{t('page.application.decide')}</h2>
          {view.actions.length === 0 ? <p>{t('page.application.no_actions')}</p> : null}
          <div class="decisions">
            {view.actions.map((action) => (
              <Step key={action} {...props} action={action} />
            ))}
          </div>
        </section>
      </div>
      <section aria-labelledby="history">
        <h2 id="history">{t('page.application.history')}</h2>
        <ol class="plain lines">
          {view.steps.toReversed().map(({ action, at, actorRole, reason, note }, index) => (
            <li key={index}>
              <strong>{t(applicationStepWord(action))}</strong>, {moment(page, at)} (
              {t(
                `page.application.by_${actorRole === 'migrant' ? 'household' : actorRole === 'system' ? 'program' : 'centre'}`,
              )}
              ){reason === null ? '' : ` – ${t(`application.reason.${reason}`)}`}
              {note === null ? '' : `. ${note}`}
            </li>
          ))}
        </ol>
      </section>
      <KeyHelp page={page} keys={[...keys, { key: 'u', words: t('page.centre.key_queue') }]} />
    </Layout>
  );
}

const KEY_OF: Record<CentreAction, string> = {
  forward: 'f',
  ask: 'r',
  decide: 'a',
  refuse: 'x',
  extend: 'e',
  contract: 'c',
  arrive: 'v',
  settle: 's',
  return: 'b',
  take_back: 'k',
};

function Step(props: CaseProps & { action: CentreAction }): VNode {
  const { page, action } = props;
  const { t } = page;
  const use = REASON_NEEDED[action];
  const words = t(`page.application.action_${action}`);
  if (use !== undefined) return <ReasonPanel {...props} use={use} words={words} />;
  return (
    <StepForm {...props}>
      {action === 'arrive' ? (
        <TextField
          state={stateFor(props)}
          name="arrivedOn"
          type="date"
          label={t('page.application.arrived_on')}
          width={12}
        />
      ) : null}
      {action === 'decide' ? <p class="hint">{t('page.application.decide_hint')}</p> : null}
      <KeyButton shortcut={KEY_OF[action]} kind="main">
        {words}
      </KeyButton>
    </StepForm>
  );
}

/** What was typed into this step's form, and what was wrong with it; the other forms stay as they were. */
function stateFor({ page, typed, problems, action }: CaseProps & { action: CentreAction }): FormState {
  const own = one(typed, 'action') === action;
  return { page, typed: own ? typed : {}, problems: own ? problems : [] };
}

function StepForm({
  page,
  view,
  action,
  children,
}: CaseProps & { action: CentreAction; children: ComponentChildren }): VNode {
  return (
    <Form page={page} action={`${PATH}/${view.id}/steps`}>
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="version" value={view.version} />
      {children}
    </Form>
  );
}

/** A step with a reason: its reasons are its buttons, so that one key or tap opens it and one more decides. */
function ReasonPanel(props: CaseProps & { action: CentreAction; use: ApplicationReasonUse; words: string }): VNode {
  const { page, action, use, words, typed, problems } = props;
  const { t } = page;
  const failed = problems.length > 0 && one(typed, 'action') === action;
  return (
    <details class="reason-panel" open={failed} data-panel>
      <summary data-key={KEY_OF[action]} aria-keyshortcuts={KEY_OF[action]}>
        <kbd aria-hidden="true">{KEY_OF[action]}</kbd> {words}
      </summary>
      <StepForm {...props}>
        {action === 'extend' ? (
          <TextField
            state={stateFor(props)}
            name="dueOn"
            type="date"
            label={t('page.application.new_due')}
            width={12}
          />
        ) : null}
        <div class="field">
          <label for={`note-${action}`}>{t('page.application.note')}</label>
          <textarea id={`note-${action}`} name="note" rows={2} maxLength={500}>
            {failed ? one(typed, 'note') : ''}
          </textarea>
        </div>
        <fieldset class="field">
          <legend>{t('page.application.reason')}</legend>
          <div class="reason-buttons">
            {applicationReasonsFor(use).map((code, index) => (
              <KeyButton key={code} shortcut={reasonKey(index)} kind="reason" name="reason" value={code}>
                {t(`application.reason.${code}`)}
              </KeyButton>
            ))}
          </div>
        </fieldset>
      </StepForm>
    </details>
  );
}
