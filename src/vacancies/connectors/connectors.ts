import { Problem } from '../../shared/problem.js';
import type { Connector, ConnectorName } from '../connector.js';
import { enbekFeed, feedOfOne } from './enbek-feed/enbek-feed.js';
import { enbekListing } from './enbek-listing/enbek-listing.js';
import { enbekPage } from './enbek-page/enbek-page.js';
import { jobposting } from './jobposting/jobposting.js';
import { tableOfOne, vacancyTable } from './vacancy-table/vacancy-table.js';

/** Every connector, in the order in which they are asked whether a file is theirs. */
export const CONNECTOR_LIST: readonly Connector[] = [vacancyTable, enbekFeed, enbekPage, enbekListing, jobposting];

/**
 * The connector for a file: the one named, otherwise the first that recognises the file's start (see `peekHead`).
 * Throws `connector.unknown` for a name that does not exist and `file.unknown_format` when nobody recognises the file.
 */
export function chooseConnector(head: string, origin: string, named?: string | null): Connector {
  if (named) {
    const connector = CONNECTOR_LIST.find(({ name }) => name === named);
    if (!connector)
      throw new Problem('connector.unknown', 422, {
        name: named,
        known: CONNECTOR_LIST.map(({ name }) => name).join(', '),
      });
    return connector;
  }
  if (head.trim() === '') throw new Problem('file.empty', 422);
  const connector = CONNECTOR_LIST.find((candidate) => candidate.recognises(head, origin));
  if (!connector) throw new Problem('file.unknown_format', 422);
  return connector;
}

/** A file of the one record that `raw` kept, for the same connector to read again after a repair. */
export function fileOfOneRecord(connector: ConnectorName, raw: string): string {
  if (connector === 'vacancy-table') return tableOfOne(raw);
  return connector === 'enbek-feed' ? feedOfOne(raw) : raw;
}
