import { Body, Get, Inject, Post, Query } from '@nestjs/common';
import { QuotaRevisionsService } from '../../applications/quota-revisions.service.js';
import { QuotaUseService } from '../../centres/quota-use.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { QuotaForm } from './admin.form.js';
import { QuotaRevisionsPage } from './quotas.js';

const REVISIONS_SHOWN = 50;

/** Revisions of quotas inside a year: a new order is entered here. */
@PageController('admin/quotas')
export class QuotaRevisionsPages {
  constructor(
    private readonly revisions: QuotaRevisionsService,
    private readonly use: QuotaUseService,
    private readonly places: PlaceNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @May('quotas.revise')
  list(@Page() page: PageContext, @Query('done') done?: string): ReturnType<typeof this.view> {
    return this.view(page, {}, [], done === 'revised');
  }

  @Post()
  @May('quotas.revise')
  async revise(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(QuotaForm, body);
    if (problems.length > 0) return notAccepted(await this.view(page, typed, problems));
    try {
      await this.revisions.revise(page.actor!, { ...form, verified: form.verified === 'yes' });
      return seeOther(`${page.href('/admin/quotas')}?done=revised`);
    } catch (error) {
      const found = refusalOf(error).map((problem) => atItsField(page, this.places, problem));
      return notAccepted(await this.view(page, typed, found));
    }
  }

  private async view(
    page: PageContext,
    typed: Typed,
    problems: readonly FieldProblem[],
    revised = false,
  ): Promise<ReturnType<typeof QuotaRevisionsPage>> {
    const [entered, { quotas }] = await Promise.all([this.revisions.entered(REVISIONS_SHOWN), this.use.quotas()]);
    return QuotaRevisionsPage({
      page,
      typed,
      problems,
      entered,
      quotas,
      revised,
      today: dateInKazakhstan(this.clock.now()),
      regions: this.places.regions(page.language),
    });
  }
}

/** A refusal beside the field that it is about, with the region's name in place of its code. */
function atItsField({ language }: PageContext, places: PlaceNames, problem: FieldProblem): FieldProblem {
  const { code, params = {} } = problem;
  const { regionCode } = params;
  const named =
    typeof regionCode === 'string' ? { ...params, regionCode: places.region(language, regionCode) } : params;
  return { ...problem, params: named, field: FIELD_OF[code] ?? problem.field };
}

const FIELD_OF: Readonly<Record<string, string>> = {
  'quota.below_given': 'persons',
  'quota.revision_exists': 'validFrom',
  'quota.revision_overtaken': 'validFrom',
  'quota.year_past': 'validFrom',
  'quota.source_missing': 'source',
  'quota.receives_nobody': 'regionCode',
  'centre.region_unknown': 'regionCode',
  'programme.date_invalid': 'validFrom',
};
