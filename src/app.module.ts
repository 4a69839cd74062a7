import { type DynamicModule, Module } from '@nestjs/common';
import { ApplicationsModule } from './applications/applications.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CentresModule } from './centres/centres.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HouseholdsModule } from './households/households.module.js';
import { MatchingModule } from './matching/matching.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OccupationsModule } from './occupations/occupations.module.js';
import { OutcomesModule } from './outcomes/outcomes.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { ProgrammeModule } from './programme/programme.module.js';
import { QuestionsModule } from './questions/questions.module.js';
import { QueueModule } from './queue/queue.module.js';
import { ReferenceModule } from './reference/reference.module.js';
import { type Clock, systemClock } from './shared/clock.js';
import { VacanciesModule } from './vacancies/vacancies.module.js';
import { WebModule } from './web/web.module.js';

/** `all`: API and workers in one process; `api`: answers requests and adds jobs; `worker`: relays events and runs jobs. */
export type ProcessRole = 'all' | 'api' | 'worker';

@Module({})
export class AppModule {
  static forRole(role: ProcessRole, config: Config, clock: Clock = systemClock): DynamicModule {
    const works = role !== 'api';
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config, clock),
        DatabaseModule,
        QueueModule.with(works),
        OutboxModule.with(works),
        AuditModule,
        ReferenceModule,
        OccupationsModule,
        ProgrammeModule,
        AuthModule,
        HouseholdsModule,
        VacanciesModule.with(works),
        MatchingModule,
        ApplicationsModule,
        CentresModule,
        NotificationsModule,
        QuestionsModule.with(works),
        OutcomesModule,
        WebModule,
      ],
    };
  }
}
