import { Get, Param, Query } from '@nestjs/common';
import { RegionsService } from '../../matching/regions.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { RegionPage, RegionsPage, type RegionsProps } from './regions-page.js';
import { RegionsForm } from './regions.form.js';

@PageController('regions')
export class RegionPages {
  constructor(
    private readonly regions: RegionsService,
    private readonly places: PlaceNames,
    private readonly occupations: OccupationService,
  ) {}

  @Get()
  @May('site.read')
  async all(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const props = await this.propsOf(page, query);
    return props.comparison === null ? notAccepted(RegionsPage(props)) : RegionsPage(props);
  }

  @Get(':code')
  @May('site.read')
  async one(@Page() page: PageContext, @Param('code') code: string, @Query() query: unknown): Promise<PageAnswer> {
    if (!this.places.regions(page.language).some((region) => region.code === code)) {
      throw new Problem('region.unknown', 404, { code });
    }
    const asked = await this.propsOf(page, query);
    // A region's facts stand whatever was asked wrongly beside them.
    const comparison = asked.comparison ?? (await this.regions.compare({}));
    const region = comparison.regions.find((one) => one.code === code)!;
    const found = await this.regions.districts(code, comparison.isco);
    const districts = found.map(({ districtKato, vacancies }) => ({
      kato: districtKato,
      name: this.places.place(page.language, districtKato),
      vacancies,
    }));
    const view = RegionPage({ ...asked, comparison, region, districts });
    return asked.comparison === null ? notAccepted(view) : view;
  }

  private async propsOf(page: PageContext, query: unknown): Promise<RegionsProps> {
    const { form, typed, problems } = await readForm(RegionsForm, query);
    const comparison =
      problems.length > 0
        ? null
        : await this.regions.compare(form).catch((error: unknown) => {
            problems.push(...refusalOf(error));
            return null;
          });
    const isco = comparison?.isco ?? null;
    const occupation = isco === null ? null : this.occupations.nameOf(isco, page.language);
    // An occupation may stand in the address by its code; people read its name.
    const shown = occupation !== null && /^\d{4}$/.test(form.occupation ?? '') ? { ...typed, occupation } : typed;
    return {
      state: { page, typed: shown, problems },
      form: comparison === null ? {} : { ...form, occupation: isco ?? undefined },
      regions: this.places.regions(page.language).map(({ code, name }) => ({ value: code, label: name })),
      comparison,
      occupation,
      occupationAsked: comparison?.insteadOf ? this.occupations.nameOf(comparison.insteadOf, page.language) : null,
      nameOf: (code) => this.places.region(page.language, code),
    };
  }
}
