import type { VNode } from 'preact';
import { reasonsFor } from '../../centres/reasons.js';
import type { ProposalView } from '../../centres/queue-view.service.js';
import type { QuotaInSight } from '../../centres/quota-check.js';
import type { FieldProblem } from '../../shared/problem.js';
import { BackLink, InventedTag } from '../site/blocks.js';
import { ErrorSummary, Form } from '../site/fields.js';
import { type Typed, all } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { JobFacts } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { CaseTags, KeyButton, KeyHelp, type Names, QuotaLine, caseInOneLine, holderOf, reasonKey } from './blocks.js';

export interface AlikeProps {
  page: PageContext;
  /** The queue that the reader came from. */
  back: string;
  names: Names;
  /** The case that was asked about first. */
  id: string;
  cases: readonly ProposalView[];
  quota: QuotaInSight;
  typed: Typed;
  problems: readonly FieldProblem[];
  now: Date;
}

/** Alike cases: the same posts, district and professions. One decision for those that are ticked. */
export function AlikePage(props: AlikeProps): VNode {
  const { page, back, names, id, cases, quota, typed, problems } = props;
  const { t } = page;
  const [first] = cases;
  const ticked = new Set(all(typed, 'cases'));
  return (
    <Layout
      page={page}
      title={t('page.centre.alike_title')}
      wide
      hasErrors={problems.length > 0}
      scripts={['queue.js']}
    >
      <BackLink page={page} path={back} />
      <ErrorSummary state={{ page, typed, problems }} />
      <h1>{t('page.centre.alike_title')}</h1>
      <div class="desk-bar">
        <QuotaLine page={page} quota={quota} />
      </div>
      {first === undefined ? (
        <p>{t('page.centre.alike_none')}</p>
      ) : (
        <>
          <p>{t('page.centre.alike_lead')}</p>
          {first.placements.map(({ id: placementId, vacancy, promise }) => (
            <div class="card" key={placementId}>
              <h2>{vacancy.title}</h2>
              <InventedTag page={page} synthetic={vacancy.synthetic} />
              <JobFacts
                page={page}
                job={{
                  ...promise,
                  employerName: vacancy.employerName,
                  housingInspected: vacancy.housingProvenance === 'inspected',
                }}
              />
              {vacancy.openings === null ? null : <p>{t('page.centre.openings_of', { openings: vacancy.openings })}</p>}
            </div>
          ))}
          <Form page={page} action={`/centre/cases/${id}/alike`}>
            <fieldset class="field">
              <legend>{t('page.centre.alike_cases', { count: cases.length })}</legend>
              {cases.map((view, index) => {
                const value = `${view.id}:${view.version}`;
                return (
                  <div class="choice" key={view.id}>
                    <input
                      id={index === 0 ? 'f-cases' : `f-cases-${index}`}
                      type="checkbox"
                      name="cases"
                      value={value}
                      checked={ticked.has(value)}
                    />
                    <label for={index === 0 ? 'f-cases' : `f-cases-${index}`}>
                      {caseInOneLine(page, names, view)}
                      <br />
                      <CaseTags page={page} view={view} holder={holderOf(view, page.actor!.id, props.now)} />
                    </label>
                  </div>
                );
              })}
            </fieldset>
            <KeyButton shortcut="a" kind="main" name="decision" value="approve">
              {t('page.centre.batch_approve')}
            </KeyButton>
            <details class="reason-panel" data-panel>
              <summary data-key="x" aria-keyshortcuts="x">
                <kbd aria-hidden="true">x</kbd> {t('page.centre.batch_reject')}
              </summary>
              <div class="reason-buttons">
                {reasonsFor('reject').map((code, index) => (
                  <KeyButton key={code} shortcut={reasonKey(index)} kind="reason" name="decision" value={code}>
                    {t(`reason.${code}`)}
                  </KeyButton>
                ))}
              </div>
            </details>
          </Form>
        </>
      )}
      <KeyHelp page={page} />
    </Layout>
  );
}

/** What became of each case of a batch: `text` says why it was not decided. */
export interface BatchOutcome {
  view: ProposalView;
  text: string | null;
}

export function BatchPage({
  page,
  back,
  names,
  outcomes,
  quota,
}: {
  page: PageContext;
  back: string;
  names: Names;
  outcomes: readonly BatchOutcome[];
  quota: QuotaInSight;
}): VNode {
  const { t, href } = page;
  const failed = outcomes.filter(({ text }) => text !== null);
  const decided = outcomes.filter(({ text }) => text === null);
  return (
    <Layout page={page} title={t('page.centre.batch_title')} wide>
      <h1>{t('page.centre.batch_title')}</h1>
      <div class="notice good" role="status">
        <p>{t('page.centre.batch_done', { decided: decided.length, all: outcomes.length })}</p>
      </div>
      <QuotaLine page={page} quota={quota} />
      {failed.length === 0 ? null : (
        <section aria-labelledby="failed">
          <h2 id="failed">{t('page.centre.batch_failed')}</h2>
          <ul>
            {failed.map(({ view, text }) => (
              <li key={view.id}>
                <a href={href(`/centre/cases/${view.id}`)}>{caseInOneLine(page, names, view)}</a>: {text}
              </li>
            ))}
          </ul>
        </section>
      )}
      {decided.length === 0 ? null : (
        <section aria-labelledby="decided">
          <h2 id="decided">{t('page.centre.batch_decided')}</h2>
          <ul>
            {decided.map(({ view }) => (
              <li key={view.id}>
                <a href={href(`/centre/cases/${view.id}`)}>{caseInOneLine(page, names, view)}</a>:{' '}
                {t(`page.centre.status_${view.status}`)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a class="button" href={href(back)}>
          {t('page.centre.to_queue')}
        </a>
      </p>
    </Layout>
  );
}
