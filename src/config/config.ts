import { resolve } from 'node:path';
import { fromRoot } from './paths.js';
import { type RedisCluster, parseRedisCluster } from './redis-cluster.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything the program takes from outside, parsed and checked once. Nothing else reads the environment. */
export interface Config {
  /** Folder of the embedded database, of spooled uploads and of generated secrets. */
  home: string;
  /** Null: the embedded PostgreSQL is started. */
  databaseUrl: string | null;
  /** Connections of one process's pool. */
  databasePoolSize: number;
  /** Null, and no `redisCluster` either: BullMQ works on PostgreSQL. */
  redisUrl: string | null;
  /** Stands in place of `redisUrl`. */
  redisCluster: RedisCluster | null;
  /** Prefix of BullMQ's Redis keys, in braces so that Redis Cluster keeps all queues together on one node. */
  queuePrefix: string;
  port: number;
  /** Where people reach the pages, as `https://qonys.kz`, without a path: links in messages, and cookies that are secure when it is https. */
  publicUrl: string;
  /** Proxies before the program whose X-Forwarded-For is believed; 0: the socket's own address. */
  trustProxyHops: number;
  /** Where a separate worker answers health and metrics; null: nowhere. */
  workerPort: number | null;
  logLevel: LogLevel;
  /** `npm start` loads the synthetic demo into an empty database; separate processes never do. Default: only when it is embedded. */
  demo: boolean;
  /** 32 bytes each: encryption of the IIN, and its keyed look-up index. Null: generated into `home` (embedded only). */
  iinKey: Buffer | null;
  iinIndexKey: Buffer | null;
  /** Former values of the first, still needed to read what they encrypted. */
  iinOldKeys: Buffer[];
  /** 32 bytes: signs session cookies, encrypts TOTP secrets, keys the hashes of one-time codes. Null: generated into `home` (embedded only). */
  authSecret: Buffer | null;
  sms: { url: string; login: string; password: string; sender: string | null } | null;
  smtp: { url: string; from: string } | null;
  /** `sms` and `smtp` are the demo's gateway on this machine: what it takes reaches nobody. */
  reachesNobody: boolean;
  /** Most SMS a second through the gateway's account, by all processes and regions together; null: as many as the regions allow. */
  smsPerSecond: number | null;
  /** Most SMS with sign-in codes in an hour, to all numbers together: what a flood of strangers can cost. */
  smsCodesPerHour: number;
  /** Households that one worker matches at a time in a run over all; fewer are done in one piece. */
  matchShardHouseholds: number;
  /** Most notices a second of single regions, by code; the others keep to the queue table's limit. */
  noticesPerSecond: Record<string, number>;
  /** Notices that one worker sends at once of single regions, by code; the others keep to the queue table's number. */
  noticesAtOnce: Record<string, number>;
  /** Bearer token that `/metrics` asks for; null: with a database of its own (`databaseUrl`) only this machine is answered. */
  metricsToken: string | null;
}

/** Injection token of the configuration. */
export const CONFIG = Symbol('config');

/** What is wrong with the environment, a sentence for each variable. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

type Environment = Record<string, string | undefined>;

/** Parses the environment whole. Throws `ConfigError` naming every fault at once. */
export function loadConfig(env: Environment): Config {
  const faults: string[] = [];
  const text = (name: string): string | null => env[name]?.trim() || null;
  const url = (name: string, protocols: string[]): string | null => {
    const value = text(name);
    if (value !== null && !(URL.canParse(value) && protocols.includes(new URL(value).protocol))) {
      faults.push(`${name} must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
    }
    return value;
  };
  const cluster = (name: string): RedisCluster | null => {
    const value = text(name);
    const parsed = value === null ? null : parseRedisCluster(value);
    if (value !== null && parsed === null) {
      faults.push(`${name} must be nodes such as redis://:password@host-1:6379,host-2:6379 (rediss:// with TLS).`);
    }
    return parsed;
  };
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === null) return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    faults.push(`${name} must be a whole number from ${min} to ${max}, not "${value}".`);
    return fallback;
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = text(name);
    if (value === null) return fallback;
    if ((allowed as readonly string[]).includes(value)) return value as T;
    faults.push(`${name} must be one of ${allowed.join(', ')}, not "${value}".`);
    return fallback;
  };
  const key = (name: string): Buffer | null => {
    const value = text(name);
    if (value === null) return null;
    const bytes = Buffer.from(value, 'base64');
    if (bytes.length !== 32) faults.push(`${name} must be 32 bytes in base64 (openssl rand -base64 32).`);
    return bytes;
  };
  const keyList = (name: string): Buffer[] => {
    const keys = (text(name)?.split(',') ?? []).map((value) => Buffer.from(value.trim(), 'base64'));
    if (keys.some((bytes) => bytes.length !== 32))
      faults.push(`${name} must be keys of 32 bytes in base64, separated by commas.`);
    return keys;
  };
  const ofRegions = (name: string, what: string): Record<string, number> => {
    const pairs = (text(name)?.split(',') ?? []).map((pair) => /^(KZ-\d{2})=([1-9]\d{0,3})$/.exec(pair.trim()));
    if (pairs.includes(null))
      faults.push(`${name} must be pairs such as KZ-59=20,KZ-55=5: notices ${what} of a region.`);
    return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1]!, Number(pair[2])]])));
  };
  const together = (names: string[]): boolean => {
    const missing = names.filter((name) => text(name) === null);
    if (missing.length > 0 && missing.length < names.length) {
      faults.push(`${names.join(', ')} belong together; missing: ${missing.join(', ')}.`);
    }
    return missing.length === 0;
  };

  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const redisUrl = url('REDIS_URL', ['redis:', 'rediss:']);
  const redisCluster = cluster('REDIS_CLUSTER');
  const queuePrefix = text('QUEUE_PREFIX') ?? '{qonys}';
  if (text('REDIS_URL') !== null && text('REDIS_CLUSTER') !== null) {
    faults.push('REDIS_URL names one server and REDIS_CLUSTER a cluster: set one of them.');
  }
  if (redisCluster !== null && !/^[^{]*\{[^}]+\}/.test(queuePrefix)) {
    faults.push(`QUEUE_PREFIX needs a part in braces with REDIS_CLUSTER, such as {qonys}, not "${queuePrefix}".`);
  }
  const smsUrl = url('SMS_GATEWAY_URL', ['https:', 'http:']);
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:']);
  const hasSms = together(['SMS_GATEWAY_URL', 'SMS_LOGIN', 'SMS_PASSWORD']);
  const hasSmtp = together(['SMTP_URL', 'MAIL_FROM']);
  const hasKeys = together(['QONYS_IIN_KEY', 'QONYS_IIN_INDEX_KEY']);
  if (databaseUrl !== null && !hasKeys) {
    faults.push(
      'QONYS_IIN_KEY and QONYS_IIN_INDEX_KEY are needed with DATABASE_URL (openssl rand -base64 32, one each).',
    );
  }
  if (databaseUrl !== null && text('QONYS_AUTH_SECRET') === null) {
    faults.push('QONYS_AUTH_SECRET is needed with DATABASE_URL (openssl rand -base64 32).');
  }
  const port = whole('PORT', 3000, 0, 65_535);
  const publicUrl = url('PUBLIC_URL', ['https:', 'http:']) ?? `http://localhost:${port}`;
  const config: Config = {
    home: resolve(text('QONYS_HOME') ?? fromRoot('.qonys')),
    databaseUrl,
    databasePoolSize: whole('DATABASE_POOL', 10, 5, 200),
    redisUrl,
    redisCluster,
    queuePrefix,
    port,
    publicUrl: URL.parse(publicUrl)?.origin ?? publicUrl,
    trustProxyHops: whole('TRUST_PROXY', 0, 0, 10),
    workerPort: text('WORKER_PORT') === null ? null : whole('WORKER_PORT', 0, 0, 65_535),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, databaseUrl === null ? 'warn' : 'info'),
    demo: oneOf('QONYS_DEMO', ['yes', 'no'], databaseUrl === null ? 'yes' : 'no') === 'yes',
    iinKey: key('QONYS_IIN_KEY'),
    iinIndexKey: key('QONYS_IIN_INDEX_KEY'),
    iinOldKeys: keyList('QONYS_IIN_OLD_KEYS'),
    authSecret: key('QONYS_AUTH_SECRET'),
    sms: hasSms
      ? { url: smsUrl!, login: text('SMS_LOGIN')!, password: text('SMS_PASSWORD')!, sender: text('SMS_SENDER') }
      : null,
    smtp: hasSmtp ? { url: smtpUrl!, from: text('MAIL_FROM')! } : null,
    reachesNobody: false,
    smsPerSecond: whole('SMS_PER_SECOND', 0, 0, 10_000) || null,
    smsCodesPerHour: whole('SMS_CODES_PER_HOUR', 2_000, 1, 1_000_000),
    matchShardHouseholds: whole('MATCH_SHARD_HOUSEHOLDS', 500, 1, 100_000),
    noticesPerSecond: ofRegions('NOTICES_PER_SECOND', 'a second'),
    noticesAtOnce: ofRegions('NOTICES_AT_ONCE', 'at once'),
    metricsToken: text('METRICS_TOKEN'),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** The configuration from the process's own environment: the one place that reads it. */
export function configFromEnvironment(overrides: Environment = {}): Config {
  return loadConfig({ ...process.env, ...overrides });
}

/** Whether `DEBUG` asks for the stack of an unexpected fault. Asked also where the configuration cannot be read. */
export function debugAsked(): boolean {
  return Boolean(process.env['DEBUG']);
}
