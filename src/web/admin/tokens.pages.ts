import { Body, Get, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { TokenService } from '../../auth/token.service.js';
import { EmployersService } from '../../employers/employers.service.js';
import { CLOCK, type Clock } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { TokenForm } from './admin.form.js';
import { atItsField } from './at-its-field.js';
import { TokensPage } from './tokens.js';

const TOKENS_ON_A_PAGE = 50;

/** What programs call the API with. */
@PageController('admin/tokens')
export class TokensPages {
  constructor(
    private readonly tokens: TokenService,
    private readonly employers: EmployersService,
    private readonly places: PlaceNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @May('tokens.manage')
  list(@Page() page: PageContext, @Query('done') done?: string, @Query('cursor') cursor?: string): Promise<PageAnswer> {
    return this.view(page, { cursor: cursor || undefined, revoked: done === 'revoked' });
  }

  /** The token stands on the page that answers, this once, and in no address. */
  @Post()
  @May('tokens.manage')
  async make(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(TokenForm, body);
    if (problems.length > 0) return notAccepted(await this.view(page, { typed, problems }));
    const { label, role, regionCode, bin, expiresOn } = form;
    try {
      const employerId = bin === undefined ? null : await this.employers.idOfBin(bin);
      const expiresAt = expiresOn === undefined ? null : new Date(`${expiresOn}T23:59:59+05:00`);
      const { token } = await this.tokens.create({ label, role, regionCode, employerId, expiresAt }, page.actor!);
      return await this.view(page, { made: token });
    } catch (error) {
      const found = refusalOf(error).map(atItsField);
      return notAccepted(await this.view(page, { typed, problems: found }));
    }
  }

  @Post(':id/revoke')
  @May('tokens.manage')
  async revoke(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.tokens.revoke(id, page.actor!);
    return seeOther(`${page.href('/admin/tokens')}?done=revoked`);
  }

  private async view(
    page: PageContext,
    {
      typed = {},
      problems = [],
      cursor,
      revoked = false,
      made = null,
    }: { typed?: Typed; problems?: readonly FieldProblem[]; cursor?: string; revoked?: boolean; made?: string | null },
  ): Promise<VNode> {
    return TokensPage({
      page,
      typed,
      problems,
      cursor,
      revoked,
      made,
      now: this.clock.now(),
      tokens: await this.tokens.page({ limit: TOKENS_ON_A_PAGE, cursor }),
      regions: this.places.regions(page.language),
    });
  }
}
