import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, type Actor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import type { Page } from '../shared/page.js';
import { PageQuery } from '../shared/page-query.js';
import { ActorAnswer, NewTokenAnswer, NewTokenDto, TokensPage } from './token.dto.js';
import { TokenService, type TokenSummary } from './token.service.js';

@ApiTags('access')
@Controller('api/v1')
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  @Get('me')
  @May('actor.read')
  @ApiOperation({ summary: 'Whose token this is' })
  @ApiOkResponse({ type: ActorAnswer })
  me(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Get('tokens')
  @May('tokens.manage')
  @ApiOperation({ summary: 'Access tokens, the newest first, without their secrets' })
  @ApiOkResponse({ type: TokensPage })
  list(@Query() query: PageQuery): Promise<Page<TokenSummary>> {
    return this.tokens.page(query);
  }

  @Post('tokens')
  @May('tokens.manage')
  @ApiOperation({ summary: 'Make an access token; it is shown this once' })
  @ApiCreatedResponse({ type: NewTokenAnswer })
  create(@Body() wish: NewTokenDto, @CurrentActor() actor: Actor): Promise<NewTokenAnswer> {
    return this.tokens.create({ ...wish, expiresAt: wish.expiresAt ? new Date(wish.expiresAt) : null }, actor);
  }

  @Delete('tokens/:id')
  @May('tokens.manage')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an access token' })
  @ApiNoContentResponse()
  revoke(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.tokens.revoke(id, actor);
  }
}
