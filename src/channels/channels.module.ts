import { Module } from '@nestjs/common';
import { Channels } from './channels.js';
import { NoticeWriters } from './notice-writers.js';

@Module({ providers: [Channels, NoticeWriters], exports: [Channels, NoticeWriters] })
export class ChannelsModule {}
