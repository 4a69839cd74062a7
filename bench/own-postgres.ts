import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { fromRoot } from '../src/config/paths.js';
import { prepareDatabase } from '../src/ready-database.js';

/** A PostgreSQL of its own as the tests start it, with the schema and the reference data in a database of the bench's name. */
export async function startPostgres(bench: string, at: Date): Promise<{ url: string; stop: () => Promise<void> }> {
  const script = async (name: string): Promise<() => Promise<void>> => {
    const { href } = pathToFileURL(fromRoot('test', 'support', `${name}.mjs`));
    return ((await import(href)) as { default: () => Promise<void> }).default;
  };
  await (
    await script('servers-up')
  )();
  const url = new URL(process.env['QONYS_TEST_POSTGRES_URL'] ?? '');
  const server = new pg.Client({ connectionString: url.href });
  await server.connect();
  await server.query(`create database qonys_test_bench_${bench}`);
  await server.end();
  url.pathname = `/qonys_test_bench_${bench}`;
  await prepareDatabase(url.href, at);
  return { url: url.href, stop: await script('servers-down') };
}
