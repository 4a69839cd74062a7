import type { VNode } from 'preact';
import type { Account } from '../../auth/account.js';
import type { StaffRole } from '../../shared/access.js';
import { Facts, Notice, Tag } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

export type AdminDone = 'invited' | 'disabled' | 'enabled' | 'signed_out' | 'reset';

interface AccountsProps extends FormState {
  accounts: readonly Account[];
  /** Whom the reader may invite, and where. */
  roles: readonly StaffRole[];
  regions: readonly { code: string; name: string }[];
  regionName: (code: string) => string;
  done: AdminDone | null;
  /** To be handed over, once, where no mail can be sent. */
  link: string | null;
}

export function AccountsPage({ accounts, roles, regions, regionName, done, link, ...state }: AccountsProps): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.admin.title')} hasErrors={problems.length > 0}>
      <ErrorSummary state={state} />
      {done === null ? null : (
        <Notice kind="good">
          <p>{t(`page.admin.done_${done}`)}</p>
        </Notice>
      )}
      {link === null ? null : (
        <Notice kind="good" title={t('page.admin.link_title')}>
          <p>{t('page.admin.link')}</p>
          <p>
            <code>{link}</code>
          </p>
        </Notice>
      )}
      <h1>{t('page.admin.title')}</h1>
      <p>{t('page.admin.list')}</p>
      <ul class="plain">
        {accounts.map((account) => (
          <li key={account.id} class="card">
            <AccountCard page={page} account={account} regionName={regionName} />
          </li>
        ))}
      </ul>
      <Invite state={state} roles={roles} regions={regions} />
    </Layout>
  );
}

interface CardProps {
  page: PageContext;
  account: Account;
  regionName: (code: string) => string;
}

function AccountCard({ page, account, regionName }: CardProps): VNode {
  const { t, href, actor } = page;
  const { id, label } = account;
  return (
    <>
      <h2>{label}</h2>
      <AccountFacts page={page} account={account} regionName={regionName} />
      <p>
        {id === actor?.id ? (
          t('page.admin.yourself')
        ) : (
          <a href={href(`/admin/accounts/${id}`)}>
            {t('page.admin.manage')}
            <span class="hidden">: {label}</span>
          </a>
        )}
      </p>
    </>
  );
}

/** Whether an account works, whose it is and where. */
export function AccountFacts({ page: { t, day }, account, regionName }: CardProps): VNode {
  const { email, role, regionCode, createdAt, disabledAt, hasSecondFactor } = account;
  return (
    <>
      <p>
        {disabledAt !== null ? (
          <Tag kind="bad">{t('page.admin.state_disabled')}</Tag>
        ) : (
          <Tag kind={hasSecondFactor ? 'good' : 'warn'}>
            {t(hasSecondFactor ? 'page.admin.state_active' : 'page.admin.state_invited')}
          </Tag>
        )}
      </p>
      <Facts
        items={[
          { name: t('page.account.email'), value: email },
          { name: t('page.admin.role'), value: t(`role.${role}`) },
          { name: t('page.admin.region'), value: regionCode && regionName(regionCode) },
          { name: t('page.admin.since'), value: day(createdAt) },
        ]}
      />
    </>
  );
}

function Invite({ state, roles, regions }: { state: FormState } & Pick<AccountsProps, 'roles' | 'regions'>): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{t('page.admin.invite_title')}</h2>
      <p>{t('page.admin.invite_lead')}</p>
      <Form page={page} action="/admin/accounts">
        <TextField
          state={state}
          name="label"
          label={t('page.admin.label')}
          hint={t('page.admin.label_hint')}
          maxLength={120}
          required
        />
        <TextField
          state={state}
          name="email"
          type="email"
          inputMode="email"
          label={t('page.account.email')}
          maxLength={254}
          required
        />
        <Choices
          state={state}
          name="role"
          kind="radio"
          label={t('page.admin.role')}
          choices={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
        <Select
          state={state}
          name="regionCode"
          label={t('page.admin.region')}
          hint={t('page.admin.region_hint')}
          empty={t('page.admin.region_none')}
          choices={regions.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <div class="actions">
          <Button>{t('page.admin.invite')}</Button>
        </div>
      </Form>
    </section>
  );
}
