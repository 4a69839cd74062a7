import type { JobsOptions } from 'bullmq';

/** Every queue, job and topic of the program in one table. */

export interface QueueOptions {
  /** Jobs one worker process runs at once. */
  concurrency: number;
  attempts: number;
  /** First wait after a failure; it doubles with each further one. */
  backoffMs: number;
  /** Most jobs started in a period over all workers, where an outside service sets a limit. */
  limiter?: { max: number; durationMs: number };
  /** A job out of attempts has told somebody that it failed, and is not tried again later. */
  failsForGood?: true;
}

/** Queues that stand alone. Each reception region has its own `notify-kz-NN` beside them. */
export const QUEUES = {
  ingest: { concurrency: 1, attempts: 3, backoffMs: 5_000, failsForGood: true },
  match: { concurrency: 1, attempts: 3, backoffMs: 5_000 },
  'match-shards': { concurrency: 1, attempts: 3, backoffMs: 1_000 },
  review: { concurrency: 2, attempts: 10, backoffMs: 1_000 },
  calendar: { concurrency: 1, attempts: 3, backoffMs: 5_000 },
} as const satisfies Record<string, QueueOptions>;

/**
 * A region's notices: steady rather than quick, within what an SMS gateway takes from one sender. They wait from two seconds up
 * to nine hours between attempts, 18 hours in all: an evening without a gateway, or without money on its account, ends none.
 */
export const NOTIFY_QUEUE: QueueOptions = {
  concurrency: 4,
  attempts: 16,
  backoffMs: 2_000,
  limiter: { max: 50, durationMs: 1_000 },
};

/**
 * The region whose queue also carries the answers of the programme's desk, which belongs to no region: the capital, where the
 * ministry is.
 */
export const QUEUE_OF_PROGRAMME = 'KZ-71';

/** Jobs by name, with the queue that carries them. Job data holds ids only. A shard's job is a child of its `rematch`. */
export const JOBS = {
  ingest: 'ingest',
  rematch: 'match',
  'rematch-shard': 'match-shards',
  'apply-vacancy-changes': 'review',
  'auto-approve': 'review',
  'recode-titles': 'review',
  'withdraw-household': 'review',
  'end-account': 'review',
  'withdraw-second-chance': 'review',
  'tell-centre': 'review',
  'keep-applications': 'calendar',
  'follow-up': 'calendar',
  notify: 'notify',
  'deliver-answer': 'notify',
} as const satisfies Record<string, keyof typeof QUEUES | 'notify'>;

export type JobName = keyof typeof JOBS;

/** Jobs that time alone sets going: one every so often, however many workers there are. */
export const SCHEDULES = {
  'keep-applications': { everyMs: 3_600_000 },
  'follow-up': { everyMs: 600_000 },
} as const satisfies Partial<Record<JobName, { everyMs: number }>>;

/** What an outbox event sets going. Topics are past tense; a topic of a region goes to that region's notice queue. */
export const TOPICS = {
  'ingest.requested': 'ingest',
  'vacancies.changed': 'apply-vacancy-changes',
  'match.requested': 'rematch',
  'titles.corrected': 'recode-titles',
  'proposals.made': 'auto-approve',
  'household.consent_withdrawn': 'withdraw-household',
  'household.wish_withdrawn': 'withdraw-household',
  'household.adult_removed': 'withdraw-household',
  'household.erased': 'end-account',
  'household.dismissed': 'withdraw-household',
  'interest.expressed': 'tell-centre',
  'application.handed_in': 'tell-centre',
  'application.arrived': 'follow-up',
  'settling.told': 'follow-up',
  'second_chance.over': 'withdraw-second-chance',
  'follow_up.asked': 'notify',
  'proposal.approved': 'notify',
  'proposal.returned': 'notify',
  'proposal.withdrawn': 'notify',
  'question.answered': 'deliver-answer',
  'question.closed': 'deliver-answer',
  'application.changed': 'notify',
  'application.job_lost': 'notify',
} as const satisfies Record<string, JobName>;

export type Topic = keyof typeof TOPICS;

/** What single regions have of their own, by their codes. */
export interface RegionLimits {
  noticesPerSecond: Record<string, number>;
  noticesAtOnce: Record<string, number>;
}

/** The options of a queue by its name; `notify-…` queues share one set but for the limits of single regions. */
export function queueOptions(name: string, limits?: RegionLimits): QueueOptions {
  if (name.startsWith('notify-')) {
    const region = name.slice('notify-'.length).toUpperCase();
    const [max, concurrency] = [limits?.noticesPerSecond[region], limits?.noticesAtOnce[region]];
    return {
      ...NOTIFY_QUEUE,
      ...(max !== undefined && { limiter: { max, durationMs: 1_000 } }),
      ...(concurrency !== undefined && { concurrency }),
    };
  }
  const options = (QUEUES as Record<string, QueueOptions>)[name];
  if (options === undefined) throw new Error(`No queue is called ${name}.`);
  return options;
}

/** What BullMQ is told of each job of a queue. */
export function jobOptionsOf({ attempts, backoffMs }: QueueOptions): JobsOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
    // A finished job's id no longer deduplicates; `delivery` and idempotent handlers do that.
    removeOnComplete: { count: 1_000 },
    removeOnFail: { count: 10_000 },
  };
}

/** The name of a region's notice queue: `KZ-59` → `notify-kz-59` (BullMQ refuses `:` in names). */
export function notifyQueueName(regionCode: string): string {
  return `notify-${regionCode.toLowerCase()}`;
}
