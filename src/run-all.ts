import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { startDemoGateway } from './channels/demo-gateway.js';
import { type DemoSignIns, ensureDemoAccounts, signInTable } from './cli/demo/accounts.js';
import { isDemoLoaded, loadDemo } from './cli/demo/load.js';
import { enterQuestions } from './cli/demo/questions.js';
import { mainJobTable, untilQuiet } from './cli/demo/main-job.js';
import { ingestBar } from './cli/progress.js';
import { asSystem } from './database/scope.js';
import { listenOn } from './http-port.js';
import { type Life, closeApplication } from './lifecycle.js';
import type { OpenDatabase, ReadyConfig } from './open-database.js';
import { OccupationService } from './occupations/occupation.service.js';
import { createProgram } from './program.js';
import { progress } from './progress-line.js';
import { isUntouched, prepareDatabase } from './ready-database.js';
import { systemClock } from './shared/clock.js';

/** API and workers in this process over an open database, up to the line that says they are ready. */
export async function runAll(opened: OpenDatabase, life: Life): Promise<void> {
  const { signal, closeLater } = life;
  const { migrations, loaded } = await prepareDatabase(opened.config.databaseUrl, systemClock.now());
  if (migrations.length > 0) progress('The schema is up to date.');
  if (loaded.length > 0) progress(`Loaded reference data: ${loaded.join(', ')}.`);
  signal.throwIfAborted();

  const config = await withLocalGateway(opened.config, life);
  const app = await createProgram('all', config);
  closeLater(() => closeApplication(app));
  signal.throwIfAborted();
  const url = await listenOn(app, config.port, 'PORT');
  await opened.embedded?.recordHttpUrl(url);
  if (config.demo && (await asSystem(() => isUntouched(app.get(DataSource))))) {
    await asSystem(() => runMainJob(app, signal));
  }
  signal.throwIfAborted();
  const table = await asSystem(() => mainJobTable(app));
  const signIns = config.demo ? await asSystem(() => ensureDesks(app, config.home)) : null;
  const desks = signIns === null ? '' : `${signInTable(signIns, url)}\n\n`;
  process.stdout.write(`${table}\n\n${desks}Qonys is ready: ${url}\n`);
  await app.get(OccupationService).prepareSuggestions(signal);
}

/** Who works at the demo's desks, and then what they are asked: where nobody works, the programme's own desk would get it. */
async function ensureDesks(app: INestApplicationContext, home: string): Promise<DemoSignIns> {
  const signIns = await ensureDemoAccounts(app, home);
  if (await isDemoLoaded(app.get(DataSource))) await enterQuestions(app);
  return signIns;
}

/** The demo through the whole chain: ingest, match, approve by rule, notify; until every queue is quiet. */
async function runMainJob(app: INestApplicationContext, signal: AbortSignal): Promise<void> {
  const bar = ingestBar(process.stderr.isTTY);
  await loadDemo(app, { step: progress, ingest: bar.show }, signal).finally(bar.end);
  signal.throwIfAborted();
  progress('Sending notices.');
  await untilQuiet(app, signal);
}

/** The demo's people are invented: without channels of its own their notices go to a gateway on this machine, kept in a file. */
async function withLocalGateway(config: ReadyConfig, { closeLater }: Life): Promise<ReadyConfig> {
  if (!config.demo || config.sms !== null || config.smtp !== null) return config;
  const gateway = await startDemoGateway({ file: join(config.home, 'demo-notices.ndjson') });
  closeLater(() => gateway.close());
  return { ...config, sms: gateway.sms, smtp: gateway.smtp, reachesNobody: true };
}
