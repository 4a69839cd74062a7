import type { VNode } from 'preact';
import type { OwnMatches } from '../../applications/own-matches.service.js';
import type { DraftStep } from '../../households/household-draft.js';
import type { HouseholdView } from '../../households/household-view.js';
import type { Obstacle } from '../../matching/core/obstacles.js';
import { Notice } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';
import { type MatchNames, nameOf } from './match-card.js';

/** The step of the household where each can be changed, for the first adult and for the second; null: nowhere. */
const STEPS_OF: Record<Obstacle, readonly [DraftStep, DraftStep] | null> = {
  'obstacle.nothing_open': null,
  'obstacle.medical_diploma': ['you-skills', 'partner-skills'],
  'obstacle.teaching_diploma': ['you-skills', 'partner-skills'],
  'obstacle.driving_category': ['you-skills', 'partner-skills'],
  'obstacle.education_not_stated': ['you-skills', 'partner-skills'],
  'obstacle.minimum_pay': ['you-pay', 'partner-pay'],
  'obstacle.permanent_only': ['you-pay', 'partner-pay'],
  'obstacle.housing_required': ['wishes', 'wishes'],
  'obstacle.excluded_places': ['wishes', 'wishes'],
  'obstacle.low_chance': null,
};

/** Why there is nothing: for each adult, how many posts are open and what keeps them away. */
export function Obstacles({
  page: { t, href },
  household,
  obstacles,
  names,
}: {
  page: PageContext;
  household: HouseholdView;
  obstacles: OwnMatches['obstacles'];
  names: MatchNames;
}): VNode {
  return (
    <>
      {obstacles.map(({ seekerId, vacancies, obstacles: own }) => {
        const adult = household.adults.find(({ id }) => id === seekerId);
        if (adult === undefined || own.length === 0) return null;
        return (
          <Notice key={seekerId} title={t('page.my.obstacles', { adult: nameOf(adult, names) })}>
            {vacancies === 0 ? null : <p>{t('page.my.obstacles_open', { vacancies })}</p>}
            <ul>
              {own.map(({ code, vacancies: away }) => {
                const step = STEPS_OF[code]?.[adult.position - 1];
                return (
                  <li key={code}>
                    {t(code, { vacancies: away })}{' '}
                    {step === undefined ? null : (
                      <a href={href(`/my/household/${step}`)}>{t(`page.my.obstacle_to_${step.replace(/^.*-/, '')}`)}</a>
                    )}
                  </li>
                );
              })}
            </ul>
          </Notice>
        );
      })}
    </>
  );
}
