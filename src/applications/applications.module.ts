import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelsModule } from '../channels/channels.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { Interest } from './interest.entity.js';
import { InterestProcessor } from './interest.processor.js';
import { InterestsController } from './interests.controller.js';
import { InterestsService } from './interests.service.js';
import { OwnDataService } from './own-data.service.js';
import { OwnMatchesService } from './own-matches.service.js';
import { ShareLink } from './share-link.entity.js';
import { ShareLinksService } from './share-links.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Interest, ShareLink]), HouseholdsModule, MatchingModule, ChannelsModule],
  controllers: [InterestsController],
  providers: [InterestsService, InterestProcessor, OwnMatchesService, ShareLinksService, OwnDataService],
  exports: [InterestsService, OwnMatchesService, ShareLinksService, OwnDataService],
})
export class ApplicationsModule {}
