import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { RecodeTitlesService } from './recode-titles.service.js';

/** The job `recode-titles`: of one correction, or of all since a version of the lexicon. */
@Injectable()
export class RecodeTitlesProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly titles: RecodeTitlesService,
  ) {}

  onModuleInit(): void {
    this.handlers.register('recode-titles', async ({ eventId }) => {
      const { correctionId, since } = (await outboxEvent(this.dataSource, eventId))?.payload ?? {};
      if (correctionId !== undefined) await this.titles.recodeCorrection(correctionId);
      else if (since !== undefined) await this.titles.recodeSince(Number(since));
      else throw new Error(`The event ${eventId} names neither a correction nor a version.`);
    });
  }
}
