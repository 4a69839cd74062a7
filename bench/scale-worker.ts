import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { ScaleEngine } from './scale-engine.js';

/** What one process did with its share of the seekers in one round. */
export interface Shard {
  indexMs: number;
  searchMs: number;
  cpuMs: number;
  scored: number;
  estimated: number;
  peakRssMb: number;
}

// One process of `searchByProcesses`: makes its seekers, says that it is ready, and finds their best moves at every word to go.
const [seekers, vacancies, first, last, rounds] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
const engine = new ScaleEngine(seekers, vacancies, first, last);
engine.search(Math.min(2_000, engine.size));
process.send!('ready');
for (let round = 0; round < rounds; round++) {
  await once(process, 'message');
  const start = performance.now();
  const cpu = process.cpuUsage();
  engine.search();
  const { user, system } = process.cpuUsage(cpu);
  const shard: Shard = {
    indexMs: engine.indexMs,
    searchMs: performance.now() - start,
    cpuMs: (user + system) / 1000,
    scored: engine.scored,
    estimated: engine.estimated,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
  process.send!(shard);
}
process.disconnect();
