import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from './page-context.js';

/** A name of a thing and its value, as many as there are; a value of null is left out. */
export function Facts({
  items,
}: {
  items: readonly { name: ComponentChildren; value: ComponentChildren | null }[];
}): VNode {
  return (
    <dl class="facts">
      {items
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ name, value }, index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Tag({
  children,
  kind = 'plain',
}: {
  children: ComponentChildren;
  kind?: 'plain' | 'good' | 'warn' | 'bad';
}): VNode {
  return <span class={`tag ${kind}`}>{children}</span>;
}

/** Something the reader should know before going on. */
export function Notice({
  children,
  kind = 'plain',
  title,
}: {
  children: ComponentChildren;
  kind?: 'plain' | 'good' | 'warn' | 'bad';
  title?: string;
}): VNode {
  return (
    <div class={`notice ${kind}`} role={kind === 'good' ? 'status' : undefined}>
      {title === undefined ? null : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** A share of a whole as a small bar; the words beside it must say the same. */
export function Bar({ share, kind = 'plain' }: { share: number; kind?: 'plain' | 'good' | 'bad' }): VNode {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <svg class={`bar ${kind}`} viewBox="0 0 100 8" width="100" height="8" aria-hidden="true" preserveAspectRatio="none">
      <rect class="ground" width="100" height="8" rx="2" />
      <rect class="fill" width={width} height="8" rx="2" />
    </svg>
  );
}

/** A table of so many columns fits a phone's width; one of more scrolls. */
const MOST_ON_PHONE = 4;

/** A table that scrolls by itself on a narrow screen, with its caption said to everybody. */
export function DataTable({
  caption,
  captionHidden,
  head,
  children,
}: {
  caption: ComponentChildren;
  /** Where the heading above says the same: the caption is read aloud only. */
  captionHidden?: boolean;
  head: readonly { label: ComponentChildren; numeric?: boolean }[];
  children: ComponentChildren;
}): VNode {
  return (
    <div
      class={head.length <= MOST_ON_PHONE ? 'table-frame few' : 'table-frame'}
      tabIndex={0}
      role="region"
      aria-label={typeof caption === 'string' ? caption : undefined}
    >
      <table>
        <caption>
          <span class={captionHidden ? 'hidden' : undefined}>{caption}</span>
        </caption>
        <thead>
          <tr>
            {head.map(({ label, numeric }, index) => (
              <th key={index} scope="col" class={numeric ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** What may be opened when wanted; works without script. */
export function Details({
  summary,
  children,
  open,
}: {
  summary: ComponentChildren;
  children: ComponentChildren;
  open?: boolean;
}): VNode {
  return (
    <details open={open}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

/** Link to the page before, above the heading. */
export function BackLink({ page, path }: { page: PageContext; path: string }): VNode {
  return (
    <a class="back" href={page.href(path)}>
      {page.t('page.site.back')}
    </a>
  );
}

/** Link to the next page of a list that is read by cursor; the first page is its own link. */
export function NextPage({
  page,
  path,
  query,
  cursor,
}: {
  page: PageContext;
  path: string;
  query: URLSearchParams;
  cursor: string | null;
}): VNode | null {
  const started = query.has('cursor');
  if (cursor === null && !started) return null;
  const first = new URLSearchParams(query);
  first.delete('cursor');
  const next = new URLSearchParams(first);
  if (cursor !== null) next.set('cursor', cursor);
  return (
    <nav class="paging" aria-label={page.t('page.site.paging')}>
      {started ? <a href={`${page.href(path)}?${first.toString()}`}>{page.t('page.site.first_page')}</a> : null}
      {cursor === null ? null : (
        <a rel="next" href={`${page.href(path)}?${next.toString()}`}>
          {page.t('page.site.next_page')}
        </a>
      )}
    </nav>
  );
}
