import type { VNode } from 'preact';
import { FLOW_STATES, type Flow, type FlowState } from '../../outcomes/flows.js';
import type { Flows } from '../../outcomes/flows.service.js';
import { AskForm, Button, ErrorSummary, type FormState, Select } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { REGION_TILES } from '../site/region-tiles.js';
import { type Column, FigureNotes, FigureTable } from './figures.js';
import { FLOW_MEASURES, type FlowMeasure, type FlowsForm } from './flows.form.js';
import { HeatMap } from './heat-map.js';

/** What stands for a count of households that is hidden; one of persons is a dash. */
const FEW = '<5';

export interface FlowsProps {
  state: FormState;
  form: FlowsForm;
  /** Null when the question was wrong. */
  flows: Flows | null;
  nameOf(code: string): string;
}

/** From where to where people are proposed to move. */
export function FlowsPage({ state, form, flows, nameOf }: FlowsProps): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.analyst.flows_title')} hasErrors={problems.length > 0} wide>
      <h1>{t('page.analyst.flows_title')}</h1>
      <p class="lead">{t('page.analyst.flows_lead')}</p>
      <ErrorSummary state={state} />
      <AskForm page={page} action="/analyst/flows">
        <div class="filters">
          <Select
            state={state}
            name="state"
            label={t('page.analyst.flows_state')}
            choices={FLOW_STATES.map((code) => ({ value: code, label: t(`page.analyst.flows_${code}`) }))}
          />
          <Select
            state={state}
            name="measure"
            label={t('page.analyst.flows_measure')}
            choices={FLOW_MEASURES.map((code) => ({ value: code, label: t(`page.analyst.flows_${code}`) }))}
          />
        </div>
        <Button>{t('page.analyst.show')}</Button>
      </AskForm>
      {flows === null ? null : (
        <>
          <Matrix page={page} flows={flows} form={form} nameOf={nameOf} />
          <FigureNotes
            page={page}
            at={flows.asOf}
            source={t('page.analyst.flows_source')}
            files={[{ href: page.href('/analyst/flows.csv'), label: t('page.analyst.file_flows') }]}
          />
        </>
      )}
    </Layout>
  );
}

interface MatrixRow {
  origin: string;
  /** By reception region; null: hidden. */
  values: Record<string, number | null>;
}

function Matrix({
  page,
  flows: { receptions, flows },
  form,
  nameOf,
}: {
  page: PageContext;
  flows: Flows;
  form: FlowsForm;
  nameOf(code: string): string;
}): VNode {
  const { t, number } = page;
  const [state, measure] = [form.state ?? 'waiting', form.measure ?? 'households'];
  const title = t('page.analyst.flows_picture', {
    state: t(`page.analyst.flows_${state}`),
    measure: inSentence(page, t(`page.analyst.flows_${measure}`)),
  });
  const rows = matrixOf(flows, receptions, state, measure);
  return (
    <section>
      <h2>{title}</h2>
      <p class="soft">{t(`page.analyst.flows_note_${state}`)}</p>
      <p class="hint">{t('page.analyst.flows_few')}</p>
      {rows.length === 0 ? (
        <p>{t('page.analyst.flows_none')}</p>
      ) : (
        <>
          <HeatMap
            page={page}
            id="flows"
            title={title}
            description={t('page.analyst.flows_description')}
            groups={[
              {
                label: null,
                rows: rows.map(({ origin, values }) => ({ key: origin, label: shortName(page, origin), values })),
              },
            ]}
            columns={receptions.map((code) => ({ key: code, label: shortName(page, code) }))}
            inCell={(value) => number(value)}
            hidden={measure === 'households' ? FEW : undefined}
            labelWidth={64}
            cellWidth={60}
          />
          <FigureTable
            page={page}
            caption={title}
            columns={matrixColumns(page, receptions, measure, nameOf)}
            rows={rows}
          />
        </>
      )}
    </section>
  );
}

/** A name that stands alone elsewhere, after a colon. */
const inSentence = ({ language }: PageContext, name: string): string =>
  name.charAt(0).toLocaleLowerCase(language) + name.slice(1);

const shortName = ({ language }: PageContext, code: string): string =>
  REGION_TILES.find((tile) => tile.code === code)?.short[language] ?? code;

/** A row for each region that anybody of the state would leave, by code. */
function matrixOf(
  flows: readonly Flow[],
  receptions: readonly string[],
  state: FlowState,
  measure: FlowMeasure,
): MatrixRow[] {
  const some = flows.filter((flow) => flow[state].households !== 0);
  return [...new Set(some.map(({ origin }) => origin))].sort().map((origin) => ({
    origin,
    values: Object.fromEntries(
      receptions.map((reception) => {
        const flow = some.find((one) => one.origin === origin && one.reception === reception);
        return [reception, flow === undefined ? 0 : flow[state][measure]];
      }),
    ),
  }));
}

function matrixColumns(
  page: PageContext,
  receptions: readonly string[],
  measure: FlowMeasure,
  nameOf: (code: string) => string,
): Column<MatrixRow>[] {
  return [
    { label: page.t('page.analyst.flows_origin'), of: ({ origin }) => nameOf(origin) },
    ...receptions.map((code): Column<MatrixRow> => ({
      label: nameOf(code),
      numeric: true,
      of: ({ values }) => values[code] ?? (measure === 'households' ? FEW : null),
    })),
  ];
}

/** A line of the file for each pair of regions; persons that are hidden stay empty. */
export function flowColumns(page: PageContext, nameOf: (code: string) => string): Column<Flow>[] {
  const { t } = page;
  return [
    { label: t('page.analyst.flows_origin'), of: ({ origin }) => nameOf(origin) },
    { label: t('page.analyst.region_code'), of: ({ origin }) => origin },
    { label: t('page.analyst.flows_reception'), of: ({ reception }) => nameOf(reception) },
    { label: t('page.analyst.region_code'), of: ({ reception }) => reception },
    ...FLOW_STATES.flatMap((state): Column<Flow>[] => [
      {
        label: `${t(`page.analyst.flows_${state}`)}: ${inSentence(page, t('page.analyst.flows_households'))}`,
        numeric: true,
        of: (flow) => flow[state].households ?? FEW,
      },
      {
        label: `${t(`page.analyst.flows_${state}`)}: ${inSentence(page, t('page.analyst.flows_persons'))}`,
        numeric: true,
        of: (flow) => flow[state].persons,
      },
    ]),
  ];
}
