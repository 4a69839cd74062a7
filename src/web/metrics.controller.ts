import { Controller, Get, Header, Headers, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { timingSafeEqual } from 'node:crypto';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { bearerToken, hashToken } from '../auth/token.js';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem } from '../database/scope.js';
import { May } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { MetricsService } from './metrics.service.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Prometheus' own format. With METRICS_TOKEN set it asks for that token. Without it, a server on a database of its own answers only
 * this machine itself (`metrics.token_unset` to others), and nobody where the world reaches it (PUBLIC_URL, TRUST_PROXY): a proxy on
 * this machine need not say by a header for whom it asks. The embedded demo answers everybody.
 */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @May('program.observe')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async read(
    @Req() request: Pick<Request, 'socket' | 'headers'>,
    @Headers('authorization') authorization?: string,
  ): Promise<string> {
    const { metricsToken, databaseUrl, trustProxyHops, publicUrl } = this.config;
    if (metricsToken !== null && !sameSecret(bearerToken(authorization) ?? '', metricsToken))
      throw new Problem('auth.token_invalid', 401);
    if (metricsToken === null && databaseUrl !== null) {
      const mayBeProxied = trustProxyHops > 0 || !isLocal(new URL(publicUrl).hostname);
      if (mayBeProxied || !isOfThisMachine(request)) throw new Problem('metrics.token_unset', 403);
    }
    // Counts of every region: monitoring has a secret of its own, not an account.
    return asSystem(() => this.metrics.text());
  }
}

/** By the connection itself: what a header says of the way here anybody may write. With such a header it came through a proxy. */
function isOfThisMachine({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  const { remoteAddress } = socket;
  if (remoteAddress === undefined || headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined)
    return false;
  return isLoopback(remoteAddress);
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Whether a host's name in an address means this machine to whoever reads it. */
function isLocal(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return /(^|\.)localhost\.?$/.test(bare) || (isIP(bare) !== 0 && isLoopback(bare));
}

/** Compares hashes of one length, so that the time says nothing of the secret. */
function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(expected)));
}
