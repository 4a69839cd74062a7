import type { VNode } from 'preact';
import type { OwnMatch } from '../../applications/own-matches.service.js';
import type { HouseholdView } from '../../households/household-view.js';
import type { PartAnswer } from '../../matching/matching.dto.js';
import { localAlternativeInWords, mismatchInWords, partsInWords } from '../../matching/matching.words.js';
import { Details, InventedTag, Notice, Tag } from '../site/blocks.js';
import { JobFacts, Reasons, ScoreLine, type StatedJob } from '../site/match-blocks.js';
import type { BudgetProps } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';

export interface MatchNames {
  region(code: string): string;
  place(kato: string): string;
  occupation(isco: string): string;
}

export interface MatchProps {
  page: PageContext;
  household: HouseholdView;
  own: OwnMatch;
  names: MatchNames;
}

type Placed = OwnMatch['match']['placements'][number];

const TAGS: Record<string, 'plain' | 'good' | 'warn' | 'bad'> = {
  approved: 'good',
  returned: 'warn',
  waiting: 'plain',
  claimed: 'plain',
};

export function MatchTitle({ page, own: { match }, names }: MatchProps): VNode {
  return (
    <>
      {names.place(match.districtKato)},{' '}
      <a href={page.href(`/regions/${match.regionCode}`)}>{names.region(match.regionCode)}</a>
    </>
  );
}

/** Where a match stands, in a word. */
export const statusCode = (match: Pick<OwnMatch['match'], 'status' | 'over' | 'fulfilled'>): string =>
  `page.my.status_${match.over ? 'over' : isTakenUp(match) ? 'taken_up' : match.status}`;

/** The household has moved with it, or taken it after its move, and lives there: nothing is to be decided any more. */
export const isTakenUp = ({ over, fulfilled }: Pick<OwnMatch['match'], 'over' | 'fulfilled'>): boolean =>
  fulfilled && !over;

/** The household lives where it has moved to already: staying, the way from home and what to ask before the move are no question any more. */
export const hasMoved = ({ support }: Pick<OwnMatch['match'], 'support'>): boolean => !support.budget.compared;

/** Where the match stands with its centre, and what was asked. */
export function MatchStatus({ page, own: { match, decision } }: MatchProps): VNode {
  const { t } = page;
  return (
    <>
      <p>
        <Tag kind={match.over ? 'plain' : (TAGS[match.status] ?? 'bad')}>{t(statusCode(match))}</Tag>
      </p>
      {!match.over && (match.status === 'waiting' || match.status === 'claimed') ? (
        <p>{t('page.my.due', { day: match.dueOn })}</p>
      ) : null}
      {match.status === 'returned' || (match.status === 'waiting' && decision !== null) ? (
        <Notice kind="warn" title={t('page.my.asked')}>
          {decision === null ? null : <p>{t(`reason.${decision.reason}`)}</p>}
          {decision?.note ? <p>{decision.note}</p> : null}
        </Notice>
      ) : null}
    </>
  );
}

/** A job as it was promised; who offers it and what of the housing was seen, as the vacancy says today. */
export function jobOf({ match: _, vacancies }: OwnMatch, placement: Placed): StatedJob & { title: string } {
  const vacancy = vacancies.get(placement.id);
  const { payMinTenge, payMaxTenge, housing } = placement.promise;
  return {
    title: vacancy?.title ?? '',
    employerName: vacancy?.employerName ?? '',
    employerVerified: vacancy?.employerVerified,
    payMinTenge,
    payMaxTenge,
    housing,
    housingInspected: vacancy?.housingInspected ?? false,
  };
}

/** What an adult is called on their own pages. */
export function nameOf({ givenName, occupation }: HouseholdView['adults'][number], names: MatchNames): string {
  return givenName ?? occupation.title ?? names.occupation(occupation.isco);
}

/** A match's budget with the names that stand in it. */
export function budgetOf({ own, household, names }: Omit<MatchProps, 'page'>): Omit<BudgetProps, 'page'> {
  return {
    budget: own.match.support.budget,
    adults: household.adults.map((adult) => nameOf(adult, names)),
    here: names.region(household.home.regionCode),
    there: names.region(own.match.regionCode),
  };
}

/** Parts of the household's score in words; an adult's share says whose it is; where one alone looks for work, it is no share. */
export function householdReasons({ page, household, own, names }: MatchProps): PartAnswer[] {
  const parts = own.match.parts.length === 1 ? [] : own.match.parts;
  return partsInWords(parts, page.language).map((part) => {
    const adult = household.adults.find(({ id }) => id === part.seekerId);
    return adult === undefined ? part : { ...part, text: `${nameOf(adult, names)}: ${part.text}` };
  });
}

/**
 * The jobs of a match for every adult who looks for work; who has none is named, but for a household that has moved: its second chance is
 * looked for of those alone who lost their work.
 */
export function MatchJobs(props: MatchProps & { open?: boolean }): VNode {
  const { page, household, own, names } = props;
  const { t } = page;
  const seekers = household.adults.filter(({ seeksWork }) => seeksWork);
  return (
    <>
      {seekers.map((adult) => {
        const placement = own.match.placements.find(({ seekerId }) => seekerId === adult.id);
        const who = nameOf(adult, names);
        if (placement === undefined) {
          return hasMoved(own.match) ? null : <p key={adult.id}>{t('page.my.no_job', { who })}</p>;
        }
        return <PlacedJob key={adult.id} {...props} placement={placement} who={who} several={seekers.length > 1} />;
      })}
    </>
  );
}

function PlacedJob({
  page,
  own,
  placement,
  who,
  several,
  open,
}: MatchProps & { placement: Placed; who: string; several: boolean; open?: boolean }): VNode {
  const { t, href, language } = page;
  const vacancy = own.vacancies.get(placement.id);
  const parts = partsInWords(placement.parts, language);
  return (
    <section>
      <h3>
        {several ? `${who}: ` : ''}
        <a href={href(`/vacancies/${placement.vacancyId}`)}>{vacancy?.title ?? t('page.my.vacancy')}</a>
      </h3>
      <InventedTag page={page} synthetic={placement.synthetic} />
      <JobFacts page={page} job={jobOf(own, placement)} />
      {vacancy?.open === false ? <p>{t('page.my.vacancy_closed')}</p> : null}
      {isTakenUp(own.match) ? null : <Missing page={page} own={own} placement={placement} />}
      <Details summary={t('page.match.why')} open={open}>
        <ScoreLine page={page} score={placement.score} />
        <Reasons page={page} parts={parts} />
        {placement.mismatch === null
          ? null
          : mismatchInWords(placement.mismatch, language).texts.map((text) => <p key={text}>{text}</p>)}
      </Details>
    </section>
  );
}

/** What nobody has said or checked yet of a job: to be asked before the move, or before it is taken. */
function Missing({
  page: { t },
  own,
  placement,
}: {
  page: PageContext;
  own: OwnMatch;
  placement: Placed;
}): VNode | null {
  const job = jobOf(own, placement);
  const missing = [
    job.payMinTenge === null && job.payMaxTenge === null ? t('page.my.missing_pay') : null,
    job.housing == null ? t('page.my.missing_housing') : null,
    placement.promise.employment === null ? t('page.my.missing_employment') : null,
    ...placement.parts.flatMap(({ needsCheck = [] }) => needsCheck.map((check) => t(`check.${check}`))),
  ].filter((one) => one !== null);
  if (missing.length === 0) return null;
  return (
    <>
      <h4>{t(hasMoved(own.match) ? 'page.my.missing_moved' : 'page.my.missing')}</h4>
      <ul>
        {[...new Set(missing)].map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}

export function Distance({ page: { t, number }, own: { km, match }, household, names }: MatchProps): VNode | null {
  if (km === null) return null;
  const [from, to] = [names.region(household.home.regionCode), names.region(match.regionCode)];
  return <p>{t('page.my.distance', { km: number(km), from, to })}</p>;
}

/** Under its heading what staying would bring (`Staying`), and a warning where that is better for the household. */
export function StayingBlock(props: MatchProps): VNode {
  const { page, own } = props;
  return (
    <>
      <h2>{page.t('page.my.staying')}</h2>
      <StayingWarning page={page} own={own} />
      <Staying {...props} />
    </>
  );
}

export function StayingWarning({ page, own }: Pick<MatchProps, 'page' | 'own'>): VNode | null {
  if (!own.match.localAlternative?.comparison?.worseThanStaying) return null;
  return <Notice kind="warn">{page.t('page.quick.staying_better')}</Notice>;
}

/** The jobs at home beside the move, and honestly so where they score better. */
export function Staying({ page, own, household, names }: MatchProps): VNode {
  const { t, href, language, number } = page;
  const local = localAlternativeInWords(own.match.localAlternative, language);
  if (local === null) return <p>{t('page.quick.no_local')}</p>;
  const { comparison } = local;
  return (
    <>
      {comparison === null ? null : (
        <p>
          {t('page.my.comparison', {
            moving: number(Math.round(comparison.moving)),
            staying: number(Math.round(comparison.staying)),
          })}
        </p>
      )}
      {local.placements.map((job) => (
        <div key={job.seekerId}>
          <p>
            <a href={href(`/vacancies/${job.vacancyId}`)}>{job.title}</a>{' '}
            <InventedTag page={page} synthetic={job.synthetic} />
          </p>
          <p class="soft">{names.region(household.home.regionCode)}</p>
          <JobFacts page={page} job={job} />
          <Details summary={t('page.match.why')}>
            <ScoreLine page={page} score={job.score} />
            <Reasons page={page} parts={job.parts} />
          </Details>
        </div>
      ))}
    </>
  );
}
