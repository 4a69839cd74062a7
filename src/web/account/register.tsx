import type { VNode } from 'preact';
import { Notice } from '../site/blocks.js';
import { Button, Form, type FormState, TextField } from '../site/fields.js';
import { FormPage } from '../site/form-page.js';

export function RegisterPage({ sent, ...state }: FormState & { sent: boolean }): VNode {
  const { page } = state;
  const { t, href } = page;
  return (
    <FormPage state={state} title={t('page.register.title')}>
      {sent ? (
        <>
          <Notice kind="good" title={t('page.register.sent_title')}>
            <p>{t('page.register.sent')}</p>
          </Notice>
          {page.demo ? (
            <p>
              <a href={href('/demo')}>{t('page.site.demo_accounts')}</a>
            </p>
          ) : null}
        </>
      ) : (
        <>
          <p>{t('page.register.lead')}</p>
          <Form page={page} action="/employer/register" remember="register">
            <TextField
              state={state}
              name="bin"
              label={t('page.register.bin')}
              hint={t('page.register.bin_hint')}
              inputMode="numeric"
              width={12}
              maxLength={40}
              required
            />
            <TextField
              state={state}
              name="name"
              label={t('page.register.name')}
              autocomplete="organization"
              maxLength={300}
              required
            />
            <TextField
              state={state}
              name="email"
              label={t('page.account.email')}
              hint={t('page.register.email_hint')}
              type="email"
              inputMode="email"
              autocomplete="email"
              maxLength={254}
              required
            />
            <div class="actions">
              <Button>{t('page.register.send')}</Button>
            </div>
          </Form>
          <p>
            <a href={href('/sign-in/staff')}>{t('page.register.to_sign_in')}</a>
          </p>
        </>
      )}
    </FormPage>
  );
}
