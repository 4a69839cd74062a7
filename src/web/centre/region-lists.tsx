import type { VNode } from 'preact';
import { TRAIL_SUBJECTS } from '../../centres/centres.dto.js';
import type { FirmPeople, FirmToVerify } from '../../employers/employers.service.js';
import { hasWords } from '../../i18n/i18n.js';
import type { Page as ListPage } from '../../shared/page.js';
import type { RejectedRow } from '../../vacancies/rejected.queries.js';
import { Details, Facts, InventedTag, NextPage, Tag } from '../site/blocks.js';
import { AskForm, Button, Choices, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { type Typed, one } from '../site/form.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { type Region, StatusLine, moment } from './blocks.js';
import { History, type HistoryLine } from './history.js';

interface ListProps {
  page: PageContext;
  region: Region;
  cursor?: string;
}

function addressOf({ region, cursor }: ListProps, more: Record<string, string> = {}): URLSearchParams {
  const query = new URLSearchParams(more);
  if (region.chosen) query.set('region', region.code);
  if (cursor !== undefined) query.set('cursor', cursor);
  return query;
}

function RegionField({ region }: { region: Region }): VNode | null {
  return region.chosen ? <input type="hidden" name="region" value={region.code} /> : null;
}

/** Vacancy records of the region that broke a rule: why, which field, and what was read. */
export function RejectedPage(
  props: ListProps & {
    records: ListPage<RejectedRow & { message: string }>;
    mayRetry: boolean;
    /** What a retry did: taken in, or refused again. */
    retried: 'taken' | 'refused' | null;
  },
): VNode {
  const { page, region, records, mayRetry, retried } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.centre.rejected_title')} wide>
      <h1>
        {t('page.centre.rejected_title')}: {region.name}
      </h1>
      {retried === null ? null : <StatusLine>{t(`page.centre.retry_${retried}`)}</StatusLine>}
      <p>{t('page.centre.rejected_lead')}</p>
      {mayRetry ? null : <p class="hint">{t('page.centre.retry_who')}</p>}
      {records.items.length === 0 ? <p>{t('page.centre.rejected_none')}</p> : null}
      <ul class="plain">
        {records.items.map((record) => (
          <li key={record.id} class="card">
            <h2>{record.message}</h2>
            <Facts
              items={[
                { name: t('page.centre.rejected_field'), value: record.field && <code>{record.field}</code> },
                { name: t('page.centre.rejected_ref'), value: record.ref },
                { name: t('page.centre.rejected_source'), value: `${record.source}, ${record.origin}` },
                { name: t('page.centre.rejected_id'), value: record.externalId },
                { name: t('page.centre.rejected_at'), value: moment(page, record.rejectedAt) },
                { name: t('page.centre.retried_at'), value: record.retriedAt && moment(page, record.retriedAt) },
              ]}
            />
            <Details summary={t('page.centre.rejected_raw')}>
              <pre class="raw">{record.raw}</pre>
            </Details>
            {mayRetry ? (
              <Form page={page} action={`/centre/rejected/${record.id}/retry`}>
                <RegionField region={region} />
                <Button kind="quiet">{t('page.centre.retry')}</Button>
              </Form>
            ) : null}
            <p class="hint">{t('page.site.problem_code', { code: record.code })}</p>
          </li>
        ))}
      </ul>
      <NextPage page={page} path="/centre/rejected" query={addressOf(props)} cursor={records.nextCursor} />
    </Layout>
  );
}

const ACCOUNT_FIELD = 'account-';
/** The field that says whether an account's person works at the firm. */
export const firmAccountField = (id: string): string => `${ACCOUNT_FIELD}${id}`;

/** What the form of a firm says of its accounts. */
export function firmPeople(typed: Typed): FirmPeople {
  const answered = (answer: string): string[] =>
    Object.keys(typed)
      .filter((name) => name.startsWith(ACCOUNT_FIELD) && one(typed, name) === answer)
      .map((name) => name.slice(ACCOUNT_FIELD.length));
  return { worksThere: answered('yes'), worksNot: answered('no') };
}

/** Firms that nobody has checked, those whose own posts wait for it first. */
export function FirmsPage(
  props: ListProps & { firms: ListPage<FirmToVerify>; verified: string | null; state: FormState },
): VNode {
  const { page, region, cursor, firms, verified, state } = props;
  const { t, number } = page;
  // Nothing can be done here about a firm without a number, and nothing waits for it.
  const isFolded = ({ bin, ownPosts }: FirmToVerify): boolean => bin === null && ownPosts === 0;
  return (
    <Layout page={page} title={t('page.centre.firms_title')} wide hasErrors={state.problems.length > 0}>
      <ErrorSummary state={state} />
      <h1>
        {t('page.centre.firms_title')}: {region.name}
      </h1>
      {verified === null ? null : <StatusLine>{t('page.centre.firm_done', { name: verified })}</StatusLine>}
      <p>{t('page.centre.firms_lead')}</p>
      {firms.items.length === 0 ? <p>{t('page.centre.firms_none')}</p> : null}
      <ul class="plain">
        {firms.items
          .filter((firm) => !isFolded(firm))
          .map((firm) => (
            <li key={firm.id} class="card">
              <h2>{firm.name}</h2>
              <InventedTag page={page} synthetic={firm.synthetic} />
              {firm.ownPosts > 0 ? (
                <p>
                  <Tag kind="warn">{t('page.centre.firm_own_posts', { posts: firm.ownPosts })}</Tag>
                </p>
              ) : null}
              <Facts
                items={[
                  { name: t('page.centre.firm_bin'), value: firm.bin ?? t('page.site.not_stated') },
                  { name: t('page.centre.firm_activity'), value: firm.activity },
                  {
                    name: t('page.centre.firm_headcount'),
                    value: firm.headcount === null ? null : number(firm.headcount),
                  },
                  { name: t('page.centre.firm_vacancies'), value: number(firm.vacancies) },
                  { name: t('page.centre.firm_openings'), value: number(firm.openings) },
                ]}
              />
              {firm.bin === null ? (
                <p class="hint">{t('employer.bin_missing')}</p>
              ) : (
                <Details
                  open={firm.accounts.some(({ id }) =>
                    state.problems.some(({ field }) => field === firmAccountField(id)),
                  )}
                  summary={
                    <>
                      {t('page.centre.firm_verify_open')}
                      <span class="hidden"> {firm.name}</span>
                    </>
                  }
                >
                  <p>{t('page.centre.firm_verify_question', { bin: firm.bin })}</p>
                  <Form page={page} action={`/centre/employers/${firm.id}/verify`}>
                    <RegionField region={region} />
                    {cursor === undefined ? null : <input type="hidden" name="cursor" value={cursor} />}
                    {firm.accounts.length === 0 ? null : <p>{t('page.centre.firm_accounts_lead')}</p>}
                    {firm.accounts.map((account) => (
                      <Choices
                        key={account.id}
                        state={state}
                        kind="radio"
                        inline
                        name={firmAccountField(account.id)}
                        label={t('page.centre.firm_account', { email: account.email ?? '', name: account.label })}
                        hint={t('page.centre.firm_account_since', { day: page.day(account.createdAt) })}
                        choices={[
                          { value: 'yes', label: t('page.centre.firm_account_yes') },
                          { value: 'no', label: t('page.centre.firm_account_no') },
                        ]}
                      />
                    ))}
                    <Button kind={firm.ownPosts > 0 ? 'main' : 'quiet'}>
                      {t('page.centre.firm_verify')}
                      <span class="hidden"> {firm.name}</span>
                    </Button>
                  </Form>
                </Details>
              )}
            </li>
          ))}
      </ul>
      <FirmsWithoutBin page={page} firms={firms.items.filter(isFolded)} />
      <p>
        <a href={page.href('/centre/firms/invite')}>{page.t('page.colleagues.of_firm_link')}</a>
      </p>
      <NextPage page={page} path="/centre/employers" query={addressOf(props)} cursor={firms.nextCursor} />
    </Layout>
  );
}

/** Firms that cannot be checked before they have a number: on a phone a long way to what can be. */
function FirmsWithoutBin({ page, firms }: { page: PageContext; firms: readonly FirmToVerify[] }): VNode | null {
  const { t } = page;
  if (firms.length === 0) return null;
  return (
    <Details summary={t('page.centre.firms_without_bin', { count: firms.length })}>
      <p class="hint">{t('page.centre.firms_without_bin_hint')}</p>
      <ul>
        {firms.map(({ id, name, activity, synthetic, vacancies, openings }) => (
          <li key={id}>
            {name} <InventedTag page={page} synthetic={synthetic} />
            <br />
            {activity === null ? null : (
              <>
                {activity}
                <br />
              </>
            )}
            <span class="soft">{t('page.centre.firm_offers', { vacancies, openings })}</span>
          </li>
        ))}
      </ul>
    </Details>
  );
}

/** Actions that a region's log knows, by how often they are asked for. */
const ACTIONS = [
  'approve',
  'return',
  'refer',
  'reject',
  'withdraw',
  'claim',
  'release',
  'read_contact',
  'find_by_iin',
  'take_referral',
  'verify',
  'correct',
  'set',
  'pause',
  'resume',
] as const;

/** What happened in the region, newest first. */
export function TrailPage(
  props: ListProps & { state: FormState; lines: readonly HistoryLine[]; nextCursor: string | null },
): VNode {
  const { page, region, state, lines, nextCursor } = props;
  const { t } = page;
  const filters = Object.fromEntries(
    ['subject', 'action', 'from', 'to'].flatMap((name) =>
      one(state.typed, name) ? [[name, one(state.typed, name)]] : [],
    ),
  );
  const words = (kind: string, codes: readonly string[]): { value: string; label: string }[] =>
    codes.map((code) => ({ value: code, label: hasWords(`${kind}_${code}`) ? t(`${kind}_${code}`) : code }));
  return (
    <Layout page={page} title={t('page.centre.trail_title')} wide hasErrors={state.problems.length > 0}>
      <ErrorSummary state={state} />
      <h1>
        {t('page.centre.trail_title')}: {region.name}
      </h1>
      <AskForm page={page} action="/centre/trail">
        <RegionField region={region} />
        <div class="filters">
          <Select
            state={state}
            name="subject"
            label={t('page.centre.trail_subject')}
            empty={t('page.centre.trail_any')}
            choices={words('page.centre.subject', TRAIL_SUBJECTS)}
          />
          <Select
            state={state}
            name="action"
            label={t('page.centre.trail_action')}
            empty={t('page.centre.trail_any')}
            choices={words('page.centre.action', ACTIONS)}
          />
          <TextField state={state} name="from" type="date" label={t('page.centre.trail_from')} width={12} />
          <TextField state={state} name="to" type="date" label={t('page.centre.trail_to')} width={12} />
        </div>
        <div class="actions">
          <Button>{t('page.centre.trail_show')}</Button>
        </div>
      </AskForm>
      <History page={page} lines={lines} caption={t('page.centre.trail_order')} />
      <NextPage page={page} path="/centre/trail" query={addressOf(props, filters)} cursor={nextCursor} />
    </Layout>
  );
}
