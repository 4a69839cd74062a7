import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { fromRoot } from '../../src/config/paths.js';

/** A started program of the repository (or of a copy of it), with what it has said so far. */
export interface RunningProgram {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves with the first match in either output; rejects when the program ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code, or the signal that ended it, once all its output has been read. */
  readonly ended: Promise<number | NodeJS.Signals>;
  kill(signal: NodeJS.Signals): void;
}

export interface ProgramOptions {
  /** The folder of package.json. */
  root?: string;
  env?: Record<string, string>;
  args?: string[];
  /** Root only: the user to run as. */
  user?: { uid: number; gid: number };
}

/** Compiles what is not compiled yet, as `npm start` does first. */
export function buildProgram(): void {
  const built = spawnSync(process.execPath, [fromRoot('scripts', 'build.mjs')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
}

/** Starts a compiled entry (`dist/src/start.js`) with exactly the environment given, PATH aside. */
export function startProgram(entry: string, { args = [], ...options }: ProgramOptions = {}): RunningProgram {
  return startCommand(process.execPath, [entry, ...args], options);
}

/** `npm start`, as a new user types it: what it builds first included. A signal goes to all of its processes, as a terminal's does. */
export function startNpm(options: Omit<ProgramOptions, 'args'> = {}): RunningProgram {
  const program = startCommand('npm', ['start'], { ...options, detached: true });
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-program.pid, signal);
    } catch {
      // All of them have ended.
    }
  };
  return Object.assign(program, { kill });
}

function startCommand(
  command: string,
  args: string[],
  { root = fromRoot(), env = {}, user, detached }: ProgramOptions & { detached?: true },
): RunningProgram {
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached,
    ...user,
  });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = endOf(child);
  return {
    pid: child.pid!,
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
    ended,
    kill: (signal) => void child.kill(signal),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said.stdout) ?? pattern.exec(said.stderr);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then((how) =>
          reject(new Error(`It ended (${how}) without ${pattern}:\n${said.stdout}${said.stderr}`)),
        );
      }),
  };
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? signal ?? 'SIGKILL';
}

interface ProcessRow {
  pid: number;
  parent: number;
  command: string;
}

/** Every process of this machine that is not a zombie. */
function processes(): ProcessRow[] {
  if (process.platform !== 'linux') {
    const lines = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).stdout.split('\n');
    return lines.flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command: command! }];
    });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // It ended while it was looked at.
      }
    });
}

/** Processes whose command line names this text, as a postmaster's names its data folder. */
export function processesNaming(text: string): number[] {
  return processes()
    .filter((row) => row.command.includes(text))
    .map((row) => row.pid);
}

export function childrenOf(pid: number): number[] {
  return processes()
    .filter((row) => row.parent === pid)
    .map((row) => row.pid);
}
