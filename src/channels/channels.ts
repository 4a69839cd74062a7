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

  constructor(@Inject(CONFIG) config: Config, @Inject(CLOCK) clock: Clock) {
    this.byCode = {
      sms: new SmsChannel(config.sms),
      email: new EmailChannel(config.smtp),
      in_app: new InAppChannel(clock),
    };
  }

  get(code: ChannelCode): Channel {
    return this.byCode[code];
  }

  onModuleDestroy(): void {
    for (const channel of Object.values(this.byCode)) channel.close();
  }
}
