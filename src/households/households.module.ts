import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OccupationsModule } from '../occupations/occupations.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { HouseholdChangeService } from './household-change.service.js';
import { HouseholdChecks } from './household-checks.service.js';
import { HouseholdController } from './household.controller.js';
import { Household } from './household.entity.js';
import { HouseholdService } from './household.service.js';
import { Seeker } from './seeker.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Household, Seeker]), ReferenceModule, OccupationsModule],
  controllers: [HouseholdController],
  providers: [HouseholdService, HouseholdChangeService, HouseholdChecks],
  exports: [HouseholdService],
})
export class HouseholdsModule {}
