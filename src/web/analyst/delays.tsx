import type { VNode } from 'preact';
import type { ReasonCount } from '../../centres/delays.js';
import type { CentreDelays, Delays } from '../../centres/delays.service.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { REGION_TILES } from '../site/region-tiles.js';
import { type Column, FigureNotes, FigureTable } from './figures.js';
import { HeatMap } from './heat-map.js';

/** What stands for a count of one to four. */
const FEW = '<5';

/** How long people wait for each centre. */
export function DelaysPage({
  page,
  delays,
  nameOf,
}: {
  page: PageContext;
  delays: Delays;
  nameOf(code: string): string;
}): VNode {
  const { t, number } = page;
  const { weeks, centres, reasons } = delays;
  const title = t('page.analyst.delays_weeks');
  return (
    <Layout page={page} title={t('page.analyst.delays_title')} wide>
      <h1>{t('page.analyst.delays_title')}</h1>
      <p class="lead">{t('page.analyst.delays_lead', { from: weeks[0]! })}</p>
      <p class="hint">{t('page.analyst.few_note')}</p>
      <section>
        <h2>{t('page.analyst.delays_centres')}</h2>
        <FigureTable
          page={page}
          caption={t('page.analyst.delays_centres')}
          columns={centreColumns(page, nameOf)}
          rows={centres}
        />
      </section>
      <section>
        <h2>{title}</h2>
        <p class="soft">{t('page.analyst.delays_weeks_note')}</p>
        {centres.some(({ byWeek }) => byWeek.some(({ medianDays }) => medianDays !== null)) ? (
          <HeatMap
            page={page}
            id="weeks"
            title={title}
            description={t('page.analyst.heat_description')}
            groups={[
              {
                label: null,
                rows: centres.map(({ region, byWeek }) => ({
                  key: region,
                  label: REGION_TILES.find(({ code }) => code === region)?.short[page.language] ?? region,
                  values: Object.fromEntries(byWeek.map(({ week, medianDays }) => [week, medianDays])),
                })),
              },
            ]}
            columns={weeks.map((week) => ({ key: week, label: weekName(page, week) }))}
            inCell={(value) => number(value)}
            labelWidth={64}
            cellWidth={56}
          />
        ) : (
          <p>{t('page.analyst.delays_none')}</p>
        )}
        <FigureTable page={page} caption={title} columns={weekColumns(page, weeks, nameOf)} rows={centres} />
      </section>
      <section>
        <h2>{t('page.analyst.delays_reasons')}</h2>
        {reasons.length === 0 ? (
          <p>{t('page.analyst.nothing')}</p>
        ) : (
          <FigureTable
            page={page}
            caption={t('page.analyst.delays_reasons')}
            columns={reasonColumns(page)}
            rows={reasons}
          />
        )}
      </section>
      <FigureNotes
        page={page}
        at={delays.asOf}
        source={t('page.analyst.delays_source')}
        files={(['centres', 'weeks', 'reasons'] as const).map((file) => ({
          href: page.href(`/analyst/delays-${file}.csv`),
          label: t(`page.analyst.file_delays_${file}`),
        }))}
      />
    </Layout>
  );
}

/** Day and month of a Monday, by number: a column is narrow. */
function weekName({ language }: PageContext, week: string): string {
  const [, month, day] = week.split('-');
  return language === 'en' ? `${day}/${month}` : `${day}.${month}`;
}

export function centreColumns({ t }: PageContext, nameOf: (code: string) => string): Column<CentreDelays>[] {
  type Count = 'waiting' | 'overdue' | 'decided' | 'approve' | 'return' | 'refer' | 'reject';
  const count = (field: Count): Column<CentreDelays> => ({
    label: t(`page.analyst.delays_${field}`),
    numeric: true,
    of: (centre) => centre[field] ?? FEW,
  });
  return [
    { label: t('page.regions.region'), of: ({ region }) => nameOf(region) },
    count('waiting'),
    count('overdue'),
    count('decided'),
    { label: t('page.analyst.delays_median'), numeric: true, of: ({ medianDays }) => medianDays },
    { label: t('page.analyst.delays_p90'), numeric: true, of: ({ p90Days }) => p90Days },
    count('approve'),
    count('return'),
    count('refer'),
    count('reject'),
    { label: t('page.analyst.delays_returned_share'), numeric: true, format: SHARE, of: (one) => share(one, 'return') },
    { label: t('page.analyst.delays_rejected_share'), numeric: true, format: SHARE, of: (one) => share(one, 'reject') },
  ];
}

const SHARE: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 0 };

/** Null where a count is hidden, or nothing was decided. */
function share(centre: CentreDelays, action: 'return' | 'reject'): number | null {
  const [part, whole] = [centre[action], centre.decided];
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

export function weekColumns(
  page: PageContext,
  weeks: readonly string[],
  nameOf: (code: string) => string,
): Column<CentreDelays>[] {
  return [
    { label: page.t('page.regions.region'), of: ({ region }) => nameOf(region) },
    ...weeks.map((week, index): Column<CentreDelays> => ({
      label: weekName(page, week),
      numeric: true,
      of: ({ byWeek }) => byWeek[index]!.medianDays,
    })),
  ];
}

export function reasonColumns({ t }: PageContext): Column<ReasonCount>[] {
  return [
    { label: t('page.analyst.delays_reason'), of: ({ reason }) => t(`reason.${reason}`) },
    { label: t('page.analyst.delays_action'), of: ({ action }) => t(`page.analyst.delays_${action}`) },
    { label: t('page.analyst.delays_decided'), numeric: true, of: ({ decisions }) => decisions ?? FEW },
  ];
}
