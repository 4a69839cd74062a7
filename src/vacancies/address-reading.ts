import { setTimeout as pause } from 'node:timers/promises';
import { openAddress } from './connectors/open-origin.js';
import type { HoldHost, PageFetcher } from './connectors/page-fetch.js';

/** The fetcher's patience ends a wait for the next part sooner. */
const MOST_END_MS = 30_000;

/** Keeps a host for one run, and gives it back. */
interface HostTurn {
  hold: HoldHost;
  release: HoldHost;
}

/** What one run reads at an http(s) address. The run ends the request, whatever became of its bytes, before another may ask the host. */
export class AddressReading {
  private source: AsyncGenerator<Uint8Array> | null = null;
  private hasEnded = false;
  private held: string | null = null;

  constructor(
    private readonly address: string,
    private readonly fetcher: Pick<PageFetcher, 'fetch' | 'rest'>,
    private readonly turn: HostTurn,
    private readonly signal?: AbortSignal,
  ) {}

  /** To be asked for once; see `openAddress`. */
  bytes(): AsyncGenerator<Uint8Array> {
    this.source = this.read();
    return this.source;
  }

  /** Ends the request if it is still open, and waits until the host has had its pause. */
  async end(): Promise<void> {
    const ended = this.source?.return(undefined).catch(() => undefined);
    // What is being read may come late: who was told to stop does not wait for it.
    if (this.signal?.aborted !== true) await Promise.race([ended, pause(MOST_END_MS, undefined, { ref: false })]);
    await this.fetcher.rest(this.address, this.signal);
  }

  /** Gives the host back, after its pause, when everything has been read. */
  async releaseIfRead(): Promise<void> {
    if (!this.hasEnded || this.held === null) return;
    await this.end();
    if (this.signal?.aborted === true) return;
    await this.turn.release(this.held);
    this.held = null;
  }

  private async *read(): AsyncGenerator<Uint8Array> {
    try {
      yield* openAddress(this.address, this.fetcher, async (host) => {
        await this.turn.hold(host);
        this.held = host;
      });
    } finally {
      this.hasEnded = true;
    }
  }
}
