import { Body, Get, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { AnswersService } from '../../outcomes/answers.service.js';
import { FollowUpsService } from '../../outcomes/follow-ups.service.js';
import { FOLLOW_UP_LISTS } from '../../outcomes/outcomes.queries.js';
import { PaymentsService } from '../../outcomes/payments.service.js';
import { TakenChancesService } from '../../outcomes/taken-chances.service.js';
import { SUPPORT_CODES, type SupportCode } from '../../programme/support-rules.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { isUuid } from '../../shared/ids.js';
import { May } from '../../shared/permissions.js';
import { type Region, inRegion } from '../centre/blocks.js';
import { MOST_ON_PAGE } from '../centre/centre.form.js';
import { RegionOfDesk } from '../centre/region-of-desk.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import type { FormState } from '../site/fields.js';
import { one, readForm, refusalOf, typedFields, wholeNumber } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { FOLLOW_UP_DONE, type FollowUpDone, FollowUpPage, FollowUpsPage } from './follow-ups.js';
import { PaymentsPage } from './payments.js';
import { readSettling } from './settling.form.js';

class PaymentForm {
  @IsIn(SUPPORT_CODES)
  measure!: SupportCode;

  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  tenge!: number;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'programme.date_invalid' })
  paidOn!: string;
}

/** A centre's follow-ups and what was paid for the households of its region. */
@PageController('centre')
export class FollowUpsPages {
  constructor(
    private readonly regions: RegionOfDesk,
    private readonly followUps: FollowUpsService,
    private readonly answers: AnswersService,
    private readonly payments: PaymentsService,
    private readonly takenChances: TakenChancesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('follow-ups')
  @May('follow_ups.read')
  list(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const typed = typedFields(query);
    const list = FOLLOW_UP_LISTS.find((known) => known === one(typed, 'list')) ?? 'call';
    const cursor = one(typed, 'cursor') || undefined;
    return this.regions.with(page, query['region'], page.t('page.follow_ups.title'), async (region) => {
      const [counts, found] = await Promise.all([
        this.followUps.counts(region.code),
        this.followUps.list(region.code, { list, cursor, limit: MOST_ON_PAGE }),
      ]);
      return FollowUpsPage({ page, region, today: this.today(), list, cursor, counts, found, done: doneOf(query) });
    });
  }

  @Get('follow-ups/:id')
  @May('follow_ups.read')
  async show(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    return this.view({ page, typed: {}, problems: [] }, id, doneOf(query));
  }

  @Post('follow-ups/:id/take')
  @May('follow_ups.record')
  async take(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.followUps.take(page.actor!, id);
    return seeOther(page.href(`/centre/follow-ups/${id}?done=take`));
  }

  @Post('follow-ups/:id/miss')
  @May('follow_ups.record')
  async miss(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const typed = typedFields(body);
    try {
      await this.followUps.miss(page.actor!, id, versionOf(one(typed, 'version')));
    } catch (error) {
      return notAccepted(await this.view({ page, typed, problems: refusalOf(error) }, id, null));
    }
    return seeOther(page.href(`/centre/follow-ups/${id}?done=miss`));
  }

  @Post('follow-ups/:id/answer')
  @May('follow_ups.record')
  async answer(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const typed = typedFields(body);
    const arrival = await this.answers.ofFollowUp(page.actor!, id);
    const { answer, problems } = readSettling(typed, arrival);
    if (answer === null) return notAccepted(await this.view({ page, typed, problems }, id, null));
    try {
      await this.answers.recordCall(page.actor!, id, versionOf(one(typed, 'version')), answer);
    } catch (error) {
      return notAccepted(await this.view({ page, typed, problems: refusalOf(error) }, id, null));
    }
    const { regionCode: code } = arrival;
    const region: Region = { code, name: code, chosen: page.actor!.regionCode === null };
    return seeOther(page.href(inRegion(region, '/centre/follow-ups', { done: 'answer' })));
  }

  @Post('cases/:id/taken')
  @May('follow_ups.record')
  async taken(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.takenChances.noted(page.actor!, id);
    return seeOther(page.href(`/centre/cases/${id}`));
  }

  @Get('households/:id/payments')
  @May('payments.read')
  async paid(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    return this.paymentsView({ page, typed: {}, problems: [] }, id, query['done'] === 'yes');
  }

  @Post('households/:id/payments')
  @May('payments.record')
  async pay(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(PaymentForm, body);
    try {
      if (problems.length === 0) await this.payments.record(page.actor!, id, form);
    } catch (error) {
      problems.push(...refusalOf(error));
    }
    if (problems.length > 0) return notAccepted(await this.paymentsView({ page, typed, problems }, id, false));
    return seeOther(page.href(`/centre/households/${id}/payments?done=yes`));
  }

  @Post('payments/:id/void')
  @May('payments.record')
  async void(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    await this.payments.void(page.actor!, id);
    const household = one(typedFields(body), 'household');
    return seeOther(
      page.href(isUuid(household) ? `/centre/households/${household}/payments?done=yes` : '/centre/follow-ups'),
    );
  }

  private async view(
    state: FormState,
    id: string,
    done: FollowUpDone | null,
  ): Promise<ReturnType<typeof FollowUpPage>> {
    const actor = state.page.actor!;
    const row = await this.followUps.one(actor, id);
    const arrival = await this.answers.ofFollowUp(actor, id);
    const region: Region = { code: row.regionCode, name: row.regionCode, chosen: actor.regionCode === null };
    return FollowUpPage({ state, region, today: this.today(), row, arrival, done });
  }

  private async paymentsView(
    state: FormState,
    householdId: string,
    done: boolean,
  ): Promise<ReturnType<typeof PaymentsPage>> {
    const payments = await this.payments.ofHousehold(state.page.actor!, householdId);
    return PaymentsPage({ state, householdId, payments, done });
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }
}

function doneOf(query: Record<string, unknown>): FollowUpDone | null {
  return FOLLOW_UP_DONE.find((known) => known === query['done']) ?? null;
}

/** The version that a form carries; anything else is none that ever was. */
const versionOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
