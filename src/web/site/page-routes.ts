import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Language, isLanguage } from '../../i18n/i18n.js';

type Handlers = Record<string, object>;
/** Tells whether a path (with its language) is a page that can be read. */
export type PageRoutes = (path: string) => boolean;

/** The first part of a path when it is a language: what makes an address a page. */
export function pageLanguage(path: string): Language | null {
  const first = path.split('/')[1];
  return isLanguage(first) ? first : null;
}

/** By the routes that the program really has. */
export function pageRoutes(app: NestExpressApplication): PageRoutes {
  // All controllers are known only when the program runs.
  let patterns: RegExp[] | undefined;
  return (path) => (patterns ??= readablePages(app)).some((pattern) => pattern.test(path));
}

function readablePages(app: NestExpressApplication): RegExp[] {
  const scanner = app.get(MetadataScanner, { strict: false });
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      if (metatype == null) return [];
      const handlers = metatype.prototype as Handlers;
      const bases = [(Reflect.getMetadata(PATH_METADATA, metatype) as string | string[] | undefined) ?? []].flat();
      return scanner.getAllMethodNames(handlers).flatMap((name) => {
        const handler = handlers[name]!;
        const own = Reflect.getMetadata(PATH_METADATA, handler) as string | undefined;
        if (own === undefined || Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.GET) return [];
        return bases
          .map((base) => `/${base}/${own}`.replace(/\/+/g, '/'))
          .filter((path) => pageLanguage(path) !== null);
      });
    })
    .map((path) => new RegExp(`^${path.replace(/\/$/, '').replace(/:\w+/g, '[^/]+')}/?$`));
}

/**
 * The page that a form stood on, without its language: where the browser says that it comes from, else the nearest page
 * above the address the form was sent to. Null when neither is a page that can be read.
 */
export function pageOfForm(
  path: string,
  cameFrom: URL | null,
  isPage: PageRoutes,
): { path: string; search: string } | null {
  const language = cameFrom && pageLanguage(cameFrom.pathname);
  if (cameFrom && language && isPage(cameFrom.pathname)) {
    return { path: cameFrom.pathname.slice(language.length + 1) || '/', search: cameFrom.search };
  }
  for (let above = path; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
    if (isPage(`/kk${above}`)) return { path: above, search: '' };
  }
  return null;
}
