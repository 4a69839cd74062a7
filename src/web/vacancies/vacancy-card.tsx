import type { VNode } from 'preact';
import type { VacancyAnswer } from '../../vacancies/vacancies.dto.js';
import { Facts } from '../site/blocks.js';
import { housingInWords, payInWords } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';

/** The housing of a vacancy in words, with whose word it is. */
export const vacancyHousing = (page: PageContext, vacancy: VacancyAnswer): string =>
  housingInWords(page, {
    housing: vacancy.housing as 'provided' | 'help' | 'none' | null,
    housingInspected: vacancy.housingProvenance === 'inspected',
  });

/** A vacancy in a list: what it is, where, what it pays. */
export function VacancyCard({
  page,
  vacancy,
  place,
  heading: Heading,
}: {
  page: PageContext;
  vacancy: VacancyAnswer;
  place: string;
  heading: 'h2' | 'h3';
}): VNode {
  const { t, href } = page;
  return (
    <article>
      <Heading>
        <a href={href(`/vacancies/${vacancy.id}`)}>{vacancy.title}</a>
      </Heading>
      {vacancy.subtitle === null || vacancy.subtitle === vacancy.title ? null : <p class="soft">{vacancy.subtitle}</p>}
      <p>{place}</p>
      <Facts
        items={[
          { name: t('page.match.pay'), value: payInWords(page, vacancy) },
          { name: t('page.match.housing'), value: vacancyHousing(page, vacancy) },
          { name: t('page.match.employer'), value: vacancy.employer.name },
        ]}
      />
      <p class="soft">
        {t('page.vacancies.published', { on: vacancy.publishedOn })}
        {vacancy.openings === null ? '' : ` · ${t('page.vacancies.openings', { count: vacancy.openings })}`}
      </p>
    </article>
  );
}
