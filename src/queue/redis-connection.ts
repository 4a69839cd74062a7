import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { Config } from '../config/config.js';
import type { RedisCluster } from '../config/redis-cluster.js';

/** Longest wait for the answer to a command that somebody waits for. */
export const ANSWER_WITHIN_MS = 4_000;

/**
 * What a connection is for decides what becomes of a command while Redis is away. With `ask` it fails, because somebody waits
 * for it; with `work` it waits too, as workers must, which block on their connection.
 */
export type Purpose = 'ask' | 'work';

const OPTIONS: Record<Purpose, RedisOptions> = {
  ask: { maxRetriesPerRequest: 1, commandTimeout: ANSWER_WITHIN_MS },
  // Null, as BullMQ asks.
  work: { maxRetriesPerRequest: null },
};

/** In a cluster, a command whose node is away is sent again after so long, or, with 0, not at all. */
const CLUSTER_OPTIONS: Record<Purpose, ClusterOptions> = {
  ask: { retryDelayOnFailover: 0, retryDelayOnClusterDown: 0 },
  work: { retryDelayOnFailover: 500, retryDelayOnClusterDown: 500, maxRedirections: Infinity },
};

/**
 * BullMQ duplicates a worker's connection for the one command that blocks, and keeps that going itself: it asks again after a fault,
 * and makes the connection anew when the answer is a second late. What ioredis would still send again then, or a connection that
 * comes about only once all slots are served, would leave the worker waiting for ever.
 */
const BLOCKING_OPTIONS: ClusterOptions = { ...CLUSTER_OPTIONS.ask, enableReadyCheck: false };

/** A primary that fell silent without closing its connections is left for the one in its place at the latest after so long. */
const NODES_READ_EVERY_MS = 10_000;

/** A connection to the Redis of the configuration, a server or a cluster. `onError` hears when it is away. */
export function connectRedis(
  { redisUrl, redisCluster }: Pick<Config, 'redisUrl' | 'redisCluster'>,
  purpose: Purpose,
  onError: (error: Error) => void,
): Redis | Cluster {
  const connection =
    redisCluster === null ? new Redis(redisUrl!, OPTIONS[purpose]) : connectCluster(redisCluster, purpose);
  connection.on('error', onError);
  // What befalls a node of a cluster, for which no `error` is emitted while other nodes are there.
  connection.on('node error', (error: Error, node: string) => onError(new Error(`${node}: ${error.message}`)));
  // Every queue adds listeners of its own to the connection that all share, and so does who waits for it. BullMQ adds three to
  // the number that it finds, which would make a limit out of 0.
  connection.setMaxListeners(Infinity);
  return connection;
}

function connectCluster({ nodes, username, password, tls }: RedisCluster, purpose: Purpose): Cluster {
  const options: ClusterOptions = {
    ...CLUSTER_OPTIONS[purpose],
    redisOptions: { ...OPTIONS[purpose], username, password, ...(tls && { tls: {} }) },
    slotsRefreshInterval: NODES_READ_EVERY_MS,
    clusterRetryStrategy: (times) => Math.min(times * 50, 2_000),
    // Names stay names: a certificate is made out to them.
    dnsLookup: (host, done) => done(null, host),
  };
  const cluster = new Cluster(nodes, options);
  cluster.duplicate = (_, overrides) => new Cluster(nodes, { ...options, ...overrides, ...BLOCKING_OPTIONS });
  return cluster;
}
