import { Get, Inject, ParseUUIDPipe, Query } from '@nestjs/common';
import { ownHouseholdOf } from '../../households/dismissal.service.js';
import { HouseholdService } from '../../households/household.service.js';
import { HouseholdMatchesService } from '../../matching/household-matches.service.js';
import { ObstaclesService } from '../../matching/obstacles.service.js';
import { isOpenStatus } from '../../matching/proposal-states.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import { ProgrammeService } from '../../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import { VacanciesService } from '../../vacancies/vacancies.service.js';
import type { PageAnswer } from '../site/answers.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import type { MatchNames } from './match-card.js';
import { matchNames } from './match-names.js';
import { ChangesPage, WhyPage } from './what-if.js';

/** What would help a household most, and why a vacancy is not proposed to it. */
@PageController('my')
@May('household.own')
export class WhatIfPages {
  constructor(
    private readonly households: HouseholdService,
    private readonly matches: HouseholdMatchesService,
    private readonly obstacles: ObstaclesService,
    private readonly vacancies: VacanciesService,
    private readonly occupations: OccupationService,
    private readonly places: PlaceNames,
    private readonly programme: ProgrammeService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('changes')
  async changes(@Page() page: PageContext): Promise<PageAnswer> {
    const id = ownHouseholdOf(page.actor!);
    const household = await this.households.read(id);
    const answer = await this.obstacles.changes(page.actor!, id);
    return ChangesPage({ page, household, answer, names: this.names(page), listVerified: await this.listVerified() });
  }

  @Get('why')
  async why(@Page() page: PageContext, @Query('vacancy', ParseUUIDPipe) vacancyId: string): Promise<PageAnswer> {
    const id = ownHouseholdOf(page.actor!);
    const household = await this.households.read(id);
    const { title } = await this.vacancies.one(vacancyId);
    const answer = await this.matches.eligibility(page.actor!, id, vacancyId);
    const having = (await this.matches.matches(page.actor!, id)).filter(({ placements }) =>
      placements.some((one) => one.vacancyId === vacancyId && one.withdrawnAt === null),
    );
    const proposed = having.find(({ status, over }) => isOpenStatus(status) && !over) ?? having[0];
    const proposal =
      proposed === undefined
        ? null
        : { id: proposed.id, status: proposed.status, over: proposed.over, fulfilled: proposed.fulfilled };
    const names = this.names(page);
    return WhyPage({ page, household, answer, title, proposal, names, listVerified: await this.listVerified() });
  }

  private async listVerified(): Promise<boolean> {
    return (await this.programme.versionOn(dateInKazakhstan(this.clock.now()))).verified;
  }

  private names({ language }: PageContext): MatchNames {
    return matchNames(this.places, this.occupations, language);
  }
}
