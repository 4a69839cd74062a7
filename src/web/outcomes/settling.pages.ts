import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { AnswersService, type LinkedFollowUp } from '../../outcomes/answers.service.js';
import { TakenChancesService } from '../../outcomes/taken-chances.service.js';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import type { FormState } from '../site/fields.js';
import { type Typed, one, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { asKnown, readSettling } from './settling.form.js';
import { ConfirmReturnPage, LinkedPage, OwnSettlingPage } from './settling.js';

/** A follow-up by the link of its notice: two taps, no account. */
@PageController('settling')
@May('follow_ups.answer')
export class SettlingPages {
  constructor(
    private readonly answers: AnswersService,
    private readonly places: PlaceNames,
  ) {}

  @Get(':token')
  async show(@Page() page: PageContext, @Param('token') token: string): Promise<PageAnswer> {
    return this.view({ page, typed: {}, problems: [] }, token, await this.answers.linked(token));
  }

  /** Everything is as known. */
  @Post(':token/same')
  async same(@Page() page: PageContext, @Param('token') token: string): Promise<PageAnswer> {
    const { arrival, state } = await this.answers.linked(token);
    const known = asKnown(arrival);
    if (known === null && isOpen(state)) throw new Problem('settling.answer_missing', 422);
    if (known !== null) await this.once(() => this.answers.tellByLink(token, known));
    return seeOther(page.href(`/settling/${token}`));
  }

  @Post(':token')
  async tell(@Page() page: PageContext, @Param('token') token: string, @Body() body: unknown): Promise<PageAnswer> {
    const typed = typedFields(body);
    const linked = await this.answers.linked(token);
    const { answer, problems } = readSettling(typed, linked.arrival);
    if (answer === null && isOpen(linked.state)) {
      return notAccepted(this.view({ page, typed, problems }, token, linked));
    }
    if (answer !== null && isOpen(linked.state) && !answer.stays && !isSure(typed)) {
      return ConfirmReturnPage({ page, path: `/settling/${token}`, reason: answer.reason });
    }
    if (answer !== null) await this.once(() => this.answers.tellByLink(token, answer));
    return seeOther(page.href(`/settling/${token}`));
  }

  /** Tapped twice, or answered by phone meanwhile: the page says what stands. */
  private async once(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      if (!(error instanceof Problem) || !['follow_up.over', 'settling.returned'].includes(error.code)) throw error;
    }
  }

  private view(
    state: FormState,
    token: string,
    { arrival, state: followUp }: LinkedFollowUp,
  ): ReturnType<typeof LinkedPage> {
    const region = this.places.region(state.page.language, arrival.regionCode);
    const over = isOpen(followUp) ? null : followUp;
    return LinkedPage({ state, arrival, region, path: `/settling/${token}`, over });
  }
}

const isOpen = (state: LinkedFollowUp['state']): state is 'due' | 'asked' | 'unreached' =>
  state !== 'answered' && state !== 'closed';

/** To have gone back ends much: it is asked again before it is recorded. */
const isSure = (typed: Typed): boolean => one(typed, 'sure') === 'yes';

/** The same for whoever is signed in, at any time. */
@PageController('my')
@May('household.own')
export class OwnSettlingPages {
  constructor(
    private readonly answers: AnswersService,
    private readonly takenChances: TakenChancesService,
    private readonly places: PlaceNames,
  ) {}

  @Get('settling')
  async show(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    return this.view({ page, typed: {}, problems: [] }, query['done'] === 'yes');
  }

  @Post('settling/same')
  async same(@Page() page: PageContext): Promise<PageAnswer> {
    const own = await this.answers.own(page.actor!);
    const known = own && asKnown(own.arrival);
    if (known === null) throw new Problem('settling.not_arrived', 409);
    await this.answers.tell(page.actor!, known);
    return seeOther(page.href('/my/settling?done=yes'));
  }

  @Post('settling/taken')
  async taken(@Page() page: PageContext): Promise<PageAnswer> {
    try {
      await this.takenChances.own(page.actor!);
    } catch (error) {
      return notAccepted(await this.view({ page, typed: {}, problems: refusalOf(error) }, false));
    }
    return seeOther(page.href('/my/settling?done=yes'));
  }

  @Post('settling')
  async tell(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const typed = typedFields(body);
    const own = await this.answers.own(page.actor!);
    if (own === null) throw new Problem('settling.not_arrived', 409);
    const { answer, problems } = readSettling(typed, own.arrival);
    if (answer === null) return notAccepted(await this.view({ page, typed, problems }, false));
    if (!answer.stays && !isSure(typed)) {
      return ConfirmReturnPage({ page, path: '/my/settling', reason: answer.reason });
    }
    try {
      await this.answers.tell(page.actor!, answer);
    } catch (error) {
      return notAccepted(await this.view({ page, typed, problems: refusalOf(error) }, false));
    }
    return seeOther(page.href('/my/settling?done=yes'));
  }

  private async view(state: FormState, done: boolean): Promise<ReturnType<typeof OwnSettlingPage>> {
    const { actor, language } = state.page;
    const settling = actor!.householdId === null ? null : await this.answers.own(actor!);
    return OwnSettlingPage({ state, settling, done, region: (code) => this.places.region(language, code) });
  }
}
