import { Body, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { RateLimits } from '../../auth/rate-limits.js';
import { InterestsService } from '../../applications/interests.service.js';
import { EmployersService } from '../../employers/employers.service.js';
import { SuitableHouseholdsService } from '../../matching/suitable-households.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import { isUuid } from '../../shared/ids.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import type { NewVacancyDto } from '../../vacancies/employer-vacancies.dto.js';
import { EmployerVacanciesService } from '../../vacancies/employer-vacancies.service.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { type Typed, readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { SupportService } from '../../programme/support.service.js';
import { PlaceNames } from '../site/place-names.js';
import { ClosePage } from './close.js';
import { CloseForm, VacancyForm, statedBy, typedOfVacancy } from './employer.form.js';
import { type Done, FirmPage, PeoplePage } from './firm.js';
import { type Checked, VacancyFormPage } from './vacancy-form.js';

const VACANCIES_ON_A_PAGE = 20;
const MOST_CANDIDATES = 8;
const MOST_PLACES = 5;
/** A list of vacancies waits no longer for how many households they suit. */
const MOST_WAIT_MS = 300;
const DONE: readonly Done[] = ['posted', 'changed', 'closed'];

/** What a firm sees and does: its vacancies, and the people who let it know them. */
@PageController('employer')
export class EmployerPages {
  constructor(
    private readonly employers: EmployersService,
    private readonly vacancies: EmployerVacanciesService,
    private readonly interests: InterestsService,
    private readonly suitable: SuitableHouseholdsService,
    private readonly limits: RateLimits,
    private readonly occupations: OccupationService,
    private readonly places: PlaceNames,
    private readonly support: SupportService,
  ) {}

  @Get()
  @May('firm_vacancies.manage')
  async list(
    @Page() page: PageContext,
    @Query('done') done?: string,
    @Query('cursor') cursor?: string,
  ): Promise<PageAnswer> {
    const actor = page.actor!;
    const wish = { status: 'any' as const, limit: VACANCIES_ON_A_PAGE, cursor: cursor || undefined };
    const [firm, vacancies, counts] = await Promise.all([
      this.employers.one(actor.employerId ?? ''),
      this.vacancies.list(actor, wish),
      this.interests.countsOfFirm(actor),
    ]);
    const open = vacancies.items.filter(({ status }) => status === 'open');
    return FirmPage({
      page,
      suits: await this.suitable.countEach(open, MOST_WAIT_MS),
      placeOf: (vacancy) => this.places.ofVacancy(page.language, vacancy),
      firm,
      vacancies,
      cursor: wish.cursor,
      counts: new Map(counts.map((count) => [count.vacancyId, count])),
      done: DONE.find((known) => known === done) ?? null,
    });
  }

  @Get('people')
  @May('firm.read')
  async people(@Page() page: PageContext): Promise<PageAnswer> {
    const actor = page.actor!;
    const [firm, people, counts] = await Promise.all([
      this.employers.one(actor.employerId ?? ''),
      this.interests.peopleOfFirm(actor),
      this.interests.countsOfFirm(actor),
    ]);
    return PeoplePage({ page, firm, people, counts });
  }

  /** Empty, or with what another vacancy of the firm says (`from`). */
  @Get('vacancies/new')
  @May('firm_vacancies.manage')
  async start(@Page() page: PageContext, @Query('from') from?: string): Promise<PageAnswer> {
    const copied = typeof from === 'string' && isUuid(from) ? await this.vacancies.own(page.actor!, from) : null;
    const typed: Typed =
      copied === null
        ? { employment: 'permanent', openings: '1' }
        : { ...typedOfVacancy(copied), validUntil: undefined };
    return VacancyFormPage({
      page,
      typed,
      problems: [],
      editing: null,
      checked: null,
      places: [],
      subsidy: this.support.employerSubsidy(),
    });
  }

  @Post('vacancies/new')
  @May('firm_vacancies.manage')
  post(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    return this.checkOrSave(page, body, null, async (form, once) => {
      await this.vacancies.post(page.actor!, form, once);
      return seeOther(`${page.href('/employer')}?done=posted`);
    });
  }

  @Get('vacancies/:id/edit')
  @May('firm_vacancies.manage')
  async edit(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    const vacancy = await this.vacancies.own(page.actor!, id);
    if (vacancy.status === 'closed') return seeOther(page.href('/employer'));
    const typed = typedOfVacancy(vacancy);
    return VacancyFormPage({
      page,
      typed,
      problems: [],
      editing: vacancy,
      checked: null,
      places: [],
      subsidy: this.support.employerSubsidy(),
    });
  }

  @Post('vacancies/:id/edit')
  @May('firm_vacancies.manage')
  async change(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const vacancy = await this.vacancies.own(page.actor!, id);
    return this.checkOrSave(page, body, vacancy, async ({ title, ...rest }) => {
      // A title that was not touched asks for no other occupation.
      await this.vacancies.change(page.actor!, id, title === vacancy.title ? rest : { title, ...rest });
      return seeOther(`${page.href('/employer')}?done=changed`);
    });
  }

  @Get('vacancies/:id/close')
  @May('firm_vacancies.manage')
  async askClose(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    const vacancy = await this.vacancies.own(page.actor!, id);
    if (vacancy.status === 'closed') return seeOther(page.href('/employer'));
    return ClosePage({ page, typed: {}, problems: [], vacancy });
  }

  @Post('vacancies/:id/close')
  @May('firm_vacancies.manage')
  async close(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const vacancy = await this.vacancies.own(page.actor!, id);
    const { form, typed, problems } = await readForm(CloseForm, body);
    if (problems.length > 0) return notAccepted(ClosePage({ page, typed, problems, vacancy }));
    try {
      await this.vacancies.close(page.actor!, id, form);
      return seeOther(`${page.href('/employer')}?done=closed`);
    } catch (error) {
      return notAccepted(ClosePage({ page, typed, problems: refusalOf(error), vacancy }));
    }
  }

  private async checkOrSave(
    page: PageContext,
    body: unknown,
    editing: { id: string; title: string } | null,
    save: (form: NewVacancyDto, once: string | undefined) => Promise<PageAnswer>,
  ): Promise<PageAnswer> {
    const { form, typed: all, problems } = await readForm(VacancyForm, body);
    // An occupation that was chosen for another title is none for this one.
    const kept: Typed = form.iscoTitle === form.title ? all : { ...all, isco: undefined, iscoTitle: undefined };
    // A place that was chosen for these words stands in their stead; one chosen for others is forgotten.
    if (form.place !== undefined && form.placeFor === form.location) form.location = form.place;
    const typed: Typed = { ...kept, location: form.location, place: undefined, placeFor: undefined };
    const again = (found: readonly FieldProblem[], checked: Checked | null): VNode => {
      const isUnclear = checked === null ? found.some(({ field }) => field === 'location') : !checked.placeSure;
      const places = isUnclear ? this.places.suggest(page.language, form.location ?? '', MOST_PLACES) : [];
      return VacancyFormPage({
        page,
        typed,
        problems: found,
        editing,
        checked,
        places,
        subsidy: this.support.employerSubsidy(),
      });
    };
    if (problems.length > 0) return notAccepted(again(problems, null));
    const stated = statedBy(form);
    try {
      if (form.do === 'save') return await save(stated, form.once);
      return again(problems, await this.check(page, stated, editing !== null));
    } catch (error) {
      return refusedForm(error, (refused) => again(refused, null));
    }
  }

  /** What the program understood, and whom the vacancy would suit. */
  private async check(page: PageContext, form: NewVacancyDto, isOpen: boolean): Promise<Checked> {
    const { language } = page;
    const { isco, iscoSure, sector, place, warnings } = await this.vacancies.recognise(page.actor!, form);
    const { regionCode, districtKato, kato, settlementType, placeMatch } = place;
    await this.limits.take(['suitable_count', page.actor!.employerId ?? '']);
    const prospective = {
      title: form.title,
      isco,
      iscoSure,
      sector,
      regionCode,
      districtKato,
      settlementType,
      // As it will be stored: a zero is not stated.
      payMinTenge: form.payMinTenge || null,
      payMaxTenge: form.payMaxTenge || null,
      employment: form.employment ?? null,
      education: form.education ?? null,
      experience: form.experience ?? null,
      openings: form.openings ?? null,
      housing: form.housing ?? null,
      validUntil: form.validUntil ?? null,
    };
    const suits = await this.suitable.count(prospective, isOpen);
    const places = [...new Set([kato, districtKato].filter((code) => code !== null))].map((code) =>
      this.places.place(language, code),
    );
    return {
      occupation: isco === null ? null : { isco, name: this.occupations.nameOf(isco, language) },
      occupationSure: iscoSure,
      candidates: iscoSure ? [] : this.candidates(page, form.title),
      place: [...new Set([...places, this.places.region(language, regionCode)])].join(', '),
      placeSure: placeMatch === 'settlement' || placeMatch === 'district',
      payIsZero: warnings.some(({ code }) => code === 'record.zero_pay'),
      suits,
    };
  }

  /** What an unclear title may mean, in the reader's words. */
  private candidates({ language }: PageContext, title: string): { isco: string; name: string }[] {
    return this.occupations
      .candidates(title, language, MOST_CANDIDATES)
      .map((isco) => ({ isco, name: this.occupations.nameOf(isco, language) }));
  }
}
