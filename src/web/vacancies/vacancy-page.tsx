import type { ComponentChildren, VNode } from 'preact';
import type { VacancyAnswer } from '../../vacancies/vacancies.dto.js';
import { BackLink, Facts, InventedTag, Notice, Tag } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import { payInWords } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { jobPosting } from './job-posting.js';
import { scriptJson } from '../site/script-json.js';
import { SendToRelative } from '../site/send.js';
import { AskAbout } from '../questions/blocks.js';
import { VacancyCard, vacancyHousing } from './vacancy-card.js';

export interface VacancyNames {
  /** Settlement, district and region in one line. */
  place: string;
  region: string;
  locality: string | null;
  area: string | null;
  occupation: string | null;
}

export interface VacancyPageProps {
  page: PageContext;
  vacancy: VacancyAnswer;
  names: VacancyNames;
  supported: boolean;
  readAt: Date | null;
  /** What a signed-in household finds out here; nothing for others. */
  household?: ComponentChildren;
  /** The place to ask the calculator of support about; null where it cannot be asked, or the household reads its own. */
  calculator: string | null;
}

/** An open vacancy: its facts as stated, and whose word each is. */
export function VacancyPage({
  page,
  vacancy,
  names,
  supported,
  readAt,
  household,
  calculator,
}: VacancyPageProps): VNode {
  const { t } = page;
  const { id, title, subtitle, synthetic } = vacancy;
  const summary = t('page.vacancy.description', {
    title,
    place: names.place,
    pay: payInWords(page, vacancy),
    housing: vacancyHousing(page, vacancy),
  });
  // What search engines take for a post somebody can be hired for is published of real ones only.
  const posting = synthetic
    ? null
    : jobPosting(vacancy, { url: `${page.origin}${page.href(`/vacancies/${id}`)}`, ...names, summary });
  return (
    <Layout
      page={page}
      title={title}
      description={summary}
      noindex={synthetic}
      head={
        posting === null ? null : (
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(posting) }} />
        )
      }
    >
      <BackLink page={page} path="/vacancies" />
      <h1>{title}</h1>
      {subtitle === null || subtitle === title ? null : <p class="lead">{subtitle}</p>}
      {synthetic && !page.demo ? <Notice kind="warn">{t('page.vacancy.invented')}</Notice> : null}
      {supported ? null : <Notice kind="warn">{t('page.vacancy.not_supported')}</Notice>}
      <MainFacts page={page} vacancy={vacancy} names={names} />
      <p class="hint">{t('page.vacancy.claims')}</p>
      {household}
      <p>
        <a href={page.href('/match')}>{t('page.vacancy.quick')}</a>
      </p>
      {calculator === null ? null : (
        <p>
          <a href={`${page.href('/support')}?to=${calculator}`}>{t('page.support.link')}</a>
        </p>
      )}
      <Terms page={page} vacancy={vacancy} />
      <Asked page={page} vacancy={vacancy} />
      {vacancy.duties === null ? null : (
        <section aria-labelledby="duties">
          <h2 id="duties">{t('page.vacancy.duties')}</h2>
          <p class="soft">{t('page.vacancy.duties_note')}</p>
          {vacancy.duties.split(/\n+/).map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </section>
      )}
      <SourceOfVacancy page={page} vacancy={vacancy} readAt={readAt} />
      <AskAbout page={page} about="vacancy" query={{ vacancy: id, region: vacancy.region }} />
      <SendToRelative page={page} path={`/vacancies/${id}`} text={summary} what="vacancy" />
    </Layout>
  );
}

function MainFacts({
  page,
  vacancy,
  names,
}: {
  page: PageContext;
  vacancy: VacancyAnswer;
  names: VacancyNames;
}): VNode {
  const { t, href, number } = page;
  const { employer, openings, openingsYouth, settlementType } = vacancy;
  return (
    <Facts
      items={[
        { name: t('page.match.pay'), value: payInWords(page, vacancy) },
        { name: t('page.match.housing'), value: vacancyHousing(page, vacancy) },
        {
          name: t('page.match.employer'),
          value: (
            <>
              {employer.name}{' '}
              <Tag kind={employer.verified ? 'good' : 'plain'}>
                {t(employer.verified ? 'page.vacancy.employer_verified' : 'page.vacancy.employer_unverified')}
              </Tag>
            </>
          ),
        },
        {
          name: t('page.vacancy.place'),
          value: (
            <>
              {names.place}
              <br />
              <a href={href(`/regions/${vacancy.region}${vacancy.isco === null ? '' : `?occupation=${vacancy.isco}`}`)}>
                {t('page.vacancy.about_region')}
              </a>
            </>
          ),
        },
        {
          name: t('page.vacancy.place_as_written'),
          value: vacancy.placeMatch === 'settlement' ? null : vacancy.locationText,
        },
        { name: t('page.vacancy.address'), value: vacancy.addressText },
        { name: t('page.vacancy.area'), value: names.area },
        {
          name: t('page.vacancy.occupation'),
          value:
            names.occupation === null || vacancy.iscoSure
              ? names.occupation
              : `${names.occupation} (${t('page.vacancy.occupation_unsure')})`,
        },
        {
          name: t('page.vacancy.settlement'),
          value: settlementType === null ? null : t(`settlement.${settlementType}`),
        },
        {
          name: t('page.vacancy.openings'),
          value:
            openings === null
              ? t('page.site.not_stated')
              : `${number(openings)}${openingsYouth ? ` (${t('page.vacancy.openings_youth', { count: openingsYouth })})` : ''}`,
        },
      ]}
    />
  );
}

function Terms({ page, vacancy }: { page: PageContext; vacancy: VacancyAnswer }): VNode | null {
  const { t, number } = page;
  const { employment, schedule, relocationOffered, permanentYears } = vacancy;
  const items = [
    { name: t('page.vacancies.employment'), value: employment === null ? null : t(`employment.${employment}`) },
    { name: t('page.vacancies.schedule'), value: schedule === null ? null : t(`schedule.${schedule}`) },
    {
      name: t('page.vacancy.relocation'),
      value: relocationOffered === null ? null : t(relocationOffered ? 'page.site.yes' : 'page.site.no'),
    },
    { name: t('page.vacancy.permanent_years'), value: permanentYears === null ? null : number(permanentYears) },
  ];
  return items.every(({ value }) => value === null) ? null : (
    <section aria-labelledby="terms">
      <h2 id="terms">{t('page.vacancy.terms')}</h2>
      <Facts items={items} />
    </section>
  );
}

function Asked({ page, vacancy }: { page: PageContext; vacancy: VacancyAnswer }): VNode {
  const { t } = page;
  const { education, experience, languages, driving, skills } = vacancy;
  const list = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '));
  const items = [
    { name: t('page.vacancies.education'), value: education === null ? null : t(`education.${education}`) },
    {
      name: t('page.vacancy.experience'),
      value: experience === null ? null : t(`experience.${experienceKey(experience)}`),
    },
    { name: t('page.vacancy.languages'), value: list(languages.map((code) => languageName(page, code))) },
    { name: t('page.vacancy.driving'), value: list(driving) },
    { name: t('page.vacancy.skills'), value: list(skills) },
  ];
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">{t('page.vacancy.asked')}</h2>
      {items.every(({ value }) => value === null) ? <p>{t('page.vacancy.asked_nothing')}</p> : <Facts items={items} />}
    </section>
  );
}

/** `1-3` and `5+` as words' keys may be written. */
const experienceKey = (experience: string): string => experience.replace('-', '_').replace('+', '_more');

/** A code that has no words is shown as the source wrote it. */
const languageName = ({ t }: PageContext, code: string): string => {
  const words = t(`language.${code}`);
  return words === `language.${code}` ? code : words;
};

function SourceOfVacancy({
  page,
  vacancy,
  readAt,
}: {
  page: PageContext;
  vacancy: VacancyAnswer;
  readAt: Date | null;
}): VNode {
  const { t, day } = page;
  const { source, externalId, url, publishedOn, validUntil } = vacancy;
  const kind = source.startsWith('employer:') ? 'employer' : source;
  const known = t(`page.vacancy.source_${kind}`);
  const name = known === `page.vacancy.source_${kind}` ? source : known;
  return (
    <section aria-labelledby="source">
      <h2 id="source">{t('page.vacancy.source')}</h2>
      <Facts
        items={[
          {
            name: t('page.vacancy.source'),
            value: kind === 'employer' ? name : t('page.vacancy.source_number', { source: name, number: externalId }),
          },
          { name: t('page.vacancy.published'), value: day(publishedOn) },
          {
            name: t('page.vacancy.valid_until'),
            value: validUntil === null ? t('page.site.not_stated') : day(validUntil),
          },
          { name: t('page.vacancy.read_at'), value: readAt === null ? null : day(readAt) },
        ]}
      />
      {url === null || !/^https?:\/\//.test(url) ? null : (
        <p>
          <a href={url} rel="noopener noreferrer nofollow">
            {t('page.vacancy.at_source')}
          </a>
        </p>
      )}
    </section>
  );
}

const CLOSED_REASONS = ['archived', 'expired', 'absent', 'gone', 'filled', 'cancelled'];

/** A vacancy that is gone: says so, why, and what is open instead. */
export function ClosedVacancyPage({
  page,
  vacancy,
  place,
  similar,
}: {
  page: PageContext;
  vacancy: VacancyAnswer;
  place: string;
  similar: readonly { vacancy: VacancyAnswer; place: string }[];
}): VNode {
  const { t, href } = page;
  const { title, closedAt, closedReason } = vacancy;
  return (
    <Layout page={page} title={`${t('page.vacancy.closed_title')}: ${title}`}>
      <BackLink page={page} path="/vacancies" />
      <h1>{title}</h1>
      <InventedTag page={page} synthetic={vacancy.synthetic} />
      <p>
        {place} · {vacancy.employer.name}
      </p>
      <Notice kind="warn" title={t('page.vacancy.closed_title')}>
        <p>
          {closedAt === null ? '' : t('page.vacancy.closed_on', { on: closedAt })}{' '}
          {closedReason !== null && CLOSED_REASONS.includes(closedReason)
            ? t(`page.vacancy.closed_${closedReason}`)
            : ''}
        </p>
      </Notice>
      <section aria-labelledby="similar">
        <h2 id="similar">{t('page.vacancy.similar')}</h2>
        {similar.length === 0 ? <p>{t('page.vacancy.similar_none')}</p> : null}
        <ul class="plain">
          {similar.map((one) => (
            <li key={one.vacancy.id} class="card">
              <VacancyCard page={page} vacancy={one.vacancy} place={one.place} heading="h3" />
            </li>
          ))}
        </ul>
      </section>
      <p>
        <a class="button quiet" href={href('/vacancies')}>
          {t('page.vacancy.to_search')}
        </a>
      </p>
    </Layout>
  );
}
