import type { VNode } from 'preact';
import type { OwnMessage } from '../../notifications/messages.service.js';
import type { FieldProblem } from '../../shared/problem.js';
import { BackLink, Notice, Tag } from '../site/blocks.js';
import { Button, Checkbox, ErrorSummary, Form } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

export function MessagesPage({ page, messages }: { page: PageContext; messages: readonly OwnMessage[] }): VNode {
  const { t, day } = page;
  return (
    <Layout page={page} title={t('page.nav.my_messages')}>
      <h1>{t('page.nav.my_messages')}</h1>
      {messages.length === 0 ? <p>{t('page.my.no_messages')}</p> : null}
      {messages.map(({ id, title, body, createdAt, readAt }) => (
        <article key={id} class="card">
          <h2>{title}</h2>
          <p class="soft">
            {day(createdAt)} {readAt === null ? <Tag kind="good">{t('page.my.unread')}</Tag> : null}
          </p>
          {body.split(/\n{2,}/).map((paragraph, index) => (
            <p key={index} class="lines">
              {paragraph}
            </p>
          ))}
          {readAt === null ? (
            <Form page={page} action={`/my/messages/${id}/read`}>
              <Button kind="quiet">{t('page.my.mark_read')}</Button>
            </Form>
          ) : null}
        </article>
      ))}
    </Layout>
  );
}

/** How one is told, what one agreed to, and what is kept. */
export function SettingsPage({ page }: { page: PageContext }): VNode {
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.my.settings')}>
      <BackLink page={page} path="/my/household" />
      <h1>{t('page.my.settings')}</h1>
      <ul>
        <li>
          <a href={`${href('/my/household/contact')}?then=overview`}>{t('page.my.step_contact')}</a>
        </li>
        <li>
          <a href={`${href('/my/household/consents')}?then=overview`}>{t('page.my.step_consents')}</a>
        </li>
        <li>
          <a href={href('/account')}>{t('page.nav.account')}</a>
        </li>
      </ul>
      <h2>{t('page.my.data_title')}</h2>
      <p>{t('page.my.data_lead')}</p>
      <p class="actions">
        <a class="button quiet" href={href('/my/data.json')} download="qonys.json">
          {t('page.my.data_download')}
        </a>
        <a href={href('/my/delete')}>{t('page.my.delete_title')}</a>
      </p>
    </Layout>
  );
}

export function DeletePage({
  page,
  typed,
  problems,
}: {
  page: PageContext;
  typed: Typed;
  problems: readonly FieldProblem[];
}): VNode {
  const { t } = page;
  const state = { page, typed, problems };
  return (
    <Layout page={page} title={t('page.my.delete_title')} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/my/settings" />
      <h1>{t('page.my.delete_title')}</h1>
      <ErrorSummary state={state} />
      <Notice kind="bad">
        <p>{t('page.my.delete_lead')}</p>
      </Notice>
      <p>{t('page.my.delete_left')}</p>
      <Form page={page} action="/my/delete">
        <Checkbox state={state} name="sure" label={t('page.my.delete_sure')} />
        <div class="actions">
          <Button kind="danger">{t('page.my.delete')}</Button>
        </div>
      </Form>
    </Layout>
  );
}
