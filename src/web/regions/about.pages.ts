import { Get, Inject } from '@nestjs/common';
import { ProgrammeService } from '../../programme/programme.service.js';
import { RegionsService } from '../../matching/regions.service.js';
import { SupportService } from '../../programme/support.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import type { PageAnswer } from '../site/answers.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PrivacyPage, SourcesPage } from './about.js';

@PageController()
export class AboutPages {
  constructor(
    private readonly regions: RegionsService,
    private readonly programme: ProgrammeService,
    private readonly support: SupportService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('sources')
  @May('site.read')
  async sources(@Page() page: PageContext): Promise<PageAnswer> {
    const [statistics, quotas, versions] = await Promise.all([
      this.regions.statisticSources(),
      this.programme.quotaSources(dateInKazakhstan(this.clock.now())),
      this.programme.versions(),
    ]);
    return SourcesPage({ page, statistics, quotas, national: this.support.nationalQuotas, versions });
  }

  @Get('privacy')
  @May('site.read')
  privacy(@Page() page: PageContext): PageAnswer {
    return PrivacyPage({ page });
  }
}
