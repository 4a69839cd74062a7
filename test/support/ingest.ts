import type { DataSource } from 'typeorm';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { PlaceService } from '../../src/reference/place.service.js';
import type { Clock } from '../../src/shared/clock.js';
import { newId } from '../../src/shared/ids.js';
import { updateClaim } from '../../src/vacancies/apply-claim.js';
import type { VacancyClaim } from '../../src/vacancies/connector.js';
import type { IngestReport } from '../../src/vacancies/ingest-report.js';
import { IngestService, type IngestInput } from '../../src/vacancies/ingest.service.js';
import { prepareVacancy } from '../../src/vacancies/prepare-vacancy.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import '../../src/database/pg-types.js';

/** A clock that a test sets. */
export class HandClock implements Clock {
  constructor(private at: Date) {}
  now(): Date {
    return this.at;
  }
  set(at: string): void {
    this.at = new Date(at);
  }
  forward({ days = 0, hours = 0 }: { days?: number; hours?: number }): void {
    this.at = new Date(this.at.getTime() + (days * 24 + hours) * 3_600_000);
  }
}

/** The ingest service over a database of its own with the real reference data. */
export interface TestIngest {
  service: IngestService;
  clock: HandClock;
  database: TestDatabase;
  dataSource: DataSource;
  text(text: string, options?: Partial<IngestInput>): Promise<IngestReport>;
  /** Takes a claim into a vacancy of Enbek's that is known, as a form does for its firm. */
  claim(claim: VacancyClaim): Promise<void>;
  /** Removes every vacancy, run and employer, and sets the clock back to its start. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The day on which tests of ingest begin. */
export const START = '2026-09-03T06:00:00Z';

export async function startIngest(): Promise<TestIngest> {
  const database = await createTestDatabase();
  const dataSource = await database.dataSource(OutboxEvent);
  await loadReferenceData(dataSource, new Date(START));
  const clock = new HandClock(new Date(START));
  const [places, occupations] = [new PlaceService(dataSource), new OccupationService(dataSource)];
  await Promise.all([places.reload(), occupations.reload()]);
  const service = new IngestService(dataSource, clock, places, occupations);
  return {
    service,
    clock,
    database,
    dataSource,
    text: (text, options = {}) => service.ingest({ bytes: chunks(text), origin: 'test.ndjson', ...options }),
    async claim(claim) {
      const prepared = prepareVacancy(claim, places, occupations);
      if (!prepared.ok) throw new Error(prepared.code);
      const [row] = await dataSource.query<{ employerId: string }[]>(
        `select employer_id as "employerId" from vacancy where source = 'enbek' and external_id = $1`,
        [claim.externalId],
      );
      const at = clock.now();
      const run = { runId: newId(), source: 'enbek', connector: 'test', synthetic: false, today: '2026-09-03', at };
      await dataSource.transaction((tx) =>
        updateClaim(tx, { run, vacancy: prepared.vacancy, employerId: row?.employerId ?? '' }),
      );
    },
    async empty() {
      clock.set(START);
      await dataSource.query('truncate vacancy, ingest_run, employer, outbox_event cascade');
    },
    close: () => database.drop(),
  };
}

/** Text as a stream of small pieces, cut anywhere, also inside a letter. */
export async function* chunks(text: string, size = 997): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type FeedRecord = Record<string, unknown>;

/** One record of an enbek-feed that breaks no rule. */
export function record(fields: FeedRecord = {}): FeedRecord {
  return {
    id: '5916687',
    title: 'Уборщик в промышленных помещениях',
    subtitle: null,
    profobl: 120,
    region_id: 35,
    kato: null,
    location: 'Карагандинская область, г. Темиртау',
    salary_from: 170_000,
    salary_to: 200_000,
    employment: '00000$55ПО',
    openings: 3,
    employer: { id: 154_624, name: 'Товарищество с ограниченной ответственностью "АЯН м."', bin: null },
    relocation: { offered: true, permanent_years: 2, housing: 'provided' },
    published: '2026-09-03',
    valid_until: '2026-10-03',
    archived: false,
    ...fields,
  };
}

export interface FeedOptions {
  complete?: boolean;
  /** Null: the feed does not say when it was made. */
  generatedAt?: string | null;
  count?: number;
}

/** An enbek-feed in NDJSON; a record may be a broken line of text. */
export function feed(records: (FeedRecord | string)[], options: FeedOptions = {}): string {
  const { complete = true, generatedAt = '2026-09-03T06:00:00+05:00', count = records.length } = options;
  const header = { feed: 'enbek-feed', version: 1, generated_at: generatedAt, complete, count };
  const lines = [header, ...records].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  return `${lines.join('\n')}\n`;
}
