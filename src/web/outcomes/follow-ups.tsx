import type { VNode } from 'preact';
import type { ArrivalState, FollowUpList, FollowUpRow } from '../../outcomes/outcomes.queries.js';
import { FOLLOW_UP_LISTS } from '../../outcomes/outcomes.queries.js';
import type { Page as ListPage } from '../../shared/page.js';
import { workingDaysBetween } from '../../shared/working-days.js';
import { type Region, StatusLine, inRegion } from '../centre/blocks.js';
import { BackLink, Facts, InventedTag, NextPage, Tag } from '../site/blocks.js';
import { Button, ErrorSummary, Form, type FormState } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { KnownFacts, SettlingFields } from './settling.js';

/** What was done to a follow-up, for the page after it. */
export const FOLLOW_UP_DONE = ['answer', 'miss', 'take'] as const;
export type FollowUpDone = (typeof FOLLOW_UP_DONE)[number];

export interface FollowUpsProps {
  page: PageContext;
  region: Region;
  /** `YYYY-MM-DD` */
  today: string;
  list: FollowUpList;
  cursor?: string;
  counts: Record<FollowUpList, number>;
  found: ListPage<FollowUpRow>;
  done: FollowUpDone | null;
}

/** A region's follow-ups: whom the centre calls, who still may answer, and who is asked soon. */
export function FollowUpsPage(props: FollowUpsProps): VNode {
  const { page, region, list, counts, found, done, cursor } = props;
  const { t, href, number } = page;
  const query = new URLSearchParams({ list });
  if (region.chosen) query.set('region', region.code);
  if (cursor !== undefined) query.set('cursor', cursor);
  return (
    <Layout page={page} title={t('page.follow_ups.title')} wide>
      <h1>
        {t('page.follow_ups.title')}: {region.name}
      </h1>
      {done === null ? null : <StatusLine>{t(`page.follow_ups.done_${done}`)}</StatusLine>}
      <p>{t('page.follow_ups.lead')}</p>
      <nav class="lists" aria-label={t('page.centre.lists')}>
        <ul>
          {FOLLOW_UP_LISTS.map((one) => (
            <li key={one}>
              <a
                href={href(inRegion(region, '/centre/follow-ups', { list: one }))}
                aria-current={one === list ? 'true' : undefined}
              >
                {t(`page.follow_ups.list_${one}`)}
                <span class="count"> {number(counts[one])}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {found.items.length === 0 ? <p>{t('page.follow_ups.none')}</p> : null}
      <ol class="plain">
        {found.items.map((row) => (
          <li key={row.id} class="card">
            <h2>
              <a href={href(inRegion(region, `/centre/follow-ups/${row.id}`))}>
                {t('page.follow_ups.case', { months: row.months, persons: row.persons })}
              </a>
            </h2>
            <RowFacts {...props} row={row} />
          </li>
        ))}
      </ol>
      <NextPage page={page} path="/centre/follow-ups" query={query} cursor={found.nextCursor} />
    </Layout>
  );
}

function RowFacts({ page, today, row }: { page: PageContext; today: string; row: FollowUpRow }): VNode {
  const { t, day } = page;
  const isLate = row.state === 'unreached' || (row.state === 'asked' && row.answerBy < today);
  return (
    <>
      <InventedTag page={page} synthetic={row.synthetic} />
      {isLate ? (
        <p>
          <Tag kind="bad">{t('page.follow_ups.overdue', { days: workingDaysBetween(row.answerBy, today) })}</Tag>
        </p>
      ) : null}
      <Facts
        items={[
          { name: t('page.follow_ups.arrived'), value: day(row.arrivedOn) },
          { name: t('page.follow_ups.due'), value: day(row.dueOn) },
          { name: t('page.follow_ups.answer_by'), value: day(row.answerBy) },
          { name: t('page.follow_ups.closes'), value: day(row.closesOn) },
          { name: t('page.follow_ups.owner'), value: ownerOf(page, row, isLate) },
          {
            name: t('page.follow_ups.missed'),
            value:
              row.missedAt === null ? null : t('page.follow_ups.missed_times', { times: row.missed, on: row.missedAt }),
          },
        ]}
      />
    </>
  );
}

function ownerOf({ t, actor }: PageContext, { ownerId, ownerLabel }: FollowUpRow, isLate: boolean): string {
  if (ownerId !== null) return ownerId === actor?.id ? t('page.follow_ups.owner_me') : ownerLabel!;
  return t(isLate ? 'page.follow_ups.owner_centre' : 'page.follow_ups.owner_household');
}

/** One follow-up: whom to call, what is known, and what they say. */
export function FollowUpPage({
  state,
  region,
  today,
  row,
  arrival,
  done,
}: {
  state: FormState;
  region: Region;
  today: string;
  row: FollowUpRow;
  arrival: ArrivalState;
  done: FollowUpDone | null;
}): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  const path = `/centre/follow-ups/${row.id}`;
  const title = t('page.follow_ups.case', { months: row.months, persons: row.persons });
  const isOpen = row.state !== 'answered' && row.state !== 'closed';
  const hidden = (
    <>
      <input type="hidden" name="version" value={row.version} />
      {region.chosen ? <input type="hidden" name="region" value={region.code} /> : null}
    </>
  );
  return (
    <Layout page={page} title={title} wide hasErrors={problems.length > 0}>
      <BackLink page={page} path={inRegion(region, '/centre/follow-ups')} />
      <ErrorSummary state={state} />
      {done === null ? null : <StatusLine>{t(`page.follow_ups.done_${done}`)}</StatusLine>}
      <h1>{title}</h1>
      <RowFacts page={page} today={today} row={row} />
      <p class="actions">
        <a class="button quiet" href={href(`/centre/cases/${row.proposalId}`)}>
          {t('page.follow_ups.contact')}
        </a>
        <a href={href(`/centre/households/${row.householdId}/payments`)}>{t('page.payments.title')}</a>
      </p>
      <section class="card">
        <h2>{t('page.follow_ups.known')}</h2>
        <KnownFacts page={page} arrival={arrival} told />
      </section>
      {isOpen ? (
        <>
          <div class="actions">
            {row.ownerId === page.actor?.id ? null : (
              <Form page={page} action={`${path}/take`}>
                {hidden}
                <Button kind="quiet">{t('page.follow_ups.take')}</Button>
              </Form>
            )}
            {row.state === 'due' ? null : (
              <Form page={page} action={`${path}/miss`}>
                {hidden}
                <Button kind="quiet">{t('page.follow_ups.miss')}</Button>
              </Form>
            )}
          </div>
          <section aria-labelledby="record">
            <h2 id="record">{t('page.follow_ups.record')}</h2>
            <Form page={page} action={`${path}/answer`}>
              {hidden}
              <SettlingFields state={state} arrival={arrival} />
              <div class="actions">
                <Button>{t('page.follow_ups.save')}</Button>
              </div>
            </Form>
          </section>
        </>
      ) : (
        <p>{t('page.follow_ups.over')}</p>
      )}
    </Layout>
  );
}
