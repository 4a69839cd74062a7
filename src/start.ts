import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { startDemoGateway } from './channels/demo-gateway.js';
import { loadDemo } from './cli/demo/load.js';
import { mainJobTable, untilQuiet } from './cli/demo/main-job.js';
import { ingestBar } from './cli/progress.js';
import { type Config, configFromEnvironment } from './config/config.js';
import { alreadyRunning, livingRun } from './database/embedded/embedded-postgres.js';
import { listenOn, refuseTakenPort } from './http-port.js';
import { type Life, Refusal, runUntilStopped } from './lifecycle.js';
import { createProgram } from './program.js';
import { type OpenDatabase, type ReadyConfig, isUntouched, openDatabase, prepareDatabase } from './ready-database.js';
import { systemClock } from './shared/clock.js';

/** `npm start`: database, API and workers in one process; on an empty embedded database the demo and the main job first. */
await runUntilStopped(async (life) => {
  const { signal, closeLater } = life;
  const given = configFromEnvironment();
  if (given.databaseUrl === null) await refuseSecondStart(given.home);
  await refuseTakenPort(given.port, 'PORT');

  const opened = await openStoppableDatabase(given, life);
  const { migrations, loaded } = await prepareDatabase(opened.config.databaseUrl, systemClock.now());
  if (migrations.length > 0) progress('The schema is up to date.');
  if (loaded.length > 0) progress(`Loaded reference data: ${loaded.join(', ')}.`);
  signal.throwIfAborted();

  const config = await withLocalGateway(opened.config, life);
  const app = await createProgram('all', config);
  closeLater(() => app.close());
  signal.throwIfAborted();
  const url = await listenOn(app, config.port, 'PORT');
  await opened.embedded?.recordHttpUrl(url);
  if (config.demo && (await isUntouched(app.get(DataSource)))) await runMainJob(app, signal);
  signal.throwIfAborted();
  process.stdout.write(`${await mainJobTable(app)}\n\nQonys is ready: ${url}\n`);
});

/** The running one is named before the port it holds is complained of. */
async function refuseSecondStart(home: string): Promise<void> {
  const run = await livingRun(home).catch(() => null);
  if (run) throw alreadyRunning(home, run);
}

/** The database, closed at the end; the program ends when the database does. */
async function openStoppableDatabase(given: Config, { signal, closeLater, fail }: Life): Promise<OpenDatabase> {
  progress('Starting the database.');
  const opened = await openDatabase(given, { signal, onProgress: progress });
  closeLater(opened.close);
  void opened.embedded?.ended.then((reason) => {
    if (!signal.aborted) fail(new Refusal(`PostgreSQL has ended: ${reason}.`));
  });
  signal.throwIfAborted();
  return opened;
}

/** The demo through the whole chain: ingest, match, approve by rule, notify; until every queue is quiet. */
async function runMainJob(app: INestApplicationContext, signal: AbortSignal): Promise<void> {
  const bar = ingestBar(process.stderr.isTTY);
  await loadDemo(app, { step: progress, ingest: bar.show }).finally(bar.end);
  signal.throwIfAborted();
  progress('Sending notices.');
  await untilQuiet(app, signal);
}

/** The demo has nobody to write to: without channels of its own its notices go to a gateway on this machine, kept in a file. */
async function withLocalGateway(config: ReadyConfig, { closeLater }: Life): Promise<ReadyConfig> {
  if (!config.demo || config.sms !== null || config.smtp !== null) return config;
  const gateway = await startDemoGateway({ file: join(config.home, 'demo-notices.ndjson') });
  closeLater(() => gateway.close());
  return { ...config, sms: gateway.sms, smtp: gateway.smtp };
}

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
