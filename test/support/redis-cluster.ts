import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { RedisCluster } from '../../src/config/redis-cluster.js';
import { until } from './until.js';

const NODES = 3;
const SLOTS = 16_384;
const PASSWORD = 'a p@ssword, of tests';
/** A node's talk with the others is by this much above its port. */
const BUS_PORT_AFTER = 10_000;

/** A real cluster of three Redis servers without replicas, in a temporary folder: what a killed one held is back when it is. */
export interface TestCluster {
  /** How to reach it, by one of its nodes. */
  readonly access: RedisCluster;
  /** The node that has this key. */
  nodeOf(key: string): Promise<number>;
  /** Keys on each node. */
  keys(): Promise<number[]>;
  /** Kills a node; answers when the others take no commands because it is missing. */
  kill(node: number): Promise<void>;
  /** Starts a killed node anew; answers when the cluster takes commands again. */
  revive(node: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startRedisCluster(): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'qonys-test-cluster-'));
  const ports: number[] = [];
  while (ports.length < NODES) ports.push(await freePort(ports));
  const servers: ChildProcess[] = [];
  const clients = ports.map((port) => new Redis({ port, password: PASSWORD, lazyConnect: true }));
  for (const client of clients) client.on('error', () => undefined);
  const start = async (node: number): Promise<void> => {
    servers[node] = await startNode(ports[node]!, join(folder, String(node)));
  };
  const states = (nodes: number[]): Promise<string[]> =>
    Promise.all(nodes.map(async (node) => /cluster_state:(\w+)/.exec(await clients[node]!.cluster('INFO'))![1]!));
  const everyNode = ports.map((_, node) => node);
  const untilAll = async (state: 'ok' | 'fail', nodes: number[]): Promise<void> => {
    await until(async () => (await states(nodes)).every((found) => found === state), {
      what: `a cluster whose state is ${state}`,
    });
  };
  const stop = async (): Promise<void> => {
    for (const client of clients) client.disconnect();
    await Promise.all(
      servers.map(async (server) => {
        if (server.exitCode !== null || server.signalCode !== null) return;
        server.kill('SIGKILL');
        await once(server, 'exit');
      }),
    );
    await rm(folder, { recursive: true, force: true });
  };

  const form = async (): Promise<void> => {
    await Promise.all(everyNode.map((node) => mkdir(join(folder, String(node))).then(() => start(node))));
    await Promise.all(
      clients.map(async (client, node) => {
        const bounds = [node, node + 1].map((n) => Math.round((n * SLOTS) / NODES));
        await client.cluster('ADDSLOTS', ...Array.from({ length: bounds[1]! - bounds[0]! }, (_, n) => bounds[0]! + n));
        await client.cluster('SET-CONFIG-EPOCH', node + 1);
      }),
    );
    for (const port of ports.slice(1)) await clients[0]!.cluster('MEET', '127.0.0.1', port);
    await untilAll('ok', everyNode);
  };
  try {
    await form();
  } catch (error) {
    // Whoever asked for it has nothing to stop it by.
    await stop();
    throw error;
  }

  return {
    access: { nodes: [{ host: '127.0.0.1', port: ports[0]! }], username: undefined, password: PASSWORD, tls: false },
    async nodeOf(key) {
      const slot = await clients[0]!.cluster('KEYSLOT', key);
      const ranges = await clients[0]!.cluster('SLOTS');
      const [, , primary] = ranges.find(([first, last]) => first <= slot && slot <= last)!;
      return ports.indexOf(primary![1]);
    },
    keys: () => Promise.all(clients.map((client) => client.dbsize())),
    async kill(node) {
      servers[node]!.kill('SIGKILL');
      await once(servers[node]!, 'exit');
      await untilAll(
        'fail',
        everyNode.filter((other) => other !== node),
      );
    },
    async revive(node) {
      await start(node);
      await untilAll('ok', everyNode);
    },
    stop,
  };
}

async function startNode(port: number, folder: string): Promise<ChildProcess> {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    requirepass: PASSWORD,
    masterauth: PASSWORD,
    'cluster-enabled': 'yes',
    'cluster-node-timeout': '1000',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  let log = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    log += chunk.toString();
    if (log.includes('Ready to accept connections')) break;
  }
  if (!log.includes('Ready to accept connections')) throw new Error(`redis-server ended: ${log}`);
  return child;
}

/** A port that is free together with its bus port. */
async function freePort(taken: number[]): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const isFree = port + BUS_PORT_AFTER < 65_536 && !taken.includes(port) && (await canListen(port + BUS_PORT_AFTER));
    server.close();
    await once(server, 'close');
    if (isFree) return port;
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
