import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HomeController } from './home.controller.js';
import { ApplicationsModule } from '../applications/applications.module.js';
import { CentresModule } from '../centres/centres.module.js';
import { EmployersModule } from '../employers/employers.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { OutcomesModule } from '../outcomes/outcomes.module.js';
import { FollowUpsPages } from './outcomes/follow-ups.pages.js';
import { FiguresPages } from './outcomes/figures.pages.js';
import { OwnSettlingPages, SettlingPages } from './outcomes/settling.pages.js';
import { PlaceNames } from './site/place-names.js';
import { CaseDesk } from './centre/case-desk.js';
import { CentrePages } from './centre/centre.pages.js';
import { CentreRegionPages } from './centre/centre-region.pages.js';
import { TitlesPages } from './centre/titles.pages.js';
import { CentreQuestionsPages } from './centre/questions.pages.js';
import { QuestionsPages } from './questions/questions.pages.js';
import { RegionOfDesk } from './centre/region-of-desk.js';
import { DelaysPages } from './analyst/delays.pages.js';
import { FlowsPages } from './analyst/flows.pages.js';
import { QuotasPages } from './analyst/quotas.pages.js';
import { MismatchPages } from './analyst/mismatch.pages.js';
import { AccountPages } from './account/account.pages.js';
import { RegisterPages } from './account/register.pages.js';
import { SignInPages } from './account/sign-in.pages.js';
import { HouseholdPages } from './migrant/household.pages.js';
import { ApplicationPages } from './migrant/application.pages.js';
import { CentreApplicationsPages } from './centre/applications.pages.js';
import { MatchesPages } from './migrant/matches.pages.js';
import { OwnDataPages } from './migrant/own-data.pages.js';
import { WhatIfPages } from './migrant/what-if.pages.js';
import { SharedPages } from './migrant/shared.pages.js';
import { AccountAdminPages } from './admin/account.pages.js';
import { QuotaRevisionsPages } from './admin/quotas.pages.js';
import { RunsPages } from './admin/runs.pages.js';
import { TokensPages } from './admin/tokens.pages.js';
import { AdminPages } from './admin/admin.pages.js';
import { EmployerPages } from './employer/employer.pages.js';
import { ColleaguesPages } from './employer/colleagues.pages.js';
import { FirmInvitationPages } from './centre/firm-invitation.pages.js';
import { ImportPages } from './employer/import.pages.js';
import { StartPages } from './start/start.pages.js';
import { RulesPages } from './support/rules.pages.js';
import { SupportPages } from './support/support.pages.js';
import { AboutPages } from './regions/about.pages.js';
import { RegionPages } from './regions/regions.pages.js';
import { VacancyPages } from './vacancies/vacancies.pages.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { ProblemsController } from './problems.controller.js';

@Module({
  imports: [
    DiscoveryModule,
    ApplicationsModule,
    HouseholdsModule,
    NotificationsModule,
    OutcomesModule,
    CentresModule,
    EmployersModule,
    MatchingModule,
  ],
  controllers: [
    HomeController,
    HealthController,
    MetricsController,
    ProblemsController,
    StartPages,
    SupportPages,
    RulesPages,
    QuestionsPages,
    VacancyPages,
    RegionPages,
    AboutPages,
    SignInPages,
    AccountPages,
    HouseholdPages,
    MatchesPages,
    WhatIfPages,
    ApplicationPages,
    OwnDataPages,
    SharedPages,
    RegisterPages,
    EmployerPages,
    ImportPages,
    ColleaguesPages,
    FirmInvitationPages,
    AdminPages,
    AccountAdminPages,
    TokensPages,
    RunsPages,
    QuotaRevisionsPages,
    CentrePages,
    CentreApplicationsPages,
    CentreRegionPages,
    TitlesPages,
    CentreQuestionsPages,
    MismatchPages,
    DelaysPages,
    FlowsPages,
    QuotasPages,
    SettlingPages,
    OwnSettlingPages,
    FollowUpsPages,
    FiguresPages,
  ],
  providers: [HealthService, MetricsService, PlaceNames, RegionOfDesk, CaseDesk],
})
export class WebModule {}
