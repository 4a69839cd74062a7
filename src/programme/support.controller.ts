import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { SupportAnswer, SupportQuery } from './support.dto.js';
import { SupportService } from './support.service.js';

@ApiTags('programme')
@Controller('api/v1/support')
export class SupportController {
  constructor(private readonly support: SupportService) {}

  @Get()
  @May('programme.read')
  @ApiOperation({ summary: 'What the programme pays a household that moves to a place, and its employer' })
  @ApiOkResponse({ type: SupportAnswer })
  sheet(@Query() query: SupportQuery): Promise<SupportAnswer> {
    return this.support.sheet(query);
  }
}
