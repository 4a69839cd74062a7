import type { VNode } from 'preact';
import type { RegionTable } from '../../outcomes/figure-tables.js';
import type { OutcomeFigures, PaymentFigures, ReturnFigures } from '../../outcomes/figures.service.js';
import type { Times, TimesOfRegion } from '../../outcomes/times.service.js';
import { type Column, FigureNotes, FigureTable } from '../analyst/figures.js';
import { BackLink } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

/** What stands for a hidden number, and for a hidden sum of money: that one is not below five. */
const FEW = '<5';
export const HIDDEN_SUM = '–';

type NameOf = (code: string) => string;

/** A line of a table by region: a region's, or the sums (`region` null). */
export interface RegionLine {
  region: string | null;
  cells: readonly (number | null)[];
  sum: number | null;
}

/** The lines of a table, those of all regions together last. */
export function linesOf({ regions, cells, sums, columnSums, total }: RegionTable<string>): RegionLine[] {
  return [
    ...regions.map((region, r) => ({ region, cells: cells[r]!, sum: sums[r]! })),
    { region: null, cells: columnSums, sum: total },
  ];
}

/** The same columns for the page and for the file; `prefix` leads to the words of a column's code. */
export function regionColumns(
  { t }: PageContext,
  nameOf: NameOf,
  table: RegionTable<string>,
  wordsOf: (code: string) => string,
  hidden: string = FEW,
): Column<RegionLine>[] {
  return [
    {
      label: t('page.regions.region'),
      of: ({ region }) => (region === null ? t('page.analyst.outcomes_sum') : nameOf(region)),
    },
    ...table.columns.map((code, c): Column<RegionLine> => ({
      label: wordsOf(code),
      numeric: true,
      of: ({ cells }) => cells[c] ?? hidden,
    })),
    { label: t('page.analyst.outcomes_sum'), numeric: true, of: ({ sum }) => sum ?? hidden },
  ];
}

/** Words of the columns that are no kind of their own. */
export const kindWords =
  ({ t }: PageContext) =>
  (code: string): string => {
    if (code === 'returned' || code === 'not_heard') return t(`page.analyst.outcomes_${code}`);
    return t(code === 'housed' || code === 'housing_trouble' ? `housing_state.${code}` : `activity.${code}`);
  };
export const reasonWords =
  ({ t }: PageContext) =>
  (code: string): string =>
    t(`return_reason.${code}`);
/** Columns of sums of money in a file, where nothing beside them says the unit. */
export const measureInTenge =
  (page: PageContext) =>
  (code: string): string =>
    page.t('page.analyst.paid_tenge', { measure: measureWords(page)(code) });
export const measureWords =
  ({ t }: PageContext) =>
  (code: string): string =>
    t(`page.analyst.paid_${code}`);

function Table({
  page,
  title,
  table,
  nameOf,
  wordsOf,
  hidden,
}: {
  page: PageContext;
  title: string;
  table: RegionTable<string>;
  nameOf: NameOf;
  wordsOf: (code: string) => string;
  hidden?: string;
}): VNode {
  return (
    <section>
      <h2>{title}</h2>
      <FigureTable
        page={page}
        caption={title}
        columns={regionColumns(page, nameOf, table, wordsOf, hidden)}
        rows={linesOf(table)}
        strong={({ region }) => region === null}
      />
    </section>
  );
}

/** What became of those who moved: work, housing, and who went back and why. */
export function OutcomesPage({
  page,
  outcomes,
  returns,
  nameOf,
}: {
  page: PageContext;
  outcomes: OutcomeFigures;
  returns: ReturnFigures;
  nameOf: NameOf;
}): VNode {
  const { t, href } = page;
  const [kinds, reasons] = [kindWords(page), reasonWords(page)];
  return (
    <Layout page={page} title={t('page.analyst.outcomes_title')} wide>
      <h1>{t('page.analyst.outcomes_title')}</h1>
      <p class="lead">{t('page.analyst.outcomes_lead')}</p>
      <p class="hint">{t('page.analyst.hidden_note')}</p>
      <Table
        page={page}
        title={t('page.analyst.outcomes_adults')}
        table={outcomes.adults}
        nameOf={nameOf}
        wordsOf={kinds}
      />
      <Table
        page={page}
        title={t('page.analyst.outcomes_housing')}
        table={outcomes.housing}
        nameOf={nameOf}
        wordsOf={kinds}
      />
      <Table
        page={page}
        title={t('page.analyst.outcomes_returns')}
        table={returns.households}
        nameOf={nameOf}
        wordsOf={reasons}
      />
      <Table
        page={page}
        title={t('page.analyst.outcomes_return_persons')}
        table={returns.persons}
        nameOf={nameOf}
        wordsOf={reasons}
      />
      <FigureNotes
        page={page}
        at={outcomes.asOf}
        source={t('page.analyst.outcomes_source')}
        files={(['adults', 'housing', 'returns', 'persons'] as const).map((file) => ({
          href: href(`/analyst/outcomes-${file}.csv`),
          label: t(`page.analyst.file_outcomes_${file}`),
        }))}
      />
      <p>
        <a href={href('/analyst/payments')}>{t('page.payments.title')}</a>
      </p>
    </Layout>
  );
}

/** Support paid in a year. `answer`: null when the year was wrong. */
export function PaymentFiguresPage({
  state,
  answer,
  nameOf,
}: {
  state: FormState;
  answer: PaymentFigures | null;
  nameOf: NameOf;
}): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  const title =
    answer === null ? t('page.payments.title') : t('page.analyst.payments_title', { year: String(answer.year) });
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0} wide>
      <BackLink page={page} path="/analyst/outcomes" />
      <h1>{title}</h1>
      <ErrorSummary state={state} />
      <AskForm page={page} action="/analyst/payments">
        <TextField
          state={state}
          name="year"
          label={t('page.analyst.payments_year')}
          inputMode="numeric"
          width={6}
          maxLength={4}
        />
        <div class="actions">
          <Button>{t('page.analyst.show')}</Button>
        </div>
      </AskForm>
      {answer === null ? null : (
        <>
          <p class="hint">{t('page.analyst.hidden_sum_note')}</p>
          <Table
            page={page}
            title={t('page.payments.tenge')}
            table={answer.tenge}
            nameOf={nameOf}
            wordsOf={measureWords(page)}
            hidden={HIDDEN_SUM}
          />
          <FigureNotes
            page={page}
            at={answer.asOf}
            source={t('page.analyst.payments_source')}
            files={[
              { href: href(`/analyst/payments.csv?year=${answer.year}`), label: t('page.analyst.file_payments') },
            ]}
          />
        </>
      )}
    </Layout>
  );
}

export function timesColumns({ t }: PageContext, nameOf: NameOf): Column<TimesOfRegion>[] {
  return [
    { label: t('page.regions.region'), of: ({ region }) => nameOf(region) },
    { label: t('page.analyst.times_count'), numeric: true, of: ({ ended }) => ended ?? FEW },
    { label: t('page.analyst.times_median'), numeric: true, of: ({ medianDays }) => medianDays },
    { label: t('page.analyst.times_p90'), numeric: true, of: ({ p90Days }) => p90Days },
    { label: t('page.analyst.times_open'), numeric: true, of: ({ open }) => open ?? FEW },
    { label: t('page.analyst.times_overdue'), numeric: true, of: ({ overdue }) => overdue ?? FEW },
  ];
}

/** What is measured, in the order of the page. */
export const TIMES = ['forwards', 'decisions', 'answers'] as const;

/** How long regions take to forward applications, to decide on them and to answer questions. */
export function TimesPage({ page, times, nameOf }: { page: PageContext; times: Times; nameOf: NameOf }): VNode {
  const { t, href } = page;
  const columns = timesColumns(page, nameOf);
  return (
    <Layout page={page} title={t('page.analyst.times_title')} wide>
      <h1>{t('page.analyst.times_title')}</h1>
      <p class="lead">{t('page.analyst.times_lead')}</p>
      <p class="hint">{t('page.analyst.hidden_note')}</p>
      {TIMES.map((kind) => (
        <section key={kind}>
          <h2>{t(`page.analyst.times_${kind}`)}</h2>
          <FigureTable page={page} caption={t(`page.analyst.times_${kind}`)} columns={columns} rows={times[kind]} />
        </section>
      ))}
      <FigureNotes
        page={page}
        at={times.asOf}
        source={t('page.analyst.times_source')}
        files={TIMES.map((kind) => ({
          href: href(`/analyst/times-${kind}.csv`),
          label: t(`page.analyst.file_times_${kind}`),
        }))}
      />
    </Layout>
  );
}
