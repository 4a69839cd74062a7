import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fromRoot } from '../../src/config/paths.js';
import { newId } from '../../src/shared/ids.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';

interface Measured {
  url: string;
  scores: Record<string, number>;
  /** Audits that fell short, for the reader of a failure. */
  short: string[];
  /** Lighthouse's benchmark index of this machine at that moment. */
  machine: number;
}

const LEAST = 95;
/** A score of speed falls when the machine does other work meanwhile; what a page can reach is its own. */
const MOST_TRIES = 3;
/**
 * Lighthouse slows the processor to a quarter, which makes a phone of middling speed out of a machine of this benchmark index or more.
 * One that is slow by itself, or busy, is slowed the less, as its documentation asks ("Calibrating the CPU slowdown").
 */
const WHOLE_MACHINE = 1_500;
const SLOWDOWN = 4;

let running: TestApp;
let vacancyId: string;
const answerId = newId();
let lighthouse: ChildProcessByStdio<Writable, Readable, null>;
let answers: AsyncIterator<string>;
/** By what the machine was found to be when it was last measured. */
let slowdown = SLOWDOWN;

beforeAll(async () => {
  const database = await createTestDatabase();
  const owner = await database.dataSource();
  await loadReferenceData(owner, new Date());
  // Not the demo: its pages are kept from search engines on purpose.
  running = await startTestApp({ role: 'api', database });
  const made = await Promise.all(
    Array.from({ length: 25 }, (_, i) =>
      makeVacancy(owner, { isco: i % 2 ? '3221' : '7212', columns: { synthetic: false } }),
    ),
  );
  vacancyId = made[0]!.id;
  await owner.query(
    `insert into question (id, language, about, text, status, due_on, answer, answered_at, created_at, updated_at)
     values ($1, 'kk', 'programme', 'Көшу ақысы қашан төленеді?', 'answered', '2026-11-25', 'Бір айдың ішінде.', now(), now(), now())`,
    [answerId],
  );
  await owner.query(
    `insert into public_answer (question_id, about, topic, question_kk, question_ru, question_en, answer_kk, answer_ru, answer_en,
       checked_on, published_at, published_by, updated_at)
     values ($1, 'programme', 'move', $2, $2, $2, $3, $3, $3, '2026-11-22', now(), 'x', now())`,
    [answerId, 'Когда выплачивают деньги на переезд?', 'В течение месяца после заявления.'],
  );
  lighthouse = spawn(process.execPath, [fromRoot('test', 'support', 'lighthouse.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  answers = createInterface({ input: lighthouse.stdout })[Symbol.asyncIterator]();
});
afterAll(async () => {
  const ended = once(lighthouse, 'close');
  lighthouse.stdin.end();
  await ended;
  await running.close();
  await running.database.drop();
});

const QUESTION = new URLSearchParams({ profession: 'мейірбике', region: 'KZ-61', children: '2' });

it.each([
  ['the start page', '/kk/'],
  ['the quick match', '/ru/match'],
  ['the vacancies', `/kk/vacancies?${new URLSearchParams({ q: 'мейірбике' }).toString()}`],
  ['a vacancy', '/ru/vacancies/:id'],
  ['the regions', '/kk/regions?from=KZ-61'],
  ['a region', '/kk/regions/KZ-59?from=KZ-61'],
  ['the sources', '/ru/sources'],
  ['what is kept of people', '/kk/privacy'],
  ['the support of a move', '/ru/support?members=4&place=591010000'],
  ['the questions', '/kk/questions'],
  ['a public answer', '/ru/questions/:answer'],
])('Lighthouse gives %s 95 or more in everything', async (_, path) => {
  const best = await measure(running.url + path.replace(':id', vacancyId).replace(':answer', answerId));
  expect({ ...best, least: Math.min(...Object.values(best.scores)) >= LEAST }).toMatchObject({ least: true });
});

it.each([
  ['an answer to a question', `/kk/match?${QUESTION.toString()}`],
  ['the door', '/kk/sign-in'],
  ['the firms’ door', '/ru/employer/register'],
  ['the staff’s door', '/ru/sign-in/staff'],
  ['a forgotten password', '/kk/account/password'],
  ['asking a question', '/kk/questions/ask?about=programme'],
  ['the support on a sheet', '/ru/support/sheet?members=4&place=591010000'],
])('Lighthouse finds %s fast and accessible, though it is for no search engine', async (_, path) => {
  const best = await measure(running.url + path, ['seo']);
  const { seo, ...rest } = best.scores;
  expect({ ...best, least: Math.min(...Object.values(rest)) >= LEAST }).toMatchObject({ least: true });
  // Kept from search engines on purpose: that is what is missing of the fourth.
  expect(seo).toBeLessThan(LEAST);
});

/** The best of a few tries; the first that is good enough ends them. */
async function measure(url: string, aside: string[] = []): Promise<Measured> {
  let best: Measured | undefined;
  for (let i = 0; i < MOST_TRIES; i++) {
    lighthouse.stdin.write(`${JSON.stringify({ url, slowdown })}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`Lighthouse ended (${lighthouse.exitCode}); its complaint stands above.`);
    const measured = JSON.parse(value as string) as Measured;
    slowdown = Math.min(SLOWDOWN, Math.max(1, (SLOWDOWN * measured.machine) / WHOLE_MACHINE));
    const least = ({ scores }: Measured): number =>
      Math.min(...Object.entries(scores).flatMap(([name, score]) => (aside.includes(name) ? [] : [score])));
    if (best === undefined || least(measured) > least(best)) best = measured;
    if (least(best) >= LEAST) break;
  }
  return best!;
}
