import type { VNode } from 'preact';
import type { PublicAnswer } from '../../questions/public-answers.queries.js';
import { TOPICS_OF_ANSWERS } from '../../questions/question-states.js';
import { BackLink, Facts, NextPage } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { scriptJson } from '../site/script-json.js';
import { AnswerTags, Paragraphs, type QuestionNames, deskInWords } from './blocks.js';
import { qaPage } from './qa-page.js';

export interface AnswersProps {
  state: FormState;
  names: QuestionNames;
  regions: readonly { value: string; label: string }[];
  answers: readonly PublicAnswer[];
  nextCursor: string | null;
  query: URLSearchParams;
  searched: boolean;
  askQuery: string;
}

/** What others have asked and a centre has answered: search, then the way to asking. */
export function AnswersPage(props: AnswersProps): VNode {
  const { state, names, regions, answers, nextCursor, query, searched, askQuery } = props;
  const { page, problems } = state;
  const { t, href, language, actor } = page;
  return (
    <Layout
      page={page}
      title={t('page.questions.title')}
      hasErrors={problems.length > 0}
      description={t('page.questions.description')}
    >
      <ErrorSummary state={state} />
      <h1>{t('page.questions.title')}</h1>
      <p class="lead">{t('page.questions.lead')}</p>
      <AskForm page={page} action="/questions">
        <TextField
          state={state}
          name="q"
          type="search"
          label={t('page.questions.search')}
          hint={t('page.questions.search_hint')}
          maxLength={200}
        />
        <div class="filters">
          <Select
            state={state}
            name="topic"
            label={t('page.questions.topic')}
            empty={t('page.questions.any_topic')}
            choices={TOPICS_OF_ANSWERS.map((topic) => ({ value: topic, label: t(`page.questions.topic_${topic}`) }))}
          />
          <Select
            state={state}
            name="region"
            label={t('page.questions.region')}
            empty={t('page.questions.any_region')}
            choices={regions}
          />
        </div>
        <div class="actions">
          <Button>{t('page.questions.find')}</Button>
        </div>
      </AskForm>
      {answers.length === 0 ? (
        <p role="status">{t(searched ? 'page.questions.none_found' : 'page.questions.none_yet')}</p>
      ) : (
        <ul class="plain">
          {answers.map((answer) => (
            <li key={answer.id} class="card">
              <h2>
                <a href={href(`/questions/${answer.id}`)}>{answer.question[language]}</a>
              </h2>
              <p>{beginning(answer.answer[language])}</p>
              <AnswerTags page={page} names={names} answer={answer} />
            </li>
          ))}
        </ul>
      )}
      <NextPage page={page} path="/questions" query={query} cursor={nextCursor} />
      <section aria-labelledby="ask">
        <h2 id="ask">{t('page.questions.not_found_title')}</h2>
        <p>{t('page.questions.ask_note')}</p>
        <p>
          <a class="button main" href={href(`/questions/ask${askQuery}`)}>
            {t('page.questions.ask')}
          </a>
        </p>
        {actor === undefined ? null : (
          <p>
            <a href={href('/questions/own')}>{t('page.questions.to_own')}</a>
          </p>
        )}
      </section>
    </Layout>
  );
}

const BEGINNING = 180;

/** So much of an answer as a list needs, cut after a word. */
function beginning(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length <= BEGINNING) return line;
  return `${characters
    .slice(0, BEGINNING)
    .join('')
    .replace(/\s+\S*$/u, '')}…`;
}

/** One public answer, with who answers for it and of which day it is. */
export function AnswerPage({
  page,
  names,
  answer,
  vacancyTitle,
  thanked,
}: {
  page: PageContext;
  names: QuestionNames;
  answer: PublicAnswer;
  vacancyTitle: string | null;
  thanked: boolean;
}): VNode {
  const { t, href, language, day, origin } = page;
  const question = answer.question[language];
  const desk = deskInWords(page, names, answer.regionCode);
  const path = `/questions/${answer.id}`;
  const facts = qaPage(answer, { language, url: `${origin}${href(path)}`, author: desk });
  const { vacancyId, aboutRegionCode } = answer;
  return (
    <Layout
      page={page}
      title={question}
      description={beginning(answer.answer[language])}
      head={<script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(facts) }} />}
    >
      <BackLink page={page} path="/questions" />
      <h1>{question}</h1>
      <Paragraphs text={answer.answer[language]} />
      <AnswerTags page={page} names={names} answer={answer} />
      <Facts
        items={[
          { name: t('page.questions.answered_by'), value: desk },
          { name: t('page.questions.published_on'), value: day(answer.publishedAt) },
          {
            name: t('page.questions.about'),
            value:
              vacancyId !== null ? (
                <a href={href(`/vacancies/${vacancyId}`)}>{vacancyTitle ?? t('page.questions.about_vacancy')}</a>
              ) : aboutRegionCode !== null ? (
                <a href={href(`/regions/${aboutRegionCode}`)}>{names.region(aboutRegionCode)}</a>
              ) : (
                <a href={href('/support')}>{t('page.questions.about_programme')}</a>
              ),
          },
        ]}
      />
      <p class="hint">{t('page.questions.dated_note')}</p>
      {thanked ? (
        <p role="status">{t('page.questions.thanks')}</p>
      ) : (
        <Form page={page} action={`${path}/helped`}>
          <p>{t('page.questions.helped')}</p>
          <div class="actions">
            <Button kind="quiet" name="helped" value="yes">
              {t('page.site.yes')}
            </Button>
            <Button kind="quiet" name="helped" value="no">
              {t('page.site.no')}
            </Button>
          </div>
        </Form>
      )}
      <p>
        <a href={href(`/questions/ask?${askAlike(answer)}`)}>{t('page.questions.ask_more')}</a>
      </p>
    </Layout>
  );
}

function askAlike({ about, vacancyId, aboutRegionCode }: PublicAnswer): string {
  const of: Record<string, string> =
    vacancyId !== null ? { vacancy: vacancyId } : aboutRegionCode !== null ? { region: aboutRegionCode } : {};
  return new URLSearchParams({ about, ...of }).toString();
}
