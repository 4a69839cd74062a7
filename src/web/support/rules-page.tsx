import type { VNode } from 'preact';
import type { ProgrammeOverview } from '../../programme/programme-overview.js';
import { QUOTA_CATEGORIES } from '../../programme/programme.queries.js';
import { groupBy } from '../../shared/group-by.js';
import { AskAbout } from '../questions/blocks.js';
import { DataTable, Facts } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { Unverified } from '../site/money-blocks.js';
import { NationalQuotas } from '../site/national-quotas.js';
import type { PageContext } from '../site/page-context.js';
import { SourceName } from '../site/source-name.js';

interface RulesProps {
  page: PageContext;
  overview: ProgrammeOverview;
  regionOf(code: string): string;
}

/** Every rule of the programme on a day: amounts, who may go where, how many, and where each figure comes from. */
export function RulesPage({
  overview,
  regionOf,
  ...state
}: FormState & { overview: ProgrammeOverview | null; regionOf: RulesProps['regionOf'] }): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  return (
    <Layout
      page={page}
      title={t('page.rules.title')}
      hasErrors={problems.length > 0}
      description={t('page.rules.description')}
    >
      <ErrorSummary state={state} />
      <h1>{t('page.rules.title')}</h1>
      <p class="lead">
        {t('page.rules.lead')} <a href={href('/support')}>{t('page.support.link')}</a>
      </p>
      <AskForm page={page} action="/programme">
        <TextField
          state={state}
          name="on"
          type="date"
          label={t('page.support.on')}
          hint={t('page.support.on_hint')}
          width={12}
        />
        <Button>{t('page.analyst.show')}</Button>
      </AskForm>
      {overview === null ? null : (
        <>
          <h2>{t('page.rules.money_title', { on: overview.on })}</h2>
          <Amounts page={page} overview={overview} />
          <Places page={page} overview={overview} regionOf={regionOf} />
          <Quotas page={page} overview={overview} regionOf={regionOf} />
        </>
      )}
      <AskAbout page={page} about="programme" />
    </Layout>
  );
}

type Measure = ProgrammeOverview['measures'][number];

function Amounts({ page, overview }: Omit<RulesProps, 'regionOf'>): VNode {
  const { t, day, tenge } = page;
  const { mci, measures, on } = overview;
  return (
    <>
      <p>
        {t('page.support.index', { amount: tenge(mci.tenge), on })} <Unverified page={page} verified={mci.verified} />{' '}
        <SourceName page={page} source={mci.source} />
      </p>
      {measures.map((measure) => (
        <section key={measure.code} class="card" aria-labelledby={`rule-${measure.code}`}>
          <h3 id={`rule-${measure.code}`}>{t(`support.${measure.code}`)}</h3>
          <p>
            {amountOf(page, measure)} <Unverified page={page} verified={measure.verified} />
          </p>
          {measure.kind === 'by_size' ? <RentScale page={page} measure={measure} index={mci.tenge} /> : null}
          <Facts
            items={[
              { name: t('page.analyst.quotas_since'), value: day(measure.from) },
              { name: t('page.support.source'), value: <SourceName page={page} source={measure.source} /> },
            ]}
          />
        </section>
      ))}
    </>
  );
}

function amountOf({ t, tenge }: PageContext, measure: Measure): string {
  switch (measure.kind) {
    case 'by_size':
      return t('page.rules.by_size', { months: measure.months });
    case 'in_kind':
      return t('page.support.rule_short_course');
    default: {
      const share = measure.kind === 'at_most' ? measure.priceSharePercent : undefined;
      const amount = t(`page.rules.${measure.kind}`, { mci: measure.mci, amount: tenge(measure.tenge!) });
      return share === undefined ? amount : `${amount} ${t('page.support.half_price', { percent: share })}`;
    }
  }
}

/** A month's rent and utilities by the size of the family. */
function RentScale({
  page,
  measure,
  index,
}: {
  page: PageContext;
  measure: Extract<Measure, { kind: 'by_size' }>;
  index: number;
}): VNode {
  const { t, tenge } = page;
  const steps = measure.scale.map((step, place) => ({ ...step, upTo: measure.scale[place + 1]?.persons }));
  return (
    <DataTable
      caption={t('page.rules.rent_caption')}
      head={[
        { label: t('page.rules.rent_family') },
        { label: t('page.rules.rent_town'), numeric: true },
        { label: t('page.rules.rent_village'), numeric: true },
      ]}
      rows={steps.map(({ persons, upTo, urban, rural, verified }) => ({
        key: persons,
        cells: [
          <>
            {upTo === undefined
              ? t('page.rules.rent_from', { persons })
              : upTo === persons + 1
                ? t('page.rules.rent_one', { persons })
                : t('page.rules.rent_between', { persons, most: upTo - 1 })}{' '}
            <Unverified page={page} verified={verified} />
          </>,
          tenge(urban * index),
          tenge(rural * index),
        ],
      }))}
    />
  );
}

function Places({ page, overview, regionOf }: RulesProps): VNode {
  const { t, day } = page;
  const { version, departure, reception } = overview;
  return (
    <>
      {[
        { role: 'departure', regions: departure },
        { role: 'reception', regions: reception },
      ].map(({ role, regions }) => (
        <ListedPlaces key={role} page={page} role={role} regions={regions} regionOf={regionOf} />
      ))}
      <p class="hint">
        {t('page.rules.lists_since', { since: day(version.validFrom) })}{' '}
        <Unverified page={page} verified={version.verified} /> <SourceName page={page} source={version.source} />
      </p>
    </>
  );
}

function ListedPlaces({
  page,
  role,
  regions,
  regionOf,
}: {
  role: string;
  regions: ProgrammeOverview['departure'];
} & Omit<RulesProps, 'overview'>): VNode {
  // Where nothing of a list is verified, that is said once.
  const isVerified = regions.some(({ verified }) => verified);
  return (
    <section aria-labelledby={`rule-${role}`}>
      <h2 id={`rule-${role}`}>
        {page.t(`page.rules.${role}_title`)} <Unverified page={page} verified={isVerified} />
      </h2>
      <ul>
        {regions.map(({ regionCode, verified }) => (
          <li key={regionCode}>
            {regionOf(regionCode)} <Unverified page={page} verified={verified || !isVerified} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Quotas({ page, overview, regionOf }: RulesProps): VNode {
  const { t } = page;
  const { on, quotas, nationalQuotas } = overview;
  return (
    <section aria-labelledby="rule-quotas">
      <h2 id="rule-quotas">{t('page.rules.quotas_title')}</h2>
      <NationalQuotas page={page} year={Number(on.slice(0, 4))} quotas={nationalQuotas} />
      {quotas.length === 0 ? <p>{t('page.rules.quotas_none')}</p> : null}
      {[...groupBy(quotas, sameOrder).entries()].map(([order, group]) => (
        <QuotasOfOrder key={order} page={page} quotas={group} regionOf={regionOf} />
      ))}
    </section>
  );
}

type Quota = ProgrammeOverview['quotas'][number];

/** Quotas of one order: what it says of them all is said once. */
const sameOrder = ({ validFrom, revision, source, verified }: Quota): string =>
  JSON.stringify([validFrom, revision, source, verified]);

function QuotasOfOrder({
  page,
  quotas,
  regionOf,
}: {
  page: PageContext;
  quotas: readonly Quota[];
  regionOf(code: string): string;
}): VNode {
  const { t, day, number } = page;
  const { validFrom, revision, source, verified } = quotas[0]!;
  const since = day(validFrom);
  const personsOf = (region: string, category: Quota['category']): string => {
    const found = quotas.find((quota) => quota.regionCode === region && quota.category === category);
    return found === undefined ? '–' : number(found.persons);
  };
  return (
    <>
      <DataTable
        caption={
          revision === 1 ? t('page.rules.quotas_since', { since }) : t('page.rules.revision', { since, revision })
        }
        head={[
          { label: t('page.regions.region') },
          ...QUOTA_CATEGORIES.map((category) => ({ label: t(`page.analyst.quotas_${category}`), numeric: true })),
        ]}
        rows={[...new Set(quotas.map(({ regionCode }) => regionCode))].map((region) => ({
          key: region,
          cells: [regionOf(region), ...QUOTA_CATEGORIES.map((category) => personsOf(region, category))],
        }))}
      />
      <p class="hint">
        <Unverified page={page} verified={verified} /> <SourceName page={page} source={source} />
      </p>
    </>
  );
}
