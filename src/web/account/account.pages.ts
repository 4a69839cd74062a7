import { Get, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AccountsService } from '../../auth/accounts.service.js';
import { SessionsService } from '../../auth/sessions.service.js';
import { visitorOf } from '../../auth/visitor.js';
import { May } from '../../shared/permissions.js';
import { type PageAnswer, seeOther } from '../site/answers.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { AccountPage } from './account.js';

/** One's own account: who one is here, where one is signed in, and the way out. */
@PageController('account')
export class AccountPages {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @May('account.manage')
  async show(@Page() page: PageContext, @Req() request: Request): Promise<PageAnswer> {
    const actor = page.actor!;
    const account = await this.accounts.one(actor.id);
    const sessions = await this.sessions.list(actor, visitorOf(request, page.language));
    const region = account.regionCode === null ? null : this.places.region(page.language, account.regionCode);
    return AccountPage({ page, account, region, sessions });
  }

  @Post('sessions/:id/end')
  @May('account.manage')
  async end(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.sessions.revoke(page.actor!, id);
    return seeOther(page.href('/account'));
  }

  @Post('sign-out')
  @May('account.manage')
  async signOut(@Page() page: PageContext, @Req() request: Request): Promise<PageAnswer> {
    const { setCookies } = await this.accounts.signOut(visitorOf(request, page.language));
    return seeOther(page.href('/'), setCookies);
  }

  @Post('sign-out-everywhere')
  @May('account.manage')
  async signOutEverywhere(@Page() page: PageContext, @Req() request: Request): Promise<PageAnswer> {
    const { setCookies } = await this.sessions.signOutEverywhere(page.actor!, visitorOf(request, page.language));
    return seeOther(page.href('/'), setCookies);
  }
}
