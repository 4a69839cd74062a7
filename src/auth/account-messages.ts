import { Inject, Injectable, Logger } from '@nestjs/common';
import { SendFailure } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { CONFIG, type Config } from '../config/config.js';
import { type Language, translate } from '../i18n/i18n.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { DemoCodes } from './demo-codes.js';

export type Letter = 'invitation' | 'reset' | 'sign_up' | 'already_registered' | 'firm_known';

interface Recipient {
  to: string;
  language: Language;
  /** An account of the demo: nothing for it leaves this machine. */
  synthetic: boolean;
}

/** Codes and links go out at once, past the queues of the notices: somebody waits in front of the page. */
@Injectable()
export class AccountMessages {
  private readonly log = new Logger('accounts');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly channels: Channels,
    private readonly demo: DemoCodes,
  ) {}

  /** False when letters cannot be sent from here; an invitation's link is then handed over by hand. */
  get canMail(): boolean {
    return this.channels.get('email').configured;
  }

  /** Error: `auth.sms_unavailable` (503). */
  async sendCode({ to, language, synthetic }: Recipient, code: string): Promise<void> {
    const channel = this.channels.get('sms');
    if (!channel.configured) throw new Problem('auth.sms_unavailable', 503);
    this.demo.keep('code', to, code);
    if (synthetic && !channel.local) return;
    const text = translate(language, 'auth.sms.code', { code });
    const title = translate(language, 'auth.sms.title');
    await channel
      .send({ ref: newId(), to, title, text, sms: text, language }, NO_SQL)
      .catch((fault: unknown) => this.refuse(fault, 'auth.sms_unavailable'));
  }

  /** Error: `auth.mail_unavailable` (503). */
  async sendLetter({ to, language, synthetic }: Recipient, letter: Letter, link: string): Promise<void> {
    const channel = this.channels.get('email');
    if (!channel.configured) throw new Problem('auth.mail_unavailable', 503);
    this.demo.keep('link', to, link);
    if (synthetic && !channel.local) return;
    const text = translate(language, `auth.mail.${letter}.text`, { link });
    const title = translate(language, `auth.mail.${letter}.title`);
    await channel
      .send({ ref: newId(), to, title, text, sms: title, language }, NO_SQL)
      .catch((fault: unknown) => this.refuse(fault, 'auth.mail_unavailable'));
  }

  /** Where a password is set with the token of a letter. The request log writes the route's pattern, never the token. */
  passwordLink(language: Language, token: string): string {
    return `${this.config.publicUrl}/${language}/account/password/${token}`;
  }

  signInLink(language: Language): string {
    return `${this.config.publicUrl}/${language}/sign-in`;
  }

  private refuse(fault: unknown, code: string): never {
    if (!(fault instanceof SendFailure)) throw fault;
    this.log.error(`A message of the accounts was not sent: ${fault.message}`);
    throw new Problem(code, 503);
  }
}

/** Neither SMS nor mail writes to the database. */
const NO_SQL = {
  query: (): Promise<never> => Promise.reject(new Error('Codes and letters leave no row.')),
};
