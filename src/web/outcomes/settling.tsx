import type { VNode } from 'preact';
import type { ChanceView, Settling } from '../../outcomes/answers.service.js';
import { ACTIVITIES, HOUSING, RETURN_REASONS, type ReturnReason } from '../../outcomes/outcome-kinds.js';
import type { ArrivalState } from '../../outcomes/outcomes.queries.js';
import { Details, Facts, Notice } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, type FormState } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { TOOK_JOB, activityField, asKnown } from './settling.form.js';

/**
 * How a household stands as far as is known, adult by adult: by place, for a link may be read by others. `told`: only what it has
 * said; without, also what is to be confirmed, that whoever came for a job has it.
 */
export function KnownFacts({
  page,
  arrival,
  told = false,
}: {
  page: PageContext;
  arrival: ArrivalState;
  told?: boolean;
}): VNode {
  const { t } = page;
  const known = told ? null : asKnown(arrival);
  return (
    <Facts
      items={[
        ...arrival.adults.map(({ personId, position, activity, cameFor }) => {
          const now = known?.adults.find((one) => one.personId === personId)?.activity ?? activity;
          const words = now === null ? t('page.follow_ups.not_heard') : t(`activity.${now}`);
          return {
            name: t('page.settling.adult', { position }),
            value: cameFor === null ? words : `${words} (${t('page.settling.came_for', { title: cameFor })})`,
          };
        }),
        {
          name: t('page.settling.home'),
          value:
            (known?.housing ?? arrival.housing)
              ? t(`housing_state.${known?.housing ?? arrival.housing!}`)
              : t('page.follow_ups.not_heard'),
        },
      ]}
    />
  );
}

/** The questions on how a household is. */
export function SettlingFields({ state, arrival }: { state: FormState; arrival: ArrivalState }): VNode {
  const { t } = state.page;
  const words = (prefix: string, codes: readonly string[]): { value: string; label: string }[] =>
    codes.map((value) => ({ value, label: t(`${prefix}.${value}`) }));
  return (
    <>
      <Choices
        state={state}
        name="stays"
        kind="radio"
        label={t('page.settling.stays')}
        choices={[
          { value: 'yes', label: t('page.settling.stays_yes') },
          { value: 'no', label: t('page.settling.stays_no') },
        ]}
      />
      {arrival.adults.map(({ personId, position, cameFor }) => (
        <Choices
          key={personId}
          state={state}
          name={activityField(position)}
          kind="radio"
          label={t('page.settling.adult', { position })}
          hint={cameFor === null ? undefined : t('page.settling.came_for', { title: cameFor })}
          choices={words('activity', ACTIVITIES)}
        />
      ))}
      <Choices
        state={state}
        name="housing"
        kind="radio"
        label={t('page.settling.home')}
        choices={words('housing_state', HOUSING)}
      />
      {arrival.approvedJobs.length === 0 ? null : (
        <Choices
          state={state}
          name={TOOK_JOB}
          kind="radio"
          label={t('page.settling.took')}
          hint={t('page.settling.took_hint', { titles: arrival.approvedJobs.join(', ') })}
          choices={[
            { value: 'yes', label: t('page.settling.took_yes') },
            { value: 'no', label: t('page.settling.took_no') },
          ]}
        />
      )}
      <Choices
        state={state}
        name="reason"
        kind="radio"
        label={t('page.settling.reason')}
        hint={t('page.settling.reason_hint')}
        choices={words('return_reason', RETURN_REASONS)}
      />
    </>
  );
}

/** One tap where everything is as known; otherwise the questions. `path`: where both forms go. */
function Questions({ state, arrival, path }: { state: FormState; arrival: ArrivalState; path: string }): VNode {
  const { page, problems } = state;
  const { t } = page;
  const known = asKnown(arrival);
  const form = (
    <Form page={page} action={path}>
      <SettlingFields state={state} arrival={arrival} />
      <div class="actions">
        <Button>{t('page.settling.send')}</Button>
      </div>
    </Form>
  );
  if (known === null) return form;
  return (
    <>
      <section class="card">
        <h2>{t('page.settling.is_it_so')}</h2>
        <KnownFacts page={page} arrival={arrival} />
        <Form page={page} action={`${path}/same`}>
          <Button>{t('page.settling.yes')}</Button>
        </Form>
      </section>
      <Details summary={t('page.settling.changed')} open={problems.length > 0}>
        {form}
      </Details>
    </>
  );
}

function Since({ page, arrival, region }: { page: PageContext; arrival: ArrivalState; region: string }): VNode {
  const { arrivedOn, persons } = arrival;
  return <p>{page.t('page.settling.since', { region, on: arrivedOn, persons })}</p>;
}

/** The page of a link that a notice carried; names nobody. */
export function LinkedPage({
  state,
  arrival,
  region,
  path,
  over,
}: {
  state: FormState;
  arrival: ArrivalState;
  region: string;
  path: string;
  /** Null while it may be answered. */
  over: 'answered' | 'closed' | null;
}): VNode {
  const { page, problems } = state;
  const { t, href } = page;
  const words = over === 'answered' ? 'done' : 'over';
  const title = over === null ? t('page.settling.title') : t(`page.settling.${words}_title`);
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <ErrorSummary state={state} />
      <h1>{title}</h1>
      {over === null ? (
        <>
          <Since page={page} arrival={arrival} region={region} />
          <Questions state={state} arrival={arrival} path={path} />
          <p class="hint">{t('page.settling.why')}</p>
        </>
      ) : (
        <>
          <p>{t(`page.settling.${words}_text`)}</p>
          <p>
            <a href={`${href('/sign-in')}?next=${encodeURIComponent('/my/settling')}`}>{t('page.settling.sign_in')}</a>
          </p>
        </>
      )}
    </Layout>
  );
}

/** The household's own page: what was asked, what is known, and telling of a change at any time. */
export function OwnSettlingPage({
  state,
  settling,
  region,
  done,
}: {
  state: FormState;
  /** Null before it has arrived. */
  settling: Settling | null;
  region(code: string): string;
  done: boolean;
}): VNode {
  const { page, problems } = state;
  const { t } = page;
  const title = t('page.settling.title');
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <ErrorSummary state={state} />
      {done ? (
        <Notice kind="good">
          <p>{t('page.settling.done_title')}</p>
        </Notice>
      ) : null}
      <h1>{title}</h1>
      {settling === null ? (
        <p>{t('page.settling.none')}</p>
      ) : (
        <OwnSettling state={state} settling={settling} region={region(settling.arrival.regionCode)} />
      )}
    </Layout>
  );
}

function OwnSettling({ state, settling, region }: { state: FormState; settling: Settling; region: string }): VNode {
  const { page } = state;
  const { t } = page;
  const { arrival, followUps, chances } = settling;
  const asked = followUps.findLast((one) => one.state === 'asked' || one.state === 'unreached');
  const next = followUps.find((one) => one.state === 'due');
  const chance = chances.find((one) => one.state !== 'ended');
  return (
    <>
      <Since page={page} arrival={arrival} region={region} />
      {asked === undefined ? null : (
        <Notice kind="warn">
          <p>{t('page.settling.asked', { months: asked.months, by: asked.answerBy })}</p>
        </Notice>
      )}
      {chance === undefined ? null : <Chance page={page} chance={chance} region={region} />}
      {arrival.returned ? (
        <p>{t('page.settling.gone')}</p>
      ) : (
        <Questions state={state} arrival={arrival} path="/my/settling" />
      )}
      {arrival.heardOn === null ? null : <p class="soft">{t('page.settling.heard', { on: arrival.heardOn })}</p>}
      {next === undefined || arrival.returned ? null : (
        <p class="soft">{t('page.settling.next', { on: next.dueOn })}</p>
      )}
      <p class="hint">{t('page.settling.why')}</p>
    </>
  );
}

/** Where a household takes away itself what keeps a second chance from being looked for. */
const MENDED_AT = { no_consent: '/my/household/consents', nobody_seeks: '/my/household' } as const;

/** Where a second chance stands: who has it, and until when; or what keeps it from being looked for. */
function Chance({ page, chance, region }: { page: PageContext; chance: ChanceView; region: string }): VNode {
  const { t, href } = page;
  const { state, hindrance, proposalId, takeBy } = chance;
  const lost = chance.lost.map((one) => t(`loss.${one}`)).join(', ');
  // After a lost home only posts with one count, whatever else was lost.
  const sought = t(`page.settling.sought_${chance.lost.includes('home') ? 'home' : 'job'}`);
  // Turned down, referred or withdrawn: what was found is gone, and the next search takes it up at any minute.
  const gone = state === 'proposed' && takeBy === null && chance.decidedBy === null;
  const words = gone
    ? t('page.settling.chance_again', { sought, region })
    : state !== 'proposed'
      ? t(`page.settling.chance_${hindrance ?? state}`, { lost, sought, day: chance.searchesOn, region })
      : takeBy === null
        ? t('page.settling.chance_proposed', { day: chance.decidedBy })
        : t('page.settling.chance_approved', { day: takeBy });
  return (
    <Notice kind={hindrance === null ? 'plain' : 'warn'} title={t('page.settling.chance_title')}>
      <p>{words}</p>
      {hindrance === null ? null : (
        <p>
          <a href={href(MENDED_AT[hindrance])}>{t(`page.settling.chance_mend_${hindrance}`)}</a>
        </p>
      )}
      {proposalId === null || state !== 'proposed' || gone ? null : (
        <p>
          <a href={href(`/my/matches/${proposalId}`)}>{t('page.settling.chance_open')}</a>
        </p>
      )}
      {takeBy === null ? null : (
        <Form page={page} action="/my/settling/taken">
          <Button>{t('page.settling.chance_taken')}</Button>
        </Form>
      )}
    </Notice>
  );
}

/** Asks once more before a return is recorded. */
export function ConfirmReturnPage({
  page,
  path,
  reason,
}: {
  page: PageContext;
  path: string;
  reason: ReturnReason;
}): VNode {
  const { t, href } = page;
  const title = t('page.settling.sure_title');
  return (
    <Layout page={page} title={title}>
      <h1>{title}</h1>
      <p>{t('page.settling.sure_text')}</p>
      <Form page={page} action={path}>
        <input type="hidden" name="stays" value="no" />
        <input type="hidden" name="reason" value={reason} />
        <input type="hidden" name="sure" value="yes" />
        <div class="actions">
          <Button>{t('page.settling.sure_yes')}</Button>
          <a href={href(path)}>{t('page.settling.sure_no')}</a>
        </div>
      </Form>
    </Layout>
  );
}
