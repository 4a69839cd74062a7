import { searchByDuckdb } from './match-duckdb.js';
import { searchByPostgres } from './match-postgres.js';
import { startPostgres } from './own-postgres.js';
import { assertSameRows } from './same-rows.js';
import { ScaleEngine } from './scale-engine.js';
import { type ScaleRun, searchByProcesses } from './scale-processes.js';

/** A database and the engine over the same vacancies, per seeker: rows were compared for every one of `seekersMeasured`. */
interface Beside {
  version: string;
  seekersMeasured: number;
  /** Places in which the database had vacancies of equal scores in another order. */
  swappedTies: number;
}

export interface BesideDuckdb extends Beside {
  ms: number;
  seekersPerSecond: number;
  peakRssMb: number;
  /** With two processes, as the database has two threads. */
  engine: ScaleRun;
  ratio: number;
}

export interface BesidePostgres extends Beside {
  one: { ms: number; seekersPerSecond: number; engine: ScaleRun; ratio: number };
  two: { ms: number; seekersPerSecond: number; engine: ScaleRun; ratio: number };
}

/** Fewer take the engine so little time that nothing could be told from it. */
const ENGINE_AT_LEAST = 100_000;

const perSecond = (seekers: number, ms: number): number => (seekers / ms) * 1000;

export async function benchDuckdb(
  seekers: number,
  vacancies: number,
  wanted: number,
  rounds: number,
): Promise<BesideDuckdb> {
  const measured = Math.min(seekers, wanted);
  const { rows, ms, version } = await searchByDuckdb(seekers, vacancies, measured);
  const swappedTies = assertSameRows('DuckDB', measured, rowsOfEngine(seekers, vacancies, measured), rows);
  const peakRssMb = process.resourceUsage().maxRSS / 1024;
  const engine = await searchByProcesses(2, seekers, vacancies, atLeast(measured, seekers), rounds);
  const seekersPerSecond = perSecond(measured, ms);
  const ratio = engine.seekersPerSecond / seekersPerSecond;
  return { version, seekersMeasured: measured, swappedTies, ms, seekersPerSecond, peakRssMb, engine, ratio };
}

export async function benchPostgres(
  seekers: number,
  vacancies: number,
  wanted: number,
  rounds: number,
): Promise<BesidePostgres> {
  const measured = Math.min(seekers, wanted);
  const { url, stop } = await startPostgres('match', new Date());
  try {
    const { rows, oneMs, twoMs, version } = await searchByPostgres(url, seekers, vacancies, measured);
    const swappedTies = assertSameRows('PostgreSQL', measured, rowsOfEngine(seekers, vacancies, measured), rows);
    const beside = async (processes: number, ms: number): Promise<BesidePostgres['one']> => {
      const engine = await searchByProcesses(processes, seekers, vacancies, atLeast(measured, seekers), rounds);
      const seekersPerSecond = perSecond(measured, ms);
      return { ms, seekersPerSecond, engine, ratio: engine.seekersPerSecond / seekersPerSecond };
    };
    const one = await beside(1, oneMs);
    return { version, seekersMeasured: measured, swappedTies, one, two: await beside(2, twoMs) };
  } finally {
    await stop();
  }
}

const atLeast = (measured: number, seekers: number): number => Math.min(seekers, Math.max(measured, ENGINE_AT_LEAST));

function rowsOfEngine(seekers: number, vacancies: number, measured: number): ScaleEngine {
  const engine = new ScaleEngine(seekers, vacancies, 0, measured);
  engine.search();
  return engine;
}
