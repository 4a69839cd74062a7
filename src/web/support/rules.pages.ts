import { Get, Query } from '@nestjs/common';
import { SupportService } from '../../programme/support.service.js';
import { May } from '../../shared/permissions.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { RulesPage } from './rules-page.js';
import { RulesForm } from './support.form.js';

/** The programme's rules on a day, for anybody. */
@PageController('programme')
export class RulesPages {
  constructor(
    private readonly support: SupportService,
    private readonly names: PlaceNames,
  ) {}

  @Get()
  @May('site.read')
  async all(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(RulesForm, query);
    const overview =
      problems.length > 0
        ? null
        : await this.support.overview(form.on).catch((error: unknown) => {
            problems.push(...refusalOf(error).map((problem) => ({ ...problem, field: 'on' })));
            return null;
          });
    const regionOf = (code: string): string => this.names.region(page.language, code);
    const view = RulesPage({ page, typed, problems, overview, regionOf });
    return overview === null ? notAccepted(view) : view;
  }
}
