import { Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DelaysService } from '../../centres/delays.service.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import type { PageAnswer } from '../site/answers.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { DelaysPage, centreColumns, reasonColumns, weekColumns } from './delays.js';
import { sendTable } from './figures.js';

/** How long people wait for each centre, as a page and as files. */
@PageController('analyst')
export class DelaysPages {
  constructor(
    private readonly delays: DelaysService,
    private readonly places: PlaceNames,
  ) {}

  @Get('delays')
  @May('analysis.read')
  async all(@Page() page: PageContext): Promise<PageAnswer> {
    const nameOf = (code: string): string => this.places.shortRegion(page.language, code);
    return DelaysPage({ page, delays: await this.delays.delays(), nameOf });
  }

  @Get('delays-centres.csv')
  @May('analysis.read')
  async centres(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, centres } = await this.delays.delays();
    const name = `delays-${dateInKazakhstan(asOf)}`;
    return sendTable(response, page, name, centreColumns(page, this.nameOf(page)), centres);
  }

  @Get('delays-weeks.csv')
  @May('analysis.read')
  async weeks(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, centres, weeks } = await this.delays.delays();
    const name = `delays-weeks-${dateInKazakhstan(asOf)}`;
    return sendTable(response, page, name, weekColumns(page, weeks, this.nameOf(page)), centres);
  }

  @Get('delays-reasons.csv')
  @May('analysis.read')
  async reasons(@Page() page: PageContext, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { asOf, reasons } = await this.delays.delays();
    return sendTable(response, page, `delays-reasons-${dateInKazakhstan(asOf)}`, reasonColumns(page), reasons);
  }

  private nameOf(page: PageContext): (code: string) => string {
    return (code) => this.places.region(page.language, code);
  }
}
