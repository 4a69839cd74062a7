import type { VNode } from 'preact';
import { Notice } from '../site/blocks.js';
import { Button, Form, type FormState, TextField } from '../site/fields.js';
import { FormPage } from '../site/form-page.js';
import { DemoHint } from './demo.js';

export interface SignInProps extends FormState {
  next: string | null;
}

/** Where the reader was going, carried through the steps of signing in. */
export const Next = ({ next }: { next: string | null }): VNode | null =>
  next === null ? null : <input type="hidden" name="next" value={next} />;

export const here = (path: string, next: string | null): string =>
  next === null ? path : `${path}?next=${encodeURIComponent(next)}`;

export function SignInPage({ next, ...state }: SignInProps): VNode {
  const { page } = state;
  const { t, href } = page;
  return (
    <FormPage state={state} title={t('page.account.sign_in')}>
      <p>{t('page.account.phone_lead')}</p>
      <Form page={page} action="/sign-in">
        <Next next={next} />
        <TextField
          state={state}
          name="phone"
          label={t('page.account.phone')}
          hint={t('page.account.phone_hint')}
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          width={20}
          maxLength={40}
          required
        />
        <div class="actions">
          <Button>{t('page.account.send_code')}</Button>
        </div>
      </Form>
      {page.demo ? <DemoHint page={page} /> : null}
      <p>
        <a href={href(here('/sign-in/staff', next))}>{t('page.account.to_staff')}</a>
      </p>
    </FormPage>
  );
}

export function CodePage({ phone, next, ...state }: SignInProps & { phone: string | null }): VNode {
  const { page } = state;
  const { t, href } = page;
  return (
    <FormPage state={state} title={t('page.account.code_title')}>
      {phone === null ? null : <p>{t('page.account.code_sent', { phone })}</p>}
      <Form page={page} action="/sign-in/code">
        <Next next={next} />
        <TextField
          state={state}
          name="code"
          label={t('page.account.code')}
          inputMode="numeric"
          autocomplete="one-time-code"
          width={6}
          maxLength={12}
          value=""
          required
        />
        <div class="actions">
          <Button>{t('page.account.enter')}</Button>
        </div>
      </Form>
      {page.demo ? <DemoHint page={page} /> : null}
      <p>
        <a href={href(here('/sign-in', next))}>{t('page.account.other_number')}</a>
      </p>
    </FormPage>
  );
}

/** What sent the reader here: a second step without, or too long after, the first one; a password that was just set. */
export const STAFF_ARRIVALS = ['second', 'password'] as const;
export type StaffArrival = (typeof STAFF_ARRIVALS)[number];

export function StaffSignInPage({ next, after, ...state }: SignInProps & { after: StaffArrival | null }): VNode {
  const { page } = state;
  const { t, href } = page;
  return (
    <FormPage state={state} title={t('page.account.staff_title')}>
      {after === null ? null : (
        <Notice kind={after === 'password' ? 'good' : 'warn'}>{t(`page.account.after_${after}`)}</Notice>
      )}
      <Form page={page} action="/sign-in/staff">
        <Next next={next} />
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
        <TextField
          state={state}
          name="password"
          label={t('page.account.password')}
          type="password"
          autocomplete="current-password"
          maxLength={200}
          required
        />
        <div class="actions">
          <Button>{t('page.account.enter')}</Button>
        </div>
      </Form>
      {page.demo ? <DemoHint page={page} /> : null}
      <p>
        <a href={href('/account/password')}>{t('page.account.forgotten')}</a>
      </p>
      <p>
        <a href={href('/employer/register')}>{t('page.account.to_register')}</a>
      </p>
      <p>
        <a href={href(here('/sign-in', next))}>{t('page.account.to_phone')}</a>
      </p>
    </FormPage>
  );
}
