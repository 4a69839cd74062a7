import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { translate } from '../i18n/i18n.js';
import { Problem } from '../shared/problem.js';
import { type CliEnvironment, EXIT } from './environment.js';
import { addAccountCommand } from './account.command.js';
import { addDemoCommand } from './demo.command.js';
import { addIngestCommand } from './ingest.command.js';
import { addMatchCommand } from './match.command.js';
import { addMigrateCommand } from './migrate.command.js';
import { addMismatchCommand } from './mismatch.command.js';
import { addQueuesCommand } from './queues.command.js';
import { addRejectedCommand } from './rejected.command.js';
import { addTokenCommand } from './token.command.js';

/** Parses and runs one command line (without `node` and the script) and answers the exit code. */
export async function runCli(args: string[], environment: CliEnvironment): Promise<number> {
  const program = new Command('qonys')
    .description('Matches households of the south with jobs in the north of Kazakhstan.')
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({
      writeOut: (text) => environment.print(text.trimEnd()),
      writeErr: (text) => environment.remark(text.trimEnd()),
    })
    .option('--lang <language>', 'language of messages: kk, ru or en', (value: string) => {
      if (value !== 'kk' && value !== 'ru' && value !== 'en') throw new InvalidArgumentError('kk, ru or en.');
      environment.language = value;
      return value;
    });
  let exitCode: number = EXIT.ok;
  const done = (code: number): void => {
    exitCode = code;
  };
  for (const add of [
    addIngestCommand,
    addDemoCommand,
    addMatchCommand,
    addMismatchCommand,
    addQueuesCommand,
    addRejectedCommand,
    addTokenCommand,
    addAccountCommand,
    addMigrateCommand,
  ]) {
    add(program, environment, done);
  }
  for (const command of program.commands) for (const each of [command, ...command.commands]) each.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const json = args.includes('--json');
    if (environment.signal.aborted) {
      failed(new Problem('cli.stopped', 499), json, environment);
      return EXIT.interrupted;
    }
    return failed(error, json, environment);
  }
  return exitCode;
}

/** A refusal in the user's words; with `--json` as JSON too, because nothing else may stand on standard output. */
function failed(error: unknown, json: boolean, environment: CliEnvironment): number {
  if (!(error instanceof Problem)) throw error;
  const message = translate(environment.language, error.code, error.params);
  if (json) environment.print(JSON.stringify({ error: { code: error.code, params: error.params, message } }));
  environment.remark(message);
  return error.status === 400 ? EXIT.usage : EXIT.failed;
}

/** Tells `runCli` with which code to end. */
export type Done = (exitCode: number) => void;

/** A command in a file of its own: adds itself to the program. */
export type AddCommand = (program: Command, environment: CliEnvironment, done: Done) => void;
