import type { VNode } from 'preact';
import type { SupportPayment } from '../../outcomes/support-payment.entity.js';
import { SUPPORT_CODES } from '../../programme/support-rules.js';
import { StatusLine } from '../centre/blocks.js';
import { BackLink, Tag } from '../site/blocks.js';
import { Button, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';

/** Support that was paid for a household: what stands, and one more. */
export function PaymentsPage({
  state,
  householdId,
  payments,
  done,
}: {
  state: FormState;
  householdId: string;
  payments: readonly SupportPayment[];
  done: boolean;
}): VNode {
  const { page, problems } = state;
  const { t, day, tenge } = page;
  const title = t('page.payments.title');
  return (
    <Layout page={page} title={title} wide hasErrors={problems.length > 0}>
      <BackLink page={page} path="/centre/follow-ups" />
      <ErrorSummary state={state} />
      {done ? <StatusLine>{t('page.payments.done')}</StatusLine> : null}
      <h1>{title}</h1>
      {payments.length === 0 ? (
        <p>{t('page.payments.none')}</p>
      ) : (
        <ul class="plain lines">
          {payments.map((one) => (
            <li key={one.id}>
              <strong>{tenge(one.tenge)}</strong>, {day(one.paidOn)}
              <br />
              {t(`support.${one.measure}`)}
              {one.voidedAt === null ? (
                <Form page={page} action={`/centre/payments/${one.id}/void`}>
                  <input type="hidden" name="household" value={householdId} />
                  <Button kind="quiet">
                    {t('page.payments.void')}
                    <span class="hidden">{`: ${t(`support.${one.measure}`)}, ${day(one.paidOn)}`}</span>
                  </Button>
                </Form>
              ) : (
                <>
                  {' '}
                  <Tag>{t('page.payments.voided')}</Tag>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <section aria-labelledby="pay">
        <h2 id="pay">{t('page.payments.record')}</h2>
        <Form page={page} action={`/centre/households/${householdId}/payments`}>
          <Select
            state={state}
            name="measure"
            label={t('page.payments.measure')}
            choices={SUPPORT_CODES.map((value) => ({ value, label: t(`support.${value}`) }))}
          />
          <TextField
            state={state}
            name="tenge"
            label={t('page.payments.tenge')}
            inputMode="numeric"
            width={12}
            maxLength={9}
          />
          <TextField state={state} name="paidOn" type="date" label={t('page.payments.paid_on')} width={12} />
          <div class="actions">
            <Button>{t('page.site.save')}</Button>
          </div>
        </Form>
      </section>
    </Layout>
  );
}
