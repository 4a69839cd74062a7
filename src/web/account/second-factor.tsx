import type { VNode } from 'preact';
import { renderSVG } from 'uqr';
import type { Enrolment } from '../../auth/account.js';
import { Button, Form, TextField } from '../site/fields.js';
import { FormPage } from '../site/form-page.js';
import { DemoHint } from './demo.js';
import { Next, type SignInProps, here } from './sign-in.js';

export function SecondFactorPage({ next, backup, ...state }: SignInProps & { backup: boolean }): VNode {
  const { page } = state;
  const { t, href } = page;
  const other = here('/sign-in/second', next);
  return (
    <FormPage state={state} title={t('page.account.second_title')}>
      <Form page={page} action="/sign-in/second">
        <Next next={next} />
        {backup ? <input type="hidden" name="with" value="backup" /> : null}
        {backup ? (
          <TextField
            state={state}
            name="code"
            label={t('page.account.backup_code')}
            hint={t('page.account.backup_hint')}
            width={20}
            maxLength={60}
            value=""
            required
          />
        ) : (
          <TextField
            state={state}
            name="code"
            label={t('page.account.totp')}
            hint={t('page.account.totp_hint')}
            inputMode="numeric"
            autocomplete="one-time-code"
            width={6}
            maxLength={12}
            value=""
            required
          />
        )}
        <div class="actions">
          <Button>{t('page.account.enter')}</Button>
        </div>
      </Form>
      {page.demo ? <DemoHint page={page} /> : null}
      <p>
        {backup ? (
          <a href={href(other)}>{t('page.account.with_totp')}</a>
        ) : (
          <a href={href(`${other}${next === null ? '?' : '&'}with=backup`)}>{t('page.account.with_backup')}</a>
        )}
      </p>
    </FormPage>
  );
}

export function EnrolPage({ enrolment, next, ...state }: SignInProps & { enrolment: Enrolment }): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <FormPage state={state} title={t('page.account.enrol_title')}>
      <p>{t('page.account.enrol_lead')}</p>
      <h2>{t('page.account.enrol_scan')}</h2>
      <div class="qr" dangerouslySetInnerHTML={{ __html: renderSVG(enrolment.uri, { border: 2 }) }} />
      <p>
        {t('page.account.enrol_type')} <code>{enrolment.secret}</code>
      </p>
      <h2>{t('page.account.enrol_backup')}</h2>
      <p>{t('page.account.enrol_backup_lead')}</p>
      <ul class="codes">
        {enrolment.backupCodes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <h2>{t('page.account.enrol_first')}</h2>
      <Form page={page} action="/account/authenticator">
        <Next next={next} />
        <TextField
          state={state}
          name="code"
          label={t('page.account.totp')}
          hint={t('page.account.totp_hint')}
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
    </FormPage>
  );
}
