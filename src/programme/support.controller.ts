import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { ProgrammeAnswer, ProgrammeQuery } from './programme.dto.js';
import { EligibilityQuery, ProgrammeEligibilityAnswer, SupportAnswer, SupportQuery } from './support.dto.js';
import { SupportService } from './support.service.js';

@ApiTags('programme')
@Controller('api/v1')
export class SupportController {
  constructor(private readonly support: SupportService) {}

  @Get('programme')
  @May('programme.read')
  @ApiOperation({
    summary: 'Index, measures, departure and reception regions and quotas in force on a day, each with its source',
  })
  @ApiOkResponse({ type: ProgrammeAnswer })
  programme(@Query() { on }: ProgrammeQuery): Promise<ProgrammeAnswer> {
    return this.support.overview(on);
  }

  @Get('support')
  @May('programme.read')
  @ApiOperation({ summary: 'What the programme pays a household that moves to a place, and its employer' })
  @ApiOkResponse({ type: SupportAnswer })
  sheet(@Query() query: SupportQuery): Promise<SupportAnswer> {
    return this.support.sheet(query);
  }

  @Get('support/eligibility')
  @May('programme.read')
  @ApiOperation({ summary: 'Who may apply on a day, which papers to bring and where to; what nobody could verify' })
  @ApiOkResponse({ type: ProgrammeEligibilityAnswer })
  eligibility(@Query() query: EligibilityQuery): Promise<ProgrammeEligibilityAnswer> {
    const { home = null, kato, on, children = null, citizen, jobSeeker, registeredYear, graduate, divorced } = query;
    const answers = { citizen, job_seeker: jobSeeker, registered_year: registeredYear, graduate, divorced };
    return this.support.eligibility({ homeRegionCode: home, kato, on, children, employment: null, answers });
  }
}
