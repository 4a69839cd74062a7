import type { VNode } from 'preact';
import type { Mismatch } from '../../matching/mismatch.service.js';
import { GROUPINGS, type RegionGrouping, SEED_TABLE_1 } from '../../programme/groupings.js';
import { SEED_SECTORS } from '../../reference/sectors.js';
import { AskForm, Button, ErrorSummary, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { REGION_TILES } from '../site/region-tiles.js';
import { type Column, FigureNotes, FigureTable, RATIO, TENSION } from './figures.js';
import { HeatMap } from './heat-map.js';
import { MEASURES, type Measure, type Side, type Table1Row, printedSum, table1 } from './table-1.js';
import { type MismatchForm, addressOf } from './mismatch.form.js';

/** Both questions of the desk start with these. */
export interface AskedMismatch {
  state: FormState;
  /** Sources that were read. */
  sources: readonly string[];
  nameOf(code: string): string;
}

export interface MismatchProps extends AskedMismatch {
  form: MismatchForm;
  /** Null when the question was wrong. */
  answer: { mismatch: Mismatch; grouping: RegionGrouping } | null;
}

/** Table 1 of the seed paper, live, and north beside south in every sector. */
export function MismatchPage(props: MismatchProps): VNode {
  const { state, answer } = props;
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.analyst.mismatch_title')} hasErrors={problems.length > 0} wide>
      <h1>{t('page.analyst.mismatch_title')}</h1>
      <p class="lead">{t('page.analyst.mismatch_lead')}</p>
      <ErrorSummary state={state} />
      <AskForm page={page} action="/analyst">
        <div class="filters">
          <MismatchFields {...props} />
          <Select
            state={state}
            name="measure"
            label={t('page.analyst.measure')}
            choices={MEASURES.map((code) => ({ value: code, label: t(`page.analyst.measure_${code}`) }))}
          />
          <Select
            state={state}
            name="sectors"
            label={t('page.analyst.sectors')}
            empty={t('page.analyst.sectors_paper')}
            choices={[{ value: 'all', label: t('page.analyst.sectors_all') }]}
          />
        </div>
        <Button>{t('page.analyst.show')}</Button>
      </AskForm>
      {answer === null ? null : (
        <>
          <Table1 {...props} {...answer} />
          <Ratios {...props} {...answer} />
          <FigureNotes
            page={page}
            at={answer.mismatch.asOf}
            source={sourceLine(page, props.form.source)}
            files={[
              {
                href: page.href(`/analyst/mismatch.csv${fileQuestion(props.form)}`),
                label: t('page.analyst.file_cells'),
              },
              {
                href: page.href(`/analyst/ratios.csv${fileQuestion(props.form)}`),
                label: t('page.analyst.file_ratios'),
              },
            ]}
          />
        </>
      )}
    </Layout>
  );
}

/** The files hold every sector and measure: only what is counted matters to them. */
const fileQuestion = ({ source, grouping, on }: MismatchForm): string => addressOf({ source, grouping, on });

/** What is counted, and what stands for north and south. */
export function MismatchFields({ state, sources }: AskedMismatch): VNode {
  const { t } = state.page;
  return (
    <>
      <Select
        state={state}
        name="source"
        label={t('page.analyst.source')}
        empty={t('page.analyst.source_all')}
        choices={sources.map((source) => ({ value: source, label: sourceName(state.page, source) }))}
      />
      <Select
        state={state}
        name="grouping"
        label={t('page.analyst.grouping')}
        choices={GROUPINGS.map((code) => ({
          value: code,
          label: t(`page.analyst.grouping_${code.replaceAll('-', '_')}`),
        }))}
      />
      <TextField
        state={state}
        name="on"
        type="date"
        label={t('page.analyst.on')}
        hint={t('page.analyst.on_hint')}
        width={12}
      />
    </>
  );
}

const sourceName = ({ t }: PageContext, source: string): string =>
  source === 'enbek' ? t('page.vacancy.source_enbek') : source;

export const sourceLine = (page: PageContext, source: string | undefined): string =>
  page.t('page.analyst.source_line', {
    source: source === undefined ? page.t('page.analyst.source_every') : sourceName(page, source),
  });

function rowName({ t }: PageContext, { region, side }: Table1Row, nameOf: (code: string) => string): string {
  return region === null ? t(`page.analyst.total_${side}`) : nameOf(region);
}

const SIDES: readonly Side[] = ['alone', 'north', 'south'];

type Answered = MismatchProps & { mismatch: Mismatch; grouping: RegionGrouping };

function Table1(props: Answered): VNode {
  const { state, form, mismatch, grouping, nameOf } = props;
  const { page } = state;
  const { t, number } = page;
  const measure = form.measure ?? 'vacancies';
  const all = form.sectors === 'all';
  const sectors: readonly string[] = all ? Object.keys(mismatch.northSouth) : SEED_SECTORS;
  const rows = table1(mismatch.cells, { grouping, alone: regionsAlone(mismatch, grouping), sectors, measure });
  const title = t(`page.analyst.table1_${measure}`);
  const inCell = (value: number): string =>
    number(value, measure === 'tension' ? TENSION : { maximumFractionDigits: 0 });
  return (
    <section>
      <h2>{title}</h2>
      <p class="soft">{t(`page.analyst.note_${measure}`)}</p>
      {all ? (
        <SectorsByRegion {...props} {...{ title, rows, sectors, inCell }} />
      ) : (
        <HeatMap
          page={page}
          id="heat"
          title={title}
          description={t('page.analyst.heat_description')}
          groups={SIDES.map((side) => ({
            label:
              side === 'alone'
                ? null
                : t(`page.analyst.side_${grouping.name === 'programme' ? 'programme_' : ''}${side}`),
            rows: rows
              .filter((row) => row.side === side && row.region !== null)
              .map((row) => ({ key: row.region!, label: shortName(page, row.region!), values: row.live })),
          }))}
          columns={sectors.map((sector) => ({ key: sector, label: t(`page.analyst.short_${sector}`) }))}
          inCell={inCell}
          labelWidth={64}
          cellWidth={86}
        />
      )}
      <FigureTable
        page={page}
        caption={title}
        columns={table1Columns(page, measure, sectors, rows, nameOf)}
        rows={rows}
        strong={({ region }) => region === null}
      />
      {rows.some(({ printed }) => Object.values(printed).some((value) => value !== null)) ? (
        <p class="hint">
          {t('page.analyst.printed_source')} {grouping.name === SEED_TABLE_1.name ? t('page.analyst.almaty_row') : null}
        </p>
      ) : null}
    </section>
  );
}

/** Table 1 has Astana on neither side; the programme leaves many, all of which are shown. */
function regionsAlone(mismatch: Mismatch, { name, north, south }: RegionGrouping): string[] {
  const onASide = new Set([...north, ...south]);
  if (name === SEED_TABLE_1.name) return [ASTANA];
  return [...new Set(mismatch.cells.map(({ region }) => region))].filter((region) => !onASide.has(region));
}
const ASTANA = 'KZ-71';

/** Every sector: too many for columns, so that regions stand beside each other instead. */
function SectorsByRegion({
  state: { page },
  title,
  rows,
  sectors,
  inCell,
}: Answered & {
  title: string;
  rows: readonly Table1Row[];
  sectors: readonly string[];
  inCell(value: number): string;
}): VNode {
  const regions = rows.filter(({ region }) => region !== null);
  return (
    <HeatMap
      page={page}
      id="heat"
      title={title}
      description={page.t('page.analyst.heat_description')}
      groups={[
        {
          label: null,
          rows: sectors.map((sector) => ({
            key: sector,
            label: page.t(`sector.${sector}`),
            values: Object.fromEntries(regions.map(({ region, live }) => [region!, live[sector]!])),
          })),
        },
      ]}
      columns={regions.map(({ region }) => ({ key: region!, label: shortName(page, region!) }))}
      inCell={inCell}
      labelWidth={300}
      cellWidth={58}
    />
  );
}

const shortName = (page: PageContext, code: string): string =>
  REGION_TILES.find((tile) => tile.code === code)?.short[page.language] ?? code;

function table1Columns(
  page: PageContext,
  measure: Measure,
  sectors: readonly string[],
  rows: readonly Table1Row[],
  nameOf: (code: string) => string,
): Column<Table1Row>[] {
  const format = measure === 'tension' ? TENSION : undefined;
  const isPrinted = (sector: string): boolean => rows.some(({ printed }) => printed[sector] !== null);
  return [
    { label: page.t('page.regions.region'), of: (row) => rowName(page, row, nameOf) },
    ...sectors.flatMap((sector): Column<Table1Row>[] => [
      { label: page.t(`sector.${sector}`), numeric: true, format, of: ({ live }) => live[sector]! },
      ...(isPrinted(sector)
        ? [{ label: page.t('page.analyst.printed'), numeric: true, of: ({ printed }: Table1Row) => printed[sector]! }]
        : []),
    ]),
  ];
}

export interface RatioRow {
  sector: string;
  north: number;
  south: number;
  ratio: number | null;
  printed: { north: number; south: number; ratio: number } | null;
}

/** North beside south as `qonys mismatch` gives them, and the paper's where it prints both sides. */
export function ratioRows({ northSouth }: Mismatch, { north, south }: RegionGrouping): RatioRow[] {
  return Object.entries(northSouth).map(([sector, live]) => {
    const [inNorth, inSouth] = [printedSum(north, sector), printedSum(south, sector)];
    const printed =
      inNorth === null || inSouth === null ? null : { north: inNorth, south: inSouth, ratio: inNorth / inSouth };
    return { sector, ...live, printed };
  });
}

export function ratioColumns({ t }: PageContext): Column<RatioRow>[] {
  return [
    { label: t('page.analyst.sector'), of: ({ sector }) => t(`sector.${sector}`) },
    { label: t('page.analyst.north'), numeric: true, of: ({ north }) => north },
    { label: t('page.analyst.south'), numeric: true, of: ({ south }) => south },
    { label: t('page.analyst.ratio'), numeric: true, format: RATIO, of: ({ ratio }) => ratio },
    { label: t('page.analyst.printed_north'), numeric: true, of: ({ printed }) => printed?.north ?? null },
    { label: t('page.analyst.printed_south'), numeric: true, of: ({ printed }) => printed?.south ?? null },
    {
      label: t('page.analyst.printed_ratio'),
      numeric: true,
      format: RATIO,
      of: ({ printed }) => printed?.ratio ?? null,
    },
  ];
}

function Ratios({ state: { page }, mismatch, grouping }: Answered): VNode {
  const { t } = page;
  return (
    <section>
      <h2>{t('page.analyst.ratios')}</h2>
      <p class="soft">{t('page.analyst.ratios_note')}</p>
      <FigureTable
        page={page}
        caption={t('page.analyst.ratios')}
        columns={ratioColumns(page)}
        rows={ratioRows(mismatch, grouping)}
      />
    </section>
  );
}

/** Every cell with every measure, for people who go on counting. */
export function cellColumns({ t }: PageContext, nameOf: (code: string) => string): Column<Mismatch['cells'][number]>[] {
  return [
    { label: t('page.regions.region'), of: ({ region }) => nameOf(region) },
    { label: t('page.analyst.region_code'), of: ({ region }) => region },
    { label: t('page.analyst.sector'), of: ({ sector }) => t(`sector.${sector}`) },
    { label: t('page.analyst.measure_vacancies'), of: ({ vacancies }) => vacancies },
    { label: t('page.analyst.measure_openings'), of: ({ openings }) => openings },
    { label: t('page.analyst.measure_seekers'), of: ({ seekers }) => seekers },
    { label: t('page.analyst.measure_tension'), of: ({ tension }) => tension },
    { label: t('page.analyst.printed'), of: ({ region, sector }) => printedSum([region], sector) },
  ];
}
