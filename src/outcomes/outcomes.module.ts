import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApplicationsModule } from '../applications/applications.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { AnswersService } from './answers.service.js';
import { FiguresController } from './figures.controller.js';
import { FiguresService } from './figures.service.js';
import { FlowsController } from './flows.controller.js';
import { FlowsService } from './flows.service.js';
import { FollowUp } from './follow-up.entity.js';
import { FollowUpsController } from './follow-ups.controller.js';
import { FollowUpsService } from './follow-ups.service.js';
import { OutcomesProcessor } from './outcomes.processor.js';
import { PaymentsService } from './payments.service.js';
import { SecondChance } from './second-chance.entity.js';
import { SecondChancesService } from './second-chances.service.js';
import { SupportPayment } from './support-payment.entity.js';
import { TimesService } from './times.service.js';
import { Table3Service } from './table-3.service.js';
import { TakenChancesService } from './taken-chances.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([FollowUp, SecondChance, SupportPayment]),
    ApplicationsModule,
    ChannelsModule,
    MatchingModule,
    ProgrammeModule,
  ],
  controllers: [FollowUpsController, FiguresController, FlowsController],
  providers: [
    AnswersService,
    FiguresService,
    FlowsService,
    FollowUpsService,
    OutcomesProcessor,
    PaymentsService,
    SecondChancesService,
    Table3Service,
    TakenChancesService,
    TimesService,
  ],
  exports: [
    AnswersService,
    FiguresService,
    FlowsService,
    FollowUpsService,
    PaymentsService,
    Table3Service,
    TakenChancesService,
    TimesService,
  ],
})
export class OutcomesModule {}
