import type { VNode } from 'preact';
import type { DemoMessage, DemoTotp } from '../../auth/demo-codes.js';
import { DataTable } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

/** Where the demo shows what it would have sent. */
export function DemoHint({ page: { t, href } }: { page: PageContext }): VNode {
  return (
    <p class="hint">
      {t('page.account.demo_hint')} <a href={href('/demo')}>{t('page.site.demo_accounts')}</a>
    </p>
  );
}

export function DemoPage({
  page,
  messages,
  totps,
}: {
  page: PageContext;
  messages: readonly DemoMessage[];
  totps: readonly DemoTotp[];
}): VNode {
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.site.demo_accounts')}>
      <h1>{t('page.site.demo_accounts')}</h1>
      <p>{t('page.account.demo_lead')}</p>
      <DataTable
        caption={t('page.account.demo_codes')}
        head={[{ label: t('page.account.demo_to') }, { label: t('page.account.code') }]}
        rows={messages.map(({ kind, to, content, at }) => ({
          key: `${to} ${at.toISOString()} ${content}`,
          cells: [to, kind === 'link' ? <a href={content}>{t('page.account.demo_link')}</a> : <code>{content}</code>],
        }))}
      />
      {messages.length === 0 ? <p>{t('page.account.demo_none')}</p> : null}
      <DataTable
        caption={t('page.account.demo_totps')}
        head={[
          { label: t('page.account.email') },
          { label: t('page.account.role') },
          { label: t('page.account.code') },
        ]}
        rows={totps.map(({ email, role, regionCode, code, secondsLeft }) => ({
          key: email,
          cells: [
            email,
            <>
              {t(`role.${role}`)} {regionCode}
            </>,
            <>
              <code>{code}</code> ({t('page.account.demo_seconds', { seconds: secondsLeft })})
            </>,
          ],
        }))}
      />
      <p>
        <a href={href('/demo')}>{t('page.account.demo_again')}</a>
      </p>
    </Layout>
  );
}
