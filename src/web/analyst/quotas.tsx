import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { QuotaUse, QuotasUse } from '../../centres/quota-use.service.js';
import { AskForm, Button, ErrorSummary, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { NationalQuotas } from '../site/national-quotas.js';
import type { PageContext } from '../site/page-context.js';
import { sourceInWords } from '../site/source-name.js';
import { ChartFrame, type Column, FigureNotes, FigureTable, sizeOf } from './figures.js';

interface QuotasProps {
  state: FormState;
  /** Null when the date was wrong. */
  answer: QuotasUse | null;
  nameOf(code: string): string;
}

/** Quotas of the regions beside the persons approved. */
export function QuotasPage({ state, answer, nameOf }: QuotasProps): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.analyst.quotas_title')} hasErrors={problems.length > 0} wide>
      <h1>{t('page.analyst.quotas_title')}</h1>
      <p class="lead">{t('page.analyst.quotas_lead')}</p>
      <ErrorSummary state={state} />
      <AskForm page={page} action="/analyst/quotas">
        <TextField state={state} name="on" type="date" label={t('page.analyst.quotas_on')} width={12} />
        <Button>{t('page.analyst.show')}</Button>
      </AskForm>
      {answer === null ? null : <Answered page={page} answer={answer} nameOf={nameOf} />}
    </Layout>
  );
}

function Answered({
  page,
  answer,
  nameOf,
}: {
  page: PageContext;
  answer: QuotasUse;
  nameOf(code: string): string;
}): VNode {
  const { t } = page;
  const title = t('page.analyst.quotas_picture', { on: answer.on });
  const withQuota = answer.quotas.filter(({ category, quota }) => category === 'settlers' && quota !== null);
  return (
    <section>
      <h2>{title}</h2>
      <p class="hint">{t('page.analyst.quotas_note')}</p>
      {withQuota.length === 0 ? (
        <p>{t('page.analyst.quotas_none')}</p>
      ) : (
        <QuotaBars page={page} title={title} quotas={withQuota} nameOf={nameOf} />
      )}
      <NationalQuotas page={page} year={answer.year} quotas={answer.national} />
      <FigureTable page={page} caption={title} columns={quotaColumns(page, nameOf)} rows={answer.quotas} />
      <FigureNotes
        page={page}
        at={answer.asOf}
        source={t('page.analyst.quotas_source')}
        files={[{ href: page.href(`/analyst/quotas.csv?on=${answer.on}`), label: t('page.analyst.file_quotas') }]}
      />
    </section>
  );
}

const WIDTH = 322;
const ROW = 44;

/** Of each region a hollow bar, the quota, and a filled one in it, the approved; no fill where their number is hidden. */
function QuotaBars({
  page,
  title,
  quotas,
  nameOf,
}: {
  page: PageContext;
  title: string;
  quotas: readonly QuotaUse[];
  nameOf(code: string): string;
}): VNode {
  const { t, number } = page;
  const most = Math.max(1, ...quotas.flatMap(({ quota, approvedPersons }) => [quota!.persons, approvedPersons ?? 0]));
  const x = scaleLinear([0, most], [0, WIDTH - 4]);
  return (
    <figure class="chart">
      <ChartFrame label={t('page.analyst.picture', { title })}>
        <svg {...sizeOf(WIDTH, quotas.length * ROW)} class="dots" role="img" aria-labelledby="quotas-title quotas-desc">
          <title id="quotas-title">{title}</title>
          <desc id="quotas-desc">{t('page.analyst.quotas_description')}</desc>
          {quotas.map(({ region, quota, approvedPersons }, index) => (
            <g key={region} transform={`translate(2 ${index * ROW})`}>
              <text x="0" y="16">
                {`${nameOf(region)}: ${approvedPersons === null ? FEW : number(approvedPersons)} / ${number(quota!.persons)}${quota!.verified ? '' : UNVERIFIED}`}
              </text>
              <rect class="from" x="0" y="23" width={x(quota!.persons)} height="14" />
              <rect class="to" x="0" y="26" width={x(approvedPersons ?? 0)} height="8" />
            </g>
          ))}
        </svg>
      </ChartFrame>
      <figcaption class="hint">
        {t('page.analyst.quotas_description')}
        {quotas.every(({ quota }) => quota!.verified) ? null : `${UNVERIFIED} ${t('page.site.unverified')}.`}
      </figcaption>
    </figure>
  );
}

/** Behind a quota that no written source gave; a word would be too long for a phone. */
const UNVERIFIED = ' *';

/** Persons of fewer than five families. */
const FEW = '–';

export function quotaColumns(page: PageContext, nameOf: (code: string) => string): Column<QuotaUse>[] {
  const { t, day } = page;
  const source = ({ quota }: QuotaUse): string | null => {
    if (quota === null) return null;
    const named = sourceInWords(page, quota.source);
    return quota.verified ? named : `${named} (${t('page.site.unverified')})`;
  };
  return [
    { label: t('page.regions.region'), of: ({ region }) => nameOf(region) },
    { label: t('page.analyst.quotas_category'), of: ({ category }) => t(`page.analyst.quotas_${category}`) },
    { label: t('page.analyst.quotas_quota'), numeric: true, of: ({ quota }) => quota?.persons ?? null },
    { label: t('page.analyst.quotas_approved'), numeric: true, of: ({ approvedPersons }) => approvedPersons },
    { label: t('page.analyst.quotas_reserved'), numeric: true, of: ({ reserved }) => reserved },
    { label: t('page.analyst.quotas_taken'), numeric: true, of: ({ taken }) => taken },
    { label: t('page.analyst.quotas_left'), numeric: true, of: ({ left }) => left },
    {
      label: t('page.analyst.quotas_since'),
      of: ({ quota }) => quota?.validFrom ?? null,
      said: ({ quota }) => quota && day(quota.validFrom),
    },
    { label: t('page.analyst.quotas_from'), of: source },
  ];
}
