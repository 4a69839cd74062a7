import { Get, Header, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { EmployerVacanciesService } from '../../vacancies/employer-vacancies.service.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { bytesOf, readUpload } from '../site/upload.js';
import { MOST_MEGABYTES, ImportPage, ImportResultPage } from './import.js';
import { tableTemplate } from './table-template.js';

const REFUSED_ON_A_PAGE = 100;

/** A firm's vacancies out of a spreadsheet. */
@PageController('employer/import')
export class ImportPages {
  constructor(private readonly vacancies: EmployerVacanciesService) {}

  @Get()
  @May('firm_vacancies.manage')
  ask(@Page() page: PageContext): PageAnswer {
    return ImportPage({ page, problems: [] });
  }

  @Get('template')
  @May('firm_vacancies.manage')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  template(@Page() { language }: PageContext, @Res({ passthrough: true }) response: Response): string {
    response.setHeader('Content-Disposition', `attachment; filename="qonys-vacancies-${language}.csv"`);
    return tableTemplate(language);
  }

  /** What was read stands in the run, so the page that follows can be read again and a file sent twice does nothing more. */
  @Post()
  @May('firm_vacancies.manage')
  async read(@Page() page: PageContext, @Req() request: Request): Promise<PageAnswer> {
    try {
      const upload = await readUpload(request, 'file', MOST_MEGABYTES * 1_048_576);
      const { runId, error } = await this.vacancies.import(page.actor!, bytesOf(upload), upload.name);
      if (error !== undefined) throw new Problem(error.code, 422, error.params);
      return seeOther(page.href(`/employer/import/${runId}`));
    } catch (fault) {
      const problems = refusalOf(fault).map(({ code, params }) => ({ field: 'file', code, params }));
      return notAccepted(ImportPage({ page, problems }));
    }
  }

  @Get(':run')
  @May('firm_vacancies.manage')
  async result(
    @Page() page: PageContext,
    @Param('run', ParseUUIDPipe) runId: string,
    @Query('cursor') cursor?: string,
  ): Promise<PageAnswer> {
    const wish = { cursor: cursor || undefined, limit: REFUSED_ON_A_PAGE };
    const found = await this.vacancies.imported(page.actor!, runId, wish);
    return ImportResultPage({ page, ...found, cursor: wish.cursor });
  }
}
