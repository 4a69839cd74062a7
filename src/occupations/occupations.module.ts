import { Global, Module } from '@nestjs/common';
import { OccupationService } from './occupation.service.js';

@Global()
@Module({ providers: [OccupationService], exports: [OccupationService] })
export class OccupationsModule {}
