import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { EmployerAnswer, NewEmployerDto, VerifyEmployerDto, employerAnswer } from './employers.dto.js';
import { EmployersService } from './employers.service.js';

@ApiTags('employers')
@Controller('api/v1')
export class EmployersController {
  constructor(private readonly employers: EmployersService) {}

  @Get('employer')
  @May('firm.read')
  @ApiOperation({ summary: 'The firm of the caller’s token' })
  @ApiOkResponse({ type: EmployerAnswer })
  async own(@CurrentActor() actor: Actor): Promise<EmployerAnswer> {
    return employerAnswer(await this.employers.one(actor.employerId ?? ''));
  }

  @Post('employers')
  @May('employers.register')
  @ApiOperation({ summary: 'Register a firm; a known BIN answers the firm that has it' })
  @ApiCreatedResponse({ type: EmployerAnswer })
  async register(@Body() wish: NewEmployerDto, @CurrentActor() actor: Actor): Promise<EmployerAnswer> {
    return employerAnswer(await this.employers.register(actor, wish));
  }

  @Get('employers/:id')
  @May('employers.read')
  @ApiOperation({ summary: 'A firm' })
  @ApiOkResponse({ type: EmployerAnswer })
  async one(@Param('id', ParseUUIDPipe) id: string): Promise<EmployerAnswer> {
    return employerAnswer(await this.employers.one(id));
  }

  @Post('employers/:id/verify')
  @May('employers.verify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark a firm as checked; a centre does so for a firm with a vacancy in its region' })
  @ApiOkResponse({ type: EmployerAnswer })
  @ApiUnprocessableEntityResponse({ description: '`employer.bin_missing`, `employer.account_unanswered`' })
  async verify(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() people: VerifyEmployerDto,
    @CurrentActor() actor: Actor,
  ): Promise<EmployerAnswer> {
    return employerAnswer(await this.employers.verify(actor, id, people));
  }
}
