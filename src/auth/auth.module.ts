import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelsModule } from '../channels/channels.module.js';
import { AccountLabels } from './account-labels.js';
import { AccountMessages } from './account-messages.js';
import { AccountRegister } from './account-register.service.js';
import { AccountsService } from './accounts.service.js';
import { ApiToken } from './api-token.entity.js';
import { AuthDatabase } from './auth-database.js';
import { AuthGuard } from './auth.guard.js';
import { AuthLibraryHost } from './auth-library-host.js';
import { ClosedRoutes } from './closed-routes.service.js';
import { DemoAccounts } from './demo-accounts.js';
import { DemoCodes } from './demo-codes.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { RateLimits } from './rate-limits.js';
import { RegionStaff } from './region-staff.js';
import { SessionsService } from './sessions.service.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ApiToken, IdempotencyKey]), DiscoveryModule, ChannelsModule],
  controllers: [TokenController],
  providers: [
    TokenService,
    AuthDatabase,
    RateLimits,
    DemoCodes,
    DemoAccounts,
    AccountLabels,
    RegionStaff,
    AccountMessages,
    AuthLibraryHost,
    AccountsService,
    SessionsService,
    AccountRegister,
    ClosedRoutes,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [
    TokenService,
    AccountsService,
    SessionsService,
    AccountRegister,
    AccountLabels,
    RegionStaff,
    DemoCodes,
    DemoAccounts,
    RateLimits,
  ],
})
export class AuthModule {}
