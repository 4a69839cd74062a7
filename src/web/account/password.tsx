import type { VNode } from 'preact';
import { Notice } from '../site/blocks.js';
import { Button, Form, type FormState, TextField } from '../site/fields.js';
import { FormPage } from '../site/form-page.js';
import { DemoHint } from './demo.js';

export function ResetPage({ sent, ...state }: FormState & { sent: boolean }): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <FormPage state={state} title={t('page.account.reset_title')}>
      {sent ? <Notice kind="good">{t('page.account.reset_sent')}</Notice> : null}
      <Form page={page} action="/account/password">
        <TextField
          state={state}
          name="email"
          label={t('page.account.email')}
          type="email"
          inputMode="email"
          autocomplete="username"
          maxLength={254}
          required
        />
        <div class="actions">
          <Button>{t('page.account.reset_send')}</Button>
        </div>
      </Form>
      {page.demo ? <DemoHint page={page} /> : null}
    </FormPage>
  );
}

export function NewPasswordPage(state: FormState): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <FormPage state={state} title={t('page.account.new_password')}>
      <Form page={page} action={page.path}>
        <TextField
          state={state}
          name="password"
          label={t('page.account.password')}
          hint={t('page.account.password_hint')}
          type="password"
          autocomplete="new-password"
          maxLength={200}
          required
        />
        <TextField
          state={state}
          name="repeat"
          label={t('page.account.password_repeat')}
          type="password"
          autocomplete="new-password"
          maxLength={200}
          required
        />
        <div class="actions">
          <Button>{t('page.site.save')}</Button>
        </div>
      </Form>
    </FormPage>
  );
}
