import type { VacancyAnswer } from '../../vacancies/vacancies.dto.js';

const EMPLOYMENT_TYPES: Readonly<Record<string, string>> = {
  temporary: 'TEMPORARY',
  seasonal: 'TEMPORARY',
  part_day: 'PART_TIME',
  part_week: 'PART_TIME',
  rotation: 'OTHER',
  other: 'OTHER',
};

/** schema.org's words for levels of education, as search engines read them. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  postgraduate: 'postgraduate degree',
  higher: 'bachelor degree',
  post_secondary: 'associate degree',
  vocational: 'professional certificate',
  general_secondary: 'high school',
};

const LEAST_MONTHS: Readonly<Record<string, number>> = { '1-3': 12, '3-5': 36, '5+': 60 };

/** What the words of a posting need beside the vacancy: its address and its places in the reader's language. */
export interface PostingSurroundings {
  url: string;
  region: string;
  /** Settlement or district; null when only the region is known. */
  locality: string | null;
  /** For a vacancy whose source gives no duties: a sentence of its facts. */
  summary: string;
}

type Json = { [name: string]: Json | string | number | boolean | undefined | Json[] };

/**
 * A vacancy as a schema.org JobPosting, as search engines ask for it: ISO dates, the pay as a range a month, the place, the
 * employer. What is not stated is left out. `directApply` is false: nobody applies on this page.
 */
export function jobPosting(vacancy: VacancyAnswer, { url, region, locality, summary }: PostingSurroundings): Json {
  const { payMinTenge, payMaxTenge, employment, schedule, education, experience } = vacancy;
  return {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    url,
    title: vacancy.title,
    description: paragraphs(vacancy.duties ?? summary),
    identifier: {
      '@type': 'PropertyValue',
      // A firm's own post is known by the firm.
      name: vacancy.source.startsWith('employer:') ? vacancy.employer.name : vacancy.source,
      value: vacancy.externalId,
    },
    datePosted: vacancy.publishedOn,
    // The last day is part of the term; Kazakhstan's clocks are five hours ahead of UTC.
    validThrough: vacancy.validUntil === null ? undefined : `${vacancy.validUntil}T23:59:59+05:00`,
    employmentType:
      EMPLOYMENT_TYPES[employment ?? ''] ??
      EMPLOYMENT_TYPES[schedule ?? ''] ??
      (schedule === 'full_day' ? 'FULL_TIME' : undefined),
    hiringOrganization: { '@type': 'Organization', name: vacancy.employer.name },
    jobLocation: {
      '@type': 'Place',
      address: {
        '@type': 'PostalAddress',
        addressCountry: 'KZ',
        addressRegion: region,
        addressLocality: locality ?? undefined,
        streetAddress: vacancy.addressText ?? undefined,
      },
    },
    ...(employment === 'remote'
      ? { jobLocationType: 'TELECOMMUTE', applicantLocationRequirements: { '@type': 'Country', name: 'Kazakhstan' } }
      : {}),
    baseSalary:
      payMinTenge === null && payMaxTenge === null
        ? undefined
        : {
            '@type': 'MonetaryAmount',
            currency: 'KZT',
            value: {
              '@type': 'QuantitativeValue',
              minValue: payMinTenge ?? undefined,
              maxValue: payMaxTenge ?? undefined,
              unitText: 'MONTH',
            },
          },
    totalJobOpenings: vacancy.openings ?? undefined,
    occupationalCategory: vacancy.isco === null ? undefined : `ISCO-08 ${vacancy.isco}`,
    educationRequirements:
      CREDENTIALS[education ?? ''] === undefined
        ? undefined
        : { '@type': 'EducationalOccupationalCredential', credentialCategory: CREDENTIALS[education ?? ''] },
    experienceRequirements:
      LEAST_MONTHS[experience ?? ''] === undefined
        ? undefined
        : { '@type': 'OccupationalExperienceRequirements', monthsOfExperience: LEAST_MONTHS[experience ?? ''] },
    directApply: false,
  };
}

/** Search engines read the description as HTML: the text's own signs stay signs. */
function paragraphs(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${line}</p>`)
    .join('');
}
