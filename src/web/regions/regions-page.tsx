import type { VNode } from 'preact';
import type { RegionComparison, RegionFacts } from '../../matching/regions.service.js';
import { BackLink, DataTable, Details, Notice, Tag } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { AskAbout } from '../questions/blocks.js';
import { Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { TileMap } from '../site/tile-map.js';
import { FACTORS, MEASURES, type Measure, measureOf } from './measures.js';
import { type RegionsForm, regionsAddress } from './regions.form.js';
import { CorridorLine, PublishedCounts, SourceLines, WhoWentThere } from './region-sources.js';

export interface RegionsProps {
  state: FormState;
  form: RegionsForm;
  regions: readonly { value: string; label: string }[];
  /** Null when the question was wrong. */
  comparison: RegionComparison | null;
  /** Name of the occupation that the market is of; null: of all. */
  occupation: string | null;
  /** Name of the occupation that was asked for, where no post of it is open anywhere and `occupation` is shown instead; else null. */
  occupationAsked: string | null;
  nameOf(code: string): string;
}

/** The regions as a map and a table of one measure, then those that take settlers side by side, factor by factor. */
export function RegionsPage(props: RegionsProps): VNode {
  const { state, form, comparison } = props;
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout
      page={page}
      title={t('page.regions.title')}
      description={t('page.regions.description')}
      hasErrors={problems.length > 0}
      wide
    >
      <h1>{t('page.regions.title')}</h1>
      <p class="lead">{t('page.regions.lead')}</p>
      <ErrorSummary state={state} />
      <RegionFields {...props} action="/regions" />
      <ShownInstead {...props} />
      {comparison === null ? null : (
        <>
          <MapOfMeasure {...props} comparison={comparison} />
          <h2>{t('page.regions.side_by_side')}</h2>
          <p>{t('page.regions.side_by_side_note')}</p>
          {FACTORS.map((factor) => (
            <FactorTable key={factor} {...props} comparison={comparison} factor={factor} />
          ))}
          <WhoWentThere page={page} comparison={comparison} nameOf={props.nameOf} />
          <CorridorLine page={page} comparison={comparison} nameOf={props.nameOf} />
          <SourceLines page={page} regions={comparison.regions} date={comparison.date} />
          <p class="hint">
            <a href={`/api/v1/regions${regionsAddress({ ...form, measure: undefined })}`}>{t('page.regions.to_api')}</a>
          </p>
        </>
      )}
    </Layout>
  );
}

/** Which occupation is shown where nothing is open of the one that was asked for. */
function ShownInstead({ state: { page }, occupation, occupationAsked }: RegionsProps): VNode | null {
  if (occupation === null || occupationAsked === null) return null;
  return <Notice>{page.t('page.regions.shown_instead', { shown: occupation, asked: occupationAsked })}</Notice>;
}

/** Occupation, own region and, for the map, the measure. */
function RegionFields({
  state,
  regions,
  action,
  withMeasure = true,
}: Pick<RegionsProps, 'state' | 'regions'> & { action: string; withMeasure?: boolean }): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <AskForm page={page} action={action}>
      <TextField
        state={state}
        name="occupation"
        label={t('page.regions.occupation')}
        hint={t('page.regions.occupation_hint')}
        suggestions={page.href('/suggest/occupations')}
        maxLength={200}
      />
      <Select
        state={state}
        name="from"
        label={t('page.regions.from')}
        empty={t('page.regions.from_none')}
        choices={regions}
      />
      {withMeasure ? (
        <Select
          state={state}
          name="measure"
          label={t('page.regions.measure')}
          choices={MEASURES.map(({ code }) => ({ value: code, label: t(`page.regions.measure_${code}`) }))}
        />
      ) : null}
      <div class="actions">
        <Button>{t('page.regions.compare')}</Button>
      </div>
    </AskForm>
  );
}

function MapOfMeasure({
  state: { page },
  form,
  comparison,
  occupation,
  nameOf,
}: RegionsProps & { comparison: RegionComparison }): VNode {
  const { t, href } = page;
  const measure = measureOf(form.measure ?? '') ?? MEASURES[0]!;
  const address = regionsAddress({ ...form, measure: undefined });
  const regions = [...comparison.regions].sort(byValue(measure));
  const title = titleOf(page, measure, occupation);
  return (
    <section aria-labelledby="map">
      <h2 id="map">{title}</h2>
      <p class="soft">{t(`page.regions.note_${measure.code}`)}</p>
      <TileMap
        page={page}
        id="regions"
        title={title}
        description={t('page.regions.map_description')}
        values={Object.fromEntries(regions.map((region) => [region.code, measure.of(region)]))}
        inTile={(value) => measure.short(page, value)}
        nameOf={nameOf}
        hrefOf={(code) => href(`/regions/${code}${address}`)}
        marked={comparison.from}
      />
      <Details summary={t('page.regions.as_table')}>
        <DataTable
          caption={`${t('page.regions.as_table')}: ${title}`}
          head={[
            { label: t('page.regions.region') },
            { label: t(`page.regions.measure_${measure.code}`), numeric: true },
            { label: t('page.regions.role') },
          ]}
          rows={regions.map((region) => ({
            key: region.code,
            own: region.code === comparison.from,
            cells: [
              <a href={href(`/regions/${region.code}${address}`)}>{nameOf(region.code)}</a>,
              valueOf(page, measure, region),
              region.role === null ? (
                '–'
              ) : (
                <>
                  {t(`page.regions.role_${region.role}`)} <Unverified page={page} verified={region.roleVerified} />
                </>
              ),
            ],
          }))}
        />
      </Details>
    </section>
  );
}

/** One factor: the reader's own region first, then those that take settlers. */
function FactorTable({
  state: { page },
  form,
  comparison,
  occupation,
  factor,
  nameOf,
}: RegionsProps & { comparison: RegionComparison; factor: (typeof FACTORS)[number] }): VNode {
  const { t, href } = page;
  const measures = MEASURES.filter((measure) => measure.factor === factor);
  const own = comparison.regions.filter(({ code }) => code === comparison.from);
  const there = comparison.regions
    .filter(({ code, role }) => role === 'reception' && code !== comparison.from)
    .sort(byValue(measures[0]!));
  const address = regionsAddress({ ...form, measure: undefined });
  return (
    <section aria-labelledby={`factor-${factor}`}>
      <h3 id={`factor-${factor}`}>
        {factor === 'labour' && occupation !== null
          ? t('page.regions.factor_labour_of', { occupation })
          : t(`page.regions.factor_${factor}`)}
      </h3>
      {factor === 'housing' ? <p class="soft">{t('page.regions.housing_missing')}</p> : null}
      <DataTable
        caption={t(`page.regions.caption_${factor}`)}
        head={[
          { label: t('page.regions.region') },
          ...measures.map(({ code }) => ({ label: t(`page.regions.measure_${code}`), numeric: true })),
        ]}
        rows={[...own, ...there].map((region) => ({
          key: region.code,
          own: region.code === comparison.from,
          cells: [
            <>
              <a href={href(`/regions/${region.code}${address}`)}>{nameOf(region.code)}</a>
              {region.code === comparison.from ? <> {t('page.regions.own')}</> : null}
            </>,
            ...measures.map((measure) => valueOf(page, measure, region)),
          ],
        }))}
      />
    </section>
  );
}

const byValue =
  (measure: Measure) =>
  (a: RegionFacts, b: RegionFacts): number =>
    (measure.of(b) ?? -Infinity) - (measure.of(a) ?? -Infinity) || (a.code < b.code ? -1 : 1);

function valueOf(page: PageContext, measure: Measure, region: RegionFacts): VNode | string {
  const value = measure.of(region);
  if (value === null) return page.t('page.regions.no_figure');
  const words = measure.inWords(page, value);
  const unverified = measure.statistic !== undefined && region.statistics[measure.statistic]?.verified === false;
  return unverified ? (
    <>
      {words}
      <sup>
        <abbr title={page.t('page.site.unverified')}>*</abbr>
      </sup>
    </>
  ) : (
    words
  );
}

function titleOf({ t }: PageContext, measure: Measure, occupation: string | null): string {
  const name = t(`page.regions.measure_${measure.code}`);
  return occupation === null || measure.statistic !== undefined ? name : `${name}: ${occupation}`;
}

export interface RegionProps extends RegionsProps {
  region: RegionFacts;
  comparison: RegionComparison;
  districts: readonly { kato: string; name: string; vacancies: number }[];
}

/** One region beside the reader's own. */
export function RegionPage(props: RegionProps): VNode {
  const { state, form, region, comparison, occupation, nameOf, districts } = props;
  const { page, problems } = state;
  const { t, href, number } = page;
  const name = nameOf(region.code);
  const own =
    comparison.from === region.code ? undefined : comparison.regions.find(({ code }) => code === comparison.from);
  const isco = comparison.isco;
  const search = (extra: Record<string, string> = {}): string =>
    `${href('/vacancies')}?${new URLSearchParams({
      region: region.code,
      ...extra,
      ...(occupation === null ? {} : { q: occupation }),
      ...(region.role === 'reception' ? {} : { where: 'anywhere' }),
    }).toString()}`;
  return (
    <Layout
      page={page}
      title={name}
      description={t('page.regions.region_description', { region: name })}
      hasErrors={problems.length > 0}
    >
      <BackLink page={page} path={`/regions${regionsAddress(form)}`} />
      <h1>{name}</h1>
      <p>
        <Tag kind={region.role === 'reception' ? 'good' : 'plain'}>
          {t(`page.regions.role_${region.role ?? 'none'}`)}
        </Tag>{' '}
        <Unverified page={page} verified={region.roleVerified} />{' '}
        {region.quota === null ? null : (
          <>
            {t('page.regions.quota', { persons: region.quota.persons, year: String(region.quota.year) })}{' '}
            <Unverified page={page} verified={region.quota.verified} />
          </>
        )}
      </p>
      <ErrorSummary state={state} />
      <ShownInstead {...props} />
      {own ? <p>{t('page.regions.beside', { region: nameOf(own.code) })}</p> : null}
      {FACTORS.map((factor) => (
        <section key={factor} aria-labelledby={`factor-${factor}`}>
          <h2 id={`factor-${factor}`}>
            {factor === 'labour' && occupation !== null
              ? t('page.regions.factor_labour_of', { occupation })
              : t(`page.regions.factor_${factor}`)}
          </h2>
          {factor === 'housing' ? <p class="soft">{t('page.regions.housing_missing')}</p> : null}
          <DataTable
            caption={t(`page.regions.caption_${factor}`)}
            head={[
              { label: t('page.regions.measure_name') },
              { label: t('page.regions.here'), numeric: true },
              ...(own ? [{ label: t('page.regions.at_home'), numeric: true }] : []),
            ]}
            rows={MEASURES.filter((measure) => measure.factor === factor).map((measure) => ({
              key: measure.code,
              cells: [
                t(`page.regions.measure_${measure.code}`),
                valueOf(page, measure, region),
                ...(own ? [valueOf(page, measure, own)] : []),
              ],
            }))}
          />
        </section>
      ))}
      <p class="actions">
        <a class="button" href={search()}>
          {t('page.regions.to_vacancies')}
        </a>
      </p>
      <h2>{t('page.regions.arrivals')}</h2>
      <CorridorLine page={page} comparison={comparison} nameOf={nameOf} to={region.code} />
      <PublishedCounts page={page} arrivals={region.arrivals} nameOf={nameOf} />
      {districts.length === 0 ? null : (
        <Details summary={t('page.regions.districts')}>
          <DataTable
            caption={t('page.regions.districts')}
            head={[
              { label: t('page.vacancies.district') },
              { label: t('page.regions.measure_vacancies'), numeric: true },
            ]}
            rows={districts.map(({ kato, name: district, vacancies }) => ({
              key: kato,
              cells: [<a href={search({ district: kato })}>{district}</a>, number(vacancies)],
            }))}
          />
        </Details>
      )}
      <Details summary={t('page.regions.change')} open={isco === null && comparison.from === null}>
        <RegionFields {...props} action={`/regions/${region.code}`} withMeasure={false} />
      </Details>
      <AskAbout page={page} about="region" query={{ region: region.code }} />
      <SourceLines page={page} regions={own ? [region, own] : [region]} date={comparison.date} />
    </Layout>
  );
}
