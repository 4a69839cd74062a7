import type { INestApplicationContext } from '@nestjs/common';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { AutoApproveService } from '../../centres/auto-approve.service.js';
import { analyzeAfterLoad } from '../../database/analyze.js';
import { firstRow, rows } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { insertHouseholds } from '../../households/insert-households.js';
import { MatchingService } from '../../matching/matching.service.js';
import type { MatchRunResult } from '../../matching/write-run.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import type { IngestProgress, IngestReport } from '../../vacancies/ingest-report.js';
import { IngestService } from '../../vacancies/ingest.service.js';
import { demoFeed, feedLines } from './feed.js';
import { historian, planHistory } from './history.js';
import { demoHouseholds } from './households.js';
import type { Life } from './lives.js';
import { demoHomes, demoPlaces, payIndexes } from './surroundings.queries.js';

/** The source of every demo vacancy: a real feed never closes one, nor the other way round. */
export const DEMO_SOURCE = 'demo';

/**
 * Centres of the demo that approve part of their queue by rule: a strong match with housing and work for every adult.
 * The rest waits for an officer, so that both ways show.
 */
const RULES = [
  { regionCode: 'KZ-59', minScore: 65 },
  { regionCode: 'KZ-55', minScore: 70 },
  { regionCode: 'KZ-39', minScore: 80 },
];

export interface DemoLoad {
  ingest: IngestReport;
  householdsInserted: number;
  match: MatchRunResult;
}

/**
 * Loads the synthetic demo through the program's own doors: the vacancies as a feed, the households, the centres' rules;
 * then matches, and lets some of the households have a past (`history.ts`). Doing it again renews the vacancies' dates and leaves the households as they are. A feed that is refused throws
 * its `Problem`: nothing of the demo is loaded then.
 */
export async function loadDemo(
  services: INestApplicationContext,
  progress: { step(sentence: string): void; ingest(progress: IngestProgress): void },
  signal?: AbortSignal,
): Promise<DemoLoad> {
  const dataSource = services.get(DataSource);
  const now = services.get<Clock>(CLOCK).now();
  const today = dateInKazakhstan(now);
  progress.step('Reading 12,000 synthetic vacancies in the enbek-feed format.');
  const indexes = await payIndexes(dataSource);
  const places = await demoPlaces(dataSource);
  const feed = demoFeed({ places, today, payIndexOf: (region) => indexes.get(region) ?? 1 });
  const ingest = await services.get(IngestService).ingest(
    {
      bytes: Readable.from(feedLines(feed, now)).map((line: string) => Buffer.from(line)),
      origin: 'demo.ndjson',
      connector: 'enbek-feed',
      source: DEMO_SOURCE,
      synthetic: true,
      // Matched below, in the same breath as the households.
      rematch: false,
      signal,
    },
    progress.ingest,
  );
  if (ingest.error !== undefined) throw new Problem(ingest.error.code, 422, ingest.error.params);
  signal?.throwIfAborted();
  progress.step('Entering synthetic households.');
  const householdsInserted = await enterHouseholds(dataSource, today, now);
  for (const { regionCode, minScore } of RULES) await setRule(services, regionCode, minScore);
  progress.step('Matching households with vacancies.');
  let lives: Life[] = [];
  const told = await toldWithoutPast(dataSource);
  const enter = await historian(services, now);
  const match = await services.get(MatchingService).run('demo', {
    signal,
    past: {
      madeAt: (made) => {
        lives = planHistory(made, told, now);
        return new Map(lives.map(({ householdId, madeAt }) => [householdId, madeAt]));
      },
      async enter(tx) {
        progress.step('Entering what happened to some of them before today.');
        await enter(tx, lives, signal);
      },
    },
  });
  return { ingest, householdsInserted, match };
}

/**
 * Households of the demo that are told by SMS or letter and can be given a past: all of them until the demo has been matched,
 * which may be another start's work than their entering; then none, for match and past are one transaction.
 */
async function toldWithoutPast(dataSource: DataSource): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    dataSource,
    `select id from household where synthetic and channel <> 'in_app'
       and not exists (select from match_run where reason = 'demo' and status = 'done')`,
  );
  return new Set(found.map(({ id }) => id));
}

/** Whether the demo's people are there. */
export async function isDemoLoaded(dataSource: DataSource): Promise<boolean> {
  const known = await firstRow<{ known: boolean }>(
    dataSource,
    'select exists (select from household where synthetic) as known',
  );
  return known?.known ?? false;
}

/** Answers how many households were not there yet: all of them, or none. */
async function enterHouseholds(dataSource: DataSource, today: string, at: Date): Promise<number> {
  if (await isDemoLoaded(dataSource)) return 0;
  const consents = { consentMatchingAt: at, consentNoticesAt: at, consentSharingAt: at };
  const households = demoHouseholds(await demoHomes(dataSource), today).map((household) => ({
    ...household,
    ...consents,
    synthetic: true,
    createdAt: at,
  }));
  await inTransaction(dataSource, (tx) => insertHouseholds(tx, households));
  await analyzeAfterLoad(dataSource, households.length, ['household', 'seeker']);
  return households.length;
}

async function setRule(services: INestApplicationContext, regionCode: string, minScore: number): Promise<void> {
  const rules = services.get(AutoApproveService);
  if ((await rules.rule(regionCode)) !== null) return;
  const actor = {
    id: 'demo',
    label: 'demo',
    role: 'system',
    regionCode: null,
    employerId: null,
    householdId: null,
    via: 'token',
  } as const;
  const terms = { enabled: true, minScore, sectors: [], housingRequired: true, allAdultsPlaced: true };
  await rules.setRule(actor, regionCode, terms);
}
