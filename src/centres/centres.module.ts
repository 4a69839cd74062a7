import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApplicationsModule } from '../applications/applications.module.js';
import { EmployersModule } from '../employers/employers.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { Placement } from '../matching/placement.entity.js';
import { Proposal } from '../matching/proposal.entity.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { AutoApproveRule } from './auto-approve-rule.entity.js';
import { AutoApproveService } from './auto-approve.service.js';
import { BatchService } from './batch.service.js';
import { CentreDeskController } from './centre-desk.controller.js';
import { CentresController } from './centres.controller.js';
import { CentresProcessor } from './centres.processor.js';
import { ContactService } from './contact.service.js';
import { DelaysController } from './delays.controller.js';
import { DelaysService } from './delays.service.js';
import { NoticeQueueService } from './notice-queue.service.js';
import { QueueViewService } from './queue-view.service.js';
import { QuotaUseController } from './quota-use.controller.js';
import { QuotaUseService } from './quota-use.service.js';
import { QuotaService } from './quota.service.js';
import { ReferralService } from './referral.service.js';
import { ReviewSummaryService } from './review-summary.service.js';
import { ReviewService } from './review.service.js';
import { TrailService } from './trail.service.js';
import { WithdrawalService } from './withdrawal.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AutoApproveRule, Proposal, Placement]),
    ApplicationsModule,
    EmployersModule,
    MatchingModule,
    ProgrammeModule,
  ],
  controllers: [CentresController, CentreDeskController, DelaysController, QuotaUseController],
  providers: [
    AutoApproveService,
    BatchService,
    CentresProcessor,
    ContactService,
    DelaysService,
    NoticeQueueService,
    QueueViewService,
    QuotaService,
    QuotaUseService,
    ReferralService,
    ReviewService,
    ReviewSummaryService,
    TrailService,
    WithdrawalService,
  ],
  exports: [
    AutoApproveService,
    BatchService,
    DelaysService,
    NoticeQueueService,
    QueueViewService,
    QuotaService,
    QuotaUseService,
    ReferralService,
    ReviewService,
    ReviewSummaryService,
    TrailService,
  ],
})
export class CentresModule {}
