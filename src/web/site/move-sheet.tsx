import type { VNode } from 'preact';
import type { Eligibility } from '../../programme/eligibility.js';
import type { MoveMoney } from '../../programme/move-money.js';
import type { SupportSheet } from '../../programme/support.js';
import { PaperList, PlaceList, RuleList } from './eligibility-blocks.js';
import { type BudgetProps, BudgetTable, NoSupport, SupportTable } from './money-blocks.js';
import type { PageContext } from './page-context.js';

export interface MoveSheetProps {
  page: PageContext;
  /** Who moves and where to, in a line. */
  lead: string;
  sheet: SupportSheet | null;
  /** Why there is no sheet. */
  refusal: MoveMoney['refusal'];
  /** Null: without jobs there is none. */
  budget: Omit<BudgetProps, 'page'> | null;
  /** Null: the rules of the day are not known. */
  eligibility: Eligibility | null;
  /** The region of reception, by name. */
  region: string;
}

/** Money, conditions and papers of a move on one sheet of A4. */
export function MoveSheet({ page, lead, sheet, refusal, budget, eligibility, region }: MoveSheetProps): VNode {
  const { t } = page;
  return (
    <div class="sheet">
      <h1>{t('page.money.sheet_title')}</h1>
      <p class="lead">{lead}</p>
      <p class="actions">
        <button type="button" class="button" hidden data-print>
          {t('page.site.print')}
        </button>
      </p>
      {sheet === null ? (
        refusal && <NoSupport page={page} refusal={refusal} />
      ) : (
        <SupportTable page={page} sheet={sheet} />
      )}
      {budget === null ? null : <BudgetTable page={page} {...budget} />}
      {eligibility === null ? null : (
        <div class="columns two">
          <section>
            <h2>{t('page.money.apply_title')}</h2>
            <RuleList page={page} eligibility={eligibility} />
            <h2>{t('page.money.places_title')}</h2>
            <PlaceList page={page} eligibility={eligibility} region={region} />
          </section>
          <section>
            <h2>{t('page.money.papers_title')}</h2>
            <PaperList page={page} eligibility={eligibility} />
            <p class="hint">{t('page.money.papers_note')}</p>
          </section>
        </div>
      )}
    </div>
  );
}
