import { Injectable } from '@nestjs/common';
import type { Sql } from '../database/sql.js';
import type { Language } from '../i18n/language.js';

/** The words of a notice: in full for mail and in-app, and short for an SMS. */
export interface WrittenNotice {
  title: string;
  text: string;
  /** At most three parts. */
  sms: string;
}

/** `untrue`: why there is no longer anything to tell, a code of `receipt.reason.…`. */
export type NoticeNow = WrittenNotice | { untrue: string };

/**
 * Writes what a household is to be told of a subject, from what is true at this moment: it runs in the transaction that sends.
 * Names nobody; the recipient and the consent are looked at by whoever sends.
 */
export type NoticeWriter = (sql: Sql, subjectId: string, language: Language) => Promise<NoticeNow>;

/**
 * Notices of features that are not proposals. A feature enters a writer for each of its topics in `onModuleInit` and records the
 * event with the payload `{ householdId, subjectId }` and the region whose queue carries it; claim, channel, receipt, repetition
 * and consent are the same for all (`src/notifications`).
 */
@Injectable()
export class NoticeWriters {
  private readonly writers = new Map<string, NoticeWriter>();

  register(topic: string, writer: NoticeWriter): void {
    if (this.writers.has(topic)) throw new Error(`Two writers for the notice ${topic}.`);
    this.writers.set(topic, writer);
  }

  /** Throws for a topic that nobody writes. */
  of(topic: string): NoticeWriter {
    const writer = this.writers.get(topic);
    if (writer === undefined) throw new Error(`Nobody writes the notice ${topic}.`);
    return writer;
  }
}
