import type { VNode } from 'preact';
import { Button } from './fields.js';
import { type Typed, all } from './form.js';
import { Layout } from './layout.js';
import type { PageContext } from './page-context.js';

/**
 * A form came after its session had ended: nothing is lost. What was typed stands in this page and nowhere else; after
 * signing in in another tab the reader sends it again, or does not. Nothing is ever sent by itself. Only for forms that
 * come from our own pages: another site must not put words into a reader's mouth.
 */
export function SessionOverPage({ page, typed }: { page: PageContext; typed: Typed }): VNode {
  const { t, href, path, search } = page;
  return (
    <Layout page={page} title={t('page.account.over_title')}>
      <h1>{t('page.account.over_title')}</h1>
      <p>{t('page.account.over_lead')}</p>
      <ol>
        <li>
          <a href={href('/sign-in?next=/account')} target="_blank" rel="noopener">
            {t('page.account.over_sign_in')}
          </a>
        </li>
        <li>{t('page.account.over_return')}</li>
      </ol>
      <form method="post" action={`${href(path)}${search}`}>
        {Object.keys(typed).flatMap((name) =>
          all(typed, name).map((value, index) => (
            <input key={`${name} ${index}`} type="hidden" name={name} value={value} />
          )),
        )}
        <Button>{t('page.account.over_send')}</Button>
      </form>
      <p class="hint">{t('page.account.over_others')}</p>
    </Layout>
  );
}
