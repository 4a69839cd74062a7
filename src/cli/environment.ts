import type { INestApplicationContext } from '@nestjs/common';
import type { Config } from '../config/config.js';
import type { Language } from '../i18n/language.js';

/** What a command may use of the outside. Given by `src/qonys.ts`, so that commands know nothing of how a program is built. */
export interface CliEnvironment {
  config: Config;
  language: Language;
  /**
   * Runs `work` over the program's services: on the database that DATABASE_URL names, on the embedded one that runs, or on
   * the embedded one started for this command and stopped after it.
   */
  withServices<Result>(work: (services: INestApplicationContext) => Promise<Result>): Promise<Result>;
  /** Migrates and loads the reference data; answers the migrations that ran. */
  migrate(): Promise<string[]>;
  /** A line on standard output: results only. */
  print(line: string): void;
  /** A line on standard error: progress and remarks. */
  remark(line: string): void;
  /** Aborted by Ctrl-C: a command stops at its next safe point. */
  signal: AbortSignal;
  /** True when standard error is a terminal, for progress bars. */
  interactive: boolean;
}

/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  /** The work could not be done; nothing was applied, but of what `rejected --retry` has reported. */
  failed: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** Stopped by Ctrl-C; nothing was applied, with the same exception. */
  interrupted: 130,
} as const;
