import { Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { chooseLanguage } from '../i18n/language.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { HouseholdMatchesService } from './household-matches.service.js';
import { HouseholdSupportAnswer, HouseholdSupportQuery } from './household-support.dto.js';
import { HouseholdSupportService } from './household-support.service.js';
import {
  ChangesAnswerDto,
  EligibilityAnswerDto,
  HouseholdMatchAnswer,
  MatchRunAnswer,
  MatchRunRequestedAnswer,
  MismatchAnswer,
  MismatchQuery,
  ObstaclesAnswerDto,
  OccupationMismatchAnswer,
  OccupationSidesAnswer,
  SidesQuery,
} from './matching.dto.js';
import { MatchingService } from './matching.service.js';
import { changesInWords, eligibilityInWords, matchInWords, obstaclesInWords, sidesInWords } from './matching.words.js';
import { MismatchService } from './mismatch.service.js';
import { ObstaclesService } from './obstacles.service.js';

/** Roles that see single people anyway, or count them by their office. */
const EXACT_FOR: ReadonlySet<Actor['role']> = new Set(['officer', 'supervisor', 'analyst', 'administrator', 'system']);

@ApiTags('matching')
@Controller('api/v1')
export class MatchingController {
  constructor(
    private readonly matching: MatchingService,
    private readonly mismatches: MismatchService,
    private readonly households: HouseholdMatchesService,
    private readonly supports: HouseholdSupportService,
    private readonly obstacles: ObstaclesService,
    private readonly occupationNames: OccupationService,
  ) {}

  @Get('mismatch')
  @May('mismatch.read')
  @ApiOperation({
    summary:
      'Vacancies, openings and seekers by region and sector, and the north/south ratios; seekers are rounded to five unless an analyst or a centre asks',
  })
  @ApiOkResponse({ type: MismatchAnswer })
  mismatch(@Query() query: MismatchQuery, @CurrentActor() actor?: Actor): Promise<MismatchAnswer> {
    return this.mismatches.mismatch(query, actor !== undefined && EXACT_FOR.has(actor.role));
  }

  @Get('mismatch/occupations')
  @May('mismatch.read')
  @ApiOperation({
    summary:
      'The same by occupation, the scarcest first; seekers are rounded to five unless an analyst or a centre asks',
  })
  @ApiOkResponse({ type: [OccupationMismatchAnswer] })
  occupations(@Query() query: MismatchQuery, @CurrentActor() actor?: Actor): Promise<OccupationMismatchAnswer[]> {
    return this.mismatches.occupations(query, actor !== undefined && EXACT_FOR.has(actor.role));
  }

  @Get('mismatch/occupations/:isco')
  @May('mismatch.read')
  @ApiOperation({
    summary: 'Vacancies in north and south for somebody of an occupation, in a sentence; 404 where nothing is open',
  })
  @ApiOkResponse({ type: OccupationSidesAnswer })
  async sides(
    @Param('isco') isco: string,
    @Query() { from }: SidesQuery,
    @Headers('accept-language') wished?: string,
  ): Promise<OccupationSidesAnswer> {
    const sides = await this.mismatches.sidesFor(isco, from ?? null);
    if (sides === null) throw new Problem('mismatch.nothing_open', 404, { isco });
    return { ...sides, text: sidesInWords(sides, chooseLanguage(wished)) };
  }

  @Get('households/:id/matches')
  @May('matches.read')
  @ApiOperation({
    summary: 'A household’s proposals with scores, parts and local alternatives; an officer sees the own region’s',
  })
  @ApiOkResponse({ type: [HouseholdMatchAnswer] })
  async matches(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') wished?: string,
  ): Promise<HouseholdMatchAnswer[]> {
    const matches = await this.households.matches(actor, id);
    return matches.map((match) => matchInWords(match, chooseLanguage(wished)));
  }

  @Get('households/:id/vacancies/:vacancyId/eligibility')
  @May('matches.read')
  @ApiOperation({ summary: 'Why a vacancy is, or is not, proposed to a household' })
  @ApiOkResponse({ type: EligibilityAnswerDto })
  async eligibility(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('vacancyId', ParseUUIDPipe) vacancyId: string,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') wished?: string,
  ): Promise<EligibilityAnswerDto> {
    return eligibilityInWords(await this.households.eligibility(actor, id, vacancyId), chooseLanguage(wished));
  }

  @Get('households/:id/obstacles')
  @May('matches.read')
  @ApiOperation({
    summary: 'What keeps open posts of its adults’ occupations away from a household, the commonest first',
  })
  @ApiOkResponse({ type: ObstaclesAnswerDto })
  async whatHinders(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') wished?: string,
  ): Promise<ObstaclesAnswerDto> {
    return obstaclesInWords(await this.obstacles.obstacles(actor, id), chooseLanguage(wished));
  }

  @Get('households/:id/changes')
  @May('matches.read')
  @ApiOperation({
    summary: 'What would be open to a household if one thing about it were different, what helps most first',
  })
  @ApiOkResponse({ type: ChangesAnswerDto })
  async whatWouldHelp(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') wished?: string,
  ): Promise<ChangesAnswerDto> {
    const language = chooseLanguage(wished);
    const nameOf = (isco: string): string => this.occupationNames.nameOf(isco, language);
    return changesInWords(await this.obstacles.changes(actor, id), language, nameOf);
  }

  @Get('households/:id/vacancies/:vacancyId/support')
  @May('matches.read')
  @ApiOperation({
    summary: 'Support sheet, monthly budget, eligibility and papers of a household for a vacancy on a day',
  })
  @ApiOkResponse({ type: HouseholdSupportAnswer })
  support(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('vacancyId', ParseUUIDPipe) vacancyId: string,
    @Query() { on, rentHere, rentThere }: HouseholdSupportQuery,
    @CurrentActor() actor: Actor,
  ): Promise<HouseholdSupportAnswer> {
    const rentTenge = { here: rentHere ?? null, there: rentThere ?? null };
    return this.supports.supported(actor, id, vacancyId, { on, rentTenge });
  }

  @Post('match-runs')
  @May('match_runs.start')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for a run of the matcher over everything' })
  @ApiAcceptedResponse({ type: MatchRunRequestedAnswer })
  async request(@Res({ passthrough: true }) response: Response): Promise<MatchRunRequestedAnswer> {
    const id = await this.matching.requestRun('api');
    response.location(`/api/v1/match-runs/${id}`);
    return { id, status: 'running' };
  }

  @Get('match-runs/:id')
  @May('match_runs.read')
  @ApiOperation({ summary: 'How a run of the matcher went' })
  @ApiOkResponse({ type: MatchRunAnswer })
  async run(@Param('id', ParseUUIDPipe) id: string): Promise<MatchRunAnswer> {
    const run = await this.matching.runById(id);
    return { ...run, pairsScored: Number(run.pairsScored), shards: await this.matching.progressOf(id) };
  }
}
