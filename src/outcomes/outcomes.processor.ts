import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { NoticeWriters } from '../channels/notice-writers.js';
import { CONFIG, type Config } from '../config/config.js';
import { firstRow } from '../database/sql.js';
import { translate } from '../i18n/i18n.js';
import { eachAlone } from '../queue/each-alone.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { AnswersService } from './answers.service.js';
import type { FollowUpState } from './follow-up-states.js';
import { FollowUpsService } from './follow-ups.service.js';
import { SecondChancesService } from './second-chances.service.js';

/** The job `follow-up`, by the calendar and at each arrival, and the words of the question that it asks. */
@Injectable()
export class OutcomesProcessor implements OnModuleInit {
  private readonly logger = new Logger(OutcomesProcessor.name);

  constructor(
    private readonly handlers: JobHandlers,
    private readonly writers: NoticeWriters,
    private readonly followUps: FollowUpsService,
    private readonly chances: SecondChancesService,
    private readonly answers: AnswersService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.handlers.register('follow-up', async () => {
      const steps: Record<string, () => Promise<unknown>> = {
        'The calendar of follow-ups': () => this.followUps.look(),
        'Returns that centres noted': () => this.answers.noteReturns(),
        'Returns that centres took back': () => this.answers.noteTakenBack(),
        'Second chances': () => this.chances.search(),
      };
      // None waits for another that fails; what failed fails the job, which runs again.
      const run = async (name: string): Promise<void> => void (await steps[name]!());
      await eachAlone(Object.keys(steps), run, this.logger, (name) => name);
    });
    this.writers.register('follow_up.asked', async (sql, id, language) => {
      const followUp = await firstRow<{ months: number; state: FollowUpState }>(
        sql,
        'select months, state from follow_up where id = $1',
        [id],
      );
      if (followUp === undefined) return { untrue: 'follow_up_closed' };
      const { months, state } = followUp;
      if (state === 'answered' || state === 'closed') return { untrue: `follow_up_${state}` };
      const link = `${this.config.publicUrl}/${language}${this.answers.linkOf(id)}`;
      const say = (code: string): string => translate(language, code, { months, link });
      return {
        title: say('notice.follow_up.title'),
        text: say('notice.follow_up.text'),
        sms: say('notice.follow_up.sms'),
      };
    });
  }
}
