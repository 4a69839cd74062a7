import { Global, Module } from '@nestjs/common';
import { OccupationsController } from './occupations.controller.js';
import { OccupationService } from './occupation.service.js';

@Global()
@Module({ controllers: [OccupationsController], providers: [OccupationService], exports: [OccupationService] })
export class OccupationsModule {}
