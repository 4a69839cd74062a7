import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { chooseLanguage } from '../i18n/i18n.js';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import {
  CloseVacancyDto,
  ImportQuery,
  NewVacancyDto,
  OwnVacancyQuery,
  VacancyChangeDto,
} from './employer-vacancies.dto.js';
import { EmployerVacanciesService } from './employer-vacancies.service.js';
import { type IngestReport, reportIn } from './ingest-report.js';
import { IngestReportAnswer } from './ingest.dto.js';
import { VacancyAnswer, VacancyPage } from './vacancies.dto.js';

@ApiTags('employers')
@Controller('api/v1/employer/vacancies')
@May('firm_vacancies.manage')
export class EmployerVacanciesController {
  constructor(private readonly vacancies: EmployerVacanciesService) {}

  @Get()
  @ApiOperation({ summary: 'The firm’s vacancies, from whatever source' })
  @ApiOkResponse({ type: VacancyPage })
  list(@CurrentActor() actor: Actor, @Query() query: OwnVacancyQuery): Promise<VacancyPage> {
    return this.vacancies.list(actor, query);
  }

  @Post()
  @ApiOperation({ summary: 'Post a vacancy' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'A repetition with the same key posts nothing more.',
  })
  @ApiCreatedResponse({ type: VacancyAnswer })
  async post(
    @CurrentActor() actor: Actor,
    @Body() form: NewVacancyDto,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<VacancyAnswer> {
    const vacancy = await this.vacancies.post(actor, form, key);
    response.location(`/api/v1/vacancies/${vacancy.id}`);
    return vacancy;
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Read a file of the firm’s own vacancies: an enbek-feed (NDJSON or CSV) or a table (CSV), gzipped or not',
  })
  @ApiConsumes('application/x-ndjson', 'text/csv', 'application/gzip', 'application/octet-stream', 'application/json')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: IngestReportAnswer })
  async import(
    @CurrentActor() actor: Actor,
    @Query() { origin }: ImportQuery,
    @Req() request: Request,
    @Headers('accept-language') wished?: string,
  ): Promise<IngestReport> {
    return reportIn(await this.vacancies.import(actor, request, origin ?? 'import'), chooseLanguage(wished));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an own open vacancy' })
  @ApiOkResponse({ type: VacancyAnswer })
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() form: VacancyChangeDto,
  ): Promise<VacancyAnswer> {
    return this.vacancies.change(actor, id, form);
  }

  @Post(':id/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close an own vacancy with its outcome' })
  @ApiOkResponse({ type: VacancyAnswer })
  close(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() form: CloseVacancyDto,
  ): Promise<VacancyAnswer> {
    return this.vacancies.close(actor, id, form);
  }
}
