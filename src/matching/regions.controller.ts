import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { REGION_SCHEMAS, RegionsAnswer, RegionsQuery } from './regions.dto.js';
import { RegionsService } from './regions.service.js';

@ApiTags('regions')
@ApiExtraModels(...REGION_SCHEMAS)
@Controller('api/v1/regions')
export class RegionsController {
  constructor(private readonly regions: RegionsService) {}

  @Get()
  @May('site.read')
  @ApiOperation({
    summary: 'Regions compared: labour market of an occupation, housing, income, what draws people; with sources',
  })
  @ApiOkResponse({ type: RegionsAnswer })
  compare(@Query() query: RegionsQuery): Promise<RegionsAnswer> {
    return this.regions.compare(query);
  }
}
