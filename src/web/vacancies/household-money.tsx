import type { VNode } from 'preact';
import type { JobSupport } from '../../matching/household-support.service.js';
import { Details, Tag } from '../site/blocks.js';
import { BudgetTable, MoneyLine, NoSupport, SupportTable, Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';

const KIND = { met: 'good', missing: 'bad', unknown: 'warn' } as const;

/** What a vacancy comes to for the household that reads it: the sums, and in full when wanted. */
export function HouseholdMoney({
  page,
  vacancyId,
  found,
  adults,
  here,
  there,
}: {
  page: PageContext;
  vacancyId: string;
  found: JobSupport;
  adults: readonly string[];
  here: string;
  there: string;
}): VNode {
  const { t, href, tenge } = page;
  const { sheet, refusal, budget, employerConditions } = found;
  const subsidy = sheet?.lines.find(({ code }) => code === 'employer_subsidy');
  return (
    <section class="card" aria-labelledby="own-money">
      <h2 id="own-money">{t('page.money.own_title')}</h2>
      {refusal === null ? null : <NoSupport page={page} refusal={refusal} />}
      <MoneyLine page={page} money={found} />
      <Details summary={t('page.money.in_full')}>
        {sheet === null ? null : <SupportTable page={page} sheet={sheet} />}
        {subsidy === undefined || subsidy.tenge === null ? null : (
          <>
            <p>
              {t('page.money.employer', { amount: tenge(subsidy.tenge) })}{' '}
              <Unverified page={page} verified={subsidy.verified} />
            </p>
            <ul>
              {employerConditions.map(({ code, state }) => (
                <li key={code}>
                  {t(`programme.employer_condition.${code}`)}{' '}
                  <Tag kind={KIND[state]}>{t(`programme.stated.${state}`)}</Tag>
                </li>
              ))}
            </ul>
          </>
        )}
        <BudgetTable page={page} budget={budget} adults={adults} here={here} there={there} />
      </Details>
      <p>
        <a href={href(`/my/why?vacancy=${vacancyId}`)}>{t('page.why.link')}</a>
      </p>
    </section>
  );
}
