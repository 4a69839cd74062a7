import type { VNode } from 'preact';
import { DISMISSAL_REASONS } from '../../households/dismissal.entity.js';
import type { FieldProblem } from '../../shared/problem.js';
import { BackLink, Notice } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, Select } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import type { MatchProps } from './match-card.js';

/** "Not interested": what exactly, and why, so that it is not proposed again. */
export function DismissPage({
  page,
  own,
  names,
  typed,
  problems,
}: MatchProps & { typed: Typed; problems: readonly FieldProblem[] }): VNode {
  const { t } = page;
  const { match, vacancies, interests } = own;
  const title = t('page.my.dismiss_title');
  const state = { page, typed, problems };
  const jobs = match.placements.filter(({ withdrawnAt }) => withdrawnAt === null);
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <BackLink page={page} path={`/my/matches/${match.id}`} />
      <h1>{title}</h1>
      <ErrorSummary state={state} />
      <p>{t('page.my.dismiss_lead')}</p>
      {interests.size > 0 ? <Notice kind="warn">{t('page.my.dismiss_interest')}</Notice> : null}
      <Form page={page} action={`/my/matches/${match.id}/dismiss`}>
        <Choices
          state={state}
          name="target"
          kind="radio"
          label={t('page.my.dismiss_what')}
          choices={[
            ...jobs.map(({ vacancyId, id }) => ({
              value: `vacancy ${vacancyId}`,
              label: `${t('page.my.scope_vacancy')}: ${vacancies.get(id)?.title ?? ''}`,
            })),
            { value: 'district', label: `${t('page.my.scope_district')}: ${names.place(match.districtKato)}` },
            { value: 'region', label: `${t('page.my.scope_region')}: ${names.region(match.regionCode)}` },
          ]}
        />
        <Select
          state={state}
          name="reason"
          label={t('page.my.dismiss_why')}
          empty={t('page.my.choose')}
          choices={DISMISSAL_REASONS.map((reason) => ({ value: reason, label: t(`page.my.reason_${reason}`) }))}
        />
        <div class="actions">
          <Button>{t('page.my.dismiss_send')}</Button>
        </div>
      </Form>
    </Layout>
  );
}
