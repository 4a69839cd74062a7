import type { VNode } from 'preact';
import { type SupportLine, type SupportSheet, isFirstYearVerified } from '../../programme/support.js';
import { Details, Facts, Notice } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { Unverified, paidInWords } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { SendToRelative } from '../site/send.js';
import { SourceName } from '../site/source-name.js';
import { AskAbout } from '../questions/blocks.js';

export interface SupportPageAnswer {
  sheet: SupportSheet;
  members: number;
  /** In full, in the reader's language. */
  place: string;
  kato: string;
}

/** The calculator: how many move, where to, on which day; and what the programme pays then. */
export function SupportPage({
  places,
  answer,
  ...state
}: FormState & { places: readonly string[]; answer: SupportPageAnswer | null }): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout
      page={page}
      title={t('page.support.title')}
      hasErrors={problems.length > 0}
      description={t('page.support.description')}
    >
      <ErrorSummary state={state} />
      <h1>{t('page.support.title')}</h1>
      {answer === null ? <p class="lead">{t('page.support.lead')}</p> : <Sheet page={page} {...answer} />}
      {answer === null ? null : <h2>{t('page.support.again')}</h2>}
      <AskForm page={page} action="/support">
        <MoveFields state={state} places={places} />
        <div class="actions">
          <Button>{t('page.support.ask')}</Button>
        </div>
      </AskForm>
      <AskAbout page={page} about="programme" />
    </Layout>
  );
}

/** How many, where to, and on which day. */
export function MoveFields({ state, places }: { state: FormState; places: readonly string[] }): VNode {
  const { t, href } = state.page;
  return (
    <>
      <TextField
        state={state}
        name="members"
        label={t('page.support.members')}
        hint={t('page.support.members_hint')}
        inputMode="numeric"
        width={4}
        maxLength={2}
        required
      />
      <TextField
        state={state}
        name="place"
        label={t('page.support.place')}
        hint={
          places.length === 0
            ? t('page.support.place_hint')
            : t('page.support.place_meant', { places: places.join('; ') })
        }
        suggestions={href('/suggest/places')}
        maxLength={200}
        required
      />
      <TextField
        state={state}
        name="on"
        type="date"
        label={t('page.support.on')}
        hint={t('page.support.on_hint')}
        width={12}
      />
    </>
  );
}

function Sheet({ page, sheet, members, place, kato }: SupportPageAnswer & { page: PageContext }): VNode {
  const { t, tenge, href } = page;
  const { min, max } = sheet.householdFirstYearTenge;
  const own = sheet.lines.filter(({ payee }) => payee === 'household');
  return (
    <>
      <p class="lead">{t('page.support.for', { members, place, on: sheet.on })}</p>
      <Notice title={t('page.support.first_year', { amount: tenge(min) })}>
        {isFirstYearVerified(sheet) ? null : (
          <p>
            <Unverified page={page} verified={false} />
          </p>
        )}
        {max > min ? <p>{t('page.support.at_most', { amount: tenge(max) })}</p> : null}
        <p>{t('page.support.decided')}</p>
      </Notice>
      {own.map((line) => (
        <Line key={line.code} page={page} line={line} members={members} />
      ))}
      <h2>{t('page.support.employer_title')}</h2>
      {sheet.lines
        .filter(({ payee }) => payee === 'employer')
        .map((line) => (
          <Line key={line.code} page={page} line={line} members={members} />
        ))}
      <p class="hint">
        {t('page.support.index', { amount: tenge(sheet.mciTenge), on: sheet.on })}{' '}
        <Unverified page={page} verified={sheet.index.verified} />{' '}
        <a href={href(`/programme?on=${sheet.on}`)}>{t('page.rules.title')}</a>
      </p>
      <p>
        <a
          href={`${href('/support/sheet')}?${new URLSearchParams({ members: String(members), place: kato, on: sheet.on }).toString()}`}
        >
          {t('page.support.sheet_link')}
        </a>
      </p>
      <SendToRelative page={page} path={`/support${page.search}`} text={t('page.support.title')} what="quick" />
    </>
  );
}

function Line({ page, line, members }: { page: PageContext; line: SupportLine; members: number }): VNode {
  const { t, tenge, number } = page;
  const { code, tenge: amount, mci, months, atMost, priceSharePercent, verified, source } = line;
  const paid = months !== null ? paidInWords(page, line) : amount === null ? null : tenge(amount);
  return (
    <section class="card" aria-labelledby={`support-${code}`}>
      <h3 id={`support-${code}`}>{t(`support.${code}`)}</h3>
      {paid === null ? null : (
        <p>
          <strong>{paid}</strong> <Unverified page={page} verified={verified} />
        </p>
      )}
      <p>
        {t(`page.support.rule_${code}`, { members, each: mci === null ? 0 : mci / members })}{' '}
        {priceSharePercent === null ? null : t('page.support.half_price', { percent: priceSharePercent })}
      </p>
      <Details summary={t('page.support.why')}>
        <Facts
          items={[
            ...(mci === null ? [] : [{ name: t('page.support.mci'), value: `${atMost ? '≤ ' : ''}${number(mci)}` }]),
            { name: t('page.support.source'), value: <SourceName page={page} source={source} /> },
          ]}
        />
      </Details>
    </section>
  );
}
