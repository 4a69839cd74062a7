import { Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { RegionTable } from '../../outcomes/figure-tables.js';
import { PROGRAMME } from '../../outcomes/figures.queries.js';
import { FiguresService } from '../../outcomes/figures.service.js';
import { TimesService } from '../../outcomes/times.service.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { sendTable } from '../analyst/figures.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { one, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import {
  HIDDEN_SUM,
  OutcomesPage,
  PaymentFiguresPage,
  TimesPage,
  kindWords,
  linesOf,
  measureInTenge,
  reasonWords,
  regionColumns,
  timesColumns,
} from './figures.js';

type Asked = Record<string, unknown>;

/** What became of the people, for the analyst: pages and files of the same numbers. */
@PageController('analyst')
@May('analysis.read')
export class FiguresPages {
  constructor(
    private readonly figures: FiguresService,
    private readonly timesOf: TimesService,
    private readonly places: PlaceNames,
  ) {}

  @Get('outcomes')
  async outcomes(@Page() page: PageContext): Promise<PageAnswer> {
    const [outcomes, returns] = await Promise.all([this.figures.outcomes(), this.figures.returns()]);
    return OutcomesPage({ page, outcomes, returns, nameOf: this.nameOf(page) });
  }

  @Get('outcomes-adults.csv')
  async adults(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, adults } = await this.figures.outcomes();
    return this.send(response, page, `outcomes-adults-${dateInKazakhstan(asOf)}`, adults, kindWords(page));
  }

  @Get('outcomes-housing.csv')
  async housing(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, housing } = await this.figures.outcomes();
    return this.send(response, page, `outcomes-housing-${dateInKazakhstan(asOf)}`, housing, kindWords(page));
  }

  @Get('outcomes-returns.csv')
  async returns(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, households } = await this.figures.returns();
    return this.send(response, page, `returns-${dateInKazakhstan(asOf)}`, households, reasonWords(page));
  }

  @Get('outcomes-persons.csv')
  async persons(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, persons } = await this.figures.returns();
    return this.send(response, page, `returns-persons-${dateInKazakhstan(asOf)}`, persons, reasonWords(page));
  }

  @Get('payments')
  async payments(@Page() page: PageContext, @Query() query: Asked): Promise<PageAnswer> {
    const typed = typedFields(query);
    const problems: FieldProblem[] = [];
    const answer = await this.figures.payments(one(typed, 'year') || undefined).catch((error: unknown) => {
      problems.push(...refusalOf(error).map((problem) => ({ ...problem, field: 'year' })));
      return null;
    });
    // The year that is shown stands in its field.
    const shown = answer === null ? typed : { ...typed, year: String(answer.year) };
    const view = PaymentFiguresPage({ state: { page, typed: shown, problems }, answer, nameOf: this.nameOf(page) });
    return answer === null ? notAccepted(view) : view;
  }

  @Get('payments.csv')
  async paymentsFile(
    @Page() page: PageContext,
    @Query() query: Asked,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { year, tenge } = await this.figures.payments(one(typedFields(query), 'year') || undefined);
    return this.send(response, page, `payments-${year}`, tenge, measureInTenge(page), HIDDEN_SUM);
  }

  @Get('times')
  async times(@Page() page: PageContext): Promise<PageAnswer> {
    return TimesPage({ page, times: await this.timesOf.times(), nameOf: this.nameOf(page) });
  }

  @Get('times-forwards.csv')
  async forwards(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, forwards } = await this.timesOf.times();
    const name = `times-forwards-${dateInKazakhstan(asOf)}`;
    return sendTable(response, page, name, timesColumns(page, this.nameOf(page)), forwards);
  }

  @Get('times-decisions.csv')
  async decisions(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, decisions } = await this.timesOf.times();
    const name = `times-decisions-${dateInKazakhstan(asOf)}`;
    return sendTable(response, page, name, timesColumns(page, this.nameOf(page)), decisions);
  }

  @Get('times-answers.csv')
  async answers(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, answers } = await this.timesOf.times();
    const name = `times-answers-${dateInKazakhstan(asOf)}`;
    return sendTable(response, page, name, timesColumns(page, this.nameOf(page)), answers);
  }

  private send(
    response: Response,
    page: PageContext,
    name: string,
    table: RegionTable<string>,
    wordsOf: (code: string) => string,
    hidden?: string,
  ): string {
    const columns = regionColumns(page, this.nameOf(page), table, wordsOf, hidden);
    return sendTable(response, page, name, columns, linesOf(table));
  }

  private nameOf(page: PageContext): (code: string) => string {
    return (code) =>
      code === PROGRAMME ? page.t('page.questions.programme_desk') : this.places.region(page.language, code);
  }
}
