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

/**
 * Says of a vacancy, a household or a firm that it is invented, where it stands beside real ones; of null it says nothing. Where
 * everything is invented, the banner of every page says so, and a tag on each row would only hide what tells them apart.
 */
export function InventedTag({ page, synthetic }: { page: PageContext; synthetic: boolean | undefined }): VNode | null {
  return synthetic && !page.demo ? <Tag kind="warn">{page.t('page.site.invented')}</Tag> : null;
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

/** A row of a table; its first cell names it. */
export interface TableRow {
  key: string | number;
  cells: readonly ComponentChildren[];
  /** Stands out: the reader's own region, a sum. */
  own?: boolean;
}

/** A table of so many columns fits a phone's width. */
const MOST_BESIDE = 2;
/** Of up to so many the name of a row stands there over its values, each beside what it is; one of more scrolls. */
const MOST_STACKED = 6;

/** A table that never breaks a word on a phone. Roles keep it a table for a screen reader however it is laid out. */
export function DataTable({
  caption,
  captionHidden,
  head,
  rows,
}: {
  caption: ComponentChildren;
  /** Where the heading above says the same: the caption is read aloud only. */
  captionHidden?: boolean;
  head: readonly { label: string; numeric?: boolean }[];
  rows: readonly TableRow[];
}): VNode {
  const layout = head.length <= MOST_BESIDE ? ' few' : head.length <= MOST_STACKED ? ' stacks' : '';
  return (
    <div
      class={`table-frame${layout}`}
      tabIndex={0}
      role="region"
      aria-label={typeof caption === 'string' ? caption : undefined}
    >
      <table role="table">
        <caption>
          <span class={captionHidden ? 'hidden' : undefined}>{caption}</span>
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {head.map(({ label, numeric }, index) => (
              <th key={index} scope="col" role="columnheader" class={numeric ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ key, cells, own }) => (
            <tr key={key} role="row" class={own ? 'own' : undefined}>
              {cells.map((cell, place) => {
                const { label, numeric } = head[place]!;
                const kind = numeric ? 'number' : undefined;
                return place === 0 ? (
                  <th key={place} scope="row" role="rowheader" class={kind}>
                    {cell}
                  </th>
                ) : (
                  <td key={place} role="cell" class={kind} data-label={label}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
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
