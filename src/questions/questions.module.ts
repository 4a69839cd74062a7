import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelsModule } from '../channels/channels.module.js';
import { ReferenceModule } from '../reference/reference.module.js';
import { AnswerDeliveryService } from './answer-delivery.service.js';
import { AskService } from './ask.service.js';
import { DeskController } from './desk.controller.js';
import { DeskService } from './desk.service.js';
import { ForgetContactsService } from './forget-contacts.service.js';
import { PublicAnswersService } from './public-answers.service.js';
import { Question } from './question.entity.js';
import { QuestionsController } from './questions.controller.js';
import { QuestionsProcessor } from './questions.processor.js';

@Module({})
export class QuestionsModule {
  /** `works`: whether this process also sends answers and forgets contacts. */
  static with(works: boolean): DynamicModule {
    return {
      module: QuestionsModule,
      global: true,
      imports: [TypeOrmModule.forFeature([Question]), ChannelsModule, ReferenceModule],
      controllers: [QuestionsController, DeskController],
      providers: [
        AskService,
        DeskService,
        PublicAnswersService,
        AnswerDeliveryService,
        QuestionsProcessor,
        ...(works ? [ForgetContactsService] : []),
      ],
      exports: [AskService, DeskService, PublicAnswersService],
    };
  }
}
