import { Body, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsDefined, IsIn } from 'class-validator';
import { type ApplicationReason, applicationReasonsFor } from '../../applications/application-reasons.js';
import { ApplicationsView } from '../../applications/applications-view.service.js';
import { ApplicationsService } from '../../applications/applications.service.js';
import { May } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { ApplicationPage } from './application.js';

class WithdrawalForm {
  @IsDefined({ message: 'application.reason_needed' })
  @IsIn(applicationReasonsFor('withdraw'), { message: 'application.reason_needed' })
  reason!: ApplicationReason;
}

const PATH = '/my/application';

/** A household's own application: who has it, until when, and what it may do. */
@PageController('my')
@May('household.own')
export class ApplicationPages {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly views: ApplicationsView,
    private readonly places: PlaceNames,
  ) {}

  @Get('application')
  async show(@Page() page: PageContext): Promise<PageAnswer> {
    return this.page(page, {}, []);
  }

  @Post('matches/:id/apply')
  async apply(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    return this.after(page, async () => {
      await this.applications.apply(page.actor!, id);
    });
  }

  @Post('applications/:id/papers')
  async papers(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    return this.after(page, () => this.applications.bringPapers(page.actor!, id));
  }

  @Post('applications/:id/withdraw')
  async withdraw(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    // Whose it is comes before what the form lacks.
    if (!(await this.views.own(page.actor!)).some((one) => one.id === id))
      throw new Problem('application.unknown', 404);
    const { form, typed, problems } = await readForm(WithdrawalForm, body);
    if (problems.length > 0) return notAccepted(await this.page(page, typed, problems));
    return this.after(page, () => this.applications.withdraw(page.actor!, id, form.reason), typed);
  }

  private async after(page: PageContext, work: () => Promise<void>, typed: Typed = {}): Promise<PageAnswer> {
    try {
      await work();
    } catch (error) {
      return notAccepted(await this.page(page, typed, refusalOf(error)));
    }
    return seeOther(page.href(PATH));
  }

  private async page(
    page: PageContext,
    typed: Typed,
    problems: readonly FieldProblem[],
  ): Promise<ReturnType<typeof ApplicationPage>> {
    // Who has not entered a household yet has none, and may still look.
    const all = page.actor!.householdId === null ? [] : await this.views.own(page.actor!);
    const names = {
      region: (code: string): string => this.places.region(page.language, code),
      place: (kato: string): string => this.places.place(page.language, kato),
    };
    return ApplicationPage({ page, all, names, typed, problems });
  }
}
