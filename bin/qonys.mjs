#!/usr/bin/env node
// Finds the compiled command line, compiling first where the sources are newer, and hands over to it.
import { build } from '../scripts/build.mjs';

build();
// npm runs scripts in the package's folder; a path means the folder where the person typed it.
if (process.env.npm_lifecycle_event === 'qonys' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import('../dist/src/qonys.js');
