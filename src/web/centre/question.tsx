import type { VNode } from 'preact';
import { receiptInWords } from '../../channels/receipt-words.js';
import { LANGUAGES } from '../../i18n/i18n.js';
import type { WholeQuestion } from '../../questions/desk.service.js';
import type { AnswerDraft } from '../../questions/public-answers.queries.js';
import { CLOSE_REASONS, PROGRAMME_DESK, TOPICS_OF_ANSWERS } from '../../questions/question-states.js';
import { BackLink, Details, Facts, Notice } from '../site/blocks.js';
import { Button, ErrorSummary, Form, type FormState, Select, TextArea, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { Paragraphs } from '../questions/blocks.js';
import { type Region, StatusLine, inRegion, moment } from './blocks.js';
import { History, lineInWords } from './history.js';
import { QuestionTags } from './questions-list.js';
import type { QUESTION_DONE } from './questions.form.js';

export interface QuestionProps {
  page: PageContext;
  region: Region;
  question: WholeQuestion;
  draft: AnswerDraft | null;
  /** What was typed into the form that came back, and which one it was. */
  form: FormState & { which: 'answer' | 'pass-on' | 'close' | 'publication' | null };
  regions: readonly { value: string; label: string }[];
  regionName(code: string): string;
  mayTakeOver: boolean;
  done: (typeof QUESTION_DONE)[number] | null;
}

/** One question at the desk: who has it, the answer, its way to the asker, and what everybody may read of it. */
export function QuestionPage(props: QuestionProps): VNode {
  const { page, region, question, form, done, regionName } = props;
  const { t, day, href } = page;
  const { status, text } = question;
  const open = status === 'waiting' || status === 'taken';
  const othersHold = status === 'taken' && !question.mine;
  return (
    <Layout page={page} title={t('page.questions.question')} hasErrors={form.problems.length > 0}>
      <BackLink page={page} path={inRegion(region, '/centre/questions')} />
      <ErrorSummary state={form} />
      {done === null ? null : <StatusLine>{t(`page.questions.done_${done}`)}</StatusLine>}
      <h1>{t('page.questions.question')}</h1>
      {text === null ? <p>{t('page.questions.withdrawn')}</p> : <Paragraphs text={text} lang={question.language} />}
      <QuestionTags page={page} question={question} regionName={regionName} />
      <Facts
        items={[
          { name: t('page.questions.asked_on'), value: moment(page, question.createdAt) },
          { name: t('page.questions.language'), value: t(`language.${question.language}`) },
          {
            name: t('page.questions.about'),
            value:
              question.vacancyId === null ? null : (
                <a href={href(`/vacancies/${question.vacancyId}`)}>{question.vacancyTitle}</a>
              ),
          },
          { name: t('page.questions.answered_on'), value: question.answeredAt && day(question.answeredAt) },
        ]}
      />
      {open ? <Holding {...props} othersHold={othersHold} /> : null}
      {open && !othersHold ? <OpenForms {...props} /> : null}
      {question.closedReason === null ? null : (
        <>
          <p>{t(`page.questions.closed_${question.closedReason}`)}</p>
          {question.receipts.length === 0 ? null : <Receipts page={page} question={question} />}
        </>
      )}
      {question.answer === null ? null : (
        <section aria-labelledby="answer">
          <h2 id="answer">{t('page.questions.answer')}</h2>
          <Paragraphs text={question.answer} lang={question.language} />
          <Receipts page={page} question={question} />
        </section>
      )}
      {status === 'answered' ? <Publication {...props} /> : null}
      <h2>{t('page.centre.history')}</h2>
      <History
        page={page}
        caption={t('page.centre.history')}
        lines={question.trail.map((line) => lineInWords(page, line))}
      />
    </Layout>
  );
}

function Chosen({ region }: { region: Region }): VNode | null {
  return region.chosen ? <input type="hidden" name="region" value={region.code} /> : null;
}

function Holding({
  page,
  region,
  question,
  mayTakeOver,
  othersHold,
}: QuestionProps & { othersHold: boolean }): VNode | null {
  const { t } = page;
  const action = `/centre/questions/${question.id}`;
  if (question.status === 'waiting') {
    return (
      <Form page={page} action={`${action}/take`}>
        <Chosen region={region} />
        <Button kind="quiet">{t('page.questions.take')}</Button>
      </Form>
    );
  }
  if (othersHold && !mayTakeOver) return <p class="hint">{t('question.held')}</p>;
  return (
    <Form page={page} action={`${action}/release`}>
      <Chosen region={region} />
      <Button kind="quiet">{t('page.questions.release')}</Button>
    </Form>
  );
}

function OpenForms({ page, region, question, form, regions }: QuestionProps): VNode {
  const { t } = page;
  const action = `/centre/questions/${question.id}`;
  const of = (which: QuestionProps['form']['which']): FormState =>
    form.which === which ? form : { page, typed: {}, problems: [] };
  return (
    <>
      <Form page={page} action={`${action}/answer`}>
        <Chosen region={region} />
        <TextArea
          state={of('answer')}
          name="text"
          label={t('page.questions.your_answer')}
          hint={t('page.questions.your_answer_hint', { language: t(`language.${question.language}`) })}
          rows={8}
          maxLength={4_000}
        />
        <div class="actions">
          <Button>{t('page.questions.answer_send')}</Button>
        </div>
      </Form>
      <Details summary={t('page.questions.pass_on_title')} open={form.which === 'pass-on'}>
        <Form page={page} action={`${action}/pass-on`}>
          <Chosen region={region} />
          <Select
            state={of('pass-on')}
            name="to"
            label={t('page.questions.pass_on_to')}
            hint={t('page.questions.pass_on_hint')}
            empty={t('page.questions.choose')}
            choices={[
              ...(question.regionCode === null
                ? []
                : [{ value: PROGRAMME_DESK, label: t('page.questions.programme_desk') }]),
              ...regions.filter(({ value }) => value !== question.regionCode),
            ]}
          />
          <Button kind="quiet">{t('page.questions.pass_on')}</Button>
        </Form>
      </Details>
      <Details summary={t('page.questions.close_title')} open={form.which === 'close'}>
        <Form page={page} action={`${action}/close`}>
          <Chosen region={region} />
          <Select
            state={of('close')}
            name="reason"
            label={t('page.questions.close_reason')}
            hint={t('page.questions.close_hint')}
            empty={t('page.questions.choose')}
            choices={CLOSE_REASONS.map((reason) => ({ value: reason, label: t(`page.questions.reason_${reason}`) }))}
          />
          <Button kind="danger">{t('page.questions.close')}</Button>
        </Form>
      </Details>
    </>
  );
}

/** How the answer reached the asker, or why it did not. */
function Receipts({ page, question }: { page: PageContext; question: WholeQuestion }): VNode {
  const { t, language } = page;
  if (question.receipts.length === 0) return <p class="soft">{t('page.questions.on_its_way')}</p>;
  return (
    <ul class="soft">
      {question.receipts.map((receipt, index) => (
        <li key={index}>
          {t(`page.questions.channel_${receipt.channel}`)}: {receiptInWords(receipt, language)}
        </li>
      ))}
    </ul>
  );
}

function Publication({ page, region, question, draft, form }: QuestionProps): VNode {
  const { t, href } = page;
  const isPublic = (draft?.publishedAt ?? null) !== null;
  const typed = form.which === 'publication' ? form.typed : typedOf(question, draft);
  const state: FormState = { page, typed, problems: form.which === 'publication' ? form.problems : [] };
  const action = `/centre/questions/${question.id}`;
  return (
    <section aria-labelledby="public">
      <h2 id="public">{t('page.questions.public_title')}</h2>
      {isPublic ? (
        <>
          <Notice kind="good">
            <a href={href(`/questions/${question.id}`)}>{t('page.questions.is_public')}</a>
          </Notice>
          <Form page={page} action={`${action}/unpublish`}>
            <Chosen region={region} />
            <Button kind="danger">{t('page.questions.unpublish')}</Button>
          </Form>
        </>
      ) : (
        <p>{t('page.questions.public_lead')}</p>
      )}
      <Form page={page} action={`${action}/publication`}>
        <Chosen region={region} />
        <Select
          state={state}
          name="topic"
          label={t('page.questions.topic')}
          choices={TOPICS_OF_ANSWERS.map((topic) => ({ value: topic, label: t(`page.questions.topic_${topic}`) }))}
        />
        <TextField
          state={state}
          name="checkedOn"
          type="date"
          label={t('page.questions.checked')}
          hint={t('page.questions.checked_hint')}
          width={12}
        />
        {LANGUAGES.map((language) => (
          <fieldset key={language} class="field">
            <legend>{t(`language.${language}`)}</legend>
            <TextArea
              state={state}
              name={`question.${language}`}
              label={t('page.questions.public_question')}
              rows={2}
              maxLength={500}
            />
            <TextArea
              state={state}
              name={`answer.${language}`}
              label={t('page.questions.public_answer')}
              rows={6}
              maxLength={4_000}
            />
          </fieldset>
        ))}
        <Notice kind="warn">{t('page.questions.nobody_named')}</Notice>
        <div class="actions">
          <Button name="do" value="publish">
            {t(isPublic ? 'page.questions.publish_again' : 'page.questions.publish')}
          </Button>
          {isPublic ? null : (
            <Button kind="quiet" name="do" value="draft">
              {t('page.questions.save_draft')}
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}

/** The draft, or the words of the question itself in its own language to begin with. */
function typedOf(question: WholeQuestion, draft: AnswerDraft | null): Record<string, string | undefined> {
  if (draft === null) {
    return {
      topic: 'other',
      [`question.${question.language}`]: question.text ?? undefined,
      [`answer.${question.language}`]: question.answer ?? undefined,
    };
  }
  const texts = LANGUAGES.flatMap((language) => [
    [`question.${language}`, draft.question[language] ?? undefined],
    [`answer.${language}`, draft.answer[language] ?? undefined],
  ]);
  return { topic: draft.topic, checkedOn: draft.checkedOn, ...(Object.fromEntries(texts) as Record<string, string>) };
}
