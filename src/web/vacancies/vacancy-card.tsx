import type { VNode } from 'preact';
import { shortEmployerName } from '../../employers/employer-name.js';
import type { VacancyAnswer } from '../../vacancies/vacancies.dto.js';
import { housingInWords, payInWords } from '../site/match-blocks.js';
import { InventedTag } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';

/** The housing of a vacancy in words, with whose word it is. */
export const vacancyHousing = (page: PageContext, vacancy: VacancyAnswer): string =>
  housingInWords(page, {
    housing: vacancy.housing as 'provided' | 'help' | 'none' | null,
    housingInspected: vacancy.housingProvenance === 'inspected',
  });

/** A pay that is not stated needs its name, or nobody knows what is not. */
function payShown(page: PageContext, vacancy: VacancyAnswer): string {
  const words = payInWords(page, vacancy);
  return vacancy.payMinTenge === null && vacancy.payMaxTenge === null ? `${page.t('page.match.pay')}: ${words}` : words;
}

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
    <article class="vacancy">
      <Heading>
        <a href={href(`/vacancies/${vacancy.id}`)}>{vacancy.title}</a>
      </Heading>
      <InventedTag page={page} synthetic={vacancy.synthetic} />
      {vacancy.subtitle === null || vacancy.subtitle === vacancy.title ? null : (
        <p class="under soft">{vacancy.subtitle}</p>
      )}
      <p class="lines">
        <span>
          <strong>{payShown(page, vacancy)}</strong>
        </span>
        <span>{place}</span>
        <span>
          {t('page.match.housing')}: {vacancyHousing(page, vacancy)}
        </span>
        <span class="soft">{shortEmployerName(vacancy.employer.name)}</span>
        <span class="soft">
          {t('page.vacancies.published', { on: vacancy.publishedOn })}
          {vacancy.openings === null ? '' : ` · ${t('page.vacancies.openings', { count: vacancy.openings })}`}
        </span>
      </p>
    </article>
  );
}
