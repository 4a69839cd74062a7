import type { VNode } from 'preact';
import type { Eligibility } from '../../programme/eligibility.js';
import { BackLink } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { MoveSheet } from '../site/move-sheet.js';
import { type MatchProps, budgetOf, hasMoved } from './match-card.js';

/** A match's money, conditions and papers on one sheet of A4, and the rents that may be counted with it. */
export function MatchMoneySheet({
  eligibility,
  typed,
  problems,
  ...props
}: MatchProps & Omit<FormState, 'page'> & { eligibility: Eligibility | null }): VNode {
  const { page, own, names } = props;
  const { t } = page;
  const { id, districtKato, regionCode, persons, support } = own.match;
  const region = names.region(regionCode);
  const state = { page, typed, problems };
  return (
    <Layout page={page} title={t('page.money.sheet_title')} hasErrors={problems.length > 0}>
      <BackLink page={page} path={`/my/matches/${id}`} />
      <ErrorSummary state={state} />
      <MoveSheet
        page={page}
        lead={`${names.place(districtKato)}, ${region} · ${t('page.money.persons', { members: persons })}`}
        sheet={support.sheet}
        refusal={support.refusal}
        budget={budgetOf(props)}
        // A job there after the move is applied for nowhere.
        eligibility={support.refusal?.code === 'support.moved_already' ? null : eligibility}
        region={region}
      />
      <AskForm page={page} action={`/my/matches/${id}/sheet`}>
        <h2>{t('page.money.rent_ask')}</h2>
        {(hasMoved(own.match) ? (['rentThere'] as const) : (['rentHere', 'rentThere'] as const)).map((name) => (
          <TextField
            key={name}
            state={state}
            name={name}
            label={t(name === 'rentHere' ? 'page.money.rent_here' : 'page.money.rent_there')}
            inputMode="numeric"
            width={12}
            maxLength={8}
          />
        ))}
        <div class="actions">
          <Button>{t('page.money.rent_count')}</Button>
        </div>
      </AskForm>
    </Layout>
  );
}
