import { Session } from 'node:inspector/promises';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { K, ScaleEngine } from './scale-engine.js';

/** What a search cannot go below, and where the time goes that it takes. */
export interface SearchFloor {
  /** Each seeker's and each vacancy's columns once, and what is found written once. */
  bytes: number;
  /** Of one core that copies memory. */
  bytesPerSecond: number;
  ms: number;
  /** Functions by their own share of the time, the greatest first. */
  profile: { name: string; share: number }[];
}

const PROFILED = 30_000;
const SAMPLED_EVERY_US = 200;
const COPIED_BYTES = 256 * 1024 * 1024;

export async function searchFloor(seekers: number, vacancies: number): Promise<SearchFloor> {
  const engine = new ScaleEngine(seekers, vacancies, 0, Math.min(seekers, PROFILED));
  engine.search();
  // Named, because what is compiled into one piece with it is told under its name.
  const searchAll = (): void => engine.search();
  const profile = await profileOf(searchAll);
  const { bytesPerSeeker, bytesOfVacancies } = engine;
  const bytes = seekers * (bytesPerSeeker + K * (8 + 4)) + bytesOfVacancies;
  const bytesPerSecond = memoryBandwidth();
  return { bytes, bytesPerSecond, ms: (bytes / bytesPerSecond) * 1000, profile };
}

/** Bytes read in a second while one core copies from one place to another, the best of five times. */
function memoryBandwidth(): number {
  const [from, to] = [new Uint8Array(COPIED_BYTES).fill(1), new Uint8Array(COPIED_BYTES).fill(2)];
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    to.set(from);
    return performance.now() - start;
  });
  return (COPIED_BYTES / Math.min(...times)) * 1000;
}

async function profileOf(work: () => void): Promise<SearchFloor['profile']> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLED_EVERY_US });
  await session.post('Profiler.start');
  work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const nameOf = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      functionName === '' ? `${basename(url)}:${lineNumber + 1}` : functionName,
    ]),
  );
  const own = new Map<string, number>();
  for (const id of profile.samples ?? []) own.set(nameOf.get(id)!, (own.get(nameOf.get(id)!) ?? 0) + 1);
  const all = profile.samples?.length ?? 1;
  return [...own]
    .map(([name, samples]) => ({ name, share: samples / all }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 8);
}
