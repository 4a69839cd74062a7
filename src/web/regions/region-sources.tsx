import type { VNode } from 'preact';
import type { PublishedArrivals, RegionComparison, RegionFacts } from '../../matching/regions.service.js';
import { DataTable } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';

/** A source's name in the reader's language where it has one; a title as it was printed otherwise. */
export function SourceName({ page: { t }, source }: { page: PageContext; source: string }): VNode {
  const known = SOURCE_WORDS.find(([beginning]) => source.startsWith(beginning));
  return known === undefined ? <cite lang="en">{source}</cite> : <cite>{t(known[1])}</cite>;
}

const SOURCE_WORDS: readonly (readonly [beginning: string, key: string])[] = [
  ['Open Data Kazakhstan, combined', 'page.regions.source_combined'],
  ['Open Data Kazakhstan, population', 'page.regions.source_population'],
  ['Journal of Educational and Social Research', 'page.regions.source_study'],
];

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

/** Published counts of people who moved; families where only those are known. */
export function ArrivalsTable({
  page,
  arrivals,
  nameOf,
}: {
  page: PageContext;
  arrivals: readonly PublishedArrivals[];
  nameOf(code: string): string;
}): VNode {
  const { t, number } = page;
  if (arrivals.length === 0) return <p>{t('page.regions.arrivals_none')}</p>;
  return (
    <>
      <DataTable
        caption={t('page.regions.arrivals_caption')}
        head={[
          { label: t('page.regions.arrivals_from') },
          { label: t('page.regions.arrivals_period') },
          { label: t('page.regions.arrivals_persons'), numeric: true },
          { label: t('page.regions.arrivals_returned'), numeric: true },
          { label: t('page.vacancy.source') },
        ]}
      >
        {arrivals.map((count) => (
          <tr key={`${count.from ?? ''} ${count.period}`}>
            <th scope="row">{count.from === null ? t('page.regions.arrivals_everywhere') : nameOf(count.from)}</th>
            <td>{periodInWords(page, count.period)}</td>
            <td class="number">
              {count.persons === null ? t('page.regions.no_figure') : number(count.persons)}
              {count.families === undefined ? '' : ` (${t('page.regions.families', { count: count.families })})`}
            </td>
            <td class="number">{count.returned === null ? t('page.regions.no_figure') : number(count.returned)}</td>
            <td>
              <SourceName page={page} source={count.source} />
              {count.verified ? null : ` (${t('page.site.unverified')})`}
            </td>
          </tr>
        ))}
      </DataTable>
      <p class="hint">{t('page.regions.arrivals_note')}</p>
    </>
  );
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
