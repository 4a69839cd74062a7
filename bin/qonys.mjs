#!/usr/bin/env node
// Hands over to the compiled command line; where the sources are (not in the image), it compiles them first when they are newer.
import { existsSync } from 'node:fs';

const besideHere = (path) => new URL(`../${path}`, import.meta.url);
if (existsSync(besideHere('scripts/build.mjs')) && existsSync(besideHere('src'))) {
  const { build } = await import('../scripts/build.mjs');
  build();
}
// npm runs scripts in the package's folder; a path means the folder where the person typed it.
if (process.env.npm_lifecycle_event === 'qonys' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import('../dist/src/qonys.js');
