import type { VNode } from 'preact';
import type { DeskQuestion } from '../../questions/desk.service.js';
import type { DeskCounts } from '../../questions/questions.queries.js';
import { NextPage, Tag } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { type Region, RegionChoicePage, StatusLine, inRegion } from './blocks.js';
import { DESK_LISTS, type DeskList } from './questions.form.js';

export interface QuestionsListProps {
  page: PageContext;
  region: Region;
  list: DeskList;
  counts: DeskCounts;
  questions: { items: readonly DeskQuestion[]; nextCursor: string | null };
  regionName(code: string): string;
  /** A question has just left this desk. */
  done: 'pass_on' | null;
}

/** Who looks after all desks chooses one, and sees where something waits, the most overdue first. */
export function DeskChoicePage({
  page,
  regions,
  desks,
}: {
  page: PageContext;
  regions: readonly { code: string; name: string }[];
  desks: readonly (DeskCounts & { region: Region })[];
}): VNode {
  const { t, href } = page;
  return (
    <RegionChoicePage page={page} regions={regions} title={t('page.questions.desk_title')}>
      {desks.length === 0 ? <p>{t('page.questions.desks_none')}</p> : null}
      <ul class="plain lines">
        {desks.map(({ region, open, overdue }) => (
          <li key={region.code}>
            <a href={href(inRegion(region, '/centre/questions'))}>{region.name}</a>{' '}
            <Tag kind={overdue > 0 ? 'bad' : 'plain'}>{t('page.questions.desk_counts_short', { open, overdue })}</Tag>
          </li>
        ))}
      </ul>
    </RegionChoicePage>
  );
}

/** The questions of a desk: what is overdue first, with who has it in hand. */
export function QuestionsListPage(props: QuestionsListProps): VNode {
  const { page, region, list, counts, questions, done } = props;
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.questions.desk_title')} wide>
      <h1>
        {t('page.questions.desk_title')}: {region.name}
      </h1>
      {done === null ? null : <StatusLine>{t(`page.questions.done_${done}`)}</StatusLine>}
      <p>{t('page.questions.desk_counts', { open: counts.open, overdue: counts.overdue })}</p>
      <nav class="lists" aria-label={t('page.questions.lists')}>
        <ul>
          {DESK_LISTS.map((one) => (
            <li key={one}>
              <a
                href={href(inRegion(region, '/centre/questions', { list: one === 'open' ? undefined : one }))}
                aria-current={one === list ? 'page' : undefined}
              >
                {t(`page.questions.list_${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {questions.items.length === 0 ? <p>{t('page.questions.desk_none')}</p> : null}
      <ul class="plain">
        {questions.items.map((question) => (
          <li key={question.id} class="card">
            <p lang={question.language}>
              <a href={href(inRegion(region, `/centre/questions/${question.id}`))}>
                {question.text ?? t('page.questions.withdrawn')}
              </a>
            </p>
            <QuestionTags page={page} question={question} regionName={props.regionName} />
          </li>
        ))}
      </ul>
      <NextPage
        page={page}
        path="/centre/questions"
        query={new URLSearchParams(page.search)}
        cursor={questions.nextCursor}
      />
    </Layout>
  );
}

/** What it is about, until when it is owed, and who has it. */
export function QuestionTags({
  page,
  question,
  regionName,
}: {
  page: PageContext;
  question: DeskQuestion;
  regionName(code: string): string;
}): VNode {
  const { t, day } = page;
  const { status, overdue, dueOn, mine, owner, ownerLabel, aboutRegionCode } = question;
  const open = status === 'waiting' || status === 'taken';
  return (
    <p class="tags">
      <Tag>
        {question.vacancyTitle ??
          (aboutRegionCode === null ? t('page.questions.about_programme') : regionName(aboutRegionCode))}
      </Tag>{' '}
      {open ? (
        <Tag kind={overdue ? 'bad' : 'plain'}>
          {t(overdue ? 'page.centre.overdue_since' : 'page.centre.due', { day: day(dueOn) })}
        </Tag>
      ) : (
        <Tag kind={status === 'answered' ? 'good' : 'plain'}>{t(`page.questions.status_${status}`)}</Tag>
      )}{' '}
      {status === 'taken' ? (
        <Tag>
          {mine
            ? t('page.questions.held_by_me')
            : t('page.questions.held_by', { who: ownerLabel ?? t('page.centre.colleague') })}
        </Tag>
      ) : open && owner === null ? (
        <Tag kind="warn">{t('page.questions.held_by_nobody')}</Tag>
      ) : null}{' '}
      {question.published ? <Tag kind="good">{t('page.questions.public')}</Tag> : null}{' '}
      {question.synthetic && !page.demo ? <Tag kind="warn">{t('page.questions.synthetic')}</Tag> : null}
    </p>
  );
}
