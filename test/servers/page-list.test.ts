import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type TestApp, startTestApp } from '../support/app.js';
import { PAGES, STANDS_FOR } from '../support/demo-pages.js';

/** Every page that can be read is among those that a browser looks at (`PAGES`), or is none and stands here with why. */
const NO_PAGE: Record<string, string> = {
  '/suggest/occupations': 'a list for the script',
  '/suggest/places': 'a list for the script',
  '/employer/import/template': 'a file',
};
/** Files beside a page. */
const isFile = (path: string): boolean => /\.(csv|json|xlsx|webmanifest)$/.test(path);

let running: TestApp;
beforeAll(async () => {
  running = await startTestApp({ role: 'api' });
});
afterAll(() => running.close());

/** The paths of all pages without their language, as Nest knows them. */
function readablePaths(): string[] {
  const scanner = running.app.get(MetadataScanner, { strict: false });
  const controllers = running.app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ metatype }) => {
    if (metatype == null) return [];
    const handlers = metatype.prototype as Record<string, object>;
    const bases = [(Reflect.getMetadata(PATH_METADATA, metatype) as string | string[] | undefined) ?? []].flat();
    const base = bases.find((one) => /^kk(\/|$)/.test(one));
    if (base === undefined) return [];
    return scanner.getAllMethodNames(handlers).flatMap((name) => {
      const own = Reflect.getMetadata(PATH_METADATA, handlers[name]!) as string | undefined;
      const isRead = Reflect.getMetadata(METHOD_METADATA, handlers[name]!) === RequestMethod.GET;
      return own === undefined || !isRead ? [] : [`/${base}/${own}`.replace(/\/+/g, '/').slice('/kk'.length) || '/'];
    });
  });
}

it('has every page that can be read looked at in a browser', () => {
  const looked = Object.values(PAGES)
    .flatMap((pages) => Object.values(pages))
    .map((path) => path.replace(/:[a-z]+/, (sign) => STANDS_FOR[sign] ?? sign).replace(/\?.*$/, ''));
  const paths = readablePaths().map((path) => path.replace(/(?<=.)\/$/, ''));
  expect(paths.length).toBeGreaterThan(40);
  const forgotten = paths.filter((path) => {
    if (NO_PAGE[path] !== undefined || isFile(path)) return false;
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
    return !looked.some((one) => pattern.test(one.replaceAll(/:\w+/g, 'x')));
  });
  expect(forgotten).toEqual([]);
});
