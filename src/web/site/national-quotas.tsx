import type { VNode } from 'preact';
import type { NationalQuota } from '../../programme/programme-overview.js';
import { Unverified } from './money-blocks.js';
import type { PageContext } from './page-context.js';
import { SourceName } from './source-name.js';

/** What the whole country may take in within a year, a sentence for each total. */
export function NationalQuotas({
  page,
  year,
  quotas,
}: {
  page: PageContext;
  year: number;
  quotas: readonly Omit<NationalQuota, 'year'>[];
}): VNode {
  const { t } = page;
  return (
    <>
      {quotas.map(({ validFrom, settlers, kandas, source, verified }) => (
        <p key={validFrom}>
          {validFrom === null
            ? t('page.site.country_quota_undated', { year, settlers, kandas })
            : t('page.site.country_quota', { from: validFrom, settlers, kandas })}{' '}
          <Unverified page={page} verified={verified} /> <SourceName page={page} source={source} />
        </p>
      ))}
    </>
  );
}
