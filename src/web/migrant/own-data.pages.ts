import { Body, Get, Header, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { OwnDataService } from '../../applications/own-data.service.js';
import { AccountsService } from '../../auth/accounts.service.js';
import { visitorOf } from '../../auth/visitor.js';
import { MessagesService } from '../../notifications/messages.service.js';
import { May } from '../../shared/permissions.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { one, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { DeletePage, MessagesPage, SettingsPage } from './own-data.js';

/** Messages, settings, and what is kept of a migrant: to have and to have erased. */
@PageController('my')
@May('household.own')
export class OwnDataPages {
  constructor(
    private readonly messages: MessagesService,
    private readonly data: OwnDataService,
    private readonly accounts: AccountsService,
  ) {}

  @Get('messages')
  async list(@Page() page: PageContext): Promise<PageAnswer> {
    return MessagesPage({ page, messages: await this.messages.list(page.actor!) });
  }

  @Post('messages/:id/read')
  async read(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.messages.markRead(page.actor!, id);
    return seeOther(page.href('/my/messages'));
  }

  @Get('settings')
  settings(@Page() page: PageContext): PageAnswer {
    return SettingsPage({ page });
  }

  @Get('data.json')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Disposition', 'attachment; filename="qonys.json"')
  download(@Page() page: PageContext): Promise<Record<string, unknown>> {
    return this.data.download(page.actor!);
  }

  @Get('delete')
  askDelete(@Page() page: PageContext): PageAnswer {
    return DeletePage({ page, typed: {}, problems: [] });
  }

  @Post('delete')
  async delete(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const typed = typedFields(body);
    if (one(typed, 'sure') !== 'yes') {
      return notAccepted(DeletePage({ page, typed, problems: [{ field: 'sure', code: 'page.my.delete_not_sure' }] }));
    }
    await this.data.erase(page.actor!);
    const { setCookies } = await this.accounts.signOut(visitorOf(request, page.language));
    return seeOther(`${page.href('/')}?done=erased`, setCookies);
  }
}
