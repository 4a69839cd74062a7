import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudits } from '../audit/audit.js';
import { asSystem } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { TitleCorrection } from '../occupations/title-correction.entity.js';
import { heldLexiconVersion } from '../occupations/title-correction.queries.js';
import { isOfArea } from '../occupations/title-key.js';
import { recordEvent } from '../outbox/outbox.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import {
  type ReadVacancy,
  type RecodedTitles,
  countRecoded,
  recodeSeekers,
  recodeVacancies,
  seekerTitles,
  taughtKeysSince,
  vacancyQuestions,
} from './recode-titles.queries.js';

/** More vacancies than that are re-coded by a job, not while an officer waits. */
const MOST_AT_ONCE = 5_000;
/** Each time somebody taught meanwhile. */
const MOST_ATTEMPTS = 20;

const JOB = { id: 'recode-titles', role: 'system' };

/**
 * Stored vacancies and people follow what officers teach. Whatever has happened in between, their occupation is in the end what
 * their titles are read as now: a re-coding may run twice, or late, without harm. What was stated is never touched.
 */
@Injectable()
export class RecodeTitlesService {
  /** Not private and not fixed, so that a test need not store so many. */
  mostAtOnce = MOST_AT_ONCE;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly occupations: OccupationService,
  ) {}

  /** Re-codes the titles of a correction that was made or withdrawn; false when they are so many that the job is to do it. */
  async recodeNow(correctionId: string): Promise<boolean> {
    // Vacancies and people of every region, which no officer may write.
    return asSystem(async () => {
      const titles = await this.titlesOf(correctionId);
      if ((await countRecoded(this.dataSource, titles, this.mostAtOnce)) > this.mostAtOnce) return false;
      await this.recode(titles, correctionId);
      return true;
    });
  }

  /** The job: the titles of one correction. */
  async recodeCorrection(correctionId: string): Promise<void> {
    await this.recode(await this.titlesOf(correctionId), correctionId);
  }

  /** The job after a run that read titles while somebody taught: all that was learnt since. */
  async recodeSince(version: number): Promise<void> {
    const keys = await taughtKeysSince(this.dataSource, version);
    if (keys.length > 0) await this.recode(withPhrases(keys), null);
  }

  private async titlesOf(correctionId: string): Promise<RecodedTitles> {
    const { titleKey } = await this.dataSource.manager.findOneByOrFail(TitleCorrection, { id: correctionId });
    return withPhrases([titleKey]);
  }

  private async recode(titles: RecodedTitles, correctionId: string | null): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const version = await this.occupations.learn();
      const vacancies = (await vacancyQuestions(this.dataSource, titles)).map((question): ReadVacancy => {
        const { subtitle: secondTitle, ...asked } = question;
        const { isco, sure } = this.occupations.resolve({ ...asked, secondTitle });
        return { ...question, isco, sure };
      });
      const seekers = (await seekerTitles(this.dataSource, titles)).flatMap((title) => {
        const { isco } = this.occupations.resolve({ title });
        // Nobody can be without an occupation: who says «ищу работу» keeps what they were read as.
        return isco === null ? [] : [{ title, isco }];
      });
      const done = await inTransaction(this.dataSource, async (tx) => {
        // Taught meanwhile: what was read may be old, and must not be written over what is new.
        if ((await heldLexiconVersion(tx)) !== version) return false;
        await this.write(tx, { vacancies, seekers, version, correctionId });
        return true;
      });
      if (done) return;
    }
    throw new Error('Titles were taught faster than they could be re-coded.');
  }

  private async write(
    tx: EntityManager,
    {
      vacancies,
      seekers,
      version,
      correctionId,
    }: {
      vacancies: ReadVacancy[];
      seekers: { title: string; isco: string }[];
      version: number;
      correctionId: string | null;
    },
  ): Promise<void> {
    const [batchId, at] = [newId(), this.clock.now()];
    const { open, changed, worsened } = await recodeVacancies(tx, vacancies, batchId, at);
    const people = await recodeSeekers(tx, seekers);
    await recordAudits(
      tx,
      people.map(({ householdId, regionCode }) => ({
        at, actor: JOB, regionCode, subject: 'household', subjectId: householdId, action: 'recode', from: 'registered',
        to: 'registered', details: correctionId === null ? undefined : { correctionId },
      })), // prettier-ignore
    );
    if (worsened > 0) await recordEvent(tx, { topic: 'vacancies.changed', regionCode: null, payload: { batchId } }, at);
    if (changed + people.length > 0) {
      const payload = { reason: 'titles.corrected' };
      await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload }, at);
    }
    if (correctionId === null) return;
    // The first to do it says how many they were; one who comes after it finds nothing left.
    await tx.query(
      `update title_correction set vacancies = $2, seekers = $3, recoded_version = $4
       where id = $1 and coalesce(recoded_version, 0) < coalesce(ended_version, version)`,
      [correctionId, open, people.length, version],
    );
  }
}

function withPhrases(keys: string[]): RecodedTitles {
  return { keys, phrases: keys.filter((key) => !isOfArea(key)) };
}
