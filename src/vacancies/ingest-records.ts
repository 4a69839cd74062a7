import type { ReadEvent, VacancyClaim, Warning } from './connector.js';
import type { RunLedger } from './ingest-ledger.js';
import type { StagedRecord } from './ingest-staging.js';
import type { OwnFirm } from './own-firm.queries.js';
import { type OccupationLookup, type Preparation, prepareVacancy } from './prepare-vacancy.js';
import type { PlaceLookup } from './vacancy-place.js';

/** An event of a source; a retry knows which refused record it reads again. */
export type SourceEvent = ReadEvent & { rejectedId?: string };

export interface RecordContext {
  places: PlaceLookup;
  occupations: OccupationLookup;
  ownFirm: OwnFirm | null;
  /** `YYYY-MM-DD` in Kazakhstan. */
  tomorrow: string;
}

/** Prepares each event of a source, and enters what happened to it in the run's ledger. */
export async function* stagedRecords(
  events: AsyncIterable<SourceEvent>,
  ledger: RunLedger,
  context: RecordContext,
): AsyncGenerator<StagedRecord> {
  for await (const event of events) {
    if (event.kind === 'header') continue;
    const { ref, rejectedId = null } = event;
    if (event.kind === 'gone') {
      ledger.took(ref, []);
      yield { kind: 'gone', ref, raw: '', rejectedId, externalId: event.externalId };
      continue;
    }
    if (event.kind === 'rejected') {
      const { raw, externalId, code, field, params } = event;
      ledger.refused(ref, { code, field, params });
      yield { kind: 'refused', ref, raw, rejectedId, externalId, refusal: { code, field, params, regionCode: null } };
      continue;
    }
    const prepared = prepareFor(event.claim, context);
    if (prepared.ok) {
      ledger.took(ref, [...event.warnings, ...prepared.warnings, ...publishedAhead(event.claim, context.tomorrow)]);
      yield {
        kind: 'accepted',
        ref,
        // A connector may work the raw text out when it is asked for; of most accepted records it never is.
        get raw() {
          return event.raw;
        },
        rejectedId,
        vacancy: prepared.vacancy,
      };
    } else {
      const { ok: _, ...refusal } = prepared;
      ledger.refused(ref, refusal);
      yield { kind: 'refused', ref, raw: event.raw, rejectedId, externalId: event.claim.externalId || null, refusal };
    }
  }
}

/** A day ahead may be a clock; more is a date that was written wrong (03-09 for 09-03), or a vacancy that is not out yet. */
function publishedAhead({ publishedOn, publishedUnstated }: VacancyClaim, tomorrow: string): Warning[] {
  if (publishedUnstated === true || publishedOn <= tomorrow) return [];
  return [{ code: 'record.published_ahead', field: 'published', params: { value: publishedOn } }];
}

/** A firm speaks for itself only: another BIN, or another name where no BIN says who is meant, is not its vacancy. */
function prepareFor(claim: VacancyClaim, { places, occupations, ownFirm }: RecordContext): Preparation {
  const prepared = prepareVacancy(claim, places, occupations);
  if (ownFirm === null || !prepared.ok) return prepared;
  const { bin, normalised } = prepared.vacancy.employer;
  const own = bin !== null && ownFirm.bin !== null ? bin === ownFirm.bin : normalised === ownFirm.nameNormalised;
  if (own) return prepared;
  return {
    ok: false,
    code: 'employer.not_own',
    field: 'employer.name',
    params: { name: ownFirm.name },
    regionCode: null,
  };
}

export type FeedHeader = Extract<ReadEvent, { kind: 'header' }>;

/** A source without a header (a page, a card list) is no complete feed and of no known time. */
const NO_HEADER: FeedHeader = { kind: 'header', complete: false, generatedAt: null, count: null };

/** Parts a source's header from its records; a source without one gets `NO_HEADER`. */
export async function splitHeader(
  events: AsyncIterable<SourceEvent>,
): Promise<{ header: FeedHeader; rest: AsyncIterable<SourceEvent> }> {
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* rest(): AsyncGenerator<SourceEvent> {
    try {
      if (!first.done && first.value.kind !== 'header') yield first.value;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const header = !first.done && first.value.kind === 'header' ? first.value : NO_HEADER;
  return { header, rest: rest() };
}
