import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiToken } from './api-token.entity.js';
import { AuthGuard } from './auth.guard.js';
import { ClosedRoutes } from './closed-routes.service.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ApiToken, IdempotencyKey]), DiscoveryModule],
  controllers: [TokenController],
  providers: [TokenService, ClosedRoutes, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [TokenService],
})
export class AuthModule {}
