import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fromRoot } from '../../config/paths.js';
import type { Binaries } from './binaries.js';
import { POSTGRES_ENVIRONMENT } from './data-folder.js';
import type { Place } from './home.js';
import { EmbeddedRefusal } from './refusal.js';

/** Room for every region's queue and worker beside the pools of the program (BullMQ's backend takes 63). */
const MAX_CONNECTIONS = 200;
/** Children of a postmaster that was killed go within moments, and hold the data folder until then. */
const MOST_TRIES = 40;
const TRY_AGAIN_MS = 250;

/** A PostgreSQL that accepts connections. */
export interface Server {
  port: number;
  /** Ends connections, writes everything down, and resolves when no process of it is left. */
  stop(): Promise<void>;
  /** Resolves with the reason when it ends, stopped or not. */
  ended: Promise<string>;
}

interface Attempt {
  binaries: Binaries;
  place: Place;
  logPath: string;
  signal?: AbortSignal;
}

/** Starts PostgreSQL on the loopback interface, on the place's last port when that is free. */
export async function startServer(attempt: Attempt): Promise<Server> {
  let port = await freePort(attempt.place.port);
  for (let tries = 1; ; tries++) {
    const started = await tryToStart(attempt, port);
    if (typeof started !== 'string') return started;
    const portTaken = /could not bind|could not create any TCP/.test(started);
    const stillHeld = /shared memory block|lock file ".*" already exists|is already in use/.test(started);
    if (tries === MOST_TRIES || !(portTaken || stillHeld)) {
      throw new EmbeddedRefusal(
        `PostgreSQL does not start in ${attempt.place.dataFolder}: ${started} (its log: ${attempt.logPath})`,
      );
    }
    if (portTaken) port = await freePort(null);
    else await delay(TRY_AGAIN_MS, undefined, { signal: attempt.signal });
  }
}

/** A server, or in one line why there is none. */
async function tryToStart({ binaries, place, logPath, signal }: Attempt, port: number): Promise<Server | string> {
  signal?.throwIfAborted();
  const supervisor = fork(fromRoot('bin', 'postgres-supervisor.mjs'), {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  });
  const reason = reasonOfEnd(supervisor);
  const gone = once(supervisor, 'exit');
  // Closing the channel is the order to stop, as the death of this process is.
  const stop = async (): Promise<void> => {
    if (supervisor.connected) supervisor.disconnect();
    await gone;
  };
  const abort = (): void => void stop();
  signal?.addEventListener('abort', abort, { once: true });
  supervisor.send({
    command: binaries.postgres,
    args: ['-D', place.dataFolder, '-p', String(port), ...settings()],
    cwd: place.folder,
    env: POSTGRES_ENVIRONMENT,
    account: place.account,
    logPath,
  });
  const failure = await Promise.race([becomesReady(supervisor), reason]);
  signal?.removeEventListener('abort', abort);
  if (failure === null && !signal?.aborted) return { port, stop, ended: reason };
  await stop();
  signal?.throwIfAborted();
  return failure ?? 'it was stopped';
}

function settings(): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: MAX_CONNECTIONS,
    wal_level: 'minimal',
    max_wal_senders: 0,
    log_checkpoints: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function becomesReady(supervisor: ChildProcess): Promise<null> {
  return new Promise((resolve) => {
    supervisor.on('message', (message: { ready?: true }) => message.ready && resolve(null));
  });
}

function reasonOfEnd(supervisor: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    supervisor.on('message', (message: { ended?: string }) => message.ended !== undefined && resolve(message.ended));
    supervisor.once('error', (error) => resolve(error.message));
    supervisor.once('exit', (code, signal) => resolve(`its supervisor ended with ${signal ?? `code ${code}`}`));
  });
}

async function freePort(wanted: number | null): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted ?? 0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No address after listening.');
    return address.port;
  } catch (error) {
    if (wanted === null) throw error;
    return freePort(null);
  } finally {
    server.close();
  }
}
