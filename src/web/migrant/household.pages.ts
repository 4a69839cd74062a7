import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { AccountsService } from '../../auth/accounts.service.js';
import {
  DRAFT_STEPS,
  type DraftAnswers,
  type DraftStep,
  adultAsked,
  stepAsking,
  stepsOf,
} from '../../households/household-draft.js';
import { HouseholdDraftService } from '../../households/household-draft.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import { May } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { ANSWERS, answersOf, formProblem, typedOf } from './household-answers.js';
import { OverviewPage } from './household-overview.js';
import { StepPage } from './household-step.js';
import { FORMS } from './household.form.js';

const MOST_CANDIDATES = 8;
const MOST_PLACES = 6;
/** Words that name no one place: what they may mean is offered. */
const UNCLEAR_PLACE = ['household.home_unknown', 'household.home_ambiguous', 'household.home_too_wide'];

interface OwnAnswers {
  answers: DraftAnswers & { knownKato?: string };
  version: number | null;
}

/** The household in small steps: each is kept as soon as it is sent, and each can be gone back to. */
@PageController('my/household')
@May('household.own')
export class HouseholdPages {
  constructor(
    private readonly drafts: HouseholdDraftService,
    private readonly accounts: AccountsService,
    private readonly occupations: OccupationService,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  async overview(@Page() page: PageContext, @Query('saved') saved?: string): Promise<PageAnswer> {
    const { answers, version } = await this.own(page);
    const names = { region: (code: string) => this.places.region(page.language, code) };
    return OverviewPage({ page, answers, registered: version !== null, saved: saved !== undefined, names });
  }

  /** Takes over the five fields of the quick match; what was entered already stays. */
  @Post('take-over')
  async takeOver(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const typed = typedFields(body);
    const [title, partnerTitle, regionCode, children] = ['profession', 'partner', 'region', 'children'].map((name) =>
      one(typed, name).slice(0, 200),
    );
    await this.drafts.takeOver(page.actor!, {
      title: title ?? '',
      partnerTitle: partnerTitle || undefined,
      regionCode: this.places.regions(page.language).some(({ code }) => code === regionCode) ? regionCode : undefined,
      children: /^\d{1,2}$/.test(children ?? '') && Number(children) <= 20 ? Number(children) : undefined,
      wish: one(typed, 'wish'),
    });
    return seeOther(page.href('/my/household/home'));
  }

  @Post('register')
  async register(@Page() page: PageContext): Promise<PageAnswer> {
    try {
      await this.drafts.finish(page.actor!);
    } catch (error) {
      return this.refusedRegistration(page, error);
    }
    return seeOther(`${page.href('/my')}?registered=yes`);
  }

  @Get(':step')
  async show(
    @Page() page: PageContext,
    @Param('step') name: string,
    @Query('then') then?: string,
  ): Promise<PageAnswer> {
    const step = stepNamed(name);
    const own = await this.own(page);
    if (!stepsOf(own.answers).includes(step)) return seeOther(page.href('/my/household/partner'));
    const typed = await this.withDefaults(page, step, typedOf(step, own.answers));
    return this.page(page, step, own, typed, [], then === 'overview');
  }

  @Post(':step')
  async save(@Page() page: PageContext, @Param('step') name: string, @Body() body: unknown): Promise<PageAnswer> {
    const step = stepNamed(name);
    const own = await this.own(page);
    if (!stepsOf(own.answers).includes(step)) return seeOther(page.href('/my/household/partner'));
    const { form, typed, problems } = await readForm(FORMS[step] as (typeof FORMS)['home'], whatCounts(step, body));
    if (step === 'partner') problems.push(...partnerProblems(typed, own.answers));
    const refused = problems.length > 0 ? problems : await this.keep(page, step, form);
    const fromOverview = form.then === 'overview';
    if (refused.length > 0) {
      return notAccepted(this.page(page, step, own, typed, refused, fromOverview));
    }
    if (page.actor!.householdId !== null || fromOverview) {
      return seeOther(`${page.href('/my/household')}?saved=${step}`);
    }
    const steps = stepsOf((await this.own(page)).answers);
    const next = steps[steps.indexOf(step) + 1];
    return seeOther(page.href(next === undefined ? '/my/household' : `/my/household/${next}`));
  }

  private async keep(
    page: PageContext,
    step: DraftStep,
    form: InstanceType<(typeof FORMS)['home']>,
  ): Promise<FieldProblem[]> {
    const answer = (ANSWERS[step] as (given: typeof form) => never)(form);
    try {
      await this.drafts.save(page.actor!, { step, answer, once: form.once, version: form.version });
      return [];
    } catch (error) {
      return refusalOf(error).map((problem) => formProblem(step, problem));
    }
  }

  private async own(page: PageContext): Promise<OwnAnswers> {
    const household = await this.drafts.own(page.actor!);
    if (household === null) return { answers: await this.drafts.answers(page.actor!), version: null };
    return {
      answers: answersOf(household, (kato) => this.places.place(page.language, kato)),
      version: household.version,
    };
  }

  /** A new draft begins with what the account says already: its phone and its language. */
  private async withDefaults(page: PageContext, step: DraftStep, typed: Typed): Promise<Typed> {
    if (step !== 'contact' || typed['channel'] !== undefined) return typed;
    const { phone } = await this.accounts.one(page.actor!.id);
    return { channel: 'sms', phone: phone ?? undefined, language: page.language };
  }

  private page(
    page: PageContext,
    step: DraftStep,
    { answers, version }: OwnAnswers,
    typed: Typed,
    problems: readonly FieldProblem[],
    fromOverview: boolean,
  ): ReturnType<typeof StepPage> {
    const unclear = problems.some(({ field, code }) => field === 'title' && code === 'seeker.occupation_unknown');
    const candidates = unclear ? this.candidates(page, one(typed, 'title')) : [];
    const isUnclearPlace = problems.some(({ field, code }) => field === 'home' && UNCLEAR_PLACE.includes(code));
    const regionCode = one(typed, 'regionCode') || null;
    const places = isUnclearPlace
      ? this.places.suggest(page.language, one(typed, 'home'), MOST_PLACES, regionCode)
      : [];
    const adult = answers[adultAsked(step)?.who ?? 'you'];
    return StepPage({
      page,
      step,
      steps: stepsOf(answers),
      typed: unclear ? { ...typed, isco: undefined } : typed,
      problems: inPlainWords(problems, candidates.length > 0),
      regions: this.places.regions(page.language),
      version,
      fromOverview,
      hasIin: adult?.iinCipher !== undefined,
      candidates,
      places,
    });
  }

  /** What an unclear title may mean, in the reader's words. */
  private candidates(page: PageContext, title: string): { isco: string; name: string }[] {
    return this.occupations
      .candidates(title, page.language, MOST_CANDIDATES)
      .map((isco) => ({ isco, name: this.occupations.nameOf(isco, page.language) }));
  }

  private async refusedRegistration(page: PageContext, error: unknown): Promise<PageAnswer> {
    if (error instanceof Problem && error.code === 'household.draft_incomplete') {
      return seeOther(page.href(`/my/household/${String(error.params['step'])}`));
    }
    const problems = refusalOf(error);
    const step = stepOfField(problems[0]?.field ?? '');
    const own = await this.own(page);
    return notAccepted(
      this.page(
        page,
        step,
        own,
        typedOf(step, own.answers),
        problems.map((problem) => formProblem(step, problem)),
        true,
      ),
    );
  }
}

/** Without a second adult nothing else on that page counts. */
function whatCounts(step: DraftStep, body: unknown): unknown {
  const typed = typedFields(body);
  if (step !== 'partner' || one(typed, 'hasPartner') !== 'no') return body;
  const { hasPartner, removePartner, once, version, then } = typed;
  return { hasPartner, removePartner, once, version, then };
}

/** Whether there is a second adult must be said, and that there is none any more twice: what was answered of them goes. */
function partnerProblems(typed: Typed, { partner }: DraftAnswers): FieldProblem[] {
  const hasPartner = one(typed, 'hasPartner');
  if (hasPartner === '') return [{ field: 'hasPartner', code: 'page.my.partner_missing' }];
  const goes = hasPartner === 'no' && partner != null && one(typed, 'removePartner') !== 'yes';
  return goes ? [{ field: 'removePartner', code: 'page.my.partner_removal' }] : [];
}

function stepNamed(name: string): DraftStep {
  const step = DRAFT_STEPS.find((known) => known === name);
  if (step === undefined) throw new Problem('request.not_found', 404);
  return step;
}

/** The step whose page holds a field of the registration. */
function stepOfField(field: string): DraftStep {
  const [, position, part = ''] = /^adults\.([01])\.(\w+)/.exec(field) ?? [];
  if (position !== undefined) return stepAsking(position === '0' ? 'you' : 'partner', part);
  if (field.startsWith('home')) return 'home';
  if (field === 'phone' || field === 'email') return 'contact';
  if (field === 'schoolAgeChildren') return 'children';
  return field.includes('egionCodes') ? 'wishes' : 'home';
}

/** What the API says in words of its own (codes of classifiers, versions), as a person is told it. */
const PLAIN: Readonly<Record<string, FieldProblem>> = {
  'seeker.occupation_unknown': { field: 'title', code: 'page.my.occupation_unknown' },
  'seeker.occupation_required': { field: 'title', code: 'page.my.occupation_missing' },
  'household.home_required': { field: 'home', code: 'household.home_missing' },
  'household.version_conflict': { field: '', code: 'page.my.changed_meanwhile' },
};

/** The API asks for a code of the classifier; a person is shown what the words may mean. */
function inPlainWords(problems: readonly FieldProblem[], mayChoose: boolean): FieldProblem[] {
  return problems.map((problem) =>
    problem.code === 'seeker.occupation_unknown' && mayChoose
      ? { field: 'isco', code: 'page.my.occupation_choose' }
      : (PLAIN[problem.code] ?? problem),
  );
}
