import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { May } from '../shared/permissions.js';
import { HealthService } from './health.service.js';

/** `live`: the process runs (restart it otherwise). `ready`: send it requests (503: do not, for now). */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @May('program.observe')
  @Header('Cache-Control', 'no-store')
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  @May('program.observe')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const { ready, checks } = await this.health.readiness();
    response.status(ready ? 200 : 503);
    return { status: ready ? 'up' : 'down', checks };
  }
}
