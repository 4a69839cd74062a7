import type { VNode } from 'preact';
import type { Eligibility } from '../../programme/eligibility.js';
import type { SupportSheet } from '../../programme/support.js';
import { BackLink } from '../site/blocks.js';
import { AskForm, Button, Choices, ErrorSummary, type FormState, Select } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { MoveSheet } from '../site/move-sheet.js';
import { MoveFields } from './support-page.js';

const OWN = ['citizen', 'job_seeker', 'registered_year', 'graduate'] as const;

export interface SheetAnswer {
  sheet: SupportSheet;
  eligibility: Eligibility;
  members: number;
  /** In full, in the reader's language. */
  place: string;
  region: string;
}

/** Money, conditions and papers of a move for anybody who asks, on one sheet of A4, and the question beneath. */
export function SheetPage({
  places,
  regions,
  answer,
  ...state
}: FormState & {
  places: readonly string[];
  regions: readonly { code: string; name: string }[];
  answer: SheetAnswer | null;
}): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.money.sheet_title')} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/support" />
      <ErrorSummary state={state} />
      {answer === null ? (
        <h1>{t('page.money.sheet_title')}</h1>
      ) : (
        <MoveSheet
          page={page}
          lead={t('page.support.for', { members: answer.members, place: answer.place, on: answer.sheet.on })}
          sheet={answer.sheet}
          refusal={null}
          budget={null}
          eligibility={answer.eligibility}
          region={answer.region}
        />
      )}
      <AskForm page={page} action="/support/sheet">
        <h2>{t('page.support.again')}</h2>
        <MoveFields state={state} places={places} />
        <Select
          state={state}
          name="home"
          label={t('page.support.home')}
          hint={t('page.support.home_hint')}
          empty={t('page.support.home_any')}
          choices={regions.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Choices
          state={state}
          name="own"
          kind="checkbox"
          label={t('page.support.own')}
          hint={t('page.support.own_hint')}
          choices={OWN.map((code) => ({ value: code, label: t(`page.support.own_${code}`) }))}
        />
        <div class="actions">
          <Button>{t('page.support.ask')}</Button>
        </div>
      </AskForm>
    </Layout>
  );
}
