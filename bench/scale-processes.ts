import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Shard } from './scale-worker.js';
import { type Spread, spreadOf } from './spread.js';

export interface ScaleRun {
  processes: number;
  seekersMeasured: number;
  /** From the word to the last process's answer, over the rounds. */
  searchMs: Spread;
  /** By the median. */
  seekersPerSecond: number;
  /** Seekers in a second of processor time of one process: what a busy machine does not blur. */
  seekersPerCpuSecond: number;
  /** Vacancies into columns and postings; each process does all of it. */
  indexMs: number;
  /** Of all processes together. */
  peakRssMb: number;
  /** Pairs of a seeker, on the average. */
  scoredPairsPerSeeker: number;
  estimatedPairsPerSeeker: number;
}

/**
 * The best moves of the first `measured` of so many seekers among so many vacancies, by processes with an equal share of them each. The
 * clock runs from the moment when all of them have their seekers and vacancies in columns.
 */
export async function searchByProcesses(
  processes: number,
  seekers: number,
  vacancies: number,
  measured: number,
  rounds: number,
): Promise<ScaleRun> {
  const share = Math.ceil(measured / processes);
  const program = fileURLToPath(new URL('scale-worker.js', import.meta.url));
  const workers = Array.from({ length: processes }, (_, i) =>
    fork(program, [seekers, vacancies, i * share, Math.min(measured, (i + 1) * share), rounds].map(String)),
  );
  const ended = workers.map((worker) => once(worker, 'exit'));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const times: number[] = [];
  let shards: Shard[] = [];
  const cpuMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    shards = await Promise.all(
      workers.map(async (worker) => {
        worker.send('go');
        const [shard] = (await once(worker, 'message')) as [Shard];
        return shard;
      }),
    );
    times.push(performance.now() - start);
    cpuMs.push(sumOf(shards, 'cpuMs'));
  }
  await Promise.all(ended);
  const searchMs = spreadOf(times);
  return {
    processes,
    seekersMeasured: measured,
    searchMs,
    seekersPerSecond: (measured / searchMs.median) * 1000,
    seekersPerCpuSecond: (measured / spreadOf(cpuMs).median) * 1000,
    indexMs: Math.max(...shards.map(({ indexMs }) => indexMs)),
    peakRssMb: sumOf(shards, 'peakRssMb'),
    scoredPairsPerSeeker: sumOf(shards, 'scored') / measured,
    estimatedPairsPerSeeker: sumOf(shards, 'estimated') / measured,
  };
}

const sumOf = (shards: readonly Shard[], figure: keyof Shard): number =>
  shards.reduce((sum, shard) => sum + shard[figure], 0);
