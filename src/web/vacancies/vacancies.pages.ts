import { Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { HouseholdService } from '../../households/household.service.js';
import { HouseholdSupportService } from '../../matching/household-support.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import type { AreaRow } from '../../reference/reference.queries.js';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import type { VacancyAnswer } from '../../vacancies/vacancies.dto.js';
import { VacanciesService } from '../../vacancies/vacancies.service.js';
import { type PageAnswer, PageWithStatus, notAccepted } from '../site/answers.js';
import { readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { HouseholdMoney } from './household-money.js';
import { ClosedVacancyPage, VacancyPage } from './vacancy-page.js';
import { VacancySearchForm, vacancyWish } from './vacancy-search.form.js';
import { VacancySearchPage } from './vacancy-search.js';

@PageController('vacancies')
export class VacancyPages {
  constructor(
    private readonly vacancies: VacanciesService,
    private readonly places: PlaceNames,
    private readonly occupations: OccupationService,
    private readonly households: HouseholdService,
    private readonly support: HouseholdSupportService,
  ) {}

  @Get()
  @May('vacancies.read')
  async search(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(VacancySearchForm, query);
    const wish = vacancyWish(form);
    const found = problems.length > 0 ? null : await this.vacancies.list(wish);
    const loosened = found?.total === 0 ? await this.vacancies.loosened(wish) : [];
    const region = problems.length === 0 ? form.region : undefined;
    const view = VacancySearchPage({
      state: { page, typed, problems },
      form: problems.length > 0 ? {} : form,
      regions: this.places.regions(page.language).map(({ code, name }) => ({ value: code, label: name })),
      districts:
        region?.length === 1
          ? this.places.districts(page.language, region[0]!).map(({ kato, name }) => ({ value: kato, label: name }))
          : [],
      areas: (await this.vacancies.areas()).map((area) => ({ value: String(area.id), label: areaName(page, area) })),
      found,
      loosened,
      placeOf: (vacancy) => this.places.ofVacancy(page.language, vacancy),
    });
    return problems.length > 0 ? notAccepted(view) : view;
  }

  @Get(':id')
  @May('vacancies.read')
  async one(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    const vacancy = await this.vacancies.one(id);
    const place = this.places.ofVacancy(page.language, vacancy);
    if (vacancy.status === 'closed') {
      const similar = (await this.vacancies.similar(id)).map((one) => ({
        vacancy: one,
        place: this.places.ofVacancy(page.language, one),
      }));
      return new PageWithStatus(410, ClosedVacancyPage({ page, vacancy, place, similar }));
    }
    const area = (await this.vacancies.areas()).find((one) => one.id === vacancy.areaId);
    const names = {
      place,
      region: this.places.region(page.language, vacancy.region),
      locality: this.places.localityOf(page.language, vacancy),
      area: area === undefined ? null : areaName(page, area),
      occupation: vacancy.isco === null ? null : this.occupations.nameOf(vacancy.isco, page.language),
    };
    const [supported, readAt] = await Promise.all([this.vacancies.isSupported(vacancy), this.vacancies.readAt(id)]);
    const household = await this.householdMoney(page, vacancy);
    const calculator = supported && household === null ? calculatorOf(vacancy) : null;
    return VacancyPage({ page, vacancy, names, supported, readAt, household, calculator });
  }

  /** What the job comes to for the household that reads; null for everybody else. */
  private async householdMoney(page: PageContext, { id, region }: VacancyAnswer): Promise<VNode | null> {
    const householdId = page.actor?.householdId ?? null;
    if (householdId === null) return null;
    const read = await Promise.all([
      this.support.forVacancy(page.actor!, householdId, id),
      this.households.read(householdId),
    ]).catch((error: unknown) => {
      // Erased a moment ago: the page is everybody's still.
      if (error instanceof Problem && error.code === 'household.not_found') return null;
      throw error;
    });
    if (read === null) return null;
    const [found, household] = read;
    const adults = household.adults.map(
      ({ givenName, occupation }) =>
        givenName ?? occupation.title ?? this.occupations.nameOf(occupation.isco, page.language),
    );
    const { language } = page;
    const here = this.places.region(language, household.home.regionCode);
    return HouseholdMoney({ page, vacancyId: id, found, adults, here, there: this.places.region(language, region) });
  }
}

/** A place that the calculator of support can be asked about: a town or a village. */
function calculatorOf({ kato, settlementType }: VacancyAnswer): string | null {
  return kato === null || settlementType === null ? null : kato;
}

function areaName({ language }: PageContext, { nameKk, nameRu, nameEn }: AreaRow): string {
  return { kk: nameKk, ru: nameRu, en: nameEn }[language];
}
