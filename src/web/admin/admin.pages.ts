import { Body, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { AccountRegister } from '../../auth/account-register.service.js';
import { OF_A_REGION, STAFF_ROLES } from '../../shared/access.js';
import { May, reach } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { InviteForm } from './admin.form.js';
import { atItsField } from './at-its-field.js';
import { AccountsPage, type AdminDone } from './accounts.js';

const DONE: readonly AdminDone[] = ['invited', 'disabled', 'enabled', 'signed_out', 'reset'];

/** Accounts of those who work with the program; a supervisor's reach is the own region. */
@PageController('admin')
export class AdminPages {
  constructor(
    private readonly accounts: AccountRegister,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @May('accounts.read')
  list(@Page() page: PageContext, @Query('done') done?: string): Promise<PageAnswer> {
    return this.page(page, { done: DONE.find((known) => known === done) ?? null });
  }

  @Post('accounts')
  @May('accounts.invite')
  async invite(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(InviteForm, body);
    if (problems.length > 0) return notAccepted(await this.page(page, { typed, problems }));
    try {
      const { link } = await this.accounts.invite({ ...form, language: form.language ?? page.language }, page.actor!);
      // Without mail the link is handed over by hand: it is shown this once and stands in no address.
      return link === null ? seeOther(`${page.href('/admin')}?done=invited`) : await this.page(page, { link });
    } catch (error) {
      const refused = refusalOf(error).map(atItsField);
      return notAccepted(await this.page(page, { typed, problems: refused }));
    }
  }

  @Post('accounts/:id/disable')
  @May('accounts.disable')
  async disable(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.accounts.disable(id, page.actor!);
    return seeOther(`${page.href('/admin')}?done=disabled`);
  }

  @Post('accounts/:id/enable')
  @May('accounts.disable')
  async enable(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.accounts.enable(id, page.actor!);
    return seeOther(`${page.href('/admin')}?done=enabled`);
  }

  private async page(
    page: PageContext,
    {
      typed = {},
      problems = [],
      done = null,
      link = null,
    }: { typed?: Typed; problems?: readonly FieldProblem[]; done?: AdminDone | null; link?: string | null },
  ): Promise<ReturnType<typeof AccountsPage>> {
    const actor = page.actor!;
    const everywhere = reach(actor, 'accounts.invite') === 'all';
    const regions = this.places.regions(page.language);
    return AccountsPage({
      page,
      typed,
      problems,
      accounts: await this.accounts.list(actor),
      roles: STAFF_ROLES.filter((role) => everywhere || OF_A_REGION.includes(role)),
      regions: everywhere ? regions : regions.filter(({ code }) => code === actor.regionCode),
      regionName: (code) => this.places.region(page.language, code),
      done,
      link,
    });
  }
}
