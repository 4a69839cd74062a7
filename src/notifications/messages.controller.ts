import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { MessagesService } from './messages.service.js';
import { OwnMessageAnswer } from './notifications.dto.js';

@ApiTags('notices')
@May('household.own')
@Controller('api/v1/own-household/messages')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Get()
  @ApiOperation({ summary: 'What the own household was told in the app, the newest first; the latest hundred' })
  @ApiOkResponse({ type: [OwnMessageAnswer] })
  list(@CurrentActor() actor: Actor): Promise<OwnMessageAnswer[]> {
    return this.messages.list(actor);
  }

  @Put(':id/read')
  @HttpCode(204)
  @ApiOperation({ summary: 'Mark a message as read, which its centre sees; the first time counts' })
  @ApiNoContentResponse()
  markRead(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.messages.markRead(actor, id);
  }
}
