import type { VNode } from 'preact';
import type { PublicAnswer } from '../../questions/public-answers.queries.js';
import { Tag } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';

/** Names in the reader's language. */
export interface QuestionNames {
  region(code: string): string;
}

/** Who answers: a region's centre, or the programme's own desk. */
export function deskInWords({ t }: PageContext, names: QuestionNames, regionCode: string | null): string {
  return regionCode === null
    ? t('page.questions.programme_desk')
    : t('page.questions.centre_of', { region: names.region(regionCode) });
}

/** A text with its paragraphs as they were written. */
export function Paragraphs({ text, lang }: { text: string; lang?: string }): VNode {
  return (
    <div lang={lang}>
      {text.split(/\n+/).map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </div>
  );
}

/** What an answer is about, and how old it is. */
export function AnswerTags({
  page,
  names,
  answer,
}: {
  page: PageContext;
  names: QuestionNames;
  answer: PublicAnswer;
}): VNode {
  const { t, day } = page;
  return (
    <span class="tags">
      <Tag>{t(`page.questions.topic_${answer.topic}`)}</Tag>{' '}
      {answer.aboutRegionCode === null ? null : <Tag>{names.region(answer.aboutRegionCode)}</Tag>}{' '}
      {answer.synthetic && !page.demo ? <Tag kind="warn">{t('page.questions.synthetic')}</Tag> : null}{' '}
      <span class="soft">{t('page.questions.checked_on', { day: day(answer.checkedOn) })}</span>
    </span>
  );
}

/** The way from any page to asking about what it shows, and to what others have asked. */
export function AskAbout({
  page,
  about,
  query = {},
}: {
  page: PageContext;
  about: 'programme' | 'region' | 'vacancy';
  query?: Record<string, string>;
}): VNode {
  const { t, href } = page;
  const asked = new URLSearchParams({ about, ...query }).toString();
  const found = new URLSearchParams(query.region === undefined ? {} : { region: query.region }).toString();
  return (
    <section aria-labelledby="ask">
      <h2 id="ask">{t('page.questions.ask_title')}</h2>
      <p>{t('page.questions.ask_note')}</p>
      <ul>
        <li>
          <a href={href(`/questions/ask?${asked}`)}>{t(`page.questions.ask_${about}`)}</a>
        </li>
        <li>
          <a href={href(`/questions${found === '' ? '' : `?${found}`}`)}>{t('page.questions.to_answers')}</a>
        </li>
      </ul>
    </section>
  );
}
