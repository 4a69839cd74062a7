import { Inject, Injectable, Logger } from '@nestjs/common';
import { createOTP } from '@better-auth/utils/otp';
import { symmetricDecrypt } from 'better-auth/crypto';
import { Channels } from '../channels/channels.js';
import { CONFIG, type Config } from '../config/config.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { INVITATION_SECONDS } from './account.js';
import { AuthDatabase } from './auth-database.js';
import { CODE_SECONDS } from './auth-library.js';

/** A one-time code or a link that was "sent" in the demo. */
export interface DemoMessage {
  kind: 'code' | 'link';
  /** The phone number or the mail address. */
  to: string;
  /** Six digits, or the link. */
  content: string;
  at: Date;
}

/** The present TOTP code of a demo account. */
export interface DemoTotp {
  label: string;
  email: string;
  role: string;
  regionCode: string | null;
  code: string;
  /** Until the next code. */
  secondsLeft: number;
}

/** Of each kind. */
const KEPT = 50;
/** A code is shown while it is good, a link as long as the longest is. */
const KEPT_SECONDS: Record<DemoMessage['kind'], number> = { code: CODE_SECONDS, link: INVITATION_SECONDS };
const PERIOD_SECONDS = 30;

/**
 * What the demo shows in place of a phone and an authenticator. It exists only where the demo runs and messages end on
 * this machine; elsewhere it keeps nothing and answers nothing.
 */
@Injectable()
export class DemoCodes {
  readonly available: boolean;
  private kept: DemoMessage[] = [];
  private readonly log = new Logger('demo');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: AuthDatabase,
    channels: Channels,
  ) {
    this.available = config.demo && channels.get('sms').local && channels.get('email').local;
  }

  keep(kind: DemoMessage['kind'], to: string, content: string): void {
    if (!this.available) return;
    // A newer one takes the place of the former, which is good no more.
    const others = this.messages().filter((one) => one.kind !== kind || one.to !== to);
    const alike = others.filter((one) => one.kind === kind).slice(0, KEPT - 1);
    const rest = others.filter((one) => one.kind !== kind);
    const at = this.clock.now();
    this.kept = [{ kind, to, content, at }, ...alike, ...rest].sort((a, b) => b.at.getTime() - a.at.getTime());
    // The page shows the whole address; a log is copied about more easily.
    this.log.warn(`Sign-in ${kind} for …${to.slice(-4)}: ${content}`);
  }

  /** What is still good, the latest first. */
  messages(): DemoMessage[] {
    const now = this.clock.now().getTime();
    this.kept = this.kept.filter(({ kind, at }) => now - at.getTime() < KEPT_SECONDS[kind] * 1_000);
    return [...this.kept];
  }

  /** The present codes of the demo's own accounts; of no others. */
  async totps(): Promise<DemoTotp[]> {
    if (!this.available) return [];
    const accounts = await this.database.rows<Omit<DemoTotp, 'code' | 'secondsLeft'> & { secret: string }>(
      `select u.label, u.email, u.role, u.region_code as "regionCode", t.secret
         from auth_user u join auth_two_factor t on t.user_id = u.id
        where u.synthetic and u.disabled_at is null order by u.role, u.label`,
    );
    const key = this.config.authSecret!.toString('base64');
    const secondsLeft = PERIOD_SECONDS - (Math.floor(Date.now() / 1_000) % PERIOD_SECONDS);
    return Promise.all(
      accounts.map(async ({ secret, ...account }) => {
        const code = await createOTP(await symmetricDecrypt({ key, data: secret })).totp();
        return { ...account, code, secondsLeft };
      }),
    );
  }
}
