import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import type { Channel, ChannelCode } from './channel.js';
import { EmailChannel } from './email.channel.js';
import { InAppChannel } from './in-app.channel.js';
import { SmsChannel } from './sms.channel.js';

/** The channels of this installation, by code. */
@Injectable()
export class Channels implements OnModuleDestroy {
  private readonly byCode: Record<ChannelCode, Channel>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.byCode = {
      sms: new SmsChannel(config.sms),
      email: new EmailChannel(config.smtp),
      in_app: new InAppChannel(clock),
    };
  }

  get(code: ChannelCode): Channel {
    return this.byCode[code];
  }

  /**
   * Why such a person may not be written to by this channel, or null. Invented people are never written to for real, and real
   * ones never by way of the demo's gateway, which would call sent what reaches nobody.
   */
  barrier(code: ChannelCode, { synthetic }: { synthetic: boolean }): string | null {
    const { configured, local } = this.get(code);
    const reaches = code === 'in_app' || synthetic || !this.config.reachesNobody;
    if (!configured || !reaches) return `${code}.unconfigured`;
    return synthetic && !local ? `${code}.synthetic` : null;
  }

  onModuleDestroy(): void {
    for (const channel of Object.values(this.byCode)) channel.close();
  }
}
