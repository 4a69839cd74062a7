import type { VNode } from 'preact';
import { Details } from '../site/blocks.js';
import { BudgetTable, MoneyLine, NoSupport, SupportTable } from '../site/money-blocks.js';
import type { CaseProps } from './case.js';

/** What the move comes to, as the household reads it: two sentences, and every figure beneath. */
export function CaseMoney({ page, view, names }: CaseProps): VNode | null {
  const { t } = page;
  const { support, adults, household, regionCode } = view;
  if (support === null) return null;
  const { sheet, refusal, budget } = support;
  return (
    <section aria-labelledby="money">
      <h2 id="money">{t('page.money.title')}</h2>
      {sheet === null ? <NoSupport page={page} refusal={refusal!} /> : null}
      <MoneyLine page={page} money={support} />
      <Details summary={t('page.money.in_full')}>
        {sheet === null ? null : <SupportTable page={page} sheet={sheet} />}
        <BudgetTable
          page={page}
          budget={budget}
          adults={adults.map(({ isco }) => names.occupation(isco))}
          here={names.region(household.homeRegionCode)}
          there={names.region(regionCode)}
          forCentre
        />
      </Details>
    </section>
  );
}
