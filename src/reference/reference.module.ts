import { Global, Module } from '@nestjs/common';
import { PlaceService } from './place.service.js';

@Global()
@Module({ providers: [PlaceService], exports: [PlaceService] })
export class ReferenceModule {}
