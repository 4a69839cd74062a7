import { Body, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { APPLICATION_REASONS, type ApplicationReason } from '../../applications/application-reasons.js';
import { CENTRE_ACTIONS, type CentreAction } from '../../applications/application-states.js';
import { ApplicationsView } from '../../applications/applications-view.service.js';
import { ApplicationsService } from '../../applications/applications.service.js';
import { May } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, one, readForm, refusalOf, typedFields, wholeNumber } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { ApplicationCasePage, ApplicationListPage, LIST_FILTERS } from './applications.js';
import { RegionOfDesk } from './region-of-desk.js';

const ON_PAGE = 30;
const REASON_CODES = Object.keys(APPLICATION_REASONS) as ApplicationReason[];

class StepForm {
  @IsDefined()
  @IsIn(CENTRE_ACTIONS)
  action!: CentreAction;

  @IsDefined()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  version!: number;

  @IsOptional()
  @IsIn(REASON_CODES, { message: 'application.reason_needed' })
  reason?: ApplicationReason;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  dueOn?: string;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  arrivedOn?: string;
}

/** The centre's desk for applications: what is overdue first, one case, and the steps that its state allows. */
@PageController('centre/applications')
export class CentreApplicationsPages {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly views: ApplicationsView,
    private readonly regions: RegionOfDesk,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @May('applications.read')
  async list(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const typed = typedFields(query);
    const asked = one(typed, 'show');
    const filter = LIST_FILTERS.find((known) => known === asked) ?? 'open';
    const cursor = one(typed, 'cursor') || undefined;
    const title = page.t('page.application.centre_title');
    return this.regions.with(page, query['region'], title, async (region) => {
      const state = filter === 'open' || filter === 'overdue' ? undefined : filter;
      const wish = { state, overdue: filter === 'overdue', limit: ON_PAGE, cursor };
      const found = await this.views.list(region.code, wish);
      return ApplicationListPage({ page, region, names: this.names(page), found, filter, typed });
    });
  }

  @Get(':id')
  @May('applications.read')
  async show(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Query('done') done: unknown,
  ): Promise<PageAnswer> {
    return this.one(page, id, {}, [], done === 'yes');
  }

  @Post(':id/steps')
  @May('applications.decide')
  async step(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    // Another region's is answered before what was typed is looked at.
    await this.views.one(page.actor!, id);
    const { form, typed, problems } = await readForm(StepForm, body);
    try {
      if (problems.length === 0) await this.applications.act(page.actor!, id, form);
    } catch (error) {
      problems.push(...refusalOf(error).map((problem) => atItsField(problem, error)));
    }
    if (problems.length > 0) return notAccepted(await this.one(page, id, typed, problems, false));
    return seeOther(page.href(`/centre/applications/${id}?done=yes`));
  }

  private async one(
    page: PageContext,
    id: string,
    typed: Typed,
    problems: readonly FieldProblem[],
    done: boolean,
  ): Promise<ReturnType<typeof ApplicationCasePage>> {
    const view = await this.views.one(page.actor!, id);
    const quota = await this.views.quota(view.regionCode);
    const name = this.places.region(page.language, view.regionCode);
    const region = { code: view.regionCode, name, chosen: page.actor!.regionCode === null };
    return ApplicationCasePage({ page, region, names: this.names(page), view, quota, typed, problems, done });
  }

  private names({ language }: PageContext): { region(code: string): string; place(kato: string): string } {
    return {
      region: (code) => this.places.region(language, code),
      place: (kato) => this.places.place(language, kato),
    };
  }
}

const FIELD_OF: Record<string, string> = {
  'application.due_invalid': 'dueOn',
  'application.arrival_invalid': 'arrivedOn',
};

function atItsField(problem: FieldProblem, error: unknown): FieldProblem {
  const field = error instanceof Problem ? FIELD_OF[error.code] : undefined;
  return field === undefined ? problem : { ...problem, field };
}
