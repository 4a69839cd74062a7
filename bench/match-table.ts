import type { MatchBench } from './match.js';
import type { ScaleRun } from './scale-processes.js';

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const digits = (value: number, places: number): string => value.toFixed(places);
const seconds = (ms: number): string => `${digits(ms / 1000, 2)} s`;
const percent = (share: number): string => `${digits(share * 100, 2)} %`;

/** The figures as lines in three columns: what was measured, the figure, what belongs to it. */
export function matchTable(bench: MatchBench): string {
  const size = `${whole(bench.seekers)} seekers × ${whole(bench.vacancies)} vacancies`;
  const lines: string[][] = [['exact top', String(bench.k), size]];
  const { demo, scale, duckdb, postgres, newVacancy, growth } = bench;
  if (demo) {
    const { households, vacancies, runMs, plainRunMs, runs, proposals } = demo;
    const market = `${whole(households)} households × ${whole(vacancies)} vacancies to ${whole(proposals)} proposals`;
    lines.push([
      'demo, whole run',
      seconds(runMs),
      `${market}; plain ranker ${seconds(plainRunMs)}; median of ${runs}`,
    ]);
  }
  if (scale) {
    lines.push(runLine(scale.one), runLine(scale.two));
    lines.push(['one process ÷ two', `${digits(scale.speedupOfTwo, 2)}×`, 'aim 1.7']);
    const pairs = `${digits(scale.one.scoredPairsPerSeeker, 1)} of ${digits(scale.eligiblePairsPerSeeker, 0)} a seeker`;
    lines.push(['eligible pairs scored', percent(scale.scoredShare), pairs]);
    const { floor } = scale;
    const read = `${whole(floor.bytes / 1e6)} MB at ${digits(floor.bytesPerSecond / 1e9, 1)} GB/s of one core`;
    lines.push(['floor', `${whole(floor.ms)} ms`, read]);
    const profile = floor.profile.map(({ name, share }) => `${name} ${percent(share)}`).join(', ');
    lines.push(['where the time goes', '', profile]);
  }
  if (duckdb) {
    const { ratio, seekersPerSecond, seekersMeasured, version, engine, swappedTies } = duckdb;
    const rates = `${whole(engine.seekersPerSecond)} and ${whole(seekersPerSecond)} seekers a second`;
    lines.push([
      `÷ DuckDB ${version}`,
      `${digits(ratio, 0)}×`,
      `${rates}; ${sameRows(seekersMeasured, swappedTies)}; aim 50`,
    ]);
  }
  if (postgres) {
    for (const [name, { ratio, seekersPerSecond, engine }] of [
      ['one', postgres.one],
      ['two', postgres.two],
    ] as const) {
      const rates = `${whole(engine.seekersPerSecond)} and ${digits(seekersPerSecond, 1)} seekers a second`;
      const rows = sameRows(postgres.seekersMeasured, postgres.swappedTies);
      lines.push([`÷ PostgreSQL ${postgres.version}, ${name}`, `${digits(ratio, 0)}×`, `${rates}; ${rows}; aim 300`]);
    }
  }
  if (newVacancy) {
    const { p50Ms, p99Ms, maxMs, best, newVacancies, scoredPairs, estimatedPairs, peakRssMb } = newVacancy;
    lines.push([`new vacancy, best ${best}`, `${digits(p99Ms, 2)} ms`, `p99 of ${newVacancies}; aim 20`]);
    lines.push(['', `${digits(p50Ms, 2)} ms`, `p50; longest ${digits(maxMs, 2)} ms`]);
    const pairs = `${whole(estimatedPairs)} seekers estimated, ${whole(scoredPairs)} scored`;
    lines.push(['', `${whole(peakRssMb)} MB`, `resident at most; ${pairs} on the average`]);
  }
  for (const point of growth ?? []) {
    const sizes = `${whole(point.seekers)} × ${whole(point.vacancies)}`;
    const pairs = `${digits(point.scoredPairsPerSeeker, 1)} pairs scored a seeker`;
    lines.push([sizes, seconds(point.searchMs), `${whole(point.seekersPerSecond)} seekers a second; ${pairs}`]);
  }
  if (bench.http) {
    const { users, bytes, spread, paced, unpaced } = bench.http;
    for (const [how, { own, ready, ratioOfP99 }] of [
      ['one question a second each, at moments of their own', spread],
      ['one question a second each, all at the same instant', paced],
      ['without a pause', unpaced],
    ] as const) {
      const beside = `ready-made ${whole(ready.p99Ms.median)} ms at ${whole(ready.perSecond)} a second, ratio ${digits(ratioOfP99, 1)}`;
      const note = `p99, ${how}; p50 ${digits(own.p50Ms, 0)} ms, ${whole(own.perSecond)} a second, ${whole(bytes / 1000)} kB; ${beside}; aim 50`;
      lines.push([`${users} users over HTTP`, `${whole(own.p99Ms.median)} ms`, note]);
    }
  }
  if (bench.vacancyChange) {
    const { posts, proposed, postedMs, stagesMs, closedMs } = bench.vacancyChange;
    for (const [what, ms] of [
      ['a post of a firm in the queue', postedMs],
      ['its closing in the queue', closedMs],
    ] as const) {
      lines.push([
        what,
        `${whole(ms.median)} ms`,
        `median of ${proposed} of ${posts} posts, longest ${whole(ms.max)}, over HTTP; aim 1,000`,
      ]);
    }
    const parts = Object.entries(stagesMs).map(([stage, ms]) => `${stage} ${whole(ms)}`);
    lines.push(['the parts of a post', '', `${parts.join(', ')} ms (medians)`]);
  }
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map(([what, figure, note]) => `${what!.padEnd(widths[0]!)}  ${figure!.padStart(widths[1]!)}  ${note}`)
    .join('\n');
}

function runLine(run: ScaleRun): string[] {
  const { processes, searchMs, seekersPerSecond, seekersPerCpuSecond, indexMs, peakRssMb } = run;
  const range = `${seconds(searchMs.min)} to ${seconds(searchMs.max)}`;
  const rates = `${whole(seekersPerSecond)} seekers a second, ${whole(seekersPerCpuSecond)} of processor time`;
  const beside = `index ${whole(indexMs)} ms, at most ${whole(peakRssMb)} MB`;
  const name = processes === 1 ? 'one process' : `${processes} processes`;
  return [name, seconds(searchMs.median), `${range}; ${rates}; ${beside}`];
}

const sameRows = (seekers: number, swapped: number): string =>
  `rows of ${whole(seekers)} seekers alike${swapped === 0 ? '' : `, ${whole(swapped)} ties in another order`}`;
