import { Global, Module } from '@nestjs/common';
import { ProgrammeService } from './programme.service.js';
import { SupportController } from './support.controller.js';
import { SupportService } from './support.service.js';

@Global()
@Module({
  controllers: [SupportController],
  providers: [ProgrammeService, SupportService],
  exports: [ProgrammeService, SupportService],
})
export class ProgrammeModule {}
