import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EmployersModule } from '../employers/employers.module.js';
import { TitleCorrection } from '../occupations/title-correction.entity.js';
import { EmployerVacanciesController } from './employer-vacancies.controller.js';
import { EmployerVacanciesService } from './employer-vacancies.service.js';
import { ExpiryService } from './expiry.service.js';
import { IngestController } from './ingest.controller.js';
import { IngestProcessor } from './ingest.processor.js';
import { IngestRun } from './ingest-run.entity.js';
import { IngestRunsService } from './ingest-runs.service.js';
import { IngestService } from './ingest.service.js';
import { RecodeTitlesProcessor } from './recode-titles.processor.js';
import { RecodeTitlesService } from './recode-titles.service.js';
import { RejectedRecord } from './rejected-record.entity.js';
import { RejectedService } from './rejected.service.js';
import { TitleCorrectionsController } from './title-corrections.controller.js';
import { TitleCorrectionsService } from './title-corrections.service.js';
import { VacanciesController } from './vacancies.controller.js';
import { VacanciesService } from './vacancies.service.js';
import { VacancyChange } from './vacancy-change.entity.js';
import { Vacancy } from './vacancy.entity.js';

@Module({})
export class VacanciesModule {
  /** `works`: whether this process also runs jobs and closes what has expired. */
  static with(works: boolean): DynamicModule {
    return {
      module: VacanciesModule,
      global: true,
      imports: [
        EmployersModule,
        TypeOrmModule.forFeature([Vacancy, VacancyChange, IngestRun, RejectedRecord, TitleCorrection]),
      ],
      controllers: [VacanciesController, EmployerVacanciesController, IngestController, TitleCorrectionsController],
      providers: [
        IngestService,
        IngestRunsService,
        RejectedService,
        VacanciesService,
        EmployerVacanciesService,
        RecodeTitlesService,
        TitleCorrectionsService,
        ...(works ? [IngestProcessor, ExpiryService, RecodeTitlesProcessor] : []),
      ],
      exports: [
        IngestService,
        IngestRunsService,
        RejectedService,
        VacanciesService,
        EmployerVacanciesService,
        TitleCorrectionsService,
      ],
    };
  }
}
