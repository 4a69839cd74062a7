#!/usr/bin/env node
// Finds the compiled command line, compiling first where the sources are newer, and hands over to it.
import { build } from '../scripts/build.mjs';

build();
await import('../dist/src/qonys.js');
