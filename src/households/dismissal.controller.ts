import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { DismissalAnswer, NewDismissalDto } from './dismissal.dto.js';
import type { Dismissal } from './dismissal.entity.js';
import { DismissalService } from './dismissal.service.js';

@ApiTags('own household')
@May('household.own')
@Controller('api/v1/own-household/dismissals')
export class DismissalController {
  constructor(private readonly dismissals: DismissalService) {}

  @Get()
  @ApiOperation({ summary: 'What the own household is not interested in' })
  @ApiOkResponse({ type: [DismissalAnswer] })
  async list(@CurrentActor() actor: Actor): Promise<DismissalAnswer[]> {
    return (await this.dismissals.list(actor)).map(answerOf);
  }

  @Post()
  @ApiOperation({ summary: 'Leave a vacancy, a district or a region out; open proposals of it are withdrawn' })
  @ApiCreatedResponse({ type: DismissalAnswer })
  async dismiss(@Body() wish: NewDismissalDto, @CurrentActor() actor: Actor): Promise<DismissalAnswer> {
    return answerOf(await this.dismissals.dismiss(actor, wish));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take it back' })
  @ApiNoContentResponse()
  undo(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.dismissals.undo(actor, id);
  }
}

function answerOf({ householdId: _, ...answer }: Dismissal): DismissalAnswer {
  return answer;
}
