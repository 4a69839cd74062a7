import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { translate } from '../i18n/i18n.js';
import { LANGUAGES, type Language } from '../i18n/language.js';
import { Problem } from '../shared/problem.js';
import { type CliEnvironment, EXIT } from './environment.js';

/** The commands by name, each in a file of its own. */
const COMMANDS: Record<string, () => Promise<AddCommand>> = {
  ingest: async () => (await import('./ingest.command.js')).addIngestCommand,
  demo: async () => (await import('./demo.command.js')).addDemoCommand,
  match: async () => (await import('./match.command.js')).addMatchCommand,
  mismatch: async () => (await import('./mismatch.command.js')).addMismatchCommand,
  programme: async () => (await import('./programme.command.js')).addProgrammeCommand,
  applications: async () => (await import('./applications.command.js')).addApplicationsCommand,
  quota: async () => (await import('./applications.command.js')).addQuotaCommand,
  questions: async () => (await import('./questions.command.js')).addQuestionsCommand,
  figures: async () => (await import('./figures.command.js')).addFiguresCommand,
  outcomes: async () => (await import('./outcomes.command.js')).addOutcomesCommand,
  queues: async () => (await import('./queues.command.js')).addQueuesCommand,
  rejected: async () => (await import('./rejected.command.js')).addRejectedCommand,
  resolve: async () => (await import('./resolve.command.js')).addResolveCommand,
  support: async () => (await import('./support.command.js')).addSupportCommand,
  token: async () => (await import('./token.command.js')).addTokenCommand,
  account: async () => (await import('./account.command.js')).addAccountCommand,
  migrate: async () => (await import('./migrate.command.js')).addMigrateCommand,
};

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
  // Each command brings what it needs: `qonys resolve` starts without the rest of the program. Help names them all.
  const [asked] = args.filter((arg) => !arg.startsWith('-') && !LANGUAGES.includes(arg as Language));
  const known = asked !== undefined && Object.hasOwn(COMMANDS, asked);
  const loaders = known ? [COMMANDS[asked]!] : Object.values(COMMANDS);
  for (const load of loaders) {
    const add = await load();
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
