import type { VNode } from 'preact';
import type { Account } from '../../auth/account.js';
import { BackLink, Facts, Notice, Tag } from '../site/blocks.js';
import { Button, ErrorSummary, Form, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';

/** Who acts for the firm; its owner invites more. */
export function ColleaguesPage({
  accounts,
  mayInvite,
  sent,
  ...state
}: FormState & { accounts: readonly Account[]; mayInvite: boolean; sent: boolean }): VNode {
  const { page, problems } = state;
  const { t, day } = page;
  return (
    <Layout page={page} title={t('page.colleagues.title')} hasErrors={problems.length > 0}>
      <ErrorSummary state={state} />
      {sent ? <Sent state={state} /> : null}
      <h1>{t('page.colleagues.title')}</h1>
      <p>{t('page.colleagues.lead')}</p>
      <ul class="plain">
        {accounts.map(({ id, label, email, createdAt, hasSecondFactor }) => (
          <li key={id} class="card">
            <h2>{label}</h2>
            {hasSecondFactor ? null : (
              <p>
                <Tag kind="warn">{t('page.colleagues.pending')}</Tag>
              </p>
            )}
            <Facts
              items={[
                { name: t('page.account.email'), value: email },
                { name: t('page.admin.since'), value: day(createdAt) },
              ]}
            />
          </li>
        ))}
      </ul>
      {mayInvite ? (
        <section aria-labelledby="invite">
          <h2 id="invite">{t('page.colleagues.invite_title')}</h2>
          <p>{t('page.colleagues.invite_lead')}</p>
          <Form page={page} action="/employer/colleagues">
            <Person state={state} />
          </Form>
        </section>
      ) : (
        <p class="hint">{t('page.colleagues.owner_note')}</p>
      )}
    </Layout>
  );
}

/** A centre gives somebody of a verified firm an account. */
export function FirmInvitationPage({ sent, ...state }: FormState & { sent: boolean }): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.colleagues.of_firm_title')} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/centre/employers" />
      <ErrorSummary state={state} />
      {sent ? <Sent state={state} /> : null}
      <h1>{t('page.colleagues.of_firm_title')}</h1>
      <p>{t('page.colleagues.of_firm_lead')}</p>
      <Form page={page} action="/centre/firms/invite">
        <TextField
          state={state}
          name="bin"
          label={t('page.employer.bin')}
          inputMode="numeric"
          width={20}
          maxLength={20}
          required
        />
        <Person state={state} />
      </Form>
    </Layout>
  );
}

function Person({ state }: { state: FormState }): VNode {
  const { t } = state.page;
  return (
    <>
      <TextField state={state} name="label" label={t('page.colleagues.label')} maxLength={120} required />
      <TextField
        state={state}
        name="email"
        type="email"
        inputMode="email"
        label={t('page.account.email')}
        maxLength={254}
        required
      />
      <div class="actions">
        <Button>{t('page.colleagues.send')}</Button>
      </div>
    </>
  );
}

function Sent({ state: { page } }: { state: FormState }): VNode {
  return (
    <Notice kind="good">
      <p>{page.t('page.colleagues.sent')}</p>
    </Notice>
  );
}
