import type { VNode } from 'preact';
import type { HouseholdView } from '../../households/household-view.js';
import type { Change } from '../../matching/core/counterfactuals.js';
import type { EligibilityAnswer } from '../../matching/household-matches.service.js';
import { changeInWords, effectInWords, partsInWords } from '../../matching/matching.words.js';
import type { ChangesAnswer } from '../../matching/obstacles.service.js';
import { type ProposalStatus, isOpenStatus } from '../../matching/proposal-states.js';
import { BackLink, Notice } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import { Reasons, ScoreLine } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { type MatchNames, nameOf, statusCode } from './match-card.js';
import { HindranceWords } from './hindrance.js';

interface WhatIfProps {
  page: PageContext;
  household: HouseholdView;
  names: MatchNames;
  /** False where the programme's list of departure regions comes from no written source. */
  listVerified: boolean;
}

/** More would be no advice. */
const MOST_CHANGES = 5;

/** The step of the household where a wish can be changed, for the first adult and for the second; the rest takes a course or years. */
const STEP_OF: Partial<Record<Change['code'], readonly [string, string]>> = {
  'change.minimum_pay': ['you-pay', 'partner-pay'],
  'change.permanent_only': ['you-pay', 'partner-pay'],
  'change.housing_required': ['wishes', 'wishes'],
  'change.excluded_places': ['wishes', 'wishes'],
};

/** Single changes and what each would open, what helps most first. */
export function ChangesPage({
  page,
  household,
  answer,
  names,
  listVerified,
}: WhatIfProps & { answer: ChangesAnswer }): VNode {
  const { t, href, language } = page;
  const { now, changes, failures } = answer;
  const best = changes.slice(0, MOST_CHANGES);
  return (
    <Layout page={page} title={t('page.changes.title')}>
      <BackLink page={page} path="/my" />
      <h1>{t('page.changes.title')}</h1>
      {failures.length > 0 ? (
        <Notice kind="warn" title={t('page.my.hindered')}>
          <ul>
            {failures.map((code) => (
              <li key={code}>
                <HindranceWords page={page} code={code} listVerified={listVerified} />
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <>
          <p class="lead">
            {t('page.changes.now', { vacancies: now.vacancies })}{' '}
            {now.best === null ? null : t('page.changes.best', { best: Math.round(now.best) })}
          </p>
          <p>{t(best.length === 0 ? 'page.changes.none' : 'page.changes.lead')}</p>
        </>
      )}
      <ol class="plain">
        {best.map(({ change, outlook }) => {
          const adult = 'seekerId' in change ? household.adults.find(({ id }) => id === change.seekerId) : undefined;
          const step = STEP_OF[change.code]?.[(adult?.position ?? 1) - 1];
          return (
            <li key={JSON.stringify(change)} class="card">
              <h2>{changeInWords(change, language, names.occupation)}</h2>
              {adult === undefined || household.adults.length === 1 ? null : (
                <p class="soft">{t('page.changes.of', { adult: nameOf(adult, names) })}</p>
              )}
              <p>{effectInWords(now, outlook, language)}</p>
              {outlook.regionCode === null || outlook.regionCode === now.regionCode ? null : (
                <p>{t('page.changes.where', { region: names.region(outlook.regionCode) })}</p>
              )}
              {step === undefined ? null : (
                <p>
                  <a href={href(`/my/household/${step}`)}>{t('page.changes.edit')}</a>
                </p>
              )}
            </li>
          );
        })}
      </ol>
      <p class="hint">{t('page.changes.note')}</p>
    </Layout>
  );
}

/** Why a vacancy is not proposed: what keeps it away, or what it would be worth. */
export function WhyPage({
  page,
  household,
  answer,
  title,
  proposal,
  names,
  listVerified,
}: WhatIfProps & {
  answer: EligibilityAnswer;
  title: string;
  /** The proposal that has it, or had it. */
  proposal: { id: string; status: ProposalStatus; over: boolean; fulfilled: boolean } | null;
}): VNode {
  const { t, href } = page;
  const { failures, floor, seekers, vacancyId } = answer;
  const stands = proposal !== null && isOpenStatus(proposal.status) && !proposal.over;
  const verdict = ({ eligible, refusedUntil, mostScore }: EligibilityAnswer['seekers'][number]): string | null => {
    if (!eligible || stands) return null;
    if (refusedUntil !== null) return t(`page.why.refused_until_${refusedUntil}`);
    if (mostScore !== null && mostScore < floor) {
      // Of two who seek work the best of the pair counts; what stands below it is this post alone.
      const code = seekers.length > 1 ? 'page.why.below_together' : 'page.why.below';
      return t(code, { score: Math.floor(mostScore), floor });
    }
    return t('page.why.others');
  };
  return (
    <Layout page={page} title={t('page.why.title')}>
      <BackLink page={page} path={`/vacancies/${vacancyId}`} />
      <h1>{t('page.why.title')}</h1>
      <p class="lead">{title}</p>
      {proposal === null ? null : (
        <Notice>
          <p>
            {t(stands ? 'page.why.proposed' : 'page.why.was_proposed', {
              status: t(statusCode(proposal)),
            })}
          </p>
          <p>
            <a href={href(`/my/matches/${proposal.id}`)}>{t('page.my.open')}</a>
          </p>
        </Notice>
      )}
      {failures.length === 0 ? null : (
        <Notice kind="warn" title={t('page.why.household')}>
          <ul>
            {failures.map((code) => (
              <li key={code}>
                <HindranceWords page={page} code={code} listVerified={listVerified} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {seekers.map((seeker) => {
        const { seekerId, failures: own, explained } = seeker;
        const told = verdict(seeker);
        const adult = household.adults.find(({ id }) => id === seekerId);
        return (
          <section key={seekerId} class="card" aria-labelledby={`why-${seekerId}`}>
            <h2 id={`why-${seekerId}`}>{adult === undefined ? '' : nameOf(adult, names)}</h2>
            {own.length === 0 ? null : (
              <ul>
                {own.map((code) => (
                  <li key={code}>{t(code)}</li>
                ))}
              </ul>
            )}
            {told === null ? null : <p>{told}</p>}
            {explained === null ? null : (
              <>
                <ScoreLine page={page} score={explained.score} />
                <Reasons page={page} parts={partsInWords(explained.parts, page.language)} />
              </>
            )}
          </section>
        );
      })}
      <p>
        <a href={href('/my/changes')}>{t('page.changes.title')}</a>
      </p>
    </Layout>
  );
}
