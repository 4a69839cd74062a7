import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchSite } from './web-server.js';

/** Runs `work` beside the program with its demo in a process of its own, which ends with it. */
export async function withSite<Result>(
  env: Record<string, string>,
  work: (site: BenchSite) => Promise<Result>,
): Promise<Result> {
  const server = fork(fileURLToPath(new URL('./web-server.js', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  try {
    const [site] = (await once(server, 'message')) as [BenchSite];
    return await work(site);
  } finally {
    const ended = once(server, 'exit');
    server.disconnect();
    await ended;
  }
}
