import { Body, Get, Post, Query } from '@nestjs/common';
import { EmployerAccountsService } from '../../employers/employer-accounts.service.js';
import { May } from '../../shared/permissions.js';
import { FirmColleagueForm } from '../employer/colleagues.form.js';
import { FirmInvitationPage } from '../employer/colleagues.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';

/** How a firm that a centre knows comes to its account. */
@PageController('centre/firms/invite')
export class FirmInvitationPages {
  constructor(private readonly firms: EmployerAccountsService) {}

  @Get()
  @May('employers.invite')
  ask(@Page() page: PageContext, @Query('done') done?: string): PageAnswer {
    return FirmInvitationPage({ page, typed: {}, problems: [], sent: done === 'sent' });
  }

  @Post()
  @May('employers.invite')
  async invite(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(FirmColleagueForm, body);
    if (problems.length > 0) return notAccepted(FirmInvitationPage({ page, typed, problems, sent: false }));
    try {
      await this.firms.inviteByCentre(page.actor!, { ...form, language: page.language });
      return seeOther(`${page.href('/centre/firms/invite')}?done=sent`);
    } catch (error) {
      return refusedForm(error, (found) => FirmInvitationPage({ page, typed, problems: found, sent: false }));
    }
  }
}
