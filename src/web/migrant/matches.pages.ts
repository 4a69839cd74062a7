import { Body, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApplicationsView } from '../../applications/applications-view.service.js';
import { InterestsService } from '../../applications/interests.service.js';
import { type OwnMatch, type OwnMatches, OwnMatchesService } from '../../applications/own-matches.service.js';
import { ShareLinksService } from '../../applications/share-links.service.js';
import { DismissalService } from '../../households/dismissal.service.js';
import { HouseholdDraftService } from '../../households/household-draft.service.js';
import type { HouseholdView } from '../../households/household-view.js';
import { DismissalWishesService } from '../../matching/dismissal-wishes.service.js';
import { sidesInWords } from '../../matching/matching.words.js';
import { MismatchService } from '../../matching/mismatch.service.js';
import { RetrainingService, type UnlockedRouteOf } from '../../matching/retraining.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import type { Eligibility } from '../../programme/eligibility.js';
import { SupportService } from '../../programme/support.service.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { MOST_COURSES } from '../site/short-courses.js';
import type { MatchNames } from './match-card.js';
import { matchNames } from './match-names.js';
import { MatchMoneySheet } from './match-money.js';
import { DismissForm, InterestForm, RentForm, SharingForm, dismissalOf } from './matches.form.js';
import { DismissPage } from './dismiss-page.js';
import { MatchPage, type MatchPageProps } from './match-page.js';
import { MatchSheet } from './match-sheet.js';
import { BeginPage, MATCHES_DONE, MatchesPage } from './matches.js';

const QUESTION = ['profession', 'partner', 'region', 'children', 'wish'];

/** A household's matches: looking, being interested with consent, and not being interested. */
@PageController('my')
@May('household.own')
export class MatchesPages {
  constructor(
    private readonly matches: OwnMatchesService,
    private readonly interests: InterestsService,
    private readonly applications: ApplicationsView,
    private readonly links: ShareLinksService,
    private readonly dismissals: DismissalService,
    private readonly dismissalWishes: DismissalWishesService,
    private readonly drafts: HouseholdDraftService,
    private readonly retraining: RetrainingService,
    private readonly mismatches: MismatchService,
    private readonly occupations: OccupationService,
    private readonly places: PlaceNames,
    private readonly support: SupportService,
  ) {}

  @Get()
  async list(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    if (page.actor!.householdId === null) {
      const begun = Object.keys(await this.drafts.answers(page.actor!)).length > 0;
      const typed = typedFields(query);
      const question = Object.fromEntries(QUESTION.map((name) => [name, typed[name]]));
      return BeginPage({ page, question, begun });
    }
    const found = await this.matches.list(page.actor!);
    const courses = await this.courses(found);
    const sides = await this.sides(page, found);
    const offers = await this.dismissalWishes.offers(found.household, found.dismissals);
    const done = MATCHES_DONE.find((known) => known === query['done']) ?? null;
    const registered = query['registered'] === 'yes';
    return MatchesPage({ page, found, courses, sides, offers, names: this.names(page), registered, done });
  }

  @Get('matches/:id')
  async show(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    return MatchPage(await this.matchProps(page, id, {}, []));
  }

  @Get('matches/:id/print')
  async sheet(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    return MatchSheet(await this.matchProps(page, id, {}, []));
  }

  /** Money, conditions and papers on one sheet; a rent that is asked with stands in the address and is kept nowhere. */
  @Get('matches/:id/sheet')
  async moneySheet(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: unknown,
  ): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(RentForm, query);
    const stated = problems.length === 0;
    const rentTenge = {
      here: (stated ? form.rentHere : null) ?? null,
      there: (stated ? form.rentThere : null) ?? null,
    };
    const found = await this.matches.one(page.actor!, id, rentTenge);
    const eligibility = await this.eligibilityOf(found);
    const view = MatchMoneySheet({ page, names: this.names(page), ...found, eligibility, typed, problems });
    return stated ? view : notAccepted(view);
  }

  @Post('matches/:id/interest')
  async express(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(InterestForm, body);
    try {
      if (problems.length === 0) await this.interests.express(page.actor!, id, form.shareWith ?? []);
    } catch (error) {
      problems.push(...refusalOf(error));
    }
    if (problems.length > 0) return notAccepted(MatchPage(await this.matchProps(page, id, typed, problems)));
    return this.toInterest(page, id);
  }

  @Post('matches/:id/interest/withdraw')
  async withdraw(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    try {
      await this.interests.withdraw(page.actor!, id);
    } catch (error) {
      return notAccepted(MatchPage(await this.matchProps(page, id, {}, refusalOf(error))));
    }
    return seeOther(page.href(`/my/matches/${id}`));
  }

  @Post('interests/:id/sharing')
  async share(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    await this.interests.mustBeOwn(page.actor!, id);
    const { form, typed, problems } = await readForm(SharingForm, body);
    if (problems.length > 0) return seeOther(page.href('/my'));
    try {
      await this.interests.share(page.actor!, id, form.share === 'yes');
    } catch (error) {
      return notAccepted(MatchPage(await this.matchProps(page, form.match, typed, refusalOf(error))));
    }
    return this.toInterest(page, form.match);
  }

  @Get('matches/:id/dismiss')
  async askDismissal(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    const found = await this.matches.one(page.actor!, id);
    return DismissPage({ page, names: this.names(page), ...found, typed: {}, problems: [] });
  }

  @Post('matches/:id/dismiss')
  async dismiss(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const found = await this.matches.one(page.actor!, id);
    const { form, typed, problems } = await readForm(DismissForm, body);
    try {
      if (problems.length === 0) await this.dismissals.dismiss(page.actor!, dismissalOf(form, found.own.match));
    } catch (error) {
      problems.push(...refusalOf(error));
    }
    if (problems.length > 0) {
      return notAccepted(DismissPage({ page, names: this.names(page), ...found, typed, problems }));
    }
    return seeOther(page.href('/my?done=dismissed'));
  }

  /** What a dismissal was for becomes a wish. */
  @Post('dismissals/:id/wish')
  async wish(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.dismissalWishes.accept(page.actor!, id);
    return seeOther(page.href('/my?done=wished'));
  }

  @Post('dismissals/:id/undo')
  async undo(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.dismissals.undo(page.actor!, id);
    return seeOther(page.href('/my'));
  }

  @Post('matches/:id/share')
  async makeLink(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.links.make(page.actor!, id);
    return seeOther(`${page.href(`/my/matches/${id}`)}#share`);
  }

  @Post('matches/:id/share/revoke')
  async revokeLink(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    await this.links.revoke(page.actor!, id);
    return seeOther(`${page.href(`/my/matches/${id}`)}#share`);
  }

  private toInterest(page: PageContext, id: string): PageAnswer {
    return seeOther(`${page.href(`/my/matches/${id}`)}#interest`);
  }

  private async matchProps(
    page: PageContext,
    id: string,
    typed: Typed,
    problems: readonly FieldProblem[],
  ): Promise<MatchPageProps> {
    const found = await this.matches.one(page.actor!, id);
    const link = await this.links.ofMatch(page.actor!, id);
    const applications = await this.applications.own(page.actor!);
    const application = applications.find((one) => one.proposalId === id && one.endedAt === null) ?? null;
    const moved = applications.some(({ state }) => state === 'arrived' || state === 'settled');
    const quota = await this.applications.quotaInNumbers(found.own.match.regionCode);
    const noQuotaIn = quota.persons === null ? quota.year : null;
    const { left, waitingPersons } = quota;
    const { adults, children, otherMembers } = found.household;
    const persons = adults.length + children + otherMembers;
    // Who waits already comes first, however many places are left.
    const isFull = left !== null && (waitingPersons > 0 || left < persons);
    const fullQuota = isFull ? { left: Math.max(0, left), waiting: waitingPersons } : null;
    const props = { page, names: this.names(page), ...found, link, application, moved, noQuotaIn, fullQuota };
    return { ...props, typed, problems };
  }

  /** Of the adults who look for work; none while nothing can be proposed to the household. */
  private async sides(
    { language }: PageContext,
    { household }: OwnMatches,
  ): Promise<{ adult: HouseholdView['adults'][number]; text: string }[]> {
    const told = household.adults
      .filter(({ seeksWork }) => seeksWork)
      .map(async (adult) => {
        const sides = await this.mismatches.sidesFor(adult.occupation.isco, household.home.regionCode);
        return sides === null ? [] : [{ adult, text: sidesInWords(sides, language) }];
      });
    return (await Promise.all(told)).flat();
  }

  /** Null where the programme's rules of today are not known. */
  private async eligibilityOf({
    household,
    own: { match },
  }: {
    household: HouseholdView;
    own: OwnMatch;
  }): Promise<Eligibility | null> {
    if (match.support.refusal?.code === 'support.index_unknown') return null;
    const standing = match.placements.filter(({ withdrawnAt }) => withdrawnAt === null);
    // One permanent job is enough for what is asked of the household's work.
    const kinds = standing.map(({ promise }) => promise.employment);
    const employment = kinds.find((kind) => kind === 'permanent') ?? kinds[0] ?? null;
    return this.support.eligibilityBetween({
      homeRegionCode: household.home.regionCode,
      regionCode: match.regionCode,
      children: household.children,
      employment,
      answers: {},
    });
  }

  private async courses({ household, hindrances }: OwnMatches): Promise<UnlockedRouteOf[]> {
    if (hindrances.length > 0) return [];
    const seekers = household.adults
      .filter(({ seeksWork }) => seeksWork)
      .map(({ occupation: { isco }, education, diplomas, driving }) => ({ isco, education, diplomas, driving }));
    const except = [household.home.regionCode, ...household.wishes.excludedRegionCodes];
    return this.retraining.bestRoutes(seekers, except, MOST_COURSES);
  }

  private names({ language }: PageContext): MatchNames {
    return matchNames(this.places, this.occupations, language);
  }
}
