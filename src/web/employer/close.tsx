import type { VNode } from 'preact';
import { OUTCOMES } from '../../vacancies/employer-vacancies.dto.js';
import { BackLink } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';

/** How a vacancy came to its end. */
export function ClosePage({ vacancy, ...state }: FormState & { vacancy: { id: string; title: string } }): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.employer.close_title')} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/employer" />
      <ErrorSummary state={state} />
      <h1>{t('page.employer.close_title')}</h1>
      <p class="lead">{vacancy.title}</p>
      <p>{t('page.employer.close_lead')}</p>
      <Form page={page} action={`/employer/vacancies/${vacancy.id}/close`}>
        <Choices
          state={state}
          name="outcome"
          kind="radio"
          label={t('page.employer.outcome')}
          choices={OUTCOMES.map((value) => ({ value, label: t(`page.employer.outcome_${value}`) }))}
        />
        <TextField
          state={state}
          name="hired"
          label={t('page.employer.hired')}
          hint={t('page.employer.hired_hint')}
          inputMode="numeric"
          width={6}
          maxLength={6}
        />
        <TextField
          state={state}
          name="hiredHere"
          label={t('page.employer.hired_here')}
          inputMode="numeric"
          width={6}
          maxLength={6}
        />
        <div class="actions">
          <Button kind="danger">{t('page.employer.close')}</Button>
        </div>
      </Form>
    </Layout>
  );
}
