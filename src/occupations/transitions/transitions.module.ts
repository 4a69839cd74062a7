import { Module } from '@nestjs/common';
import { TransitionsController } from './transitions.controller.js';
import { TransitionsService } from './transitions.service.js';

@Module({ controllers: [TransitionsController], providers: [TransitionsService], exports: [TransitionsService] })
export class TransitionsModule {}
