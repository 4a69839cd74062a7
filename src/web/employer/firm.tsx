import type { VNode } from 'preact';
import type { InterestCount, SharedInterestRow } from '../../applications/interests.queries.js';
import type { Employer } from '../../employers/employer.entity.js';
import { hasWords } from '../../i18n/i18n.js';
import type { VacancyAnswer, VacancyPage } from '../../vacancies/vacancies.dto.js';
import { Facts, InventedTag, NextPage, Notice, Tag } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import { payInWords } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';

export type Done = 'posted' | 'changed' | 'closed';

/** The firm's start: whether it is checked, and its vacancies with who is interested. */
export function FirmPage({
  page,
  firm,
  vacancies,
  cursor,
  counts,
  suits,
  placeOf,
  done,
}: {
  page: PageContext;
  firm: Employer;
  vacancies: VacancyPage;
  cursor: string | undefined;
  counts: ReadonlyMap<string, InterestCount>;
  /** Households that each open vacancy suits, in fives; null: fewer than five; missing: still being counted. */
  suits: ReadonlyMap<string, number | null>;
  /** A vacancy's place in the reader's language. */
  placeOf(vacancy: VacancyAnswer): string;
  done: Done | null;
}): VNode {
  const { t, href } = page;
  const query = new URLSearchParams(cursor === undefined ? {} : { cursor });
  return (
    <Layout page={page} title={t('page.employer.list_title')}>
      {done === null ? null : (
        <Notice kind="good">
          <p>{t(`page.employer.done_${done}`)}</p>
        </Notice>
      )}
      <h1>{t('page.employer.list_title')}</h1>
      <Firm page={page} firm={firm} />
      <p>
        <a class="button main" href={href('/employer/vacancies/new')}>
          {t('page.employer.new_title')}
        </a>
      </p>
      <p>{t('page.employer.list_count', { count: vacancies.total })}</p>
      <ul class="plain">
        {vacancies.items.map((vacancy) => (
          <li key={vacancy.id} class="card">
            <OwnVacancy
              page={page}
              vacancy={vacancy}
              isOwn={vacancy.source === `employer:${firm.id}`}
              counts={counts}
              suits={suits.get(vacancy.id)}
              placeOf={placeOf}
            />
          </li>
        ))}
      </ul>
      <NextPage page={page} path="/employer" query={query} cursor={vacancies.nextCursor} />
    </Layout>
  );
}

function Firm({ page, firm }: { page: PageContext; firm: Employer }): VNode {
  const { t, day } = page;
  const { verifiedAt } = firm;
  return (
    <section aria-labelledby="firm">
      <h2 id="firm">{firm.name}</h2>
      <Facts
        items={[
          { name: t('page.employer.bin'), value: firm.bin },
          {
            name: t('page.employer.state'),
            value: (
              <Tag kind={verifiedAt === null ? 'warn' : 'good'}>
                {verifiedAt === null
                  ? t('page.employer.unverified')
                  : t('page.employer.verified', { day: day(verifiedAt) })}
              </Tag>
            ),
          },
        ]}
      />
      {verifiedAt === null ? <Notice kind="warn">{t('page.employer.unverified_note')}</Notice> : null}
    </section>
  );
}

function OwnVacancy({
  page,
  vacancy,
  isOwn,
  counts,
  suits,
  placeOf,
}: {
  page: PageContext;
  vacancy: VacancyAnswer;
  isOwn: boolean;
  counts: ReadonlyMap<string, InterestCount>;
  suits: number | null | undefined;
  placeOf(vacancy: VacancyAnswer): string;
}): VNode {
  const { t, href, number, day } = page;
  const { id, title, status, openings, validUntil } = vacancy;
  const count = counts.get(id);
  const unsurePlace = !['settlement', 'district'].includes(vacancy.placeMatch);
  return (
    <>
      <h3>
        <a href={href(`/vacancies/${id}`)}>{title}</a>
      </h3>
      <p>
        <Tag kind={status === 'open' ? 'good' : 'plain'}>{stateInWords(page, vacancy)}</Tag>{' '}
        {status === 'open' && unsurePlace ? <Tag kind="warn">{t('page.employer.place_unsure_short')}</Tag> : null}{' '}
        <InventedTag page={page} synthetic={vacancy.synthetic} />
      </p>
      <Facts
        items={[
          { name: t('page.vacancy.place'), value: placeOf(vacancy) },
          { name: t('page.match.pay'), value: payInWords(page, vacancy) },
          { name: t('page.employer.openings'), value: number(openings ?? 1) },
          { name: t('page.employer.suits_title'), value: status === 'open' ? suitsInWords(page, suits) : null },
          {
            name: t('page.employer.interested'),
            value: count ? <a href={href('/employer/people')}>{number(count.interested)}</a> : number(0),
          },
          { name: t('page.vacancy.published'), value: day(vacancy.publishedOn) },
          { name: t('page.vacancy.valid_until'), value: validUntil && day(validUntil) },
        ]}
      />
      {isOwn ? (
        <ul class="links">
          {status === 'open' ? (
            <>
              <VacancyLink page={page} path={`/employer/vacancies/${id}/edit`} code="page.employer.edit" of={title} />
              <VacancyLink page={page} path={`/employer/vacancies/${id}/close`} code="page.employer.close" of={title} />
            </>
          ) : null}
          <VacancyLink page={page} path={`/employer/vacancies/new?from=${id}`} code="page.employer.copy" of={title} />
        </ul>
      ) : (
        <p class="hint">{t('page.employer.from_elsewhere')}</p>
      )}
    </>
  );
}

/** A link whose words say the vacancy too, for those who hear the links alone. */
function VacancyLink({ page, path, code, of }: { page: PageContext; path: string; code: string; of: string }): VNode {
  return (
    <li>
      <a href={page.href(path)}>
        {page.t(code)}
        <span class="hidden">: {of}</span>
      </a>
    </li>
  );
}

function suitsInWords({ t }: PageContext, suits: number | null | undefined): string {
  if (suits === undefined) return t('page.employer.suits_counting');
  return suits === null ? t('page.employer.suits_short_few') : t('page.employer.suits_short', { households: suits });
}

function stateInWords({ t, day }: PageContext, { status, closedAt, closedReason }: VacancyAnswer): string {
  if (status === 'open') return t('page.employer.state_open');
  const why = `page.employer.closed_${closedReason ?? ''}`;
  const closed =
    closedAt === null ? t('page.employer.state_closed') : t('page.employer.closed_on', { day: day(closedAt) });
  return hasWords(why) ? `${closed}, ${t(why)}` : closed;
}

/** Who is interested in the firm's vacancies: by name only who let the firm see it, all others as a number. */
export function PeoplePage({
  page,
  firm,
  people,
  counts,
}: {
  page: PageContext;
  firm: Employer;
  people: readonly SharedInterestRow[];
  counts: readonly InterestCount[];
}): VNode {
  const { t, href, number, day } = page;
  return (
    <Layout page={page} title={t('page.employer.people_title')}>
      <h1>{t('page.employer.people_title')}</h1>
      <p>{t('page.employer.people_lead')}</p>
      {firm.verifiedAt === null ? <Notice kind="warn">{t('page.employer.people_unverified')}</Notice> : null}
      {counts.length === 0 ? <p>{t('page.employer.people_none')}</p> : null}
      {counts.map(({ vacancyId, vacancyTitle, interested, shared, synthetic }) => (
        <section key={vacancyId} aria-labelledby={`v-${vacancyId}`}>
          <h2 id={`v-${vacancyId}`}>
            <a href={href(`/vacancies/${vacancyId}`)}>{vacancyTitle}</a>
          </h2>
          <InventedTag page={page} synthetic={synthetic} />
          <p>{t('page.employer.people_count', { interested, hidden: interested - shared })}</p>
          <ul class="plain">
            {people
              .filter((one) => one.vacancyId === vacancyId)
              .map(({ id, contact, persons, expressedAt, householdSynthetic }) => (
                <li key={id} class="card">
                  <h3>{namesOf(contact.adults) || t('page.employer.no_name')}</h3>
                  <InventedTag page={page} synthetic={householdSynthetic} />
                  <Facts
                    items={[
                      {
                        name: t('page.employer.phone'),
                        value:
                          contact.phone === null ? (
                            t('page.employer.no_phone')
                          ) : (
                            <a href={`tel:${contact.phone}`}>{contact.phone}</a>
                          ),
                      },
                      { name: t('page.employer.language'), value: t(`language.${contact.language}`) },
                      { name: t('page.employer.persons'), value: number(persons) },
                      { name: t('page.employer.since'), value: day(expressedAt) },
                    ]}
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Layout>
  );
}

function namesOf(adults: SharedInterestRow['contact']['adults']): string {
  return adults
    .map(({ givenName, familyName }) => [givenName, familyName].filter(Boolean).join(' '))
    .filter((name) => name !== '')
    .join(', ');
}
