import type { VNode } from 'preact';
import { shortEmployerName } from '../../employers/employer-name.js';
import type { PartAnswer } from '../../matching/matching.dto.js';
import { Bar, Facts } from './blocks.js';
import type { PageContext } from './page-context.js';

/** What an employer promises, as far as it is stated. */
export interface StatedJob {
  employerName: string;
  /** Whether a centre has checked the firm; absent where the page does not know. */
  employerVerified?: boolean;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  housing?: 'provided' | 'help' | 'none' | null;
  /** Null or absent: nobody has looked; the words say whose claim it is. */
  housingInspected?: boolean;
}

/** Pay as stated: from, to, both or nothing. */
export function payInWords(
  { t, tenge }: PageContext,
  { payMinTenge, payMaxTenge }: Pick<StatedJob, 'payMinTenge' | 'payMaxTenge'>,
): string {
  if (payMinTenge !== null && payMaxTenge !== null) {
    return payMinTenge === payMaxTenge
      ? tenge(payMinTenge)
      : t('page.match.pay_range', { min: tenge(payMinTenge), max: tenge(payMaxTenge) });
  }
  if (payMinTenge !== null) return t('page.match.pay_from', { min: tenge(payMinTenge) });
  if (payMaxTenge !== null) return t('page.match.pay_to', { max: tenge(payMaxTenge) });
  return t('page.site.not_stated');
}

/** Pay with whose word it is: nobody has checked what an employer says of it. */
function claimedPay(page: PageContext, job: StatedJob): string {
  const words = payInWords(page, job);
  const isStated = job.payMinTenge !== null || job.payMaxTenge !== null;
  return isStated ? `${words} (${page.t('page.match.claim')})` : words;
}

/** Housing with whose word it is. */
export function housingInWords(
  { t }: PageContext,
  { housing, housingInspected }: Pick<StatedJob, 'housing' | 'housingInspected'>,
): string {
  if (housing == null) return t('page.site.not_stated');
  const words = t(`page.match.housing_${housing}`);
  if (housing === 'none') return words;
  return `${words} (${t(housingInspected ? 'page.match.housing_inspected' : 'page.match.claim')})`;
}

export function JobFacts({ page, job }: { page: PageContext; job: StatedJob }): VNode {
  const { t } = page;
  return (
    <Facts
      items={[
        { name: t('page.match.employer'), value: <EmployerName page={page} job={job} /> },
        { name: t('page.match.pay'), value: claimedPay(page, job) },
        { name: t('page.match.housing'), value: job.housing === undefined ? null : housingInWords(page, job) },
      ]}
    />
  );
}

/** Who offers a job and, where that is known, whether a centre has checked the firm: in the words of the vacancy's own page. */
function EmployerName({ page: { t }, job }: { page: PageContext; job: StatedJob }): VNode {
  const { employerName, employerVerified } = job;
  return (
    <>
      {shortEmployerName(employerName)}
      {employerVerified === undefined ? null : (
        <span class="soft">
          {' '}
          ({t(employerVerified ? 'page.vacancy.employer_verified' : 'page.vacancy.employer_unverified')})
        </span>
      )}
    </>
  );
}

/** A score of 0 to 100 with its bar. */
export function ScoreLine({ page: { t, number }, score }: { page: PageContext; score: number }): VNode {
  return (
    <p class="score">
      {t('page.match.score', { score: number(Math.round(score)) })} <Bar share={score / 100} />
    </p>
  );
}

/** Why a score is what it is: each part in words, its points, and a small bar. What takes points away is said so. */
export function Reasons({ page, parts }: { page: PageContext; parts: readonly PartAnswer[] }): VNode | null {
  if (parts.length === 0) return null;
  const { t, number } = page;
  const most = Math.max(1, ...parts.map(({ contribution }) => Math.abs(contribution)));
  const points = (value: number): string => number(value, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  return (
    <ul class="plain reasons">
      {parts
        .filter(({ contribution }) => Math.abs(contribution) >= 0.05)
        .map(({ code, text, contribution, notStated }) => (
          <li key={code}>
            <span>{text}</span>
            {notStated ? <span class="soft"> ({t('page.site.not_stated')})</span> : null}
            <span class="points">
              <Bar share={Math.abs(contribution) / most} kind={contribution < 0 ? 'bad' : 'good'} />{' '}
              {t('page.match.points', { points: points(contribution) })}
            </span>
          </li>
        ))}
    </ul>
  );
}
