import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type Config } from '../config/config.js';
import { Problem } from '../shared/problem.js';
import { AuthDatabase } from './auth-database.js';
import { keyedHash } from './keyed-hash.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How often a thing may be done in so many seconds. Mobile carriers put many people behind one address, so the limits of
 * addresses are wide; those of a number or an account are what stops a guesser.
 */
const LIMITS = {
  /** Codes that one address asks for one number. */
  code_minute: { points: 1, duration: MINUTE },
  code_hour: { points: 5, duration: HOUR },
  code_day: { points: 10, duration: DAY },
  /** Of one address for all numbers: thousands of phones have the address of their carrier. */
  code_address: { points: 600, duration: HOUR },
  /** SMS to one number, whoever asked: these refuse nobody, only no second SMS goes out while the former code is good. */
  sms_minute: { points: 1, duration: MINUTE },
  sms_day: { points: 10, duration: DAY },
  sms_slow: { points: 1, duration: 5 * MINUTE },
  /** SMS with codes to all numbers together, for the bill's sake; its points are the setting `SMS_CODES_PER_HOUR`. */
  sms_budget: { points: 2_000, duration: HOUR },
  /** Tries at a code from one address; of all addresses together the code takes ten. */
  code_tries: { points: 5, duration: 5 * MINUTE },
  /** Letters that one address, or one account, asks for one mailbox. */
  mail_hour: { points: 3, duration: HOUR },
  mail_day: { points: 6, duration: DAY },
  mail_address: { points: 30, duration: HOUR },
  /** Staff that one account invites: each answer says whether an address has an account. */
  invitations: { points: 30, duration: HOUR },
  /** Letters of one kind to one mailbox, whoever asked: these refuse nobody, only no further one goes while the former is good. */
  letter_day: { points: 6, duration: DAY },
  letter_slow: { points: 1, duration: 30 * MINUTE },
  /** Wrong passwords, second factors and links from one address; right ones are given back. */
  try_address: { points: 1_000, duration: 15 * MINUTE },
  /** Wrong tries at one account, or at one number from one address; the next locks it. */
  failure: { points: 10, duration: 15 * MINUTE, blockDuration: 15 * MINUTE },
  /** Answers that cost the whole market to make: by account, else by address. */
  quick_match_address: { points: 300, duration: 10 * MINUTE },
  quick_match_account: { points: 60, duration: 10 * MINUTE },
  /** A household's links that need no account. */
  share_link: { points: 30, duration: HOUR },
  /** A firm that asked without end could find single households by small changes of a vacancy. */
  suitable_count: { points: 100, duration: HOUR },
  /** Questions for one number, mailbox or account, and of one address for all. */
  question_asker: { points: 10, duration: DAY },
  question_address: { points: 60, duration: HOUR },
  /** Whether one public answer helped, from one address; more are not counted. */
  answer_helped: { points: 20, duration: DAY },
} as const;

type Limit = keyof typeof LIMITS;

/** Limits kept in the database, so that they hold over every process. The table holds keyed hashes, no numbers. */
@Injectable()
export class RateLimits {
  private readonly limiters: Record<Limit, RateLimiterPostgres>;
  private readonly secret: Buffer;

  constructor(@Inject(CONFIG) config: Config, database: AuthDatabase) {
    if (config.authSecret === null) throw new Error('The secret of the accounts is missing.');
    this.secret = config.authSecret;
    const limiter = (name: Limit): RateLimiterPostgres =>
      new RateLimiterPostgres({
        ...LIMITS[name],
        ...(name === 'sms_budget' && { points: config.smsCodesPerHour }),
        storeClient: database.pool,
        storeType: 'pool',
        tableName: 'auth_rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: name === 'try_address',
        keyPrefix: name,
      });
    this.limiters = Object.fromEntries((Object.keys(LIMITS) as Limit[]).map((name) => [name, limiter(name)])) as Record<
      Limit,
      RateLimiterPostgres
    >;
  }

  /** Counts one use of each limit. Refuses `auth.too_many` (429) once one is used up. */
  async take(...uses: (readonly [Limit, string])[]): Promise<void> {
    for (const [limit, whose] of uses) await this.consume(limit, whose, 'auth.too_many');
  }

  /** Counts one use and says whether the limit allows it; refuses nothing. */
  async within(limit: Limit, whose: string): Promise<boolean> {
    try {
      await this.limiters[limit].consume(this.key(limit, whose));
      return true;
    } catch (fault) {
      if (fault instanceof RateLimiterRes) return false;
      throw fault;
    }
  }

  /**
   * Whether one more letter of a kind goes to a mailbox: six a day, then one in half an hour. A link for a password
   * is good for longer, so whoever asks in between has one already, whoever caused it. The letter of a new account always goes.
   */
  async mayGetLetter(kind: 'reset' | 'already_registered' | 'firm_known', mailbox: string): Promise<boolean> {
    const whose = `${kind} ${mailbox}`;
    return (await this.within('letter_day', whose)) || this.within('letter_slow', whose);
  }

  /** Takes one use back that `take` has counted. */
  async giveBack(limit: Limit, whose: string): Promise<void> {
    await this.limiters[limit].reward(this.key(limit, whose));
  }

  /** Nothing counts any more of what was used of a limit. */
  async forget(limit: Limit, whose: string): Promise<void> {
    await this.limiters[limit].delete(this.key(limit, whose));
  }

  /**
   * Counts a try at a number or an account before it is known whether it succeeds, so that tries at the same moment count
   * too. Refuses `auth.locked` (429), the same whether or not the account exists.
   */
  async beginTry(whose: string): Promise<void> {
    await this.consume('failure', whose, 'auth.locked');
  }

  /** The try succeeded: the former failures no longer count. */
  async succeed(whose: string): Promise<void> {
    await this.forget('failure', whose);
  }

  private async consume(limit: Limit, whose: string, code: string): Promise<void> {
    try {
      await this.limiters[limit].consume(this.key(limit, whose));
    } catch (fault) {
      if (!(fault instanceof RateLimiterRes)) throw fault;
      throw tooMany(code, Math.ceil(fault.msBeforeNext / 1_000));
    }
  }

  private key(limit: Limit, whose: string): string {
    return keyedHash(this.secret, `limit ${limit}`, whose);
  }
}

/** 429 with its Retry-After; the words round up to minutes. */
export function tooMany(code: string, retryAfterSeconds: number): Problem {
  const seconds = Math.max(1, retryAfterSeconds);
  return new Problem(code, 429, { retryAfterSeconds: seconds, minutes: Math.ceil(seconds / 60) });
}
