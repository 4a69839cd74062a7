import { configFromEnvironment } from './config/config.js';
import { listenOn, refuseTakenPort } from './http-port.js';
import { LONGEST_SEND_WAIT_MS, type Life, Refusal, closeApplication } from './lifecycle.js';
import { openDatabase } from './open-database.js';
import { systemClock } from './shared/clock.js';

/**
 * One of several processes of an installation on real servers: `api` answers requests, `worker` relays events and runs jobs.
 * A worker listens only where WORKER_PORT says, for health and metrics, so that many fit on one machine.
 */
export async function runSeparately(role: 'api' | 'worker', { signal, closeLater }: Life): Promise<void> {
  const given = configFromEnvironment();
  if (given.databaseUrl === null) {
    throw new Refusal(
      `DATABASE_URL is needed for a separate ${role}; npm start runs everything in one process without it.`,
    );
  }
  const variable = role === 'api' ? 'PORT' : 'WORKER_PORT';
  const port = role === 'api' ? given.port : given.workerPort;
  if (port !== null) await refuseTakenPort(port, variable);
  const { createProgram } = await import('./program.js');
  const { prepareDatabase } = await import('./ready-database.js');
  const { config } = await openDatabase(given);
  await prepareDatabase(config.databaseUrl, systemClock.now());
  signal.throwIfAborted();
  const app = await createProgram(role, config);
  closeLater(() => closeApplication(app, LONGEST_SEND_WAIT_MS));
  signal.throwIfAborted();
  const url = port === null ? null : await listenOn(app, port, variable);
  if (url === null) await app.init();
  process.stdout.write(`Qonys ${role} is ready${url === null ? '' : `: ${url}`}\n`);
  if (role === 'api') {
    const { OccupationService } = await import('./occupations/occupation.service.js');
    await app.get(OccupationService).prepareSuggestions(signal);
  }
}
