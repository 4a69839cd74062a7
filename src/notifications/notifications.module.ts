import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelsModule } from '../channels/channels.module.js';
import { Delivery } from './delivery.entity.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsProcessor } from './notifications.processor.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Delivery]), ChannelsModule],
  controllers: [MessagesController, NotificationsController],
  providers: [MessagesService, NotificationsService, NotificationsProcessor],
  exports: [MessagesService],
})
export class NotificationsModule {}
