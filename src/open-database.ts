import type { Config } from './config/config.js';
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  findRunningEmbedded,
  readSecrets,
  startEmbeddedPostgres,
} from './database/embedded/embedded-postgres.js';

/** The configuration with everything that the embedded database adds to it. */
export interface ReadyConfig extends Config {
  databaseUrl: string;
  iinKey: Buffer;
  iinIndexKey: Buffer;
  authSecret: Buffer;
}

/** A database that can be connected to. */
export interface OpenDatabase {
  config: ReadyConfig;
  /** Set when this process started the embedded database. */
  embedded: EmbeddedPostgres | null;
  /** Stops what `open…` started; leaves alone what was running before. */
  close(): Promise<void>;
}

/**
 * The database of the configuration: the one that DATABASE_URL names, or the embedded one, started by this process.
 * Throws `EmbeddedRefusal` when another process runs the embedded one.
 */
export async function openDatabase(config: Config, options: EmbeddedOptions = {}): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) return { config: readyConfig(config), embedded: null, close: async () => undefined };
  const embedded = await startEmbeddedPostgres(config.home, options);
  const { iinKey, iinIndexKey, authSecret } = embedded.secrets;
  return {
    config: readyConfig({ ...config, databaseUrl: embedded.url }, { iinKey, iinIndexKey, authSecret }),
    embedded,
    close: () => embedded.stop(),
  };
}

/** As `openDatabase`, but joins an embedded database that another process runs: for commands beside a running program. */
export async function joinDatabase(config: Config, options: EmbeddedOptions = {}): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) return openDatabase(config, options);
  const databaseUrl = await findRunningEmbedded(config.home);
  const secrets = databaseUrl === null ? null : await readSecrets(config.home);
  if (databaseUrl === null || secrets === null) return openDatabase(config, options);
  return { config: readyConfig({ ...config, databaseUrl }, secrets), embedded: null, close: async () => undefined };
}

/** Keys set in the environment win over the generated ones. */
function readyConfig(
  config: Config,
  generated?: Pick<ReadyConfig, 'iinKey' | 'iinIndexKey' | 'authSecret'>,
): ReadyConfig {
  const { databaseUrl } = config;
  const iinKey = config.iinKey ?? generated?.iinKey;
  const iinIndexKey = config.iinIndexKey ?? generated?.iinIndexKey;
  const authSecret = config.authSecret ?? generated?.authSecret;
  if (databaseUrl === null || !iinKey || !iinIndexKey || !authSecret)
    throw new Error('The database URL, a key of the IIN or the secret of the accounts is missing.');
  return { ...config, databaseUrl, iinKey, iinIndexKey, authSecret };
}
