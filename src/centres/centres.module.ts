import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MatchingModule } from '../matching/matching.module.js';
import { Placement } from '../matching/placement.entity.js';
import { Proposal } from '../matching/proposal.entity.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { AutoApproveRule } from './auto-approve-rule.entity.js';
import { AutoApproveService } from './auto-approve.service.js';
import { CentresController } from './centres.controller.js';
import { CentresProcessor } from './centres.processor.js';
import { ContactService } from './contact.service.js';
import { NoticeQueueService } from './notice-queue.service.js';
import { QueueViewService } from './queue-view.service.js';
import { QuotaService } from './quota.service.js';
import { ReferralService } from './referral.service.js';
import { ReviewSummaryService } from './review-summary.service.js';
import { ReviewService } from './review.service.js';
import { WithdrawalService } from './withdrawal.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AutoApproveRule, Proposal, Placement]), MatchingModule, ProgrammeModule],
  controllers: [CentresController],
  providers: [
    AutoApproveService,
    CentresProcessor,
    ContactService,
    NoticeQueueService,
    QueueViewService,
    QuotaService,
    ReferralService,
    ReviewService,
    ReviewSummaryService,
    WithdrawalService,
  ],
  exports: [AutoApproveService, ReviewService, ReviewSummaryService],
})
export class CentresModule {}
