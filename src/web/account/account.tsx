import type { VNode } from 'preact';
import type { Account } from '../../auth/account.js';
import type { SessionSummary } from '../../auth/sessions.service.js';
import { Facts, Tag } from '../site/blocks.js';
import { Button, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { DESK_START } from '../site/next-page.js';
import type { PageContext } from '../site/page-context.js';

interface AccountProps {
  page: PageContext;
  account: Account;
  region: string | null;
  sessions: readonly SessionSummary[];
}

export function AccountPage({ page, account, region, sessions }: AccountProps): VNode {
  const { t, href, day } = page;
  return (
    <Layout page={page} title={t('page.nav.account')}>
      <h1>{t('page.nav.account')}</h1>
      <Facts
        items={[
          { name: t('page.account.phone'), value: account.phone },
          { name: t('page.account.email'), value: account.email },
          { name: t('page.account.role'), value: t(`role.${account.role}`) },
          { name: t('page.account.region'), value: region },
        ]}
      />
      <p>
        <a class="button" href={href(DESK_START[account.role])}>
          {t('page.account.to_desk')}
        </a>
      </p>
      <Form page={page} action="/account/sign-out">
        <Button kind="quiet">{t('page.account.sign_out')}</Button>
      </Form>
      <h2>{t('page.account.sessions')}</h2>
      <p>{t('page.account.sessions_lead')}</p>
      <ul class="plain">
        {sessions.map(({ id, current, userAgent, signedInAt }) => (
          <li key={id} class="card">
            <p>
              {deviceOf(userAgent) ?? t('page.account.unknown_device')}{' '}
              {current ? <Tag kind="good">{t('page.account.this_device')}</Tag> : null}
              <br />
              <span class="soft">{t('page.account.since', { day: day(signedInAt) })}</span>
            </p>
            {current ? null : (
              <Form page={page} action={`/account/sessions/${id}/end`}>
                <Button kind="quiet">{t('page.account.end_session')}</Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <Form page={page} action="/account/sign-out-everywhere">
        <Button kind="danger">{t('page.account.everywhere')}</Button>
      </Form>
    </Layout>
  );
}

const BROWSERS = {
  YaBrowser: 'Yandex',
  OPR: 'Opera',
  Edg: 'Edge',
  SamsungBrowser: 'Samsung',
  Firefox: 'Firefox',
  Chrome: 'Chrome',
  Safari: 'Safari',
};
const SYSTEMS = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  'Mac OS X': 'Mac',
  Linux: 'Linux',
};

/** A browser and a system that its owner would recognise; null when neither is plain. Each name hides in those after it. */
function deviceOf(userAgent: string | null): string | null {
  const first = (names: Record<string, string>): string | undefined =>
    Object.entries(names).find(([mark]) => userAgent?.includes(mark))?.[1];
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(', ') || null;
}
