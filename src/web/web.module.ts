import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HomeController } from './home.controller.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { ProblemsController } from './problems.controller.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [HomeController, HealthController, MetricsController, ProblemsController],
  providers: [HealthService, MetricsService],
})
export class WebModule {}
