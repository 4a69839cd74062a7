import 'reflect-metadata';
import { runCli } from './cli/cli.js';
import type { CliEnvironment } from './cli/environment.js';
import { configFromEnvironment, debugAsked } from './config/config.js';
import { sentenceOf } from './lifecycle.js';

/** The command line. Results go to standard output, everything else to standard error. */
async function main(): Promise<number> {
  const config = configFromEnvironment();
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
  // Who reads may stop early (`| head`): what is left of the output is for nobody, the work goes on to its end.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const remark = (line: string): void => void process.stderr.write(`${line}\n`);
  const environment: CliEnvironment = {
    config,
    language: 'en',
    interactive: process.stderr.isTTY,
    print: (line) => void process.stdout.write(`${line}\n`),
    remark,
    signal: interrupted.signal,
    migrate: async () => (await import('./cli-program.js')).migrateDatabase(config, interrupted.signal),
    withServices: async (work) => (await import('./cli-program.js')).withServices(config, interrupted.signal, work),
  };
  return runCli(process.argv.slice(2), environment);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${sentenceOf(error, debugAsked() ? 'shown' : 'hidden')}\n`);
  process.exitCode = 1;
}
