import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HouseholdsModule } from '../households/households.module.js';
import { TransitionsModule } from '../occupations/transitions/transitions.module.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { DismissalWishesService } from './dismissal-wishes.service.js';
import { HouseholdMatchesService } from './household-matches.service.js';
import { HouseholdSupportService } from './household-support.service.js';
import { MatchProcessor } from './match.processor.js';
import { MarketService } from './market.service.js';
import { MatchRun } from './match-run.entity.js';
import { MatchRunsService } from './match-runs.service.js';
import { MatchingController } from './matching.controller.js';
import { MatchingService } from './matching.service.js';
import { MismatchService } from './mismatch.service.js';
import { ObstaclesService } from './obstacles.service.js';
import { Placement } from './placement.entity.js';
import { Proposal } from './proposal.entity.js';
import { QuickMatchService } from './quick-match.service.js';
import { RegionProposalService } from './region-proposal.service.js';
import { RegionsController } from './regions.controller.js';
import { RegionsService } from './regions.service.js';
import { RetrainingController } from './retraining.controller.js';
import { RetrainingService } from './retraining.service.js';
import { MatchShardsService } from './match-shards.service.js';
import { SnapshotService } from './snapshot.service.js';
import { SuitableHouseholdsService } from './suitable-households.service.js';
import { WholeRunService } from './whole-run.service.js';
import { WEIGHTS, matchingTables } from './weights.provider.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Proposal, Placement, MatchRun]),
    HouseholdsModule,
    ProgrammeModule,
    TransitionsModule,
  ],
  controllers: [MatchingController, RegionsController, RetrainingController],
  providers: [
    ...matchingTables,
    SnapshotService,
    MarketService,
    MatchRunsService,
    MatchShardsService,
    WholeRunService,
    MatchingService,
    RegionProposalService,
    MatchProcessor,
    MismatchService,
    DismissalWishesService,
    HouseholdMatchesService,
    HouseholdSupportService,
    ObstaclesService,
    QuickMatchService,
    RegionsService,
    RetrainingService,
    SuitableHouseholdsService,
  ],
  exports: [
    WEIGHTS,
    MatchingService,
    RegionProposalService,
    MismatchService,
    DismissalWishesService,
    HouseholdMatchesService,
    HouseholdSupportService,
    ObstaclesService,
    QuickMatchService,
    RegionsService,
    RetrainingService,
    SuitableHouseholdsService,
  ],
})
export class MatchingModule {}
