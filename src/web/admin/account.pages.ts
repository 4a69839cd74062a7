import { Body, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { VNode } from 'preact';
import { AccountRegister } from '../../auth/account-register.service.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { AccountAdminPage } from './account.js';
import { ResetForm } from './admin.form.js';

/** One account of those who work with the program. */
@PageController('admin/accounts')
export class AccountAdminPages {
  constructor(
    private readonly accounts: AccountRegister,
    private readonly places: PlaceNames,
  ) {}

  @Get(':id')
  @May('accounts.read')
  show(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    return this.view(page, id, {}, []);
  }

  @Post(':id/sign-out')
  @May('accounts.disable')
  async signOut(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.accounts.signOutEverywhere(id, page.actor!);
    return seeOther(`${page.href('/admin')}?done=signed_out`);
  }

  @Post(':id/reset')
  @May('accounts.disable')
  async reset(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(ResetForm, body);
    if (problems.length > 0) return notAccepted(await this.view(page, id, typed, problems));
    await this.accounts.resetSecondFactor(id, page.actor!, form.reason);
    return seeOther(`${page.href('/admin')}?done=reset`);
  }

  private async view(page: PageContext, id: string, typed: Typed, problems: readonly FieldProblem[]): Promise<VNode> {
    const account = await this.accounts.one(id, page.actor!);
    const regionName = (code: string): string => this.places.region(page.language, code);
    return AccountAdminPage({ page, typed, problems, account, regionName });
  }
}
