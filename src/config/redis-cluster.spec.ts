import { parseRedisCluster } from './redis-cluster.js';

describe('parseRedisCluster', () => {
  it('reads nodes that share one way in', () => {
    expect(parseRedisCluster('rediss://qonys:p%40ss,w@one.kz:7000,two.kz, [::1]:7002')).toEqual({
      nodes: [
        { host: 'one.kz', port: 7000 },
        { host: 'two.kz', port: 6379 },
        { host: '::1', port: 7002 },
      ],
      username: 'qonys',
      password: 'p@ss,w',
      tls: true,
    });
  });

  it('reads a single address, behind which a hosted cluster hides its nodes', () => {
    expect(parseRedisCluster('redis://cluster.kz')).toEqual({
      nodes: [{ host: 'cluster.kz', port: 6379 }],
      username: undefined,
      password: undefined,
      tls: false,
    });
  });

  it.each(['one.kz:7000', 'http://one.kz', 'redis://', 'redis://:pw@', 'redis://one.kz,', 'redis://one.kz:x,two.kz'])(
    'refuses %s',
    (value) => expect(parseRedisCluster(value)).toBeNull(),
  );

  it('refuses the number of a database, a query, and a password that no URL can hold', () => {
    for (const value of ['redis://one.kz/1', 'redis://one.kz?family=6', 'redis://:%zz@one.kz']) {
      expect(parseRedisCluster(value)).toBeNull();
    }
  });
});
