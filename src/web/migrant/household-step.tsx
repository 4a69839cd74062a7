import type { VNode } from 'preact';
import { type DraftStep, adultAsked } from '../../households/household-draft.js';
import { BackLink } from '../site/blocks.js';
import { Button, ErrorSummary, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { StepFields } from './household-fields.js';
import type { StepProps } from './step-props.js';

/** What an adult has beside the work itself may be said later: without it the match is only rougher. */
const isOptional = (step: DraftStep): boolean => (adultAsked(step)?.part ?? 'work') !== 'work';

/** One question group of the household. */
export function StepPage(props: StepProps): VNode {
  const { page, step, steps, typed, problems, version, fromOverview } = props;
  const { t } = page;
  const title = t(`page.my.step_${step}`);
  const index = steps.indexOf(step);
  const state = { page, typed, problems };
  const overview = version !== null || fromOverview;
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <BackLink page={page} path={overview || index === 0 ? '/my/household' : `/my/household/${steps[index - 1]}`} />
      {version === null ? (
        <p class="soft">{t('page.my.step_count', { step: index + 1, steps: steps.length })}</p>
      ) : null}
      <h1>{title}</h1>
      {version === null && isOptional(step) ? <p>{t('page.my.step_optional')}</p> : null}
      <ErrorSummary state={state} />
      <Form
        page={page}
        action={`/my/household/${step}`}
        remember={step === 'consents' ? undefined : `household-${step}`}
        once
      >
        {version === null ? null : <input type="hidden" name="version" value={version} />}
        {fromOverview ? <input type="hidden" name="then" value="overview" /> : null}
        <StepFields {...props} state={state} />
        <div class="actions">
          <Button>{t(overview ? 'page.site.save' : 'page.my.save_next')}</Button>
        </div>
      </Form>
      {version === null ? <p class="hint">{t('page.my.kept')}</p> : null}
    </Layout>
  );
}
