import { type Config, configFromEnvironment } from './config/config.js';
import { alreadyRunning, livingRun } from './database/embedded/embedded-postgres.js';
import { refuseTakenPort } from './http-port.js';
import { type Life, Refusal, runUntilStopped } from './lifecycle.js';
import { type OpenDatabase, openDatabase } from './open-database.js';
import { progress } from './progress-line.js';

/**
 * `npm start`: database, API and workers in one process; on an untouched embedded database the demo and the main job first.
 * The program's own modules take longer to read than PostgreSQL to start, so they are read meanwhile, and not at all when
 * something refuses.
 */
await runUntilStopped(async (life) => {
  const given = configFromEnvironment();
  if (given.databaseUrl === null) await refuseSecondStart(given.home);
  await refuseTakenPort(given.port, 'PORT');
  const [opened, { runAll }] = await Promise.all([openStoppableDatabase(given, life), import('./run-all.js')]);
  life.signal.throwIfAborted();
  await runAll(opened, life);
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
  return opened;
}
