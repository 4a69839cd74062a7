import type { VNode } from 'preact';
import { mismatchInWords, partsInWords, sidesInWords } from '../../matching/matching.words.js';
import {
  QUICK_WISHES,
  type QuickAnswer,
  type QuickMatch,
  type QuickQuestion,
} from '../../matching/quick-match.service.js';
import type { UnlockedRouteOf } from '../../matching/retraining.service.js';
import type { FieldProblem } from '../../shared/problem.js';
import { Details, InventedTag, Notice } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, type FormState, Select, TextField } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { JobFacts, Reasons, ScoreLine } from '../site/match-blocks.js';
import { MoneyLine, Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { SendToRelative } from '../site/send.js';
import { ShortCourses } from '../site/short-courses.js';

export interface Names {
  region(code: string): string;
  place(kato: string): string;
  occupation(isco: string): string;
}

interface QuickMatchProps {
  page: PageContext;
  regions: readonly { code: string; name: string }[];
  typed: Typed;
  problems: readonly FieldProblem[];
  answer: { question: QuickQuestion; found: QuickAnswer; courses: readonly UnlockedRouteOf[]; names: Names } | null;
}

/** The five fields; asked by GET, so that the answer has an address. */
export function QuickFields({
  state,
  regions,
}: {
  state: FormState;
  regions: readonly { code: string; name: string }[];
}): VNode {
  const { page } = state;
  const { t } = page;
  const suggestions = page.href('/suggest/occupations');
  return (
    <AskForm page={page} action="/match">
      <TextField
        state={state}
        name="profession"
        label={t('page.quick.profession')}
        hint={t('page.quick.profession_hint')}
        suggestions={suggestions}
        maxLength={200}
        required
      />
      <TextField
        state={state}
        name="partner"
        label={t('page.quick.partner')}
        hint={t('page.quick.partner_hint')}
        suggestions={suggestions}
        maxLength={200}
      />
      <Select
        state={state}
        name="region"
        label={t('page.quick.region')}
        empty={t('page.quick.region_choose')}
        choices={regions.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <TextField
        state={state}
        name="children"
        label={t('page.quick.children')}
        inputMode="numeric"
        width={4}
        maxLength={2}
      />
      <Select
        state={state}
        name="wish"
        label={t('page.quick.wish')}
        choices={QUICK_WISHES.map((wish) => ({ value: wish, label: t(`page.quick.wish_${wish}`) }))}
      />
      <div class="actions">
        <Button>{t('page.quick.ask')}</Button>
      </div>
    </AskForm>
  );
}

/** The answer to five fields; the fields stay, to be changed and asked again. */
export function QuickMatchPage({ page, regions, typed, problems, answer }: QuickMatchProps): VNode {
  const { t } = page;
  const state = { page, typed, problems };
  const title = t(answer === null ? 'page.quick.title' : 'page.quick.answer_title');
  return (
    <Layout
      page={page}
      title={title}
      hasErrors={problems.length > 0}
      description={answer === null ? t('page.quick.description') : undefined}
    >
      <h1>{title}</h1>
      <ErrorSummary state={state} />
      {answer === null ? (
        <QuickFields state={state} regions={regions} />
      ) : (
        <>
          <Answer page={page} {...answer} />
          <h2>{t('page.quick.again')}</h2>
          <QuickFields state={state} regions={regions} />
        </>
      )}
    </Layout>
  );
}

function Answer({
  page,
  question,
  found,
  courses,
  names,
}: {
  page: PageContext;
  question: QuickQuestion;
  found: QuickAnswer;
  courses: readonly UnlockedRouteOf[];
  names: Names;
}): VNode {
  const { t, href } = page;
  const staying = found.comparison?.worseThanStaying ?? false;
  return (
    <>
      <p class="lead">
        {t(found.matches.length === 0 ? 'page.quick.none' : 'page.quick.found', {
          districts: found.districts,
          shown: found.matches.length,
          from: names.region(question.homeRegionCode),
        })}
      </p>
      {question.adults.map(({ isco, title }, index) => {
        const sides = found.sides[index] ?? null;
        return (
          <p key={index}>
            <strong>{title}</strong> – {t('page.quick.understood', { occupation: names.occupation(isco) })}{' '}
            {sides === null ? null : sidesInWords(sides, page.language)}
          </p>
        );
      })}
      {found.supported ? null : (
        <Notice kind="warn">
          {t('page.quick.not_supported')} <Unverified page={page} verified={found.listVerified} />
        </Notice>
      )}
      {staying ? <Notice kind="warn">{t('page.quick.staying_better')}</Notice> : null}
      <p class="hint">{t('page.quick.assumed')}</p>
      {found.matches.length === 0 ? <NoMatch page={page} question={question} /> : null}
      <Cards matches={found.matches.slice(0, FIRST_MATCHES)} {...{ page, names }} adults={question.adults.length} />
      {found.matches.length <= FIRST_MATCHES ? null : (
        <Details summary={t('page.quick.more', { more: found.matches.length - FIRST_MATCHES })}>
          <Cards matches={found.matches.slice(FIRST_MATCHES)} {...{ page, names }} adults={question.adults.length} />
        </Details>
      )}
      {found.local === null ? (
        <p>{t('page.quick.no_local')}</p>
      ) : (
        <section aria-labelledby="local">
          <h2 id="local">{t('page.quick.local', { region: names.region(question.homeRegionCode) })}</h2>
          {found.local.placements.map((job) => (
            <div class="card" key={job.vacancyId}>
              <h3>
                <a href={href(`/vacancies/${job.vacancyId}`)}>{job.title}</a>
              </h3>
              <InventedTag page={page} synthetic={job.synthetic} />
              <JobFacts page={page} job={job} />
              <ScoreLine page={page} score={job.score} />
            </div>
          ))}
        </section>
      )}
      <ShortCourses page={page} routes={courses} adults={question.adults.length} names={names} />
      <Notice title={t('page.quick.next_title')}>
        <p>{t('page.quick.next')}</p>
        <p>
          <a href={`${href('/support')}?family=${question.adults.length + question.children}`}>
            {t('page.support.link')}
          </a>
        </p>
        <p>
          <a class="button" href={`${href('/sign-in')}?next=${encodeURIComponent(`/my${page.search}`)}`}>
            {t('page.quick.next_sign_in')}
          </a>
        </p>
      </Notice>
      <SendToRelative page={page} path={`/match${page.search}`} text={t('page.quick.answer_title')} what="quick" />
    </>
  );
}

/** The best few stand open; a phone's screen holds no more. */
const FIRST_MATCHES = 5;

function Cards({
  page,
  matches,
  names,
  adults,
}: {
  page: PageContext;
  matches: readonly QuickMatch[];
  names: Names;
  adults: number;
}): VNode {
  return (
    <ol class="plain">
      {matches.map((match) => (
        <li key={match.districtKato} class="card">
          <MatchCard page={page} match={match} names={names} adults={adults} />
        </li>
      ))}
    </ol>
  );
}

function NoMatch({ page: { t }, question }: { page: PageContext; question: QuickQuestion }): VNode {
  return (
    <ul>
      {question.wish === 'any' ? null : <li>{t('page.quick.none_wish')}</li>}
      <li>{t('page.quick.none_words')}</li>
      <li>{t('page.quick.none_later')}</li>
    </ul>
  );
}

function MatchCard({
  page,
  match,
  names,
  adults,
}: {
  page: PageContext;
  match: QuickMatch;
  names: Names;
  adults: number;
}): VNode {
  const { t, href, language } = page;
  return (
    <article>
      <h2>
        {names.place(match.districtKato)},{' '}
        <a href={href(`/regions/${match.regionCode}`)}>{names.region(match.regionCode)}</a>
      </h2>
      <ScoreLine page={page} score={match.score} />
      <MoneyLine page={page} money={match.support} />
      {match.placements.map(({ id, vacancyId, promise, parts, mismatch, adult, synthetic }) => (
        <section key={id}>
          <h3>
            {adults > 1 ? `${t(adult === 0 ? 'page.quick.for_you' : 'page.quick.for_partner')} ` : ''}
            <a href={href(`/vacancies/${vacancyId}`)}>{promise.title}</a>
          </h3>
          <InventedTag page={page} synthetic={synthetic} />
          <JobFacts page={page} job={promise} />
          <Details summary={t('page.match.why')}>
            <Reasons page={page} parts={partsInWords(parts, language)} />
            {mismatch === null
              ? null
              : mismatchInWords(mismatch, language).texts.map((text) => <p key={text}>{text}</p>)}
          </Details>
        </section>
      ))}
      {match.placements.length < adults ? <p>{t('page.quick.one_without_job')}</p> : null}
    </article>
  );
}
