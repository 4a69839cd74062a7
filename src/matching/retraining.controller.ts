import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { chooseLanguage } from '../i18n/language.js';
import { NOT_ASKED } from '../occupations/transitions/missing.js';
import { TransitionsService } from '../occupations/transitions/transitions.service.js';
import { May } from '../shared/permissions.js';
import { RoutesAnswer, RoutesQuery, routesInWords } from './retraining.dto.js';
import { RetrainingService } from './retraining.service.js';

@ApiTags('occupations')
@Controller('api/v1/occupations')
export class RetrainingController {
  constructor(
    private readonly retraining: RetrainingService,
    private readonly transitions: TransitionsService,
  ) {}

  @Get(':isco/routes')
  @May('occupations.read')
  @ApiOperation({
    summary: 'Occupations that a short course opens to people of this one, by the vacancies unlocked today',
  })
  @ApiParam({ name: 'isco', example: '9412' })
  @ApiOkResponse({ type: RoutesAnswer })
  async routes(
    @Param('isco') isco: string,
    @Query() { region }: RoutesQuery,
    @Headers('accept-language') wished?: string,
  ): Promise<RoutesAnswer> {
    const found = await this.retraining.routes(
      { isco, ...NOT_ASKED, education: null },
      region === undefined ? null : [region],
    );
    return routesInWords(isco, found, (code) => this.transitions.names(code), chooseLanguage(wished));
  }
}
