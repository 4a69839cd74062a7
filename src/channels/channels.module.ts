import { Module } from '@nestjs/common';
import { Channels } from './channels.js';
import { NoticeWriters } from './notice-writers.js';
import { SendingTurns } from './sending-turns.js';

@Module({ providers: [Channels, NoticeWriters, SendingTurns], exports: [Channels, NoticeWriters, SendingTurns] })
export class ChannelsModule {}
