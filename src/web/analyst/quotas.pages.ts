import { Get, Query, Res } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import type { Response } from 'express';
import { QuotaUseService } from '../../centres/quota-use.service.js';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { sendTable } from './figures.js';
import { QuotasPage, quotaColumns } from './quotas.js';

class QuotasForm {
  @IsOptional()
  @IsString()
  on?: string;
}

/** Quotas beside what was approved, as a page and as a file. */
@PageController('analyst')
export class QuotasPages {
  constructor(
    private readonly quotas: QuotaUseService,
    private readonly places: PlaceNames,
  ) {}

  @Get('quotas')
  @May('analysis.read')
  async all(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(QuotasForm, query);
    const answer =
      problems.length > 0
        ? null
        : await this.quotas.quotas(form.on).catch((error: unknown) => {
            problems.push(...refusalOf(error).map((problem) => ({ ...problem, field: 'on' })));
            return null;
          });
    const view = QuotasPage({ state: { page, typed, problems }, answer, nameOf: this.nameOf(page) });
    return answer === null ? notAccepted(view) : view;
  }

  @Get('quotas.csv')
  @May('analysis.read')
  async file(
    @Page() page: PageContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { form, problems } = await readForm(QuotasForm, query);
    if (problems.length > 0) throw new Problem('request.invalid', 400, {}, problems);
    const { on, quotas } = await this.quotas.quotas(form.on);
    return sendTable(response, page, `quotas-${on}`, quotaColumns(page, this.nameOf(page)), quotas);
  }

  private nameOf(page: PageContext): (code: string) => string {
    return (code) => this.places.region(page.language, code);
  }
}
