import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { firstRow } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { AskService } from '../../questions/ask.service.js';
import { setPublished, writeDraft } from '../../questions/public-answers.queries.js';
import { ANSWER_WITHIN_WORKING_DAYS } from '../../questions/question-states.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { addWorkingDays } from '../../shared/working-days.js';
import { CHECKED_ON, DEMO_ANSWERS, DEMO_QUESTIONS, type DemoAnswer } from './demo-questions.js';

const DAY_MS = 86_400_000;
/** The demo's migrant: answers to invented questions arrive at `/kk/demo`. */
const ASKER = '+77010000001';
const LOADER = 'demo';

/**
 * Enters invented questions: some answered in public, as if their askers had been told long ago, some that wait at their desks,
 * one of them overdue. Done again, it changes nothing.
 */
export async function enterQuestions(services: INestApplicationContext): Promise<void> {
  const dataSource = services.get(DataSource);
  const at = services.get<Clock>(CLOCK).now();
  const known = await firstRow<{ known: boolean }>(
    dataSource,
    'select exists (select from question where synthetic) as known',
  );
  if (known?.known) return;
  await inTransaction(dataSource, async (tx) => {
    for (const answer of DEMO_ANSWERS) await publish(tx, answer, at);
  });
  const asking = services.get(AskService);
  for (const { language, regionCode, text, daysAgo } of DEMO_QUESTIONS) {
    const about = regionCode === null ? 'programme' : 'region';
    const asked = await asking.ask(
      { language, about, regionCode, text, contact: ASKER },
      { actor: undefined, address: LOADER },
    );
    const askedAt = new Date(at.getTime() - daysAgo * DAY_MS);
    await dataSource.query(
      'update question set synthetic = true, created_at = $2, updated_at = $2, due_on = $3 where id = $1',
      [asked.id, askedAt, addWorkingDays(dateInKazakhstan(askedAt), ANSWER_WITHIN_WORKING_DAYS)],
    );
  }
}

async function publish(tx: EntityManager, made: DemoAnswer, at: Date): Promise<void> {
  const id = newId();
  const { about, aboutRegionCode, topic, question, answer } = made;
  await tx.query(
    `insert into question (id, language, about, about_region_code, region_code, text, synthetic, status, owner, due_on, answer,
       answered_by, answered_at, created_at, updated_at)
     values ($1, 'kk', $2, $3, $3, $4, true, 'answered', $5, $6, $7, $5, $8, $8, $8)`,
    [id, about, aboutRegionCode, question.kk, LOADER, dateInKazakhstan(at), answer.kk, at],
  );
  await writeDraft(tx, {
    id, about, aboutRegionCode, vacancyId: null, regionCode: aboutRegionCode, topic, checkedOn: CHECKED_ON, synthetic: true,
    question, answer, at,
  }); // prettier-ignore
  await setPublished(tx, id, LOADER, at);
}
