import { Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { HouseholdService } from '../../households/household.service.js';
import { HouseholdSupportService } from '../../matching/household-support.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import type { AreaRow } from '../../reference/reference.queries.js';
import { May } from '../../shared/permissions.js';
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
      placeOf: (vacancy) => this.placeOf(page, vacancy),
    });
    return problems.length > 0 ? notAccepted(view) : view;
  }

  @Get(':id')
  @May('vacancies.read')
  async one(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string): Promise<PageAnswer> {
    const vacancy = await this.vacancies.one(id);
    const place = this.placeOf(page, vacancy);
    if (vacancy.status === 'closed') {
      const similar = (await this.vacancies.similar(id)).map((one) => ({
        vacancy: one,
        place: this.placeOf(page, one),
      }));
      return new PageWithStatus(410, ClosedVacancyPage({ page, vacancy, place, similar }));
    }
    const area = (await this.vacancies.areas()).find((one) => one.id === vacancy.areaId);
    const names = {
      place,
      region: this.places.region(page.language, vacancy.region),
      locality: this.localityOf(page, vacancy),
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
    const [found, household] = await Promise.all([
      this.support.forVacancy(page.actor!, householdId, id),
      this.households.read(householdId),
    ]);
    const adults = household.adults.map(
      ({ givenName, occupation }) =>
        givenName ?? occupation.title ?? this.occupations.nameOf(occupation.isco, page.language),
    );
    const { language } = page;
    const here = this.places.region(language, household.home.regionCode);
    return HouseholdMoney({ page, found, adults, here, there: this.places.region(language, region) });
  }

  private localityOf({ language }: PageContext, { kato, placeMatch, districtKato }: VacancyAnswer): string | null {
    const nearest = placeMatch === 'settlement' ? (kato ?? districtKato) : districtKato;
    return nearest === null ? null : this.places.place(language, nearest);
  }

  /** Settlement, district, region; a city that is its own district, or its own region, is said once. */
  private placeOf(page: PageContext, vacancy: VacancyAnswer): string {
    const { language } = page;
    const district = vacancy.districtKato === null ? null : this.places.place(language, vacancy.districtKato);
    const locality = this.localityOf(page, vacancy);
    const region = this.places.region(language, vacancy.region);
    const parts = [locality, isSame(locality, district) ? null : district, isSame(district, region) ? null : region];
    return parts.filter((part) => part !== null && part !== '').join(', ') || region;
  }
}

/** «г. Петропавловск» and «Петропавловск қ.» name one city; a district's name says that it is none. */
function isSame(a: string | null, b: string | null): boolean {
  const bare = (name: string): string => name.replace(/^г\. ?|\s*(қ\.|қаласы|\(city\)|city)$/giu, '').toLowerCase();
  return a !== null && b !== null && bare(a) === bare(b);
}

/** A place that the calculator of support can be asked about: a town or a village. */
function calculatorOf({ kato, settlementType }: VacancyAnswer): string | null {
  return kato === null || settlementType === null ? null : kato;
}

function areaName({ language }: PageContext, { nameKk, nameRu, nameEn }: AreaRow): string {
  return { kk: nameKk, ru: nameRu, en: nameEn }[language];
}
