import type { VNode } from 'preact';
import { renderSVG } from 'uqr';
import type { Enrolment } from '../../auth/account.js';
import type { DemoMessage, DemoTotp } from '../../auth/demo-codes.js';
import { DataTable, Notice } from '../site/blocks.js';
import { Button, ErrorSummary, Form, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

interface SignInProps extends FormState {
  next: string | null;
}

const Next = ({ next }: { next: string | null }): VNode | null =>
  next === null ? null : <input type="hidden" name="next" value={next} />;

const here = (path: string, next: string | null): string =>
  next === null ? path : `${path}?next=${encodeURIComponent(next)}`;

export function SignInPage({ next, ...state }: SignInProps): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.account.sign_in')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.sign_in')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

export function CodePage({ phone, next, ...state }: SignInProps & { phone: string | null }): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.account.code_title')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.code_title')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

export function StaffSignInPage({ next, ...state }: SignInProps): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.account.staff_title')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.staff_title')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

export function SecondFactorPage({ next, backup, ...state }: SignInProps & { backup: boolean }): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  const other = here('/sign-in/second', next);
  return (
    <Layout page={page} title={t('page.account.second_title')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.second_title')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

export function EnrolPage({ enrolment, next, ...state }: SignInProps & { enrolment: Enrolment }): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.account.enrol_title')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.enrol_title')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

export function ResetPage({ sent, ...state }: FormState & { sent: boolean }): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.account.reset_title')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.reset_title')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

export function NewPasswordPage(state: FormState): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.account.new_password')} hasErrors={problems.length > 0}>
      <h1>{t('page.account.new_password')}</h1>
      <ErrorSummary state={state} />
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
    </Layout>
  );
}

function DemoHint({ page: { t, href } }: { page: PageContext }): VNode {
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
      >
        {messages.map(({ kind, to, content, at }) => (
          <tr key={`${to} ${at.toISOString()} ${content}`}>
            <td>{to}</td>
            <td>{kind === 'link' ? <a href={content}>{t('page.account.demo_link')}</a> : <code>{content}</code>}</td>
          </tr>
        ))}
      </DataTable>
      {messages.length === 0 ? <p>{t('page.account.demo_none')}</p> : null}
      <DataTable
        caption={t('page.account.demo_totps')}
        head={[
          { label: t('page.account.email') },
          { label: t('page.account.role') },
          { label: t('page.account.code') },
        ]}
      >
        {totps.map(({ email, role, regionCode, code, secondsLeft }) => (
          <tr key={email}>
            <td>{email}</td>
            <td>
              {t(`role.${role}`)} {regionCode}
            </td>
            <td>
              <code>{code}</code> ({t('page.account.demo_seconds', { seconds: secondsLeft })})
            </td>
          </tr>
        ))}
      </DataTable>
      <p>
        <a href={href('/demo')}>{t('page.account.demo_again')}</a>
      </p>
    </Layout>
  );
}
