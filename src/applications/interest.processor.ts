import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/account.js';
import { AccountRegister } from '../auth/account-register.service.js';
import { SendFailure } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { CONFIG, type Config } from '../config/config.js';
import { translate } from '../i18n/i18n.js';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { type CaseOfCentre, applicationCase, interestCase } from './interests.queries.js';

/** What a job remembers when it is repeated: the accounts that have their letter. */
interface Progress {
  told?: string[];
}

/** What a letter tells of: its words, the page of the desk that it leads to, and the day until which the centre acts. */
interface Told extends CaseOfCentre {
  words: 'interest' | 'application';
  path: string;
  due?: string;
}

/**
 * The job `tell-centre`: a letter to the officer who approved the match (where a rule or another program did, to the
 * region's supervisors) that the household is interested, or has applied. It names nobody; the case itself says who may see whom. Where
 * letters cannot be sent, the centre sees the interest in its pages all the same. An address that does not work keeps no
 * other from its letter, and whoever has been written to is not written to again when the job is repeated for the others.
 */
@Injectable()
export class InterestProcessor implements OnModuleInit {
  private readonly logger = new Logger(InterestProcessor.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly register: AccountRegister,
    private readonly channels: Channels,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.handlers.register('tell-centre', async ({ eventId }, job) => {
      const { interestId, applicationId } = (await outboxEvent(this.dataSource, eventId))?.payload ?? {};
      const subject = interestId ?? applicationId;
      if (subject === undefined) throw new Error(`The event ${eventId} names neither interest nor application.`);
      const found = interestId === undefined ? await this.handedIn(subject) : await this.interestShown(interestId);
      const channel = this.channels.get('email');
      if (found === undefined || !channel.configured) return;
      const { told = [] } = job.progress as Progress;
      let failed: SendFailure | null = null;
      for (const { id, email, language, synthetic } of await this.tellWhom(found)) {
        if (told.includes(id) || email === null || ((synthetic || found.synthetic) && !channel.local)) continue;
        const { words, path, due } = found;
        const title = translate(language, `${words}.mail.title`);
        const link = `${this.config.publicUrl}/${language}/centre/${path}`;
        const text = translate(language, `${words}.mail.text`, { link, ...(due !== undefined && { due }) });
        const inDoubt = job.attemptsStarted > 1;
        // Sent again after a death in between, it carries the same Message-ID.
        const ref = `${interestId ?? eventId}.${id}`;
        try {
          await channel.send({ ref, to: email, title, text, sms: title, language, inDoubt }, this.dataSource);
        } catch (error) {
          if (!(error instanceof SendFailure)) throw error;
          if (error.kind === 'lasting') this.logger.warn(`The letter ${ref} cannot be delivered: ${error.code}.`);
          else failed = error;
          continue;
        }
        told.push(id);
        await job.updateProgress({ told } satisfies Progress);
      }
      if (failed !== null) throw failed;
    });
  }

  private async interestShown(interestId: string): Promise<Told | undefined> {
    const found = await interestCase(this.dataSource, interestId);
    return found && { ...found, words: 'interest', path: `cases/${found.proposalId}` };
  }

  private async handedIn(applicationId: string): Promise<Told | undefined> {
    const found = await applicationCase(this.dataSource, applicationId);
    return found && { ...found, words: 'application', path: `applications/${applicationId}`, due: found.dueOn };
  }

  private async tellWhom({
    regionCode,
    decidedBy,
  }: {
    regionCode: string;
    decidedBy: string | null;
  }): Promise<Account[]> {
    const staff = await this.register.ofCentre(regionCode);
    const decider = staff.filter(({ id }) => id === decidedBy);
    return decider.length > 0 ? decider : staff.filter(({ role }) => role === 'supervisor');
  }
}
