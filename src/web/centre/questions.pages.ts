import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { DeskService } from '../../questions/desk.service.js';
import { PublicAnswersService } from '../../questions/public-answers.service.js';
import { PROGRAMME_DESK } from '../../questions/question-states.js';
import { May, reach } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type ReadForm, type Typed, one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { type Region, inRegion } from './blocks.js';
import { QuestionPage, type QuestionProps } from './question.js';
import { DeskChoicePage, QuestionsListPage } from './questions-list.js';
import {
  AnswerForm,
  CloseForm,
  DESK_LISTS,
  PassOnForm,
  PublicationForm,
  QUESTIONS_ON_PAGE,
  QUESTION_DONE,
} from './questions.form.js';

/** The questions of a centre, or of the programme's own desk: the list, one question, answering it and making it public. */
@PageController('centre/questions')
export class CentreQuestionsPages {
  constructor(
    private readonly desk: DeskService,
    private readonly answers: PublicAnswersService,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @May('questions.read')
  async list(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const typed = typedFields(query);
    const region = this.regionOf(page, one(typed, 'region'));
    if (region === null) return this.choice(page);
    const list = DESK_LISTS.find((known) => known === query['list']) ?? 'open';
    const code = deskCode(region);
    const wish = {
      list: list === 'overdue' ? ('open' as const) : list,
      overdue: list === 'overdue',
      cursor: one(typed, 'cursor') || undefined,
      limit: QUESTIONS_ON_PAGE,
    };
    const [counts, questions] = await Promise.all([this.desk.counts(code), this.desk.list(page.actor!, code, wish)]);
    const done = query['done'] === 'pass_on' ? 'pass_on' : null;
    return QuestionsListPage({ page, region, list, counts, questions, regionName: this.nameIn(page), done });
  }

  @Get(':id')
  @May('questions.read')
  one(
    @Page() page: PageContext,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    return this.view(page, id, { done: QUESTION_DONE.find((known) => known === query['done']) ?? null });
  }

  @Post(':id/take')
  @May('questions.answer')
  async take(@Page() page: PageContext, @Param('id') id: string): Promise<PageAnswer> {
    return this.after(page, id, 'take', () => this.desk.take(page.actor!, id));
  }

  @Post(':id/release')
  @May('questions.answer')
  async release(@Page() page: PageContext, @Param('id') id: string): Promise<PageAnswer> {
    return this.after(page, id, 'release', () => this.desk.release(page.actor!, id));
  }

  @Post(':id/answer')
  @May('questions.answer')
  async answer(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    const read = await readForm(AnswerForm, body);
    return this.byForm(page, id, 'answer', 'answer', read, ({ text }) => this.desk.answer(page.actor!, id, text));
  }

  @Post(':id/pass-on')
  @May('questions.answer')
  async passOn(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    const read = await readForm(PassOnForm, body);
    const { regionCode } = await this.desk.one(page.actor!, id);
    const away = async ({ to }: PassOnForm): Promise<void> =>
      this.desk.passOn(page.actor!, id, to === PROGRAMME_DESK ? null : to);
    const answer = await this.byForm(page, id, 'pass-on', 'pass_on', read, away);
    // The question is another desk's now: the reader goes on with the list.
    const back = inRegion(this.rowRegion(page, regionCode), '/centre/questions', { done: 'pass_on' });
    return 'path' in answer ? seeOther(page.href(back)) : answer;
  }

  @Post(':id/close')
  @May('questions.answer')
  async close(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    const read = await readForm(CloseForm, body);
    return this.byForm(page, id, 'close', 'close', read, ({ reason }) => this.desk.close(page.actor!, id, reason));
  }

  @Post(':id/publication')
  @May('questions.publish')
  async publish(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    const read = await readForm(PublicationForm, body);
    const draft = read.form.do === 'draft';
    return this.byForm(page, id, 'publication', draft ? 'draft' : 'publish', read, (form) => {
      const wish = {
        topic: form.topic,
        checkedOn: form.checkedOn,
        question: { kk: form['question.kk'], ru: form['question.ru'], en: form['question.en'] },
        answer: { kk: form['answer.kk'], ru: form['answer.ru'], en: form['answer.en'] },
      };
      return draft ? this.answers.save(page.actor!, id, wish) : this.answers.publish(page.actor!, id, wish);
    });
  }

  @Post(':id/unpublish')
  @May('questions.publish')
  async unpublish(@Page() page: PageContext, @Param('id') id: string): Promise<PageAnswer> {
    return this.after(page, id, 'unpublish', () => this.answers.unpublish(page.actor!, id));
  }

  private async byForm<Form extends object>(
    page: PageContext,
    id: string,
    which: NonNullable<QuestionProps['form']['which']>,
    done: (typeof QUESTION_DONE)[number],
    { form, typed, problems }: ReadForm<Form>,
    work: (form: Form) => Promise<void>,
  ): Promise<PageAnswer> {
    // Before anything is said of the form: another region's question is nobody's here.
    const { regionCode } = await this.desk.one(page.actor!, id);
    if (problems.length > 0) return this.again(page, id, which, typed, problems);
    try {
      await work(form);
    } catch (error) {
      return this.again(page, id, which, typed, refusalOf(error));
    }
    return seeOther(page.href(inRegion(this.rowRegion(page, regionCode), `/centre/questions/${id}`, { done })));
  }

  private async after(
    page: PageContext,
    id: string,
    done: (typeof QUESTION_DONE)[number],
    work: () => Promise<void>,
  ): Promise<PageAnswer> {
    try {
      await work();
    } catch (error) {
      // A colleague was quicker: the page says what stands.
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      return this.again(page, id, null, {}, refusalOf(error));
    }
    const { regionCode } = await this.desk.one(page.actor!, id);
    return seeOther(page.href(inRegion(this.rowRegion(page, regionCode), `/centre/questions/${id}`, { done })));
  }

  private async again(
    page: PageContext,
    id: string,
    which: QuestionProps['form']['which'],
    typed: Typed,
    problems: readonly FieldProblem[],
  ): Promise<PageAnswer> {
    return notAccepted(await this.view(page, id, { form: { page, typed, problems, which } }));
  }

  private async view(
    page: PageContext,
    id: string,
    more: Partial<Pick<QuestionProps, 'form' | 'done'>>,
  ): Promise<ReturnType<typeof QuestionPage>> {
    const question = await this.desk.one(page.actor!, id);
    const regions = this.places.regions(page.language).map(({ code, name }) => ({ value: code, label: name }));
    return QuestionPage({
      page,
      region: this.rowRegion(page, question.regionCode),
      question,
      draft: await this.answers.draft(id),
      form: { page, typed: {}, problems: [], which: null },
      regions,
      regionName: this.nameIn(page),
      mayTakeOver: reach(page.actor!, 'queue.take_over') !== 'none',
      done: null,
      ...more,
    });
  }

  /** The desk that is looked at; null: the reader has none of their own and has chosen none. */
  private regionOf(page: PageContext, asked: string): Region | null {
    const actor = page.actor!;
    if (actor.regionCode === null && asked === '') return null;
    return this.rowRegion(page, this.desk.deskOf(actor, asked === '' ? undefined : asked));
  }

  private rowRegion(page: PageContext, code: string | null): Region {
    const name = code === null ? page.t('page.questions.programme_desk') : this.places.region(page.language, code);
    return { code: code ?? PROGRAMME_DESK, name, chosen: page.actor!.regionCode === null };
  }

  private async choice(page: PageContext): Promise<PageAnswer> {
    const own = { code: PROGRAMME_DESK, name: page.t('page.questions.programme_desk') };
    const regions = [own, ...this.places.regions(page.language)];
    const desks = (await this.desk.everyDesk()).map(({ regionCode, ...counts }) => ({
      region: this.rowRegion(page, regionCode),
      ...counts,
    }));
    return DeskChoicePage({ page, regions, desks });
  }

  private nameIn({ language }: PageContext): (code: string) => string {
    return (code) => this.places.region(language, code);
  }
}

const deskCode = ({ code }: Region): string | null => (code === PROGRAMME_DESK ? null : code);
