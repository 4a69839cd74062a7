/** Where a Redis Cluster is and how one gets in. The same for all its nodes, those that are learnt from others included. */
export interface RedisCluster {
  /** Any of its nodes: from the first that answers the client learns the others. */
  nodes: { host: string; port: number }[];
  username: string | undefined;
  password: string | undefined;
  tls: boolean;
}

const DEFAULT_PORT = 6379;

/**
 * Reads `redis://user:password@host-1:6379,host-2:6379` (rediss: with TLS). Null when it is nothing of the kind; a database's number is refused,
 * because a cluster has the one only.
 */
export function parseRedisCluster(value: string): RedisCluster | null {
  const [, start, hosts] = /^(rediss?:\/\/(?:.*@)?)([^@/?#]+)$/.exec(value) ?? [];
  if (start === undefined || hosts === undefined) return null;
  try {
    const urls = hosts.split(',').map((host) => new URL(start + host.trim()));
    if (urls.some(({ hostname }) => hostname === '')) return null;
    const { protocol, username, password } = urls[0]!;
    return {
      nodes: urls.map(({ hostname, port }) => ({
        host: hostname.replace(/^\[|\]$/g, ''),
        port: Number(port) || DEFAULT_PORT,
      })),
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
      tls: protocol === 'rediss:',
    };
  } catch {
    return null;
  }
}
