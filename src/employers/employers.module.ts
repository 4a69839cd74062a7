import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EmployerAccountsService } from './employer-accounts.service.js';
import { Employer } from './employer.entity.js';
import { EmployersController } from './employers.controller.js';
import { EmployersService } from './employers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Employer])],
  controllers: [EmployersController],
  providers: [EmployersService, EmployerAccountsService],
  exports: [EmployersService, EmployerAccountsService],
})
export class EmployersModule {}
