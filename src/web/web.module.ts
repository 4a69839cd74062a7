import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HomeController } from './home.controller.js';
import { MatchingModule } from '../matching/matching.module.js';
import { PlaceNames } from './site/place-names.js';
import { AccountPages } from './account/account.pages.js';
import { SignInPages } from './account/sign-in.pages.js';
import { StartPages } from './start/start.pages.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { ProblemsController } from './problems.controller.js';

@Module({
  imports: [DiscoveryModule, MatchingModule],
  controllers: [
    HomeController,
    HealthController,
    MetricsController,
    ProblemsController,
    StartPages,
    SignInPages,
    AccountPages,
  ],
  providers: [HealthService, MetricsService, PlaceNames],
})
export class WebModule {}
