import type { VNode } from 'preact';
import { mismatchInWords, partsInWords } from '../../matching/matching.words.js';
import { Details, Facts, InventedTag, Tag } from '../site/blocks.js';
import { Reasons, ScoreLine, housingInWords, payInWords } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';
import type { CaseProps } from './case.js';

type Placement = CaseProps['view']['placements'][number];

/** The jobs: what was promised, what the vacancy says now, who says it, and why the job fits. */
export function JobsSide(props: CaseProps): VNode {
  const { page, view, names } = props;
  const { t } = page;
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">{t('page.centre.jobs', { place: names.place(view.districtKato) })}</h2>
      {view.placements.map((placement) => (
        <Job key={placement.id} {...props} placement={placement} />
      ))}
    </section>
  );
}

function Job({ page, view, names, placement }: CaseProps & { placement: Placement }): VNode {
  const { t, href, day, number, language } = page;
  const { vacancy, promise, mismatch } = placement;
  const adult = view.adults.find(({ id }) => id === placement.seekerId);
  const housing = {
    housing: promise.housing,
    housingInspected: vacancy.housingProvenance === 'inspected',
  };
  return (
    <article class="card">
      <p class="soft">
        {adult === undefined ? null : t('page.centre.job_for', { profession: names.occupation(adult.isco) })}
      </p>
      <h3>
        <a href={href(`/vacancies/${vacancy.id}`)}>{vacancy.title}</a>
      </h3>
      {vacancy.subtitle === null ? null : <p>{vacancy.subtitle}</p>}
      <p class="tags">
        <Tag kind={vacancy.employerVerified ? 'good' : 'warn'}>
          {t(vacancy.employerVerified ? 'page.centre.firm_verified' : 'page.centre.firm_unverified')}
        </Tag>{' '}
        <InventedTag page={page} synthetic={vacancy.synthetic} />{' '}
        {placement.withdrawnAt === null ? null : (
          <Tag kind="bad">{t(`reason.${placement.withdrawnReason ?? 'vacancy_closed'}`)}</Tag>
        )}
      </p>
      <Facts
        items={[
          { name: t('page.match.employer'), value: vacancy.employerName },
          { name: t('page.centre.promised_pay'), value: payInWords(page, promise) },
          { name: t('page.centre.pay_today'), value: payNow(page, placement) },
          { name: t('page.match.housing'), value: housingInWords(page, housing) },
          {
            name: t('page.centre.employment'),
            value: promise.employment === null ? t('page.site.not_stated') : t(`employment.${promise.employment}`),
          },
          { name: t('page.centre.openings'), value: vacancy.openings === null ? null : number(vacancy.openings) },
          { name: t('page.centre.location'), value: names.ofVacancy(vacancy) },
          {
            name: t('page.centre.open_until'),
            value:
              vacancy.status === 'closed' ? t('page.centre.closed') : vacancy.validUntil && day(vacancy.validUntil),
          },
        ]}
      />
      <ScoreLine page={page} score={placement.score} />
      <Details summary={t('page.match.why')} open>
        <Reasons page={page} parts={partsInWords(placement.parts, language)} />
        {mismatch === null ? null : mismatchInWords(mismatch, language).texts.map((text) => <p key={text}>{text}</p>)}
      </Details>
    </article>
  );
}

/** What the vacancy pays now, where that is not what was promised. */
function payNow(page: PageContext, { promise, vacancy }: Placement): string | null {
  const same = promise.payMinTenge === vacancy.payMinTenge && promise.payMaxTenge === vacancy.payMaxTenge;
  return same ? null : payInWords(page, vacancy);
}
