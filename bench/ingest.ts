import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { OccupationService } from '../src/occupations/occupation.service.js';
import { OutboxEvent } from '../src/outbox/outbox-event.entity.js';
import { PlaceService } from '../src/reference/place.service.js';
import { IngestService } from '../src/vacancies/ingest.service.js';
import { ENBEK_ADS, generateFeed } from './feed-generator.js';
import { startPostgres } from './own-postgres.js';

/** Medians over the rounds, in milliseconds; the ratio is that of each round's ingest to its raw COPY. */
export interface IngestResult {
  ads: number;
  rounds: number;
  ingestMs: number;
  adsPerSecond: number;
  /** The same file again: nothing changes. */
  againMs: number;
  /** COPY of the finished rows into a table with the same columns, checks and indexes, without foreign keys. */
  rawCopyMs: number;
  ratio: number;
  /** Largest resident size of the process during the rounds, in MB; file and rows are streamed from disk. */
  peakRssMb: number;
  /** The same, less the resident size before the rounds. */
  memoryMb: number;
}

const AT = new Date('2026-09-03T06:00:00Z');

export async function benchIngest(ads: number, rounds: number): Promise<IngestResult> {
  const { url, stop } = await startPostgres('ingest', AT);
  const folder = await mkdtemp(join(tmpdir(), 'qonys-bench-ingest-'));
  const [feedPath, rowsPath] = [join(folder, 'feed.ndjson'), join(folder, 'rows.copy')];
  const dataSource = await new DataSource({ type: 'postgres', url, entities: [OutboxEvent] }).initialize();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const service = await ingestService(dataSource);
    await pipeline(Readable.from(generateFeed(ads)), createWriteStream(feedPath));
    await client.query('create table vacancy_copy (like vacancy including all)');
    const measured: { ingestMs: number; againMs: number; rawCopyMs: number }[] = [];
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
    for (let round = 0; round < rounds; round++) {
      await client.query('truncate vacancy, vacancy_copy, employer, ingest_run cascade');
      await client.query('checkpoint');
      const ingestMs = await timed(() => ingestAll(service, feedPath, 'inserted', ads));
      const againMs = await timed(() => ingestAll(service, feedPath, 'unchanged', ads));
      await pipeline(client.query(copyTo('copy vacancy to stdout')), createWriteStream(rowsPath));
      await client.query('checkpoint');
      const rawCopyMs = await timed(() =>
        pipeline(createReadStream(rowsPath), client.query(copyFrom('copy vacancy_copy from stdin'))),
      );
      measured.push({ ingestMs, againMs, rawCopyMs });
    }
    clearInterval(watch);
    const ingestMs = median(measured.map((round) => round.ingestMs));
    return {
      ads,
      rounds,
      ingestMs: Math.round(ingestMs),
      adsPerSecond: Math.round((ads / ingestMs) * 1_000),
      againMs: Math.round(median(measured.map((round) => round.againMs))),
      rawCopyMs: Math.round(median(measured.map((round) => round.rawCopyMs))),
      ratio: Number(median(measured.map((round) => round.ingestMs / round.rawCopyMs)).toFixed(2)),
      peakRssMb: Math.round(most / 1_048_576),
      memoryMb: Math.round((most - before) / 1_048_576),
    };
  } finally {
    await client.end();
    await dataSource.destroy();
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ingestService(dataSource: DataSource): Promise<IngestService> {
  const [places, occupations] = [new PlaceService(dataSource), new OccupationService(dataSource)];
  await Promise.all([places.reload(), occupations.reload()]);
  return new IngestService(dataSource, { now: () => AT }, places, occupations);
}

async function ingestAll(
  service: IngestService,
  path: string,
  expected: 'inserted' | 'unchanged',
  ads: number,
): Promise<void> {
  const report = await service.ingest({ bytes: createReadStream(path), origin: 'bench.ndjson' });
  if (report[expected] !== ads)
    throw new Error(`Expected ${ads} ${expected}: ${JSON.stringify(report).slice(0, 2_000)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Called as a program: `[--ads n] [--rounds n] [--json]`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      ads: { type: 'string', default: String(ENBEK_ADS) },
      rounds: { type: 'string', default: '3' },
    },
  });
  const result = await benchIngest(Number(values.ads), Number(values.rounds));
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    process.stdout.write(
      `ingest: ${result.ads} ads in ${result.ingestMs} ms (${result.adsPerSecond}/s), again ${result.againMs} ms, raw COPY ` +
        `${result.rawCopyMs} ms, ratio ${result.ratio} (medians of ${result.rounds}), peak RSS ${result.peakRssMb} MB (${result.memoryMb} MB more than before)\n`,
    );
  }
}
