import type { VNode } from 'preact';
import type { EnteredRevision } from '../../applications/quota-revisions.service.js';
import type { QuotaUse } from '../../centres/quota-use.service.js';
import { QUOTA_CATEGORIES } from '../../programme/programme.queries.js';
import { FigureTable } from '../analyst/figures.js';
import { quotaColumns } from '../analyst/quotas.js';
import { DataTable, Notice } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { SourceName } from '../site/source-name.js';

interface QuotaRevisionsProps extends FormState {
  entered: readonly EnteredRevision[];
  /** In force today. */
  quotas: readonly QuotaUse[];
  regions: readonly { code: string; name: string }[];
  today: string;
  revised: boolean;
}

/** A form for a new order, the quotas that it would change, and what was entered before. */
export function QuotaRevisionsPage({ entered, quotas, regions, today, revised, ...state }: QuotaRevisionsProps): VNode {
  const { page, problems } = state;
  const { t } = page;
  const nameOf = (code: string): string => regions.find((region) => region.code === code)?.name ?? code;
  const title = t('page.analyst.quotas_picture', { on: today });
  return (
    <Layout page={page} title={t('page.quotas.title')} hasErrors={problems.length > 0} wide>
      <ErrorSummary state={state} />
      {revised ? (
        <Notice kind="good">
          <p>{t('page.quotas.done')}</p>
        </Notice>
      ) : null}
      <h1>{t('page.quotas.title')}</h1>
      <p class="lead">{t('page.quotas.lead')}</p>
      <RevisionForm state={state} regions={regions} />
      <section>
        <h2>{title}</h2>
        <p class="hint">{t('page.analyst.quotas_note')}</p>
        <FigureTable page={page} caption={title} columns={quotaColumns(page, nameOf)} rows={quotas} />
      </section>
      <section>
        <h2>{t('page.quotas.entered_title')}</h2>
        {entered.length === 0 ? (
          <p>{t('page.quotas.entered_none')}</p>
        ) : (
          <Entered page={page} entered={entered} today={today} nameOf={nameOf} />
        )}
      </section>
    </Layout>
  );
}

function RevisionForm({ state, regions }: { state: FormState } & Pick<QuotaRevisionsProps, 'regions'>): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <Form page={page} action="/admin/quotas">
      <Select
        state={state}
        name="regionCode"
        label={t('page.regions.region')}
        empty={t('page.quotas.region_choose')}
        choices={regions.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Choices
        state={state}
        name="category"
        kind="radio"
        label={t('page.analyst.quotas_category')}
        choices={QUOTA_CATEGORIES.map((category) => ({ value: category, label: t(`page.analyst.quotas_${category}`) }))}
      />
      <TextField
        state={state}
        name="persons"
        label={t('page.quotas.persons')}
        hint={t('page.quotas.persons_hint')}
        inputMode="numeric"
        width={12}
        maxLength={9}
        required
      />
      <TextField
        state={state}
        name="validFrom"
        type="date"
        label={t('page.analyst.quotas_since')}
        hint={t('page.quotas.from_hint')}
        width={12}
        required
      />
      <TextField
        state={state}
        name="source"
        label={t('page.quotas.source')}
        hint={t('page.quotas.source_hint')}
        maxLength={500}
        required
      />
      <Choices
        state={state}
        name="verified"
        kind="radio"
        label={t('page.quotas.verified')}
        choices={[
          { value: 'yes', label: t('page.quotas.verified_yes') },
          { value: 'no', label: t('page.quotas.verified_no'), hint: t('page.quotas.verified_hint') },
        ]}
      />
      <div class="actions">
        <Button>{t('page.quotas.enter')}</Button>
      </div>
    </Form>
  );
}

function Entered({
  page,
  entered,
  today,
  nameOf,
}: { page: PageContext; nameOf(code: string): string } & Pick<QuotaRevisionsProps, 'entered' | 'today'>): VNode {
  const { t, day, number } = page;
  return (
    <DataTable
      caption={t('page.quotas.entered_title')}
      captionHidden
      head={[
        { label: t('page.regions.region') },
        { label: t('page.analyst.quotas_category') },
        { label: t('page.analyst.quotas_quota'), numeric: true },
        { label: t('page.analyst.quotas_since') },
        { label: t('page.quotas.made_on') },
        { label: t('page.support.source') },
      ]}
      rows={entered.map(({ regionCode, category, persons, validFrom, madeAt, source, verified }) => ({
        key: `${regionCode} ${category} ${validFrom}`,
        cells: [
          nameOf(regionCode),
          t(`page.analyst.quotas_${category}`),
          number(persons),
          validFrom > today ? t('page.quotas.from_later', { from: day(validFrom) }) : day(validFrom),
          day(madeAt),
          <>
            <SourceName page={page} source={source} /> <Unverified page={page} verified={verified} />
          </>,
        ],
      }))}
    />
  );
}
