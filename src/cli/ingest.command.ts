import { access, constants, stat } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { Problem } from '../shared/problem.js';
import { CONNECTORS, type ConnectorName } from '../vacancies/connector.js';
import { isWebAddress, openFile } from '../vacancies/connectors/open-origin.js';
import { IngestService } from '../vacancies/ingest.service.js';
import { RejectedService } from '../vacancies/rejected.service.js';
import type { AddCommand } from './cli.js';
import { EXIT } from './environment.js';
import { ingestText, printIngestJson } from './ingest-words.js';
import { ingestBar } from './progress.js';

interface Options {
  source?: string;
  connector?: ConnectorName;
  json?: boolean;
}

const asConnector = (name: string): ConnectorName => {
  const connector = connectorOf(name);
  if (connector === undefined) throw new InvalidArgumentError(`One of ${CONNECTORS.join(', ')}.`);
  return connector;
};

const connectorOf = (name: string): ConnectorName | undefined => CONNECTORS.find((known) => known === name);

export const addIngestCommand: AddCommand = (program, environment, done) => {
  program
    .command('ingest')
    .description(
      'read vacancies from a file or an address: enbek-feed (NDJSON, CSV, .gz), a saved Enbek page or results page, JobPosting',
    )
    .argument('<path|url>', 'a file, an http(s) address, or - for standard input')
    .option(
      '--source <name>',
      'source of the vacancies: a name of its own, or a connector (default: what the file says)',
    )
    .option(
      '--connector <name>',
      `how to read the file: ${CONNECTORS.join(', ')} (default: told by its content)`,
      asConnector,
    )
    .option('--json', 'print JSON only')
    .action(async (origin: string, { source, connector, json }: Options) => {
      const bytes = await openBytes(origin);
      const bar = ingestBar(environment.interactive && !json);
      // The name of a connector says how to read; whose vacancies they are follows from the file then.
      const named = source === undefined ? undefined : connectorOf(source);
      const report = await environment.withServices(async (services) => {
        const made = await services
          .get(IngestService)
          .ingest(
            {
              bytes,
              origin,
              connector: connector ?? named,
              ...(named === undefined && { source }),
              signal: environment.signal,
            },
            bar.show,
          )
          .finally(bar.end);
        const refused = services.get(RejectedService);
        if (json) await printIngestJson(made, environment, (runId) => refused.ofRun(runId));
        else environment.print(ingestText(made, environment.language));
        return made;
      });
      if (report.status === 'refused') done(EXIT.failed);
    });
};

/**
 * What can be known of a path is said before anything is started for it; its bytes are opened when they are asked for. An
 * address has none yet: its run asks for them.
 */
async function openBytes(origin: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  if (origin === '-') return process.stdin;
  if (isWebAddress(origin)) return undefined;
  await checkPath(origin);
  return openFile(origin);
}

async function checkPath(path: string): Promise<void> {
  const refuse = (error: NodeJS.ErrnoException): never => {
    throw new Problem(error.code === 'ENOENT' ? 'path.not_found' : 'path.unreadable', 422, { path });
  };
  const found = await stat(path).catch(refuse);
  if (!found.isFile()) throw new Problem('path.not_a_file', 422, { path });
  await access(path, constants.R_OK).catch(refuse);
}
