import type { ComponentChildren, VNode } from 'preact';
import type { BudgetFigure, BudgetLine, MonthlyBudget, TengeSpan } from '../../programme/budget.js';
import type { MoveMoney } from '../../programme/move-money.js';
import { type SupportLine, type SupportSheet, isFirstYearVerified } from '../../programme/support.js';
import { Details, Notice, Tag } from './blocks.js';
import type { PageContext } from './page-context.js';
import { SourceName, sourceInWords } from './source-name.js';

/** An amount as far as it is stated; below zero it is what is short, and a least amount left the most that is short. */
export function spanInWords({ t, tenge }: PageContext, span: TengeSpan | null): string {
  if (span === null || (span.min === null && span.max === null)) return t('page.site.not_stated');
  const { min, max } = span;
  if (min === null) {
    return max! < 0 ? t('page.money.short_from', { amount: tenge(-max!) }) : t('page.money.to', { max: tenge(max!) });
  }
  if (max === null && min >= 0) return t('page.money.from', { min: tenge(min) });
  if (max === null || (min < 0 && max === 0)) return t('page.money.short_to', { amount: tenge(-min) });
  if (max < 0) {
    const [least, most] = [tenge(-max), tenge(-min)];
    return min === max
      ? t('page.money.short', { amount: least })
      : t('page.money.short_range', { min: least, max: most });
  }
  if (min < 0) return t('page.money.short_or_left', { short: tenge(-min), left: tenge(max) });
  return min === max ? tenge(min) : t('page.money.range', { min: tenge(min), max: tenge(max) });
}

/** Why there is no support, and whether what says so is verified. */
export function NoSupport({ page, refusal }: { page: PageContext; refusal: NonNullable<MoveMoney['refusal']> }): VNode {
  const { t } = page;
  return (
    <Notice kind="warn">
      {t('page.money.no_support', { reason: t(refusal.code, refusal.params) })}{' '}
      <Unverified page={page} verified={refusal.verified} />
    </Notice>
  );
}

/** Set where a figure rests on no written source. */
export function Unverified({ page, verified }: { page: PageContext; verified: boolean }): VNode | null {
  return verified ? null : <Tag kind="warn">{page.t('support.unverified')}</Tag>;
}

/**
 * What a move comes to, in two sentences: the support of the first year, where the programme pays, and what is left a month here
 * and there, where that can be told; after the move there alone.
 */
export function MoneyLine({ page, money }: { page: PageContext; money: MoveMoney }): VNode {
  const { t, tenge } = page;
  const { sheet, budget } = money;
  const { left, rentCounted, lines } = budget;
  const costs = lines.find(({ code }) => code === 'living_cost');
  const [here, there] = [spanInWords(page, left.here), spanInWords(page, left.there)];
  const thereKey = rentCounted.there ? 'left_there_rent' : 'left_there';
  const leftKey = left.here === null ? thereKey : rentCounted.here && rentCounted.there ? 'left_rent' : 'left';
  return (
    <>
      {sheet === null ? null : (
        <p>
          {t(
            sheet.householdFirstYearTenge.max > sheet.householdFirstYearTenge.min
              ? 'page.money.support_home'
              : 'page.money.support',
            {
              min: tenge(sheet.householdFirstYearTenge.min),
              max: tenge(sheet.householdFirstYearTenge.max),
            },
          )}{' '}
          <Unverified page={page} verified={isFirstYearVerified(sheet)} />
        </p>
      )}
      {left.there === null && left.here === null ? null : (
        <p>
          {t(`page.money.${leftKey}`, { here, there })}{' '}
          <Unverified page={page} verified={costs?.there?.verified ?? true} />
        </p>
      )}
    </>
  );
}

/** What is paid once, each month, or at most; a range as in the sum, with what decides it. The line's name says the rest. */
export function paidInWords(page: PageContext, line: SupportLine): string {
  const { t, tenge } = page;
  const { mci, tenge: amount, months, firstYearTenge, priceSharePercent } = line;
  if (months !== null && firstYearTenge !== null) {
    const { min, max } = firstYearTenge;
    const paid = t('page.money.a_month', {
      amount: spanInWords(page, { min: min / months, max: max / months }),
      months,
    });
    if (min === max) return paid;
    return `${paid} (${t(mci === null ? 'page.money.range_settlement' : 'page.money.range_size')})`;
  }
  if (amount === null) return t('page.money.paid_by_state');
  if (priceSharePercent === null) return tenge(amount);
  return `${tenge(amount)} ${t('page.money.half_price', { percent: priceSharePercent })}`;
}

/** Every kind of support for the household, and the employer's; where each figure comes from can be opened. */
export function SupportTable({
  page,
  sheet,
  openSources,
}: {
  page: PageContext;
  sheet: SupportSheet;
  openSources?: boolean;
}): VNode {
  const { t, tenge } = page;
  const { min, max } = sheet.householdFirstYearTenge;
  const rowsFor = (payee: SupportLine['payee']): VNode[] =>
    sheet.lines
      .filter((line) => line.payee === payee)
      .map((line) => (
        <tr key={line.code}>
          <th scope="row">
            {t(`support.${line.code}`)}
            {payee === 'employer' ? ` (${t('support.payee.employer')})` : ''}
            {line.code === 'housing_certificate' ? (
              <span class="soft"> {t('page.support.rule_housing_certificate')}</span>
            ) : null}
          </th>
          <td>
            {paidInWords(page, line)} <Unverified page={page} verified={line.verified} />
          </td>
        </tr>
      ));
  return (
    <>
      <FittingTable caption={t('page.money.support_title')} head={[t('page.money.kind'), t('page.money.amount')]}>
        {rowsFor('household')}
        <tr>
          <th scope="row">{t('page.money.total')}</th>
          <td>
            <strong>{spanInWords(page, { min, max })}</strong>{' '}
            <Unverified page={page} verified={isFirstYearVerified(sheet)} />
          </td>
        </tr>
        {rowsFor('employer')}
      </FittingTable>
      <p class="hint">
        {t('page.money.as_of', { on: sheet.on, amount: tenge(sheet.mciTenge) })}{' '}
        <Unverified page={page} verified={sheet.index.verified} /> {t('page.support.decided')}
      </p>
      <Sources
        page={page}
        open={openSources}
        rows={[
          { name: t('page.money.mci'), ...sheet.index },
          ...sheet.lines.map((line) => ({ name: t(`support.${line.code}`), ...line })),
        ]}
      />
    </>
  );
}

/** Where figures come from, in small. */
function Sources({
  page,
  rows,
  open,
}: {
  page: PageContext;
  rows: readonly { name: string; source: string; verified: boolean }[];
  open?: boolean;
}): VNode {
  return (
    <Details summary={page.t('page.money.sources')} open={open}>
      <ul>
        {rows.map(({ name, source, verified }) => (
          <li key={name}>
            {name}: <SourceName page={page} source={source} /> <Unverified page={page} verified={verified} />
          </li>
        ))}
      </ul>
    </Details>
  );
}

export interface BudgetProps {
  page: PageContext;
  budget: MonthlyBudget;
  /** What each adult is called, in the budget's order. */
  adults: readonly string[];
  /** Regions by name. */
  here: string;
  there: string;
  /** The reader is not the household itself. */
  forCentre?: boolean;
}

/** A month in both places, or after the move there alone, each figure with whose word it is. */
export function BudgetTable({ page, budget, adults, here, there, forCentre }: BudgetProps): VNode {
  const { t } = page;
  const { lines, left, rentCounted, notes, compared } = budget;
  const nameOf = ({ code, adult, months }: BudgetLine): string => {
    if (adult !== null && adults.length > 1) {
      return t('page.money.of_both', { kind: t(`budget.${code}`), who: adults[adult] ?? String(adult + 1) });
    }
    return months === null ? t(`budget.${code}`) : t('page.money.for_months', { kind: t(`budget.${code}`), months });
  };
  const isRentCounted = rentCounted.there && (rentCounted.here || !compared);
  return (
    <>
      <FittingTable
        caption={
          compared ? t('page.money.budget_title', { here, there }) : t('page.money.budget_there_title', { there })
        }
        pairs={compared}
        head={[t('page.money.kind'), ...(compared ? [t('page.money.here')] : []), t('page.money.there')]}
      >
        {lines.map((line) => (
          <PairRow key={`${line.code} ${line.adult}`} name={nameOf(line)}>
            {compared ? (
              <Cell page={page} figure={line.here} isNone={line.code === 'rent_support'} forCentre={forCentre} />
            ) : null}
            <Cell page={page} figure={line.there} forCentre={forCentre} />
          </PairRow>
        ))}
        <PairRow name={t(isRentCounted ? 'page.money.left_row_rent' : 'page.money.left_row')}>
          {compared ? (
            <td role="cell">
              <strong>{spanInWords(page, left.here)}</strong>
            </td>
          ) : null}
          <td role="cell">
            <strong>{spanInWords(page, left.there)}</strong>
          </td>
        </PairRow>
        {rentCounted.there && lines.some(({ code }) => code === 'rent_support') ? (
          <PairRow name={t('page.money.left_first_year')}>
            {compared ? <td role="cell" /> : null}
            <td role="cell">
              <strong>{spanInWords(page, left.thereFirstYear)}</strong>
            </td>
          </PairRow>
        ) : null}
      </FittingTable>
      <ul class="hint">
        {notes.map((note) => (
          <li key={note}>
            {t(forCentre && CENTRE_NOTES.has(note) ? `budget.note.${note}_centre` : `budget.note.${note}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Notes that say «you» to the household. */
const CENTRE_NOTES: ReadonlySet<string> = new Set(['rent_not_counted', 'rent_there_not_counted', 'pay_as_stated']);

/**
 * A small table that fits a phone: words wrap, and nothing is to be scrolled for. Of three columns (`pairs`) the name of a row stands
 * over its two values there; roles keep it a table for a screen reader however it is laid out.
 */
function FittingTable({
  caption,
  head,
  pairs = false,
  children,
}: {
  caption: string;
  head: readonly string[];
  pairs?: boolean;
  children: ComponentChildren;
}): VNode {
  const roleOf = (role: 'table' | 'rowgroup' | 'row' | 'columnheader'): typeof role | undefined =>
    pairs ? role : undefined;
  return (
    <table class={pairs ? 'fits pairs' : 'fits'} role={roleOf('table')}>
      <caption>{caption}</caption>
      <thead role={roleOf('rowgroup')}>
        <tr role={roleOf('row')}>
          {head.map((label) => (
            <th key={label} scope="col" role={roleOf('columnheader')}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role={roleOf('rowgroup')}>{children}</tbody>
    </table>
  );
}

/** A row of a table of pairs. */
function PairRow({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {name}
      </th>
      {children}
    </tr>
  );
}

/** An amount with whose word it is; where that is a source, it can be read on pointing. */
function Cell({
  page,
  figure,
  isNone,
  forCentre,
}: {
  page: PageContext;
  figure: BudgetFigure | null;
  isNone?: boolean;
  forCentre?: boolean;
}): VNode {
  const { t } = page;
  if (figure === null) return <td role="cell">{isNone ? '–' : t('page.site.not_stated')}</td>;
  const { source, verified, reference } = figure;
  const isWord = source === 'household' || source === 'employer';
  return (
    <td role="cell" title={reference === null ? undefined : sourceInWords(page, reference)}>
      {source === 'no_job' ? '0' : spanInWords(page, figure)}{' '}
      {isWord || source === 'no_job' ? (
        <span class="soft">
          {t(forCentre && source === 'household' ? 'budget.source.household_centre' : `budget.source.${source}`)}
        </span>
      ) : (
        <Unverified page={page} verified={verified} />
      )}
    </td>
  );
}
