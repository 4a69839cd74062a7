import type { VNode } from 'preact';
import type { PublicAnswer } from '../../questions/public-answers.queries.js';
import { LONGEST_QUESTION } from '../../questions/questions.dto.js';
import { Details, Notice } from '../site/blocks.js';
import { Button, Choices, Form, type FormState, Select, TextArea, TextField } from '../site/fields.js';
import { one } from '../site/form.js';
import { FormPage } from '../site/form-page.js';
import { AnswerTags, Paragraphs, type QuestionNames } from './blocks.js';

export interface AskProps {
  state: FormState;
  names: QuestionNames;
  regions: readonly { value: string; label: string }[];
  /** The vacancy that is asked about, if it is one. */
  vacancy: { id: string; title: string } | null;
  /** Null: the question is yet to be written. */
  likely: readonly PublicAnswer[] | null;
}

/** Asking in two steps: the question, then what may answer it already, and where else the answer goes. */
export function AskPage({ state, names, regions, vacancy, likely }: AskProps): VNode {
  const { page, typed } = state;
  const { t, href, actor, language } = page;
  const about = one(typed, 'about');
  return (
    <FormPage
      state={state}
      title={t(likely === null ? 'page.questions.ask_heading' : 'page.questions.send_heading')}
      scripts={likely === null ? ['ask.js'] : []}
    >
      {likely === null || likely.length === 0 ? null : (
        <section aria-labelledby="likely">
          <h2 id="likely">{t('page.questions.likely')}</h2>
          {likely.map((answer) => (
            <Details key={answer.id} summary={answer.question[language]}>
              <Paragraphs text={answer.answer[language]} />
              <AnswerTags page={page} names={names} answer={answer} />
            </Details>
          ))}
          <p>
            <a href={href('/questions')}>{t('page.questions.likely_enough')}</a>
          </p>
          <h2 data-next-step>{t('page.questions.likely_not')}</h2>
        </section>
      )}
      <Form page={page} action="/questions/ask" ask={likely === null}>
        {/* The same through both steps and every refusal: sent twice, it is asked once. */}
        <input type="hidden" name="once" value={one(typed, 'once') || page.once()} />
        {vacancy === null ? (
          <>
            <Choices
              state={{ ...state, typed: { ...typed, about: about === 'vacancy' ? 'programme' : about || 'programme' } }}
              name="about"
              kind="radio"
              label={t('page.questions.about')}
              choices={[
                { value: 'programme', label: t('page.questions.about_programme') },
                { value: 'region', label: t('page.questions.about_region') },
              ]}
            />
            <Select
              state={state}
              name="region"
              label={t('page.questions.region')}
              hint={t('page.questions.region_hint')}
              empty={t('page.questions.no_region')}
              choices={regions}
            />
          </>
        ) : (
          <>
            <p>
              {t('page.questions.about_vacancy')}: <a href={href(`/vacancies/${vacancy.id}`)}>{vacancy.title}</a>
            </p>
            <input type="hidden" name="about" value="vacancy" />
            <input type="hidden" name="vacancy" value={vacancy.id} />
          </>
        )}
        <TextArea
          state={state}
          name="text"
          label={t('page.questions.text')}
          hint={t('page.questions.text_hint')}
          rows={5}
          maxLength={LONGEST_QUESTION}
        />
        {likely === null ? <div data-likely aria-live="polite" /> : null}
        {likely === null ? null : actor === undefined ? (
          <TextField
            state={state}
            name="contact"
            label={t('page.questions.contact')}
            hint={t('page.questions.contact_hint')}
            autocomplete="tel"
            maxLength={254}
          />
        ) : (
          <p class="hint">{t('page.questions.own_channel')}</p>
        )}
        <Notice kind="warn">{t('page.questions.no_iin')}</Notice>
        <div class="actions">
          {likely === null ? (
            <Button name="step" value="look">
              {t('page.site.continue')}
            </Button>
          ) : (
            <Button name="step" value="send">
              {t('page.questions.send')}
            </Button>
          )}
        </div>
      </Form>
    </FormPage>
  );
}
