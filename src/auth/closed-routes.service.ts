import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PERMISSION } from '../shared/permissions.js';

/** Nest's own key of a handler's path: what makes a method a route. */
const PATH = 'path';

/** Stops the start when a route does not say who may call it, so that none is open or closed by oversight. */
@Injectable()
export class ClosedRoutes implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (!metatype) return [];
      const prototype = metatype.prototype as Record<string, (...parameters: unknown[]) => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => this.reflector.get(PATH, prototype[name]!) !== undefined)
        .filter((name) => this.reflector.getAllAndOverride(PERMISSION, [prototype[name]!, metatype]) === undefined)
        .map((name) => `${metatype.name}.${name}`);
    });
    if (silent.length > 0) throw new Error(`Routes without @May(…): ${silent.join(', ')}.`);
  }
}
