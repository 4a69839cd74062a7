import type { VNode } from 'preact';
import { hasWords } from '../../i18n/i18n.js';
import type { Page } from '../../shared/page.js';
import type { FieldProblem } from '../../shared/problem.js';
import { TABLE_COLUMNS } from '../../vacancies/connectors/vacancy-table/columns.js';
import type { IngestRunRow } from '../../vacancies/ingest-run.queries.js';
import type { RejectedRow } from '../../vacancies/rejected.queries.js';
import { BackLink, DataTable, Facts, NextPage, Notice, type TableRow } from '../site/blocks.js';
import { Button, ErrorSummary, FileField, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { columnHint, columnName } from './table-template.js';

export const MOST_MEGABYTES = 5;

/** Asks for a file, and says how its table is made. */
export function ImportPage({ page, problems }: { page: PageContext; problems: readonly FieldProblem[] }): VNode {
  const { t, href, language } = page;
  const inWords = problems.map((problem) => ({ ...problem, params: named(page, problem.params) }));
  const state = { page, typed: {}, problems: inWords };
  return (
    <Layout page={page} title={t('page.import.title')} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/employer" />
      <ErrorSummary state={state} />
      <h1>{t('page.import.title')}</h1>
      <p>{t('page.import.lead')}</p>
      <p>
        <a href={href('/employer/import/template')} download>
          {t('page.import.template')}
        </a>
      </p>
      <Form page={page} action="/employer/import" multipart>
        <FileField
          state={state}
          name="file"
          label={t('page.import.file')}
          hint={t('page.import.file_hint', { most: MOST_MEGABYTES })}
          accept=".csv,.txt,.tsv,.ndjson,.jsonl,.gz,text/csv"
        />
        <p class="hint">{t('page.import.again_note')}</p>
        <div class="actions">
          <Button>{t('page.import.send')}</Button>
        </div>
      </Form>
      <h2>{t('page.import.columns')}</h2>
      <dl class="facts">
        {TABLE_COLUMNS.map((column) => (
          <div key={column.key}>
            <dt>
              {columnName(language, column.key)}
              {column.required ? ` (${t('page.import.required')})` : ''}
            </dt>
            <dd>{columnHint(language, column)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('page.import.template_note')}</p>
    </Layout>
  );
}

const PLACE_WARNINGS = ['place.settlement_unknown', 'place.settlement_ambiguous'];

/** What became of a file: how much, and each refused row with its line, column and reason. */
export function ImportResultPage({
  page,
  run,
  refused,
  cursor,
}: {
  page: PageContext;
  run: IngestRunRow;
  refused: Page<RejectedRow>;
  cursor: string | undefined;
}): VNode {
  const { t, href, number, day } = page;
  const placesUnsure = PLACE_WARNINGS.reduce((sum, code) => sum + (run.warnings[code] ?? 0), 0);
  const payZero = run.warnings['record.zero_pay'] ?? 0;
  const isRead = run.status === 'applied';
  return (
    <Layout page={page} title={t('page.import.result_title')}>
      <BackLink page={page} path="/employer/import" />
      <h1>{t('page.import.result_title')}</h1>
      <p>{t('page.import.from_file', { name: run.origin, day: day(run.startedAt) })}</p>
      {isRead ? null : (
        <Notice kind="bad">
          <p>
            {run.errorCode === null ? t('page.import.failed') : t(run.errorCode, named(page, run.errorParams ?? {}))}
          </p>
        </Notice>
      )}
      <Facts
        items={(['inserted', 'updated', 'unchanged'] as const)
          .map((name) => ({ name: t(`page.import.${name}`), value: number(run[name]) }))
          .concat({ name: t('page.import.refused'), value: number(run.rejected) })}
      />
      {placesUnsure === 0 ? null : (
        <Notice kind="warn">
          <p>{t('page.import.place_unsure', { count: placesUnsure })}</p>
        </Notice>
      )}
      {payZero === 0 ? null : (
        <Notice kind="warn">
          <p>{t('record.zero_pay')}</p>
        </Notice>
      )}
      {run.rejected === 0 ? (
        isRead && <p>{t('page.import.none_refused')}</p>
      ) : (
        <section>
          <h2>{t('page.import.refused_title')}</h2>
          <p>{t('page.import.refused_note')}</p>
          <DataTable
            caption={t('page.import.refused_title')}
            head={[
              { label: t('page.import.line'), numeric: true },
              { label: t('page.import.column') },
              { label: t('page.import.reason') },
            ]}
            rows={refused.items.map((row) => refusedRow(page, row))}
          />
          <NextPage
            page={page}
            path={`/employer/import/${run.id}`}
            query={new URLSearchParams(cursor === undefined ? {} : { cursor })}
            cursor={refused.nextCursor}
          />
        </section>
      )}
      <p class="actions">
        <a class="button main" href={href('/employer')}>
          {t('page.import.to_list')}
        </a>
        <a class="button quiet" href={href('/employer/import')}>
          {t('page.import.more')}
        </a>
      </p>
    </Layout>
  );
}

function refusedRow(page: PageContext, row: RejectedRow): TableRow {
  const line = /^line (\d+)$/.exec(row.ref)?.[1];
  return {
    key: row.id,
    cells: [
      line === undefined ? row.ref : page.number(Number(line)),
      row.field === null ? '–' : inWords(page, row.field),
      page.t(row.code, named(page, { field: row.field, ...row.params })),
    ],
  };
}

/** A field of the feed as the table calls it. */
const inWords = ({ t }: PageContext, field: string): string =>
  hasWords(`table.column.${field}`) ? t(`table.column.${field}`) : field;

/** What a message says of columns, with their names in the reader's language. */
function named(page: PageContext, params: FieldProblem['params'] = {}): NonNullable<FieldProblem['params']> {
  const names = ['field', 'column'].flatMap((name) => {
    const value = params[name];
    return typeof value === 'string' ? [[name, inWords(page, value)] as const] : [];
  });
  return { ...params, ...Object.fromEntries(names) };
}
