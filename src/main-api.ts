import 'reflect-metadata';
import { runUntilStopped } from './lifecycle.js';
import { runSeparately } from './separate-process.js';

await runUntilStopped((life) => runSeparately('api', life));
