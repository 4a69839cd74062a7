import type { VNode } from 'preact';
import type { OwnQuestion } from '../../questions/ask.service.js';
import { Details, Facts, Notice, Tag } from '../site/blocks.js';
import { Button, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { Paragraphs, type QuestionNames, deskInWords } from './blocks.js';

interface Props {
  page: PageContext;
  names: QuestionNames;
}

/** One's own question behind its secret link: who owes the answer, until when, and the answer. */
export function AskedPage({ page, names, question, isNew }: Props & { question: OwnQuestion; isNew: boolean }): VNode {
  const { t, href, day, origin } = page;
  const { status, text, answer, token } = question;
  const open = status === 'waiting' || status === 'taken';
  const desk = deskInWords(page, names, question.regionCode);
  return (
    <Layout page={page} title={t('page.questions.own_title')}>
      {isNew && open ? (
        <div class="notice good" role="status" tabIndex={-1} data-focus>
          <h2>{t('page.questions.taken_in')}</h2>
          <p>{t('page.questions.taken_in_note', { desk, day: day(question.dueOn) })}</p>
        </div>
      ) : null}
      <h1>{t('page.questions.own_title')}</h1>
      {text === null ? <p>{t('page.questions.withdrawn')}</p> : <Paragraphs text={text} lang={question.language} />}
      <Facts
        items={[
          { name: t('page.questions.status'), value: <StatusTag page={page} question={question} /> },
          { name: t('page.questions.answers_who'), value: desk },
          { name: t('page.questions.asked_on'), value: day(question.createdAt) },
          { name: t('page.questions.due_on'), value: open ? day(question.dueOn) : null },
          {
            name: t('page.questions.about'),
            value:
              question.vacancyId === null ? (
                question.aboutRegionCode && names.region(question.aboutRegionCode)
              ) : (
                <a href={href(`/vacancies/${question.vacancyId}`)}>{question.vacancyTitle}</a>
              ),
          },
        ]}
      />
      {question.overdue ? <Notice kind="warn">{t('page.questions.we_are_late')}</Notice> : null}
      {answer === null ? null : (
        <section aria-labelledby="answer">
          <h2 id="answer">{t('page.questions.answer')}</h2>
          <Paragraphs text={answer} lang={question.language} />
          <p class="soft">{question.answeredAt && day(question.answeredAt)}</p>
          {question.published ? (
            <p>
              <a href={href(`/questions/${question.id}`)}>{t('page.questions.is_public')}</a>
            </p>
          ) : null}
        </section>
      )}
      {question.closedReason === null ? null : <p>{t(`page.questions.closed_${question.closedReason}`)}</p>}
      {text === null ? null : (
        <div class="field">
          <label for="own-address">{t('page.questions.own_link')}</label>
          <div class="hint" id="own-address-hint">
            {t('page.questions.own_link_hint')}
          </div>
          <input
            id="own-address"
            type="text"
            readOnly
            aria-describedby="own-address-hint"
            value={`${origin}${href(`/asked/${token}`)}`}
          />
        </div>
      )}
      {open ? (
        <Details summary={t('page.questions.withdraw_title')}>
          <Form page={page} action={`/asked/${token}/withdraw`}>
            <p>{t('page.questions.withdraw_note')}</p>
            <Button kind="danger">{t('page.questions.withdraw')}</Button>
          </Form>
        </Details>
      ) : null}
      <p>
        <a href={href('/questions/ask')}>{t('page.questions.ask_another')}</a>
      </p>
    </Layout>
  );
}

function StatusTag({ page, question }: { page: PageContext; question: OwnQuestion }): VNode {
  const kind = question.status === 'answered' ? 'good' : question.overdue ? 'bad' : 'plain';
  return <Tag kind={kind}>{page.t(`page.questions.status_${question.status}`)}</Tag>;
}

/** What the reader's account has asked. */
export function OwnQuestionsPage({ page, names, questions }: Props & { questions: readonly OwnQuestion[] }): VNode {
  const { t, href, day } = page;
  return (
    <Layout page={page} title={t('page.questions.own_list')}>
      <h1>{t('page.questions.own_list')}</h1>
      {questions.length === 0 ? <p>{t('page.questions.own_none')}</p> : null}
      <ul class="plain">
        {questions.map((question) => (
          <li key={question.id} class="card">
            <p lang={question.language}>
              <a href={href(`/asked/${question.token}`)}>{question.text ?? t('page.questions.withdrawn')}</a>
            </p>
            <p class="soft">
              <StatusTag page={page} question={question} /> {deskInWords(page, names, question.regionCode)},{' '}
              {day(question.createdAt)}
            </p>
          </li>
        ))}
      </ul>
      <p>
        <a class="button main" href={href('/questions/ask')}>
          {t('page.questions.ask')}
        </a>
      </p>
    </Layout>
  );
}
