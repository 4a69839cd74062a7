import type { Response } from 'express';
import type { ComponentChildren, VNode } from 'preact';
import { DataTable } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';
import { type CsvValue, csvOf } from './csv.js';

/** A column of a table that a page shows and a file holds: both say the same. */
export interface Column<Row> {
  label: string;
  of(row: Row): CsvValue;
  /** How the page says it where a file needs it otherwise: a date, a source. */
  said?(row: Row): string | null;
  /** How the page writes its numbers; whole ones without. */
  format?: Intl.NumberFormatOptions;
  /** Holds numbers. */
  numeric?: boolean;
}

export const TENSION: Intl.NumberFormatOptions = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
export const RATIO: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/** Of more columns than these the headings break inside words, so that all fit on a desk's screen. */
const MOST_WHOLE_HEADINGS = 12;

/** The table of a picture, under a heading that says what its caption does; the first column names the row. `strong`: rows that add others up. */
export function FigureTable<Row>({
  page,
  caption,
  columns,
  rows,
  strong,
}: {
  page: PageContext;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  strong?: (row: Row) => boolean;
}): VNode {
  return (
    <div class={columns.length > MOST_WHOLE_HEADINGS ? 'figure-table many' : 'figure-table'}>
      <DataTable
        caption={caption}
        captionHidden
        head={columns.map(({ label, numeric }) => ({ label, numeric }))}
        rows={rows.map((row, index) => ({
          key: index,
          own: strong?.(row),
          cells: columns.map((column) => inWords(page, column, row)),
        }))}
      />
    </div>
  );
}

function inWords<Row>(page: PageContext, { of, said, format }: Column<Row>, row: Row): string {
  const value = said === undefined ? of(row) : said(row);
  if (value === null) return '–';
  return typeof value === 'number' ? page.number(value, format ?? { maximumFractionDigits: 0 }) : value;
}

/** The same columns and rows as a file, with its date in its name. */
export function sendTable<Row>(
  response: Response,
  page: PageContext,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  response
    .type('text/csv; charset=utf-8')
    .setHeader('Cache-Control', 'no-store')
    .setHeader('Content-Disposition', `attachment; filename="qonys-${name}.csv"`);
  return csvOf(
    page.language,
    columns.map(({ label }) => label),
    rows.map((row) => columns.map(({ of }) => of(row))),
  );
}

/** A picture in a frame that scrolls by itself where the screen is narrower; its numbers stand in the table beside it. */
export function ChartFrame({ label, children }: { label: string; children: ComponentChildren }): VNode {
  return (
    <div class="chart-frame" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** Sizes of a picture in rem, so that it grows with the reader's text: one unit of the drawing is a sixteenth. */
export function sizeOf(width: number, height: number): { viewBox: string; width: string; height: string } {
  return { viewBox: `0 0 ${width} ${height}`, width: `${width / 16}rem`, height: `${height / 16}rem` };
}

/** Where to take the numbers away, when they were counted, and from what. */
export function FigureNotes({
  page,
  at,
  files,
  source,
}: {
  page: PageContext;
  at: string | Date;
  files: readonly { href: string; label: string }[];
  source: string;
}): VNode {
  const { t } = page;
  return (
    <div class="hint sources">
      <p>{t('page.analyst.counted_at', { at: new Date(at) })}</p>
      <p>{source}</p>
      <ul class="plain files">
        {files.map(({ href, label }) => (
          <li key={href}>
            <a href={href} download>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
