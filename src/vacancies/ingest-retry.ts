import type { Sql } from '../database/sql.js';
import { Problem } from '../shared/problem.js';
import type { ReadContext } from './connector.js';
import { chooseConnector, fileOfOneRecord } from './connectors/connectors.js';
import type { SourceEvent } from './ingest-records.js';
import { UNREAD_CODES } from './connectors/unread-line.js';
import { type RetryGroup, type RetryIds, rejectedOf } from './rejected.queries.js';

const RETRY_BATCH = 200;

/** A header and the events of a group's refused records, each read by its connector as a file of its own. */
export async function* refusedAgain(
  sql: Sql,
  group: RetryGroup,
  ids: RetryIds,
  { today, firm }: Pick<ReadContext, 'today' | 'firm'>,
): AsyncGenerator<SourceEvent> {
  // Each record is of its own moment (`as_of` in its row), which no header of the retry can say.
  yield { kind: 'header', feed: group.connector === 'enbek-feed', complete: false, generatedAt: null, count: null };
  let before: string | null = null;
  for (;;) {
    const batch = await rejectedOf(sql, group, ids, before, RETRY_BATCH);
    for (const record of batch) {
      const { id: rejectedId, ref, raw, origin, externalId } = record;
      if (UNREAD_CODES.includes(record.code)) {
        const { code, field, params } = record;
        yield { kind: 'rejected', ref, externalId, code, field, params, raw, rejectedId };
        continue;
      }
      try {
        const bytes = oneChunk(fileOfOneRecord(group.connector, raw));
        const connector = chooseConnector('', origin, group.connector);
        for await (const event of connector.read(bytes, { origin, today, firm })) {
          if (event.kind === 'gone') yield { ...event, rejectedId };
          else if (event.kind !== 'header') yield { ...event, ref, raw, rejectedId };
        }
      } catch (fault) {
        if (!(fault instanceof Problem)) throw fault;
        const { code, params } = fault;
        yield { kind: 'rejected', ref, externalId, code, field: null, params, raw, rejectedId };
      }
    }
    before = batch.at(-1)?.id ?? null;
    if (batch.length < RETRY_BATCH) return;
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}
