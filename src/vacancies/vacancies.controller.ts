import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { VacancyAnswer, VacancyFilters, VacancyPage } from './vacancies.dto.js';
import { VacanciesService } from './vacancies.service.js';

@ApiTags('vacancies')
@Controller('api/v1/vacancies')
export class VacanciesController {
  constructor(private readonly vacancies: VacanciesService) {}

  @Get()
  @May('vacancies.read')
  @ApiOperation({ summary: 'Vacancies, open ones unless asked otherwise' })
  @ApiOkResponse({ type: VacancyPage })
  list(@Query() filters: VacancyFilters): Promise<VacancyPage> {
    return this.vacancies.list(filters);
  }

  @Get(':id')
  @May('vacancies.read')
  @ApiOperation({ summary: 'One vacancy' })
  @ApiOkResponse({ type: VacancyAnswer })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<VacancyAnswer> {
    return this.vacancies.one(id);
  }
}
