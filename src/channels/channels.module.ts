import { Module } from '@nestjs/common';
import { Channels } from './channels.js';

@Module({ providers: [Channels], exports: [Channels] })
export class ChannelsModule {}
