import { Body, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { networkOf } from '../../auth/visitor.js';
import { AskService } from '../../questions/ask.service.js';
import type { PublicAnswer } from '../../questions/public-answers.queries.js';
import { PublicAnswersService } from '../../questions/public-answers.service.js';
import { isUuid } from '../../shared/ids.js';
import { May } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { VacanciesService } from '../../vacancies/vacancies.service.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { type Typed, one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { AnswerPage, AnswersPage } from './answers-page.js';
import { AskPage } from './ask-page.js';
import { AskedPage, OwnQuestionsPage } from './asked-page.js';
import type { QuestionNames } from './blocks.js';
import { ANSWERS_ON_PAGE, AnswersForm, AskForm } from './questions.form.js';

/** What others asked, asking oneself, and the answer: for anybody, in their language, without an account. */
@PageController()
export class QuestionsPages {
  constructor(
    private readonly asking: AskService,
    private readonly answers: PublicAnswersService,
    private readonly vacancies: VacanciesService,
    private readonly places: PlaceNames,
  ) {}

  @Get('questions')
  @May('answers.read')
  async list(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(AnswersForm, query);
    const view = (found: { items: PublicAnswer[]; nextCursor: string | null }, wrong: readonly FieldProblem[]) =>
      AnswersPage({
        state: { page, typed, problems: wrong },
        names: this.names(page),
        regions: this.regions(page),
        answers: found.items,
        nextCursor: found.nextCursor,
        query: new URLSearchParams(page.search),
        searched: form.q !== undefined || form.topic !== undefined || form.region !== undefined,
        askQuery: form.region === undefined ? '' : `?about=region&region=${encodeURIComponent(form.region)}`,
      });
    const nothing = { items: [], nextCursor: null };
    if (problems.length > 0) return notAccepted(view(nothing, problems));
    try {
      return view(await this.answers.list({ ...form, limit: ANSWERS_ON_PAGE }), []);
    } catch (error) {
      return notAccepted(view(nothing, refusalOf(error)));
    }
  }

  @Get('questions/ask')
  @May('questions.ask')
  async ask(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const { about, region, vacancy } = typedFields(query);
    return this.askPage(page, { about, region, vacancy }, [], null);
  }

  @Post('questions/ask')
  @May('questions.ask')
  async send(@Page() page: PageContext, @Body() body: unknown, @Req() request: Request): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(AskForm, body);
    const { text, about, region, vacancy, contact, step, once } = form;
    const looks = step !== 'send';
    if (problems.length > 0) {
      const likely = looks ? null : await this.likely(typed);
      return notAccepted(await this.askPage(page, typed, problems, likely));
    }
    if (looks) return this.askPage(page, typed, [], await this.answers.likely(text, { region, vacancy }));
    try {
      const { token } = await this.asking.ask(
        { language: page.language, about, regionCode: region, vacancyId: vacancy, text, contact },
        { actor: page.actor, address: networkOf(request.ip ?? '') },
        once,
      );
      return seeOther(page.href(`/asked/${token}?new=yes`));
    } catch (error) {
      const likely = await this.likely(typed);
      const vacancyOf = await this.vacancy(one(typed, 'vacancy'));
      return refusedForm(error, (wrong) => this.askView(page, typed, wrong, likely, vacancyOf));
    }
  }

  @Get('questions/own')
  @May('questions.own')
  async own(@Page() page: PageContext): Promise<PageAnswer> {
    return OwnQuestionsPage({ page, names: this.names(page), questions: await this.asking.own(page.actor!) });
  }

  @Get('questions/:id')
  @May('answers.read')
  async answer(
    @Page() page: PageContext,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    const answer = await this.answers.one(id);
    const vacancyTitle = (await this.vacancy(answer.vacancyId ?? ''))?.title ?? null;
    return AnswerPage({ page, names: this.names(page), answer, vacancyTitle, thanked: query['thanks'] === 'yes' });
  }

  @Post('questions/:id/helped')
  @May('questions.ask')
  async helped(
    @Page() page: PageContext,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: Request,
  ): Promise<PageAnswer> {
    const helped = one(typedFields(body), 'helped');
    if (helped !== 'yes' && helped !== 'no') {
      throw new Problem('request.invalid', 422, { count: 1 }, [{ field: 'helped', code: 'field.required' }]);
    }
    await this.answers.helped(id, helped === 'yes', networkOf(request.ip ?? ''));
    return seeOther(page.href(`/questions/${id}?thanks=yes`));
  }

  @Get('asked/:token')
  @May('questions.follow')
  async follow(
    @Page() page: PageContext,
    @Param('token') token: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    const question = await this.asking.follow(token);
    return AskedPage({ page, names: this.names(page), question, isNew: query['new'] === 'yes' });
  }

  @Post('asked/:token/withdraw')
  @May('questions.follow')
  async withdraw(@Page() page: PageContext, @Param('token') token: string): Promise<PageAnswer> {
    try {
      await this.asking.withdraw(token);
    } catch (error) {
      // Pressed twice, or the answer was quicker: the page says what stands.
      if (!(error instanceof Problem) || error.code !== 'transition.illegal') throw error;
    }
    return seeOther(page.href(`/asked/${token}`));
  }

  private async askPage(
    page: PageContext,
    typed: Typed,
    problems: readonly FieldProblem[],
    likely: readonly PublicAnswer[] | null,
  ): Promise<ReturnType<typeof AskPage>> {
    return this.askView(page, typed, problems, likely, await this.vacancy(one(typed, 'vacancy')));
  }

  private askView(
    page: PageContext,
    typed: Typed,
    problems: readonly FieldProblem[],
    likely: readonly PublicAnswer[] | null,
    vacancy: { id: string; title: string } | null,
  ): ReturnType<typeof AskPage> {
    const state = { page, typed, problems };
    return AskPage({ state, names: this.names(page), regions: this.regions(page), vacancy, likely });
  }

  private likely(typed: Typed): Promise<PublicAnswer[]> {
    return this.answers.likely(one(typed, 'text').slice(0, 2_000), { region: one(typed, 'region') || null });
  }

  /** The vacancy of a link; an address that names none asks about the programme. */
  private async vacancy(id: string): Promise<{ id: string; title: string } | null> {
    if (!isUuid(id)) return null;
    try {
      const { title } = await this.vacancies.one(id);
      return { id, title };
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }

  private names({ language }: PageContext): QuestionNames {
    return { region: (code) => this.places.region(language, code) };
  }

  private regions({ language }: PageContext): { value: string; label: string }[] {
    return this.places.regions(language).map(({ code, name }) => ({ value: code, label: name }));
  }
}
