import { Fragment, type VNode } from 'preact';
import type { NationalQuota } from '../../programme/programme-overview.js';
import type { ProgrammeVersion } from '../../programme/programme.queries.js';
import { groupBy } from '../../shared/group-by.js';
import { DataTable, Notice } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import { NationalQuotas } from '../site/national-quotas.js';
import type { PageContext } from '../site/page-context.js';
import { SourceName } from '../site/source-name.js';

/** One statistic as its source gives it, over all regions that it covers. */
export interface StatisticSource {
  code: string;
  source: string;
  period: string;
  regions: number;
  verified: boolean;
}

export interface QuotaSource {
  year: number;
  persons: number;
  sources: readonly string[];
  verified: boolean;
}

export interface SourcesProps {
  page: PageContext;
  statistics: readonly StatisticSource[];
  versions: readonly ProgrammeVersion[];
  quotas: readonly QuotaSource[];
  national: readonly NationalQuota[];
}

/** Where every figure comes from. */
export function SourcesPage({ page, statistics, versions, quotas, national }: SourcesProps): VNode {
  const { t, day, number } = page;
  const confirmed = (verified: boolean): string => t(verified ? 'page.site.yes' : 'page.site.no');
  return (
    <Layout page={page} title={t('page.sources.title')} description={t('page.sources.description')}>
      <h1>{t('page.sources.title')}</h1>
      <p class="lead">{t('page.sources.lead')}</p>
      <Passage page={page} name="vacancies">
        {page.demo ? <Notice kind="warn">{t('page.sources.demo')}</Notice> : null}
      </Passage>
      <h2>{t('page.sources.statistics_title')}</h2>
      {[...groupBy(statistics, ({ source, period, verified }) => `${source} ${period} ${verified}`).values()].map(
        (group) => (
          <StatisticsOfSource key={`${group[0]!.source} ${group[0]!.period}`} page={page} group={group} />
        ),
      )}
      <p>{t('page.sources.shymkent')}</p>
      <p>{t('page.sources.spending')}</p>
      <h2>{t('page.sources.programme_title')}</h2>
      <DataTable
        caption={t('page.sources.programme_caption')}
        head={[
          { label: t('page.sources.from_date') },
          { label: t('page.sources.confirmed') },
          { label: t('page.vacancy.source') },
        ]}
        rows={versions.map(({ code, validFrom, verified, source }) => ({
          key: code,
          cells: [day(validFrom), confirmed(verified), <SourceName page={page} source={source} />],
        }))}
      />
      <Passage page={page} name="quota">
        <DataTable
          caption={t('page.sources.quota_caption')}
          head={[
            { label: t('page.sources.year') },
            { label: t('page.sources.persons'), numeric: true },
            { label: t('page.sources.confirmed') },
            { label: t('page.vacancy.source') },
          ]}
          rows={quotas.map(({ year, persons, sources, verified }) => ({
            key: year,
            cells: [
              year,
              number(persons),
              confirmed(verified),
              sources.map((source, index) => (
                <Fragment key={source}>
                  {index === 0 ? null : '; '}
                  <SourceName page={page} source={source} />
                </Fragment>
              )),
            ],
          }))}
        />
      </Passage>
      <Passage page={page} name="national">
        <>
          {[...groupBy(national.toReversed(), ({ year }) => year)].map(([year, quotas]) => (
            <NationalQuotas key={year} page={page} year={year} quotas={quotas} />
          ))}
        </>
      </Passage>
      <Passage page={page} name="places" />
      <Passage page={page} name="occupations" />
      <Passage page={page} name="map" />
      <Passage page={page} name="study" />
    </Layout>
  );
}

/** What one source gives for one time: a table with the source in each row would not fit a phone. */
function StatisticsOfSource({ page, group }: { page: PageContext; group: readonly StatisticSource[] }): VNode {
  const { t, day, number } = page;
  const { source, period, verified } = group[0]!;
  return (
    <>
      <h3>
        <SourceName page={page} source={source} />, {period.length > 4 ? day(period) : period}
      </h3>
      <p class="soft">
        {t('page.sources.confirmed')}: {t(verified ? 'page.site.yes' : 'page.site.no')}
      </p>
      <ul>
        {group.map(({ code, regions }) => (
          <li key={code}>
            {t(`page.regions.measure_${code}`)} ({t('page.sources.regions')}: {number(regions)})
          </li>
        ))}
      </ul>
    </>
  );
}

function Passage({ page: { t }, name, children }: { page: PageContext; name: string; children?: VNode | null }): VNode {
  return (
    <section aria-labelledby={`about-${name}`}>
      <h2 id={`about-${name}`}>{t(`page.sources.${name}_title`)}</h2>
      <p>{t(`page.sources.${name}`)}</p>
      {children}
    </section>
  );
}

/** What is kept, what for, how long, and how to get it and delete it. */
export function PrivacyPage({ page }: { page: PageContext }): VNode {
  const { t } = page;
  return (
    <Layout page={page} title={t('page.privacy.title')} description={t('page.privacy.description')}>
      <h1>{t('page.privacy.title')}</h1>
      <p class="lead">{t('page.privacy.lead')}</p>
      {page.demo ? <Notice kind="warn">{t('page.privacy.demo')}</Notice> : null}
      <h2>{t('page.privacy.visit_title')}</h2>
      <p>{t('page.privacy.visit')}</p>
      <h2>{t('page.privacy.account_title')}</h2>
      <p>{t('page.privacy.account')}</p>
      <h2>{t('page.privacy.device_title')}</h2>
      <p>{t('page.privacy.device')}</p>
      <h2>{t('page.privacy.household_title')}</h2>
      <ul>
        {[1, 2, 3, 4].map((item) => (
          <li key={item}>{t(`page.privacy.household_${item}`)}</li>
        ))}
      </ul>
      <h2>{t('page.privacy.never_title')}</h2>
      <p>{t('page.privacy.never')}</p>
      <h2>{t('page.privacy.why_title')}</h2>
      {['consents', 'centre', 'employer', 'analyst'].map((item) => (
        <p key={item}>{t(`page.privacy.${item}`)}</p>
      ))}
      <h2>{t('page.privacy.long_title')}</h2>
      <p>{t('page.privacy.long')}</p>
      <h2>{t('page.privacy.erase_title')}</h2>
      <p>{t('page.privacy.erase')}</p>
      <p>{t('page.privacy.left')}</p>
    </Layout>
  );
}
