import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { InterestAnswer, NewInterestDto, SharingDto } from './interests.dto.js';
import { InterestsService } from './interests.service.js';

@ApiTags('interest')
@Controller('api/v1')
export class InterestsController {
  constructor(private readonly interests: InterestsService) {}

  @Get('own-household/interests')
  @May('household.own')
  @ApiOperation({ summary: 'The own household’s interest in approved matches' })
  @ApiOkResponse({ type: [InterestAnswer] })
  own(@CurrentActor() actor: Actor): Promise<InterestAnswer[]> {
    return this.interests.own(actor);
  }

  @Post('own-household/matches/:id/interest')
  @May('household.own')
  @ApiOperation({ summary: 'Interest in an approved match, with consent for each employer; said twice it stands once' })
  @ApiCreatedResponse({ type: [InterestAnswer] })
  express(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { shareWith = [] }: NewInterestDto,
    @CurrentActor() actor: Actor,
  ): Promise<InterestAnswer[]> {
    return this.interests.express(actor, id, shareWith);
  }

  @Delete('own-household/matches/:id/interest')
  @May('household.own')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take the interest back; name and phone are hidden at once' })
  @ApiNoContentResponse()
  withdraw(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.interests.withdraw(actor, id);
  }

  @Put('own-household/interests/:id/sharing')
  @May('household.own')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let an employer see name and phone, or no longer' })
  @ApiNoContentResponse()
  share(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { share }: SharingDto,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.interests.share(actor, id, share);
  }

  @Get('proposals/:id/interests')
  @May('queue.read')
  @ApiOperation({ summary: 'Interest in a proposal of the own region' })
  @ApiOkResponse({ type: [InterestAnswer] })
  ofProposal(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<InterestAnswer[]> {
    return this.interests.interestsOfProposal(actor, id);
  }

  @Get('vacancies/:id/interests')
  @May('interests.read')
  @ApiOperation({
    summary: 'Interest in a vacancy: a checked firm sees who consented, a centre how many of its region',
  })
  @ApiOkResponse({ type: [InterestAnswer] })
  ofVacancy(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<InterestAnswer[]> {
    return this.interests.interestsOfVacancy(actor, id);
  }
}
