import type { VNode } from 'preact';
import { SECTORS } from '../../reference/sectors.js';
import { AskForm, Button, ErrorSummary, Select } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { DotPlot } from './dot-plot.js';
import { type Column, FigureNotes, FigureTable, TENSION } from './figures.js';
import { type AskedMismatch, MismatchFields, sourceLine } from './mismatch.js';
import { ORDERS, type OccupationsForm, addressOf } from './mismatch.form.js';
import type { OccupationSides } from './occupation-sides.js';

/** Rows of the picture and of the page's table; the file holds them all. */
const MOST_IN_PICTURE = 20;
const MOST_IN_TABLE = 60;

export interface OccupationsProps extends AskedMismatch {
  form: OccupationsForm;
  /** Null when the question was wrong. */
  answer: { at: Date; occupations: readonly OccupationSides[] } | null;
}

/** For which occupations the move is worth while: scarcity of people in the north beside the south. */
export function OccupationsPage(props: OccupationsProps): VNode {
  const { state, form, answer } = props;
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.analyst.occupations_title')} hasErrors={problems.length > 0} wide>
      <h1>{t('page.analyst.occupations_title')}</h1>
      <p class="lead">{t('page.analyst.occupations_lead')}</p>
      <ErrorSummary state={state} />
      <AskForm page={page} action="/analyst/occupations">
        <div class="filters">
          <Select
            state={state}
            name="sector"
            label={t('page.analyst.sector')}
            empty={t('page.analyst.sectors_all')}
            choices={SECTORS.map((code) => ({ value: code, label: t(`sector.${code}`) }))}
          />
          <Select
            state={state}
            name="order"
            label={t('page.analyst.order')}
            choices={ORDERS.map((code) => ({ value: code, label: t(`page.analyst.order_${code}`) }))}
          />
          <MismatchFields {...props} />
        </div>
        <Button>{t('page.analyst.show')}</Button>
      </AskForm>
      {answer === null ? null : (
        <>
          <Occupations page={page} occupations={answer.occupations} />
          <FigureNotes
            page={page}
            at={answer.at}
            source={sourceLine(page, form.source)}
            files={[
              {
                href: page.href(`/analyst/occupations.csv${addressOf(form)}`),
                label: t('page.analyst.file_occupations', { rows: answer.occupations.length }),
              },
            ]}
          />
        </>
      )}
    </Layout>
  );
}

function Occupations({ page, occupations }: { page: PageContext; occupations: readonly OccupationSides[] }): VNode {
  const { t } = page;
  if (occupations.length === 0) return <p>{t('page.analyst.nothing')}</p>;
  const shown = occupations.slice(0, MOST_IN_TABLE);
  const title = t('page.analyst.tension_sides');
  return (
    <section>
      <h2>{title}</h2>
      <p class="soft">{t('page.analyst.note_tension')}</p>
      <DotPlot
        page={page}
        id="occupation-dots"
        title={title}
        description={t('page.analyst.dots_description')}
        names={{ from: t('page.analyst.south'), to: t('page.analyst.north') }}
        rows={occupations.slice(0, MOST_IN_PICTURE).map((one) => ({
          key: one.isco,
          label: titleOf(page, one),
          from: one.south.tension,
          to: one.north.tension,
        }))}
      />
      <p class="hint">
        {t('page.analyst.rows_shown', { picture: MOST_IN_PICTURE, shown: shown.length, all: occupations.length })}
      </p>
      <FigureTable page={page} caption={title} columns={occupationColumns(page)} rows={shown} />
    </section>
  );
}

const titleOf = ({ language }: PageContext, { titles }: OccupationSides): string => titles[language] ?? titles.en;

export function occupationColumns(page: PageContext): Column<OccupationSides>[] {
  const { t } = page;
  const side = (name: 'north' | 'south', field: 'openings' | 'seekers' | 'tension'): Column<OccupationSides> => ({
    label: t(`page.analyst.${field}_${name}`),
    numeric: true,
    format: field === 'tension' ? TENSION : undefined,
    of: (one) => one[name][field],
  });
  return [
    { label: t('page.analyst.occupation'), of: (one) => titleOf(page, one) },
    { label: t('page.analyst.isco'), of: ({ isco }) => isco },
    { label: t('page.analyst.sector'), of: ({ sector }) => t(`sector.${sector}`) },
    side('north', 'tension'),
    side('south', 'tension'),
    side('north', 'openings'),
    side('south', 'openings'),
    side('north', 'seekers'),
    side('south', 'seekers'),
  ];
}
