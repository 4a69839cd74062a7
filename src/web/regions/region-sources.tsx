import { Fragment, type VNode } from 'preact';
import type { PublishedArrivals, RegionComparison, RegionFacts } from '../../matching/regions.service.js';
import { DataTable } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';
import { SourceName } from '../site/source-name.js';

/** Where the figures of some regions come from, each source once, and what the star means. */
export function SourceLines({
  page,
  regions,
  date,
}: {
  page: PageContext;
  regions: readonly RegionFacts[];
  date: string;
}): VNode {
  const { t, href } = page;
  const published = regions.flatMap(({ statistics }) => Object.values(statistics));
  const sources = [...new Map(published.map((one) => [`${one.source} ${one.period.slice(0, 4)}`, one])).values()];
  return (
    <div class="hint sources">
      <p>{t('page.regions.live', { on: date })}</p>
      <ul>
        {sources.map(({ source, period }) => (
          <li key={`${source} ${period}`}>
            <SourceName page={page} source={source} />, {period.slice(0, 4)}
          </li>
        ))}
      </ul>
      {published.some(({ verified }) => !verified) ? <p>{t('page.regions.star')}</p> : null}
      <p>
        <a href={href('/sources')}>{t('page.site.sources')}</a>
      </p>
    </div>
  );
}

/** Whether people of the reader's region are known to go there, or where they are known to go. */
export function CorridorLine({
  page,
  comparison,
  nameOf,
  to,
}: {
  page: PageContext;
  comparison: RegionComparison;
  nameOf(code: string): string;
  to?: string;
}): VNode | null {
  const { t } = page;
  const { from, corridors } = comparison;
  if (from === null || from === to) return null;
  const routes = to === undefined ? corridors : corridors.filter((corridor) => corridor.to.includes(to));
  if (routes.length === 0) return <p>{t('page.regions.corridor_none', { from: nameOf(from) })}</p>;
  return (
    <p>
      {t('page.regions.corridor', {
        from: nameOf(from),
        to: routes.flatMap((route) => route.to.map(nameOf)).join(', '),
      })}{' '}
      {routes.some(({ verified }) => !verified) ? `(${t('page.regions.corridor_inferred')})` : null}
    </p>
  );
}

/** Published counts of people who moved; families where only those are known. A list: five columns fit no phone. */
export function PublishedCounts({
  page,
  arrivals,
  nameOf,
}: {
  page: PageContext;
  arrivals: readonly PublishedArrivals[];
  nameOf(code: string): string;
}): VNode {
  const { t } = page;
  if (arrivals.length === 0) return <p>{t('page.regions.arrivals_none')}</p>;
  return (
    <>
      <ul aria-label={t('page.regions.arrivals_caption')}>
        {arrivals.map((count) => (
          <li key={`${count.from ?? ''} ${count.period}`}>
            {count.from === null ? t('page.regions.arrivals_everywhere') : nameOf(count.from)},{' '}
            {periodInWords(page, count.period)}: <strong>{countInWords(page, count)}</strong>
            {count.returned === null
              ? null
              : `, ${t('page.regions.arrivals_returned', { count: count.returned })}`}.{' '}
            <span class="soft">
              <SourceName page={page} source={count.source} />
              {count.verified ? null : ` (${t('page.site.unverified')})`}
            </span>
          </li>
        ))}
      </ul>
      <p class="hint">{t('page.regions.arrivals_note')}</p>
    </>
  );
}

/** The newest published numbers of who moved to each region: from the reader's own, where they are known, and from everywhere. */
export function WhoWentThere({
  page,
  comparison,
  nameOf,
}: {
  page: PageContext;
  comparison: RegionComparison;
  nameOf(code: string): string;
}): VNode | null {
  const { t, href } = page;
  const { from, regions } = comparison;
  // They are published in the order of time, so the last is the newest.
  const rows = regions
    .filter(({ code }) => code !== from)
    .map(({ code, arrivals }) => ({
      code,
      fromHome: from === null ? undefined : arrivals.findLast((count) => count.from === from),
      fromAll: arrivals.findLast((count) => count.from === null),
    }))
    .filter(({ fromHome, fromAll }) => fromHome !== undefined || fromAll !== undefined)
    .sort(
      (a, b) =>
        sizeOf(b.fromHome) - sizeOf(a.fromHome) || sizeOf(b.fromAll) - sizeOf(a.fromAll) || (a.code < b.code ? -1 : 1),
    );
  if (rows.length === 0) return null;
  const isHomeKnown = rows.some(({ fromHome }) => fromHome !== undefined);
  const told = (count: PublishedArrivals | undefined): string =>
    count === undefined
      ? t('page.regions.no_figure')
      : `${countInWords(page, count)} (${periodInWords(page, count.period)})`;
  const shown = rows.flatMap(({ fromHome, fromAll }) => [fromHome, fromAll]).filter((count) => count !== undefined);
  return (
    <section aria-labelledby="arrivals">
      <h2 id="arrivals">{t('page.regions.arrivals')}</h2>
      {from === null || isHomeKnown ? null : <p>{t('page.regions.arrivals_home_none', { from: nameOf(from) })}</p>}
      <DataTable
        caption={t('page.regions.arrivals_caption')}
        head={[
          { label: t('page.regions.region') },
          ...(isHomeKnown ? [{ label: t('page.regions.arrivals_from', { from: nameOf(from!) }) }] : []),
          { label: t('page.regions.arrivals_all') },
        ]}
        rows={rows.map(({ code, fromHome, fromAll }) => ({
          key: code,
          cells: [
            <a href={href(`/regions/${code}${from === null ? '' : `?from=${from}`}`)}>{nameOf(code)}</a>,
            ...(isHomeKnown ? [told(fromHome)] : []),
            told(fromAll),
          ],
        }))}
      />
      <p class="hint">
        {[...new Set(shown.map(({ source }) => source))].map((source, index) => (
          <Fragment key={source}>
            {index === 0 ? null : '; '}
            <SourceName page={page} source={source} />
          </Fragment>
        ))}
      </p>
    </section>
  );
}

/** Persons, or families where only those are known: for the order of rows alone. */
function sizeOf(count: PublishedArrivals | undefined): number {
  return count?.persons ?? count?.families ?? 0;
}

function countInWords({ t }: PageContext, { persons, families }: PublishedArrivals): string {
  const parts = [
    persons === null ? null : t('page.regions.arrivals_persons', { count: persons }),
    families === undefined ? null : t('page.regions.families', { count: families }),
  ];
  return parts.filter((part) => part !== null).join(', ') || t('page.regions.no_figure');
}

function periodInWords({ t, language }: PageContext, period: string): string {
  if (period === 'enbek') return t('page.regions.period_enbek');
  const [year, month] = period.split('-');
  if (month === undefined) return t('page.regions.period_year', { year: year! });
  const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${period}-15T00:00:00Z`),
  );
  return t('page.regions.period_until', { year: year!, month: name });
}
