import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelsModule } from '../channels/channels.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { ApplicationFlow } from './application-flow.service.js';
import { ApplicationStep } from './application-step.entity.js';
import { Application } from './application.entity.js';
import { ApplicationsCalendar } from './applications-calendar.service.js';
import { ApplicationsView } from './applications-view.service.js';
import { ApplicationsController } from './applications.controller.js';
import { ApplicationsProcessor } from './applications.processor.js';
import { ApplicationsService } from './applications.service.js';
import { Interest } from './interest.entity.js';
import { InterestProcessor } from './interest.processor.js';
import { InterestsController } from './interests.controller.js';
import { InterestsService } from './interests.service.js';
import { OwnDataService } from './own-data.service.js';
import { OwnMatchesService } from './own-matches.service.js';
import { QuotaRevisionsService } from './quota-revisions.service.js';
import { ShareLink } from './share-link.entity.js';
import { ShareLinksService } from './share-links.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Interest, ShareLink, Application, ApplicationStep]),
    HouseholdsModule,
    MatchingModule,
    ChannelsModule,
  ],
  controllers: [InterestsController, ApplicationsController],
  providers: [
    ApplicationFlow,
    ApplicationsCalendar,
    ApplicationsProcessor,
    ApplicationsService,
    ApplicationsView,
    InterestsService,
    InterestProcessor,
    OwnMatchesService,
    QuotaRevisionsService,
    ShareLinksService,
    OwnDataService,
  ],
  exports: [
    ApplicationFlow,
    ApplicationsCalendar,
    ApplicationsService,
    ApplicationsView,
    InterestsService,
    OwnMatchesService,
    QuotaRevisionsService,
    ShareLinksService,
    OwnDataService,
  ],
})
export class ApplicationsModule {}
