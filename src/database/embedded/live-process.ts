import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { systemCode } from './refusal.js';

const run = promisify(execFile);

/** True while a process with this id exists, even one of another user; false for one that has died but not been reaped. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    if (systemCode(error) !== 'EPERM') throw error;
  }
  const state = (await linuxStat(pid))?.[0];
  return state !== 'Z' && state !== 'X';
}

/**
 * When a process started, as text that no later process with the same id shares; null when the system does not tell.
 * Ids are used again, in containers at once: the id alone does not say that a process is the same.
 */
export async function startMark(pid: number): Promise<string | null> {
  const ticks = (await linuxStat(pid))?.[19];
  if (ticks !== undefined) {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${boot.trim()}/${ticks}`;
  }
  const answer = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null);
  return answer?.stdout.trim() || null;
}

/** True when the process works in that folder or names it on its command line, as a postmaster does with its data folder. */
export async function belongsTo(pid: number, folder: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (cwd !== null) return cwd === folder;
  const answer = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => null);
  return answer?.stdout.includes(folder) ?? false;
}

/** Fields of `/proc/<pid>/stat` after the command's name: state first, start time (in ticks since boot) the 20th. */
async function linuxStat(pid: number): Promise<string[] | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}
