import { ConfigError, loadConfig } from './config.js';

const key = Buffer.alloc(32, 7).toString('base64');
const faultsOf = (env: Record<string, string>): string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('loadConfig', () => {
  it('runs embedded, with the demo, when nothing is set', () => {
    expect(loadConfig({})).toMatchObject({ databaseUrl: null, redisUrl: null, port: 3000, demo: true, sms: null });
  });

  it('loads no demo into a real database unless asked', () => {
    const env = {
      DATABASE_URL: 'postgres://u@h/d',
      QONYS_IIN_KEY: key,
      QONYS_IIN_INDEX_KEY: key,
      QONYS_AUTH_SECRET: key,
    };
    expect(loadConfig(env).demo).toBe(false);
    expect(loadConfig({ ...env, QONYS_DEMO: 'yes' }).demo).toBe(true);
  });

  it('refuses a real database without the keys of the IIN and the secret of the accounts', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://u@h/d' })).toHaveLength(2);
  });

  it('knows where people reach it: the origin of PUBLIC_URL, else the port on this machine', () => {
    expect(loadConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(loadConfig({ PUBLIC_URL: 'https://qonys.kz/kk/' }).publicUrl).toBe('https://qonys.kz');
    expect(faultsOf({ PUBLIC_URL: 'qonys.kz', TRUST_PROXY: 'yes' })).toHaveLength(2);
  });

  it('reads what single regions have of their own', () => {
    const env = { NOTICES_PER_SECOND: 'KZ-59=20,KZ-55=5', NOTICES_AT_ONCE: 'KZ-59=8' };
    expect(loadConfig(env)).toMatchObject({
      noticesPerSecond: { 'KZ-59': 20, 'KZ-55': 5 },
      noticesAtOnce: { 'KZ-59': 8 },
    });
    expect(faultsOf({ NOTICES_AT_ONCE: '8' })).toEqual([expect.stringMatching(/^NOTICES_AT_ONCE .*at once/)]);
  });

  it('takes a cluster in place of one Redis, with a prefix that keeps its queues together', () => {
    const REDIS_CLUSTER = 'redis://:secret@one.kz:7000,two.kz:7001';
    expect(loadConfig({ REDIS_CLUSTER })).toMatchObject({
      redisUrl: null,
      redisCluster: { nodes: [{ host: 'one.kz' }, { host: 'two.kz' }] },
      queuePrefix: '{qonys}',
    });
    expect(faultsOf({ REDIS_CLUSTER, QUEUE_PREFIX: 'a{b}' })).toEqual([]);
    for (const QUEUE_PREFIX of ['qonys', '{}{b}', '{b']) {
      expect(faultsOf({ REDIS_CLUSTER, QUEUE_PREFIX })).toEqual([expect.stringContaining('QUEUE_PREFIX')]);
    }
    expect(faultsOf({ REDIS_CLUSTER, REDIS_URL: 'redis://one.kz' })).toEqual([expect.stringContaining('set one')]);
    expect(faultsOf({ REDIS_CLUSTER: 'one.kz:7000' })).toEqual([expect.stringContaining('REDIS_CLUSTER')]);
  });

  it('names every fault at once', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      DATABASE_URL: 'mysql://x',
      QONYS_IIN_KEY: 'short',
      QONYS_IIN_INDEX_KEY: key,
      SMS_LOGIN: 'a',
      LOG_LEVEL: 'loud',
    });
    for (const name of ['PORT', 'DATABASE_URL', 'QONYS_IIN_KEY', 'SMS_GATEWAY_URL', 'LOG_LEVEL']) {
      expect(faults.some((fault) => fault.includes(name))).toBe(true);
    }
  });
});
