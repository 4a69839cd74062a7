import type { VNode } from 'preact';
import type { Account } from '../../auth/account.js';
import { BackLink } from '../site/blocks.js';
import { Button, ErrorSummary, Form, type FormState, TextArea } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { AccountFacts } from './accounts.js';

/** What may be done with somebody else's account. */
export function AccountAdminPage({
  account,
  regionName,
  ...state
}: FormState & { account: Account; regionName: (code: string) => string }): VNode {
  const { page, problems } = state;
  const { t } = page;
  const { id, label, disabledAt } = account;
  const isOpen = disabledAt === null;
  const action = (what: string): string => `/admin/accounts/${id}/${what}`;
  return (
    <Layout page={page} title={label} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/admin" />
      <ErrorSummary state={state} />
      <h1>{label}</h1>
      <AccountFacts page={page} account={account} regionName={regionName} />
      <h2>{t('page.admin.account_title')}</h2>
      <section aria-labelledby="sessions">
        <h3 id="sessions">{t('page.admin.end_sessions')}</h3>
        <p>{t('page.admin.end_sessions_lead')}</p>
        <Form page={page} action={action('sign-out')}>
          <Button kind="quiet">{t('page.admin.end_sessions')}</Button>
        </Form>
      </section>
      <section aria-labelledby="factor">
        <h3 id="factor">{t('page.admin.reset')}</h3>
        <p>{t('page.admin.reset_lead')}</p>
        <Form page={page} action={action('reset')}>
          <TextArea
            state={state}
            name="reason"
            label={t('page.admin.reason')}
            hint={t('page.admin.reason_hint')}
            rows={2}
            maxLength={500}
          />
          <Button kind="danger">{t('page.admin.reset_button')}</Button>
        </Form>
      </section>
      <section aria-labelledby="shut">
        <h3 id="shut">{t('page.admin.shut_title')}</h3>
        <Form page={page} action={action(isOpen ? 'disable' : 'enable')}>
          <Button kind={isOpen ? 'danger' : 'quiet'}>{t(isOpen ? 'page.admin.disable' : 'page.admin.enable')}</Button>
        </Form>
      </section>
    </Layout>
  );
}
