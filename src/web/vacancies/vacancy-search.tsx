import type { VNode } from 'preact';
import {
  EDUCATIONS,
  EMPLOYMENTS,
  HOUSINGS,
  SCHEDULES,
  type VacancyAnswer,
  type VacancyPage,
} from '../../vacancies/vacancies.dto.js';
import type { LoosenableFilter } from '../../vacancies/vacancies.service.js';
import { Details, NextPage } from '../site/blocks.js';
import { AskForm, Button, Checkbox, Choices, ErrorSummary, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { VacancyCard } from './vacancy-card.js';
import { type VacancySearchForm, searchAddress } from './vacancy-search.form.js';

interface Named {
  value: string;
  label: string;
}

export interface VacancySearchProps {
  state: FormState;
  form: VacancySearchForm;
  regions: readonly Named[];
  /** Of the region chosen; none without one. */
  districts: readonly Named[];
  areas: readonly Named[];
  /** Null when the question itself was wrong. */
  found: VacancyPage | null;
  /** Only when nothing was found. */
  loosened: readonly { filter: LoosenableFilter; vacancies: number }[];
  placeOf(vacancy: VacancyAnswer): string;
}

export function VacancySearchPage(props: VacancySearchProps): VNode {
  const { state, form, found } = props;
  const { page, problems } = state;
  const { t } = page;
  const tags = chosenFilters(props);
  return (
    <Layout
      page={page}
      title={t('page.vacancies.title')}
      description={t('page.vacancies.description')}
      hasErrors={problems.length > 0}
    >
      <h1>{t('page.vacancies.title')}</h1>
      <ErrorSummary state={state} />
      <SearchFields {...props} open={problems.length > 0} />
      {found === null ? null : (
        <section aria-labelledby="found">
          <h2 id="found">{t('page.vacancies.found', { count: found.total })}</h2>
          {tags.length === 0 ? null : <ChosenFilters tags={tags} {...props} />}
          {found.total === 0 ? <Loosening {...props} tags={tags} /> : <Found {...props} found={found} />}
          <NextPage
            page={page}
            path="/vacancies"
            query={withCursor(searchAddress(form), form.cursor)}
            cursor={found.nextCursor}
          />
          <p class="hint">
            <a href={`/api/v1/vacancies?${apiAddress(form)}`}>{t('page.vacancies.to_api')}</a>
          </p>
        </section>
      )}
    </Layout>
  );
}

function Found({ state: { page }, found, placeOf }: VacancySearchProps & { found: VacancyPage }): VNode {
  return (
    <ul class="plain" aria-label={page.t('page.vacancies.list')}>
      {found.items.map((vacancy) => (
        <li key={vacancy.id} class="card">
          <VacancyCard page={page} vacancy={vacancy} place={placeOf(vacancy)} heading="h3" />
        </li>
      ))}
    </ul>
  );
}

function SearchFields({ state, form, regions, districts, areas, open }: VacancySearchProps & { open: boolean }): VNode {
  const { page } = state;
  const { t } = page;
  const words = (kind: string, codes: readonly string[]): Named[] =>
    codes.map((code) => ({ value: code, label: t(`${kind}.${code}`) }));
  const sorts = form.q === undefined ? ['newest', 'pay'] : ['nearest', 'newest', 'pay'];
  return (
    <AskForm page={page} action="/vacancies">
      <TextField
        state={state}
        name="q"
        type="search"
        label={t('page.vacancies.words')}
        hint={t('page.vacancies.words_hint')}
        suggestions={page.href('/suggest/occupations')}
        maxLength={200}
      />
      <Select
        state={state}
        name="region"
        label={t('page.vacancies.region')}
        empty={t('page.vacancies.region_any')}
        choices={regions}
      />
      {districts.length === 0 ? null : (
        <Select
          state={state}
          name="district"
          label={t('page.vacancies.district')}
          empty={t('page.vacancies.district_any')}
          choices={districts}
        />
      )}
      <Details summary={t('page.vacancies.more')} open={open}>
        <TextField
          state={state}
          name="payMin"
          label={t('page.vacancies.pay_min')}
          unit={t('page.vacancies.pay_unit')}
          inputMode="numeric"
          width={12}
          maxLength={13}
        />
        <Choices
          state={state}
          name="housing"
          kind="checkbox"
          label={t('page.vacancies.housing')}
          choices={words('page.match.housing', HOUSINGS).map(housingChoice(state))}
        />
        <Select
          state={state}
          name="area"
          label={t('page.vacancies.area')}
          empty={t('page.vacancies.area_any')}
          choices={areas}
        />
        <Choices
          state={state}
          name="employment"
          kind="checkbox"
          label={t('page.vacancies.employment')}
          choices={words('employment', EMPLOYMENTS)}
        />
        <Choices
          state={state}
          name="schedule"
          kind="checkbox"
          label={t('page.vacancies.schedule')}
          choices={words('schedule', SCHEDULES)}
        />
        <Choices
          state={state}
          name="education"
          kind="checkbox"
          label={t('page.vacancies.education')}
          choices={words('education', EDUCATIONS)}
        />
        <Checkbox
          state={state}
          name="where"
          value="anywhere"
          label={t('page.vacancies.anywhere')}
          hint={t('page.vacancies.anywhere_hint')}
        />
        <Select
          state={state}
          name="sort"
          label={t('page.vacancies.sort')}
          choices={sorts.map((sort) => ({ value: sort, label: t(`page.vacancies.sort_${sort}`) }))}
        />
      </Details>
      <div class="actions">
        <Button>{t('page.vacancies.search')}</Button>
      </div>
    </AskForm>
  );
}

const housingChoice =
  ({ page }: FormState) =>
  ({ value }: Named): Named => ({ value, label: page.t(`page.match.housing_${value}`) });

interface ChosenFilter {
  filter: LoosenableFilter;
  /** Of a filter that may have several values. */
  value?: string;
  label: string;
}

/** The filters chosen, each value by itself. */
function chosenFilters({ state: { page }, form, regions, districts, areas }: VacancySearchProps): ChosenFilter[] {
  const { t, tenge } = page;
  const nameIn = (list: readonly Named[], value: string): string =>
    list.find((one) => one.value === value)?.label ?? value;
  const several = (
    filter: 'housing' | 'employment' | 'schedule' | 'education',
    label: (value: string) => string,
  ): ChosenFilter[] => (form[filter] ?? []).map((value) => ({ filter, value, label: label(value) }));
  const single = (filter: LoosenableFilter, label: string | null): ChosenFilter[] =>
    label === null ? [] : [{ filter, label }];
  return [
    ...single('q', form.q === undefined ? null : t('page.vacancies.filter_words', { value: form.q })),
    ...(form.region ?? []).map((value): ChosenFilter => ({ filter: 'region', value, label: nameIn(regions, value) })),
    ...single('district', form.district === undefined ? null : nameIn(districts, form.district)),
    ...single('area', form.area === undefined ? null : nameIn(areas, String(form.area))),
    ...single(
      'payMin',
      form.payMin === undefined ? null : t('page.vacancies.filter_pay', { value: tenge(form.payMin) }),
    ),
    ...several('housing', (value) => t('page.vacancies.filter_housing', { value: t(`page.match.housing_${value}`) })),
    ...several('employment', (value) => t(`employment.${value}`)),
    ...several('schedule', (value) => t(`schedule.${value}`)),
    ...several('education', (value) => t(`education.${value}`)),
    ...single(
      'where',
      t(form.where === 'anywhere' ? 'page.vacancies.filter_anywhere' : 'page.vacancies.filter_supported'),
    ),
  ];
}

/** Each filter as a link to the same search without it. */
function ChosenFilters({ state: { page }, form, tags }: VacancySearchProps & { tags: ChosenFilter[] }): VNode {
  const { t } = page;
  return (
    <ul class="chosen" aria-label={t('page.vacancies.chosen')}>
      {tags.map(({ filter, value, label }) => (
        <li key={`${filter} ${value ?? ''}`}>
          <a href={addressWithout(page.href('/vacancies'), form, filter, value)}>
            <span class="hidden">{t('page.vacancies.remove')} </span>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Which filter stands in the way, and how many there would be without it. */
function Loosening({ state: { page }, form, loosened, tags }: VacancySearchProps & { tags: ChosenFilter[] }): VNode {
  const { t, href } = page;
  const nameOf = (filter: LoosenableFilter): string =>
    tags
      .filter((tag) => tag.filter === filter)
      .map(({ label }) => label)
      .join(', ') || t(`page.vacancies.filter_${filter}`);
  return (
    <>
      {loosened.length === 0 ? (
        <p>{t('page.vacancies.loosen_none')}</p>
      ) : (
        <>
          <p>{t('page.vacancies.loosen')}</p>
          <ul>
            {loosened.map(({ filter, vacancies }) => (
              <li key={filter}>
                <a href={addressWithout(href('/vacancies'), form, filter)}>
                  {t('page.vacancies.loosen_one', { filter: nameOf(filter), count: vacancies })}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a class="button quiet" href={href('/vacancies')}>
          {t('page.vacancies.start_over')}
        </a>
      </p>
    </>
  );
}

/** Without `where` the page shows only supported work; to take that filter away is to ask for more. */
function addressWithout(path: string, form: VacancySearchForm, filter: LoosenableFilter, value?: string): string {
  const address = searchAddress(form, value === undefined ? { filter } : { filter, value });
  if (filter === 'where' && form.where !== 'anywhere') address.set('where', 'anywhere');
  const query = address.toString();
  return query === '' ? path : `${path}?${query}`;
}

function withCursor(address: URLSearchParams, cursor: string | undefined): URLSearchParams {
  if (cursor !== undefined) address.set('cursor', cursor);
  return address;
}

/** The API's address of the same list: lists of values are separated by commas there as here they are repeated. */
function apiAddress(form: VacancySearchForm): string {
  const address = searchAddress(form);
  const joined = new URLSearchParams();
  for (const name of new Set(address.keys())) joined.set(name, address.getAll(name).join(','));
  joined.set('where', form.where ?? 'supported');
  return joined.toString();
}
