import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../../config/paths.js';

export const WEB_FOLDER = fromRoot('web');

/** Styles of what a reader sees first: they stand in the page itself, so that it is drawn before anything else arrives. */
export const CRITICAL_CSS = readFileSync(join(WEB_FOLDER, 'critical.css'), 'utf8');

/** The critical styles as the Content-Security-Policy names them. */
export const CRITICAL_CSS_HASH = `'sha256-${createHash('sha256').update(CRITICAL_CSS).digest('base64')}'`;

/** A new version of any static file has a new address; so every file may be kept for ever. */
export const STATIC_PATH = `/static/${contentVersion()}`;

export const asset = (name: string): string => `${STATIC_PATH}/${name}`;

function contentVersion(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(WEB_FOLDER).sort()) hash.update(name).update(readFileSync(join(WEB_FOLDER, name)));
  return hash.digest('hex').slice(0, 12);
}
