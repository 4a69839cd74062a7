import { once } from 'node:events';
import { rmSync } from 'node:fs';

/** Stops what servers-up.mjs started and removes its folder. */
export default async function serversDown() {
  const { folder, processes } = globalThis.qonysServers;
  await Promise.all(
    processes.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGQUIT');
      await once(child, 'exit');
    }),
  );
  rmSync(folder, { recursive: true, force: true });
}
