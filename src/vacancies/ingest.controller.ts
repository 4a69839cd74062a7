import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { Request, Response } from 'express';
import { chooseLanguage } from '../i18n/i18n.js';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { fieldProblems } from '../shared/field-problems.js';
import { Problem } from '../shared/problem.js';
import { type IngestReport, reportIn } from './ingest-report.js';
import type { IngestRunRow } from './ingest-run.queries.js';
import { IngestRunsService } from './ingest-runs.service.js';
import {
  IngestReportAnswer,
  IngestRunAnswer,
  IngestRunPage,
  IngestUrlDto,
  QueuedRunAnswer,
  RejectedQuery,
  RejectedRecordPage,
  RetryDto,
  RunsQuery,
  UploadQuery,
} from './ingest.dto.js';
import { IngestService } from './ingest.service.js';
import { RejectedService } from './rejected.service.js';

@ApiTags('ingest')
@Controller('api/v1')
export class IngestController {
  constructor(
    private readonly runs: IngestRunsService,
    private readonly ingests: IngestService,
    private readonly rejected: RejectedService,
  ) {}

  @Post('ingest-runs')
  @May('ingest.start')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Queue the reading of a file or of one page',
    description:
      'The file is the body itself (a feed in NDJSON or CSV, gzipped or not; a saved page; JSON-LD), its name in `origin`. ' +
      'With `application/json` the body is `{ "url": … }`, and the page or file at that address is read.',
  })
  @ApiConsumes(
    'application/octet-stream',
    'application/x-ndjson',
    'text/csv',
    'application/gzip',
    'text/html',
    'application/ld+json',
    'application/json',
  )
  @ApiBody({ type: IngestUrlDto })
  @ApiAcceptedResponse({ type: QueuedRunAnswer, headers: { Location: { schema: { type: 'string' } } } })
  async request(
    @Query() query: UploadQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QueuedRunAnswer> {
    const id = request.is('application/json')
      ? await this.requestUrl(request.body)
      : await this.runs.requestUpload(request, query);
    response.location(`/api/v1/ingest-runs/${id}`);
    return { id };
  }

  @Get('ingest-runs')
  @May('ingest.read')
  @ApiOperation({ summary: 'Runs, the newest first' })
  @ApiOkResponse({ type: IngestRunPage })
  list(@Query() { source, cursor, limit }: RunsQuery): Promise<{ items: IngestRunRow[]; nextCursor: string | null }> {
    return this.runs.list(source, cursor, limit);
  }

  @Get('ingest-runs/:id')
  @May('ingest.read')
  @ApiOperation({ summary: 'A run: how far it is, or what it did' })
  @ApiOkResponse({ type: IngestRunAnswer })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<IngestRunRow> {
    return this.runs.one(id);
  }

  @Get('rejected-records')
  @May('rejected.read')
  @ApiOperation({ summary: 'Refused records with their raw text; officers see those of their own region' })
  @ApiOkResponse({ type: RejectedRecordPage })
  refused(
    @Query() query: RejectedQuery,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') wished?: string,
  ): Promise<RejectedRecordPage> {
    return this.rejected.list(query, actor, chooseLanguage(wished));
  }

  @Post('rejected-records/retry')
  @May('rejected.retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read refused records again, after a fix; one report for each source' })
  @ApiOkResponse({ type: [IngestReportAnswer] })
  async retry(@Body() { ids, source }: RetryDto, @Headers('accept-language') wished?: string): Promise<IngestReport[]> {
    const reports = await this.ingests.retryRejected(ids ?? null, source ?? null);
    return reports.map((report) => reportIn(report, chooseLanguage(wished)));
  }

  /** The body is a file or a wish, by its type; so the wish is checked here. */
  private async requestUrl(body: unknown): Promise<string> {
    const wish = plainToInstance(IngestUrlDto, typeof body === 'object' && body !== null ? body : {});
    const errors = await validate(wish, { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length > 0) throw new Problem('request.invalid', 400, {}, fieldProblems(errors));
    const { url, ...rest } = wish;
    return this.runs.requestUrl(url, rest);
  }
}
