import type { VNode } from 'preact';
import type { InterestAnswer } from '../../applications/interests.dto.js';
import type { ProposalNoticeAnswer } from '../../centres/centres.answers.js';
import type { WholeProposalView } from '../../centres/queue-view.service.js';
import type { QuotaInSight } from '../../centres/quota-check.js';
import { quotaInWords } from '../../centres/centres.words.js';
import { partsInWords } from '../../matching/matching.words.js';
import type { FieldProblem, Problem } from '../../shared/problem.js';
import { BackLink, Notice } from '../site/blocks.js';
import { Button, ErrorSummary, Form } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { Reasons, ScoreLine } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';
import {
  CaseTags,
  type Holder,
  KeyHelp,
  type Names,
  QuotaLine,
  type Region,
  StatusLine,
  inRegion,
  moment,
} from './blocks.js';
import { HouseholdSide } from './case-household.js';
import { JobsSide } from './case-jobs.js';
import { CaseMoney } from './case-money.js';
import type { QueueList } from './centre.form.js';
import { Decisions } from './decisions.js';
import { DoneWords } from './done-words.js';
import type { Done } from './done.js';
import { History, type HistoryLine } from './history.js';

export interface CaseProps {
  page: PageContext;
  region: Region;
  names: Names;
  view: WholeProposalView;
  notices: readonly ProposalNoticeAnswer[];
  history: readonly HistoryLine[];
  /** Jobs of an approved case that the household has said yes to. */
  interests: readonly InterestAnswer[];
  quota: QuotaInSight;
  holder: Holder;
  /** The reader may give back what a colleague holds. */
  mayTakeOver: boolean;
  /** Regions that the household can be handed over to, and the one it wished for, if any. */
  otherRegions: readonly { code: string; name: string }[];
  wishedRegion: string | null;
  /** The one where it has its best match. */
  bestRegion: string | null;
  list: QueueList;
  previousId: string | null;
  nextId: string | null;
  /** How many other cases are alike. */
  alike: number;
  done: Done | null;
  typed: Typed;
  problems: readonly FieldProblem[];
  /** Somebody was quicker, or what the case says no longer holds. */
  conflict: Problem | null;
}

/** One case: household and jobs side by side, everything an officer weighs, and the decisions. */
export function CasePage(props: CaseProps): VNode {
  const { page, region, names, view, list, done, quota, conflict, alike } = props;
  const { t, href } = page;
  const title = t('page.centre.case_title', {
    persons: view.persons,
    from: names.place(view.household.homeKato),
    to: names.place(view.districtKato),
  });
  return (
    <Layout page={page} title={title} wide hasErrors={props.problems.length > 0} scripts={['queue.js']}>
      <BackLink page={page} path={inRegion(region, '/centre', list === 'all' ? {} : { list })} />
      {conflict === null ? null : <Conflict {...props} conflict={conflict} />}
      <ErrorSummary state={{ page, typed: props.typed, problems: props.problems }} />
      {done === null ? null : (
        <StatusLine>
          <DoneWords page={page} names={names} done={done} list={list} />
        </StatusLine>
      )}
      <h1>{title}</h1>
      <CaseTags page={page} view={view} holder={props.holder} />
      {view.secondChance === null ? null : (
        <Notice kind="warn" title={t('page.follow_ups.second_chance')}>
          <p>
            {t('page.follow_ups.second_chance_note', {
              lost: view.secondChance.map((one) => t(`loss.${one}`)).join(', '),
            })}
          </p>
          <ChanceTaken page={page} view={view} />
        </Notice>
      )}
      <div class="desk-bar">
        <QuotaLine page={page} quota={quota} />
        <p>
          <a href="#decide">{t('page.centre.to_decision')}</a>
        </p>
        <Neighbours {...props} />
      </div>
      <Before {...props} />
      <div class="case-sides">
        <HouseholdSide {...props} />
        <JobsSide {...props} />
        <section class="decide" id="decide" aria-labelledby="decide-title">
          <h2 id="decide-title">{t('page.centre.decision')}</h2>
          <Decisions {...props} />
          {alike > 0 ? (
            <p>
              <a href={href(`/centre/cases/${view.id}/alike`)}>{t('page.centre.alike_more', { others: alike })}</a>
            </p>
          ) : null}
        </section>
      </div>
      <CaseMoney {...props} />
      <section aria-labelledby="why">
        <h2 id="why">{t('page.centre.why')}</h2>
        <ScoreLine page={page} score={view.score} />
        <Reasons page={page} parts={namedParts(props)} />
      </section>
      <section aria-labelledby="told">
        <h2 id="told">{t('page.centre.told')}</h2>
        {props.notices.length === 0 ? (
          <p>{t('page.centre.told_nothing')}</p>
        ) : (
          <ul class="plain lines">
            {props.notices.map(({ topic, channel, text, createdAt, finishedAt }, index) => (
              <li key={index}>
                <strong>{t(`page.centre.notice_${topic.replace('proposal.', '')}`)}</strong>,{' '}
                {t(`page.centre.channel_${channel}`)}, {moment(page, finishedAt ?? createdAt)}: {text}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="history">
        <h2 id="history">{t('page.centre.history')}</h2>
        <History page={page} lines={props.history} caption={t('page.centre.history_order')} />
      </section>
      <KeyHelp page={page} />
    </Layout>
  );
}

/** Parts of a household's score; an adult's share says whose. */
function namedParts({ page, view, names }: CaseProps): ReturnType<typeof partsInWords> {
  // Where one adult alone looks for work, the share is the whole, and no reason.
  const parts = view.scoreParts.length === 1 ? [] : view.scoreParts;
  return partsInWords(parts, page.language).map((part) => {
    const adult = view.adults.find(({ id }) => id === part.seekerId);
    return adult === undefined
      ? part
      : { ...part, code: `${part.code} ${adult.id}`, text: `${part.text} (${names.occupation(adult.isco)})` };
  });
}

function Conflict({ page, conflict, history, nextId, list }: CaseProps & { conflict: Problem }): VNode {
  const { t, href } = page;
  // Who read a phone number has changed nothing.
  const last = history.filter(({ action }) => action !== 'read_contact').at(-1);
  return (
    <div class="notice bad" role="alert" tabIndex={-1} data-focus>
      <h2>{t('page.centre.conflict_title')}</h2>
      <p>{t(conflict.code, conflict.params)}</p>
      {last === undefined ? null : (
        <p>
          {t('page.centre.conflict_last', {
            what: last.what,
            who: last.who,
            when: moment(page, last.at),
          })}
        </p>
      )}
      <p>
        {nextId === null ? null : (
          <a href={href(`/centre/cases/${nextId}${list === 'all' ? '' : `?list=${list}`}`)}>
            {t('page.centre.next_case')}
          </a>
        )}
      </p>
      <p class="hint">{t('page.site.problem_code', { code: conflict.code })}</p>
    </div>
  );
}

function Neighbours({ page, previousId, nextId, list }: CaseProps): VNode | null {
  const { t, href } = page;
  if (previousId === null && nextId === null) return null;
  const to = (id: string): string => href(`/centre/cases/${id}${list === 'all' ? '' : `?list=${list}`}`);
  return (
    <nav class="neighbours" aria-label={t('page.centre.neighbours')}>
      {previousId === null ? null : (
        <a rel="prev" href={to(previousId)} data-key="k" aria-keyshortcuts="k">
          <kbd aria-hidden="true">k</kbd> {t('page.centre.previous_case')}
        </a>
      )}
      {nextId === null ? null : (
        <a rel="next" href={to(nextId)} data-key="j" aria-keyshortcuts="j">
          <kbd aria-hidden="true">j</kbd> {t('page.centre.next_case')}
        </a>
      )}
    </nav>
  );
}

/** What must be known before a decision: what is to be checked, the quota, consent, staying; after it, the household's yes. */
function Before({ page, view, names, interests }: CaseProps): VNode {
  const { t, day, language } = page;
  const checks = [...view.scoreParts, ...view.placements.flatMap(({ parts }) => parts)].flatMap(
    ({ needsCheck }) => needsCheck ?? [],
  );
  const quota = quotaInWords(view.quota, language);
  // A second chance takes no place of the quota, and nobody weighs whether to move.
  const moved = view.secondChance !== null;
  const jobless = view.adults.filter(
    ({ id, seeksWork }) => seeksWork && !view.placements.some(({ seekerId }) => seekerId === id),
  );
  return (
    <>
      {interests.map(({ id, vacancyTitle, expressedAt, standing }) => (
        <Notice kind={standing ? 'good' : 'plain'} key={id}>
          <p>
            {t(standing ? 'page.centre.interest' : 'page.centre.interest_gone', {
              title: vacancyTitle,
              day: day(expressedAt),
            })}
          </p>
        </Notice>
      ))}
      {checks.length === 0 ? null : (
        <Notice kind="warn" title={t('page.centre.check_title')}>
          <ul>
            {[...new Set(checks)].map((check) => (
              <li key={check}>{t(`check.${check}`)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {moved ? null : (
        <Notice kind={quota.code === 'quota.exceeded' ? 'bad' : 'plain'}>
          <p>{quota.text}</p>
        </Notice>
      )}
      {!moved && quota.left !== null && quota.left === quota.leftAfter && view.status !== 'approved' ? (
        <Notice kind="warn">
          <p>{t('page.centre.approved_before')}</p>
        </Notice>
      ) : null}
      {view.household.consentsToNotices ? null : (
        <Notice kind="warn">
          <p>{t('page.centre.no_notices')}</p>
        </Notice>
      )}
      {view.unreached === null ? null : (
        <Notice kind="warn">
          <p>{t(`page.centre.unreached_${view.unreached}`)}</p>
        </Notice>
      )}
      {jobless.map(({ id, isco }) => (
        <Notice kind="warn" key={id}>
          <p>{t('page.centre.no_job_for', { profession: names.occupation(isco) })}</p>
        </Notice>
      ))}
      {!moved && view.localAlternative?.comparison?.worseThanStaying ? (
        <Notice kind="warn">
          <p>{t('page.centre.staying_better')}</p>
        </Notice>
      ) : null}
    </>
  );
}

/** An approved second chance is the household's to take; the centre may note that it has. */
function ChanceTaken({ page, view }: Pick<CaseProps, 'page' | 'view'>): VNode | null {
  const { t } = page;
  if (view.takeBy === null) return null;
  return (
    <>
      <p>{t('page.follow_ups.chance_with_household', { day: view.takeBy })}</p>
      <Form page={page} action={`/centre/cases/${view.id}/taken`}>
        <Button>{t('page.follow_ups.chance_taken')}</Button>
      </Form>
    </>
  );
}
