import type { VNode } from 'preact';
import type { QueueLine, QueueList as ListedQueue } from '../../centres/queue-view.service.js';
import { NextPage, Tag } from '../site/blocks.js';
import { Button, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import {
  CaseTags,
  KeyHelp,
  type Names,
  QuotaLine,
  type Region,
  StatusLine,
  caseInOneLine,
  holderOf,
  inRegion,
} from './blocks.js';
import { QUEUE_LISTS, type QueueList } from './centre.form.js';
import type { Done } from './done.js';
import { DoneWords } from './done-words.js';

export interface QueueProps {
  page: PageContext;
  region: Region;
  names: Names;
  list: QueueList;
  /** What the reader holds is shown before all else on the first page of the whole queue. */
  queue: ListedQueue;
  /** How many more cases are alike, by case. */
  alike: ReadonlyMap<string, readonly string[]>;
  done: Done | null;
  now: Date;
  cursor?: string;
}

export function QueuePage(props: QueueProps): VNode {
  const { page, region, queue, list, done } = props;
  const { t } = page;
  const { mine } = queue;
  const held = new Set(mine.map(({ id }) => id));
  const rest = queue.items.filter(({ id }) => !held.has(id));
  return (
    <Layout page={page} title={t('page.centre.queue_title')} wide scripts={['queue.js']}>
      <h1>
        {t('page.centre.queue_title')}: {region.name}
      </h1>
      {done === null ? null : (
        <StatusLine>
          <DoneWords {...props} done={done} />
        </StatusLine>
      )}
      <div class="desk-bar">
        <QuotaLine page={page} quota={queue.quota} />
        <p>{t('page.centre.today_short', { ...queue.numbers })}</p>
      </div>
      <Lists {...props} />
      <Form page={page} action="/centre/claim-next">
        <input type="hidden" name="list" value={list} />
        {region.chosen ? <input type="hidden" name="region" value={region.code} /> : null}
        <div class="actions">
          <Button>{t('page.centre.claim_next')}</Button>
        </div>
      </Form>
      {mine.length === 0 ? null : (
        <section aria-labelledby="mine">
          <h2 id="mine">{t('page.centre.mine')}</h2>
          <Cases {...props} items={mine} />
        </section>
      )}
      <section aria-labelledby="waiting">
        <h2 id="waiting">{t(`page.centre.list_${list}`)}</h2>
        {rest.length === 0 ? <p>{t('page.centre.queue_empty')}</p> : <Cases {...props} items={rest} />}
      </section>
      <NextPage page={page} path="/centre" query={addressOf(props)} cursor={queue.nextCursor} />
      <KeyHelp page={page} />
    </Layout>
  );
}

function addressOf({ list, region, cursor }: QueueProps): URLSearchParams {
  const query = new URLSearchParams();
  if (list !== 'all') query.set('list', list);
  if (region.chosen) query.set('region', region.code);
  if (cursor !== undefined) query.set('cursor', cursor);
  return query;
}

/** The lists of the queue with how many stand in each, as far as it is counted. */
function Lists({ page, region, list: chosen, queue: { counts } }: QueueProps): VNode {
  const { t, href, number } = page;
  const known: Partial<Record<QueueList, number>> = {
    all: counts.waiting + counts.claimed + counts.returned,
    overdue: counts.overdue,
    returned: counts.returned,
  };
  return (
    <nav class="lists" aria-label={t('page.centre.lists')}>
      <ul>
        {QUEUE_LISTS.map((list) => (
          <li key={list}>
            <a
              href={href(inRegion(region, '/centre', list === 'all' ? {} : { list }))}
              aria-current={list === chosen ? 'true' : undefined}
            >
              {t(`page.centre.list_${list}`)}
              {known[list] === undefined ? null : <span class="count"> {number(known[list])}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Cases(props: QueueProps & { items: readonly QueueLine[] }): VNode {
  const { page, items, names, list, alike, now } = props;
  const { t, href } = page;
  return (
    <ol class="plain cases">
      {items.map((view) => {
        const others = (alike.get(view.id)?.length ?? 1) - 1;
        return (
          <li key={view.id}>
            <a class="case" href={href(`/centre/cases/${view.id}${list === 'all' ? '' : `?list=${list}`}`)} data-case>
              {caseInOneLine(page, names, view)}
            </a>
            <CaseTags page={page} view={view} holder={holderOf(view, page.actor!.id, now)} />
            {view.toCheck ? <Tag kind="warn">{t('page.centre.to_check')}</Tag> : null}
            {others > 0 ? (
              <a class="alike" href={href(`/centre/cases/${view.id}/alike`)}>
                {t('page.centre.alike_more', { others })}
              </a>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
