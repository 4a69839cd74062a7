import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { JobPutBack } from '../queue/outage.js';
import { takeTurn } from './receipts.queries.js';

/** A message waits so long for its turn at the gateway, in the hands of its worker; one whose turn is further away waits in its queue. */
const LONGEST_TURN_WAIT_MS = 5_000;
/** A turn holds this long at least: less than a pause of the event loop would let it lapse for nothing. */
const SHORTEST_TURN_MS = 100;
/** Until the process that is being stopped no longer takes jobs. */
const STOPPING_WAIT_MS = 1_000;

/**
 * When a message may go out, whatever it is about: at the pace of the SMS gateway, which is one for the account, and in a place
 * among those who send.
 */
@Injectable()
export class SendingTurns implements OnModuleDestroy {
  /**
   * A send keeps its receipt locked, and so holds a connection, until the gateway answers. However slow the gateway is,
   * some connections of the pool stay free for everything else.
   */
  private readonly places: LimitFunction;
  private readonly smsEveryMs: number | null;
  private readonly stopping = new AbortController();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CONFIG) config: Config,
  ) {
    this.smsEveryMs = config.smsPerSecond === null ? null : 1_000 / config.smsPerSecond;
    this.places = pLimit(Math.max(1, Math.ceil(config.databasePoolSize * 0.6)));
  }

  /** A message that waits for its turn goes back into its queue instead of holding up the end of the program. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * Calls `attempt` in its turn and with a place among those who send, again and again until it answers that it is done.
   * `goesBySms` is asked before each attempt.
   */
  async inTurn(goesBySms: () => Promise<boolean>, attempt: () => Promise<'done' | 'again'>): Promise<void> {
    for (let done = false; !done;) {
      const lapsesAt = await this.waitForTurn(goesBySms);
      done = await this.places(async () => {
        // While the places were held by a slow gateway the turn went by: with all that did, it would be a burst.
        if (performance.now() > lapsesAt) return false;
        return (await attempt()) === 'done';
      });
    }
  }

  /**
   * Before the claim, which a death would leave in doubt, and without a place among those who send. Answers when the turn lapses,
   * on the clock of `performance`.
   */
  private async waitForTurn(goesBySms: () => Promise<boolean>): Promise<number> {
    const everyMs = this.smsEveryMs;
    if (everyMs === null || !(await goesBySms())) return Infinity;
    const turn = await takeTurn(this.dataSource, { channel: 'sms', everyMs, withinMs: LONGEST_TURN_WAIT_MS });
    if ('later' in turn) throw new JobPutBack('Too many wait for their turn at the gateway.', turn.later);
    await setTimeout(turn.waitMs, undefined, { signal: this.stopping.signal }).catch(() => {
      throw new JobPutBack('The program is being stopped.', STOPPING_WAIT_MS);
    });
    return performance.now() + Math.max(everyMs, SHORTEST_TURN_MS);
  }
}
