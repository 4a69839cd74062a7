import type { EntityManager } from 'typeorm';
import { heldLexiconVersion } from '../occupations/title-correction.queries.js';
import { recordEvent } from '../outbox/outbox.js';

/**
 * The last step of a transaction that writes vacancies whose titles were read by the lexicon's `version`: when somebody has taught
 * since, a job reads the titles concerned again. Who teaches from here on waits for the transaction, and finds its vacancies.
 */
export async function recodeWhatWasTaught(tx: EntityManager, version: number | undefined, at: Date): Promise<void> {
  if (version === undefined || (await heldLexiconVersion(tx)) === version) return;
  await recordEvent(tx, { topic: 'titles.corrected', regionCode: null, payload: { since: String(version) } }, at);
}
