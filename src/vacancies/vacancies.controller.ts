import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../shared/access.js';
import { VacancyAnswer, VacancyPage, VacancyQuery } from './vacancies.dto.js';
import { VacanciesService } from './vacancies.service.js';

@ApiTags('vacancies')
@Controller('api/v1/vacancies')
export class VacanciesController {
  constructor(private readonly vacancies: VacanciesService) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Vacancies, open ones unless asked otherwise' })
  @ApiOkResponse({ type: VacancyPage })
  list(@Query() { q, ...filter }: VacancyQuery): Promise<VacancyPage> {
    return this.vacancies.list({ ...filter, words: q });
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'One vacancy' })
  @ApiOkResponse({ type: VacancyAnswer })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<VacancyAnswer> {
    return this.vacancies.one(id);
  }
}
