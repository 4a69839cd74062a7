import type { ComponentChildren, VNode } from 'preact';
import { type ReasonUse, reasonsFor } from '../../centres/reasons.js';
import { PROPOSAL_STATES, type ProposalAction } from '../../matching/proposal-states.js';
import { Form } from '../site/fields.js';
import { one } from '../site/form.js';
import { KeyButton, reasonKey } from './blocks.js';
import type { CaseProps } from './case.js';

/** The decisions that the state of the case allows to the reader, each a plain form. */
export function Decisions(props: CaseProps): VNode {
  const { page, view, holder, mayTakeOver } = props;
  const { t } = page;
  const open: { readonly [A in ProposalAction]?: string } = PROPOSAL_STATES[view.status];
  const allows = (action: ProposalAction): boolean => open[action] !== undefined;
  // A claim that has run out decides nothing, neither its holder's nor anybody's, until it is taken again.
  const lapsed = view.status === 'claimed' && holder === null;
  if (!allows('reject')) return <p>{t(`page.centre.closed_${view.status}`)}</p>;
  if (holder === 'another') {
    return (
      <>
        <p>{t('page.centre.in_other_hands', { who: view.claimedByLabel ?? t('page.centre.colleague') })}</p>
        {mayTakeOver ? <Step {...props} action="release" shortcut="l" words={t('page.centre.take_from')} /> : null}
      </>
    );
  }
  return (
    <div class="decisions">
      {lapsed ? <p>{t('page.centre.lapsed')}</p> : null}
      {holder === 'me' ? (
        <Step {...props} action="release" shortcut="l" words={t('page.centre.release')} />
      ) : (
        <Step {...props} action="claim" shortcut="c" words={t('page.centre.claim')} />
      )}
      {lapsed ? null : (
        <>
          {allows('approve') ? (
            <Step
              {...props}
              action="approve"
              shortcut="a"
              kind="main"
              words={t(view.quota.code === 'quota.exceeded' ? 'page.centre.approve_over' : 'page.centre.approve')}
            />
          ) : null}
          {allows('return') ? <ReasonPanel {...props} action="return" shortcut="r" /> : null}
          {allows('refer') ? <ReasonPanel {...props} action="refer" shortcut="f" /> : null}
          <ReasonPanel {...props} action="reject" shortcut="x" />
        </>
      )}
    </div>
  );
}

function Step({
  action,
  shortcut,
  words,
  kind,
  ...props
}: CaseProps & { action: ProposalAction; shortcut: string; words: string; kind?: 'main' | 'quiet' }): VNode {
  return (
    <DecisionForm {...props} action={action}>
      <KeyButton shortcut={shortcut} kind={kind}>
        {words}
      </KeyButton>
    </DecisionForm>
  );
}

function DecisionForm({
  page,
  view,
  list,
  action,
  children,
}: CaseProps & { action: ProposalAction; children: ComponentChildren }): VNode {
  return (
    <Form page={page} action={`/centre/cases/${view.id}/${action}`}>
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="list" value={list} />
      {children}
    </Form>
  );
}

/** A decision with a reason: its reasons are its buttons, so that one key or tap opens it and one more decides. */
function ReasonPanel(props: CaseProps & { action: Exclude<ReasonUse, 'withdraw'>; shortcut: string }): VNode {
  const { page, action, shortcut, typed, problems } = props;
  const { t } = page;
  const failed = problems.length > 0 && one(typed, 'action') === action;
  return (
    <details class="reason-panel" open={failed} data-panel>
      <summary data-key={shortcut} aria-keyshortcuts={shortcut}>
        <kbd aria-hidden="true">{shortcut}</kbd> {t(`page.centre.${action}`)}
      </summary>
      <DecisionForm {...props} action={action}>
        {action === 'refer' ? <RegionField {...props} /> : null}
        <div class="field">
          <label for={`note-${action}`}>{t(`page.centre.note_${action}`)}</label>
          <textarea id={`note-${action}`} name="note" rows={2} maxLength={500}>
            {failed ? one(typed, 'note') : ''}
          </textarea>
        </div>
        <fieldset class="field">
          <legend>{t(`page.centre.reason_${action}`)}</legend>
          <div class="reason-buttons">
            {reasonsFor(action).map((code, index) => (
              <KeyButton key={code} shortcut={reasonKey(index)} kind="reason" name="reason" value={code}>
                {t(`reason.${code}`)}
              </KeyButton>
            ))}
          </div>
        </fieldset>
      </DecisionForm>
    </details>
  );
}

function RegionField({ page, otherRegions, wishedRegion, bestRegion, typed }: CaseProps): VNode {
  const { t } = page;
  const typedRegion = one(typed, 'region');
  const chosen = typedRegion || (wishedRegion ?? bestRegion);
  const why = wishedRegion !== null ? 'wished' : bestRegion !== null ? 'best' : null;
  return (
    <div class="field">
      <label for="f-region">{t('page.centre.refer_region')}</label>
      {why === null ? null : <p class="hint">{t(`page.centre.refer_${why}`)}</p>}
      <select id="f-region" name="region">
        {chosen === null || chosen === '' ? <option value="">{t('page.centre.choose')}</option> : null}
        {otherRegions.map(({ code, name }) => (
          <option key={code} value={code} selected={code === chosen}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
