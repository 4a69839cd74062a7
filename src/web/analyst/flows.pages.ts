import { Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { FlowsService } from '../../outcomes/flows.service.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { sendTable } from './figures.js';
import { FlowsForm } from './flows.form.js';
import { FlowsPage, flowColumns } from './flows.js';

/** From where to where people are proposed to move, as a page and as a file. */
@PageController('analyst')
export class FlowsPages {
  constructor(
    private readonly flows: FlowsService,
    private readonly places: PlaceNames,
  ) {}

  @Get('flows')
  @May('analysis.read')
  async all(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(FlowsForm, query);
    const flows = problems.length > 0 ? null : await this.flows.flows();
    const nameOf = (code: string): string => this.places.shortRegion(page.language, code);
    const view = FlowsPage({ state: { page, typed, problems }, form, flows, nameOf });
    return flows === null ? notAccepted(view) : view;
  }

  @Get('flows.csv')
  @May('analysis.read')
  async file(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, flows } = await this.flows.flows();
    return sendTable(response, page, `flows-${dateInKazakhstan(asOf)}`, flowColumns(page, this.nameOf(page)), flows);
  }

  private nameOf(page: PageContext): (code: string) => string {
    return (code) => this.places.region(page.language, code);
  }
}
