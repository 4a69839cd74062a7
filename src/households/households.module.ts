import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OccupationsModule } from '../occupations/occupations.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { DismissalController } from './dismissal.controller.js';
import { Dismissal } from './dismissal.entity.js';
import { DismissalService } from './dismissal.service.js';
import { HouseholdChangeService } from './household-change.service.js';
import { HouseholdChecks } from './household-checks.service.js';
import { HouseholdDraft } from './household-draft.entity.js';
import { HouseholdDraftService } from './household-draft.service.js';
import { HouseholdController } from './household.controller.js';
import { Household } from './household.entity.js';
import { HouseholdService } from './household.service.js';
import { HouseholdsProcessor } from './households.processor.js';
import { Seeker } from './seeker.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Household, Seeker, HouseholdDraft, Dismissal]),
    ReferenceModule,
    OccupationsModule,
  ],
  controllers: [HouseholdController, DismissalController],
  providers: [
    HouseholdService,
    HouseholdChangeService,
    HouseholdChecks,
    HouseholdDraftService,
    DismissalService,
    HouseholdsProcessor,
  ],
  exports: [HouseholdService, HouseholdChangeService, HouseholdDraftService, DismissalService],
})
export class HouseholdsModule {}
