import { Body, Get, Post, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { EmployerAccountsService } from '../../employers/employer-accounts.service.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { type Typed, readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { ColleagueForm } from './colleagues.form.js';
import { ColleaguesPage } from './colleagues.js';

/** Who acts for a firm. */
@PageController('employer/colleagues')
export class ColleaguesPages {
  constructor(private readonly firms: EmployerAccountsService) {}

  @Get()
  @May('firm.invite')
  async list(@Page() page: PageContext, @Query('done') done?: string): Promise<PageAnswer> {
    return (await this.view(page, done === 'sent'))({}, []);
  }

  @Post()
  @May('firm.invite')
  async invite(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(ColleagueForm, body);
    const again = await this.view(page, false);
    if (problems.length > 0) return notAccepted(again(typed, problems));
    try {
      await this.firms.inviteColleague(page.actor!, { ...form, language: page.language });
      return seeOther(`${page.href('/employer/colleagues')}?done=sent`);
    } catch (error) {
      return refusedForm(error, (found) => again(typed, found));
    }
  }

  private async view(
    page: PageContext,
    sent: boolean,
  ): Promise<(typed: Typed, problems: readonly FieldProblem[]) => VNode> {
    const shown = await this.firms.colleagues(page.actor!);
    return (typed, problems) => ColleaguesPage({ page, typed, problems, sent, ...shown });
  }
}
