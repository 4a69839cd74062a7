import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { timingSafeEqual } from 'node:crypto';
import { bearerToken, hashToken } from '../auth/token.js';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem } from '../database/scope.js';
import { May } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { MetricsService } from './metrics.service.js';

/** Prometheus' own format. With METRICS_TOKEN set it asks for that token; without, only the network guards it. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @May('program.observe')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async read(@Headers('authorization') authorization?: string): Promise<string> {
    if (this.config.metricsToken !== null && !sameSecret(bearerToken(authorization) ?? '', this.config.metricsToken)) {
      throw new Problem('auth.token_invalid', 401);
    }
    // Counts of every region: monitoring has a secret of its own, not an account.
    return asSystem(() => this.metrics.text());
  }
}

/** Compares hashes of one length, so that the time says nothing of the secret. */
function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(expected)));
}
