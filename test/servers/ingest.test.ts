import { readFileSync } from 'node:fs';
import { access, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Job } from 'bullmq';
import type { DataSource } from 'typeorm';
import type { Config } from '../../src/config/config.js';
import { rows } from '../../src/database/sql.js';
import { translate } from '../../src/i18n/i18n.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import type { JobPayload } from '../../src/queue/backend.js';
import { JobHandlers } from '../../src/queue/job-handlers.js';
import { JobPutBack } from '../../src/queue/outage.js';
import { gonePage } from '../../src/vacancies/connectors/open-origin.js';
import type { IngestReport } from '../../src/vacancies/ingest-report.js';
import { IngestProcessor } from '../../src/vacancies/ingest.processor.js';
import { RUN_LOCK, SOURCE_LOCK, queueRun } from '../../src/vacancies/ingest-run.queries.js';
import { IngestRunsService } from '../../src/vacancies/ingest-runs.service.js';
import { chunks, feed, record, startIngest, type TestIngest } from '../support/ingest.js';

describe('ingest', () => {
  let ingest: TestIngest;
  let dataSource: DataSource;
  beforeAll(async () => {
    ingest = await startIngest();
    dataSource = ingest.dataSource;
  });
  afterAll(() => ingest.close());
  beforeEach(() => ingest.empty());

  const numbers = ({ read, inserted, updated, unchanged, closed, rejectedCount }: IngestReport): number[] => [
    read, inserted, updated, unchanged, closed, rejectedCount,
  ]; // prettier-ignore
  const vacancy = async (externalId: string): Promise<Record<string, unknown>> => {
    const [row] = await rows<Record<string, unknown>>(dataSource, 'select * from vacancy where external_id = $1', [
      externalId,
    ]);
    return row ?? {};
  };
  const changes = (): Promise<{ change: string; details: unknown }[]> =>
    rows(dataSource, 'select change, details from vacancy_change order by change');
  const events = (): Promise<{ payload: { batchId: string } }[]> =>
    rows(dataSource, `select payload from outbox_event where topic = 'vacancies.changed' order by id`);

  it('takes a feed in, and taking it again changes nothing', async () => {
    const text = feed([record({ id: '1' }), record({ id: '2' }), record({ id: '3', archived: true })]);
    expect(numbers(await ingest.text(text))).toEqual([3, 3, 0, 0, 0, 0]);
    const before = await rows(dataSource, 'select * from vacancy order by external_id');
    ingest.clock.forward({ hours: 1 });
    expect(numbers(await ingest.text(text))).toEqual([3, 0, 0, 3, 0, 0]);
    expect(await rows(dataSource, 'select * from vacancy order by external_id')).toEqual(before);
    expect(await vacancy('1')).toMatchObject({ source: 'enbek', status: 'open', region_code: 'KZ-35' });
    expect(await vacancy('3')).toMatchObject({ status: 'closed', closed_reason: 'archived' });
    expect(await events()).toEqual([]);
  });

  it('closes what a complete feed no longer names, and opens again what comes back', async () => {
    await ingest.text(feed([record({ id: '1' }), record({ id: '2' })]));
    ingest.clock.forward({ days: 1 });
    const later = { generatedAt: '2026-09-04T06:00:00+05:00' };
    const report = await ingest.text(feed([record({ id: '1' })], later));
    expect(numbers(report)).toEqual([1, 0, 0, 1, 1, 0]);
    expect(await vacancy('2')).toMatchObject({ status: 'closed', closed_reason: 'absent' });
    expect(await changes()).toEqual([{ change: 'closed', details: { reason: 'absent' } }]);
    expect(await events()).toEqual([{ payload: { batchId: report.runId } }]);
    expect(numbers(await ingest.text(feed([record({ id: '1' }), record({ id: '2' })], later)))).toEqual([
      2, 0, 1, 1, 0, 0,
    ]);
    expect(await vacancy('2')).toMatchObject({ status: 'open', closed_reason: null, closed_at: null });
  });

  it('leaves open what a page was read of after the complete feed had been made', async () => {
    await ingest.text(feed([record({ id: '1' }), record({ id: '2' }), record({ id: '3' })]));
    const page = (id: string): Promise<IngestReport> =>
      ingest.text(
        JSON.stringify({
          '@type': 'JobPosting',
          title: 'Швея',
          url: `https://www.enbek.kz/ru/vacancy/x~${id}`,
          hiringOrganization: { name: 'ТОО «АЯН м.»' },
          jobLocation: { address: { addressLocality: 'Карагандинская область / г. Темиртау' } },
          datePosted: '2026-09-03',
        }),
        { origin: 'page.json' },
      );
    expect(numbers(await page('2'))).toEqual([1, 0, 1, 0, 0, 0]);
    ingest.clock.set('2026-09-04T04:00:00Z');
    // What was found as it was is an observation too.
    expect(numbers(await page('2'))).toEqual([1, 0, 0, 1, 0, 0]);
    expect(numbers(await page('4'))).toEqual([1, 1, 0, 0, 0, 0]);
    ingest.clock.set('2026-09-04T05:00:00Z');
    const made = (generatedAt: string): string => feed([record({ id: '1' })], { generatedAt });
    expect(numbers(await ingest.text(made('2026-09-04T06:00:00+05:00')))).toEqual([1, 0, 0, 1, 1, 0]);
    expect(await vacancy('2')).toMatchObject({ status: 'open', title: 'Швея' });
    expect(await vacancy('3')).toMatchObject({ status: 'closed', closed_reason: 'absent' });
    expect(await vacancy('4')).toMatchObject({ status: 'open' });
    // A feed that was made after the page was read knows better.
    expect(numbers(await ingest.text(made('2026-09-04T09:30:00+05:00')))).toEqual([1, 0, 0, 1, 2, 0]);
  });

  it('closes what complete feeds without a time no longer name, of which the one is read after the other', async () => {
    const undated = (ids: string[]): string =>
      feed(
        ids.map((id) => record({ id })),
        { generatedAt: null },
      );
    expect(numbers(await ingest.text(undated(['1', '2'])))).toEqual([2, 2, 0, 0, 0, 0]);
    ingest.clock.forward({ hours: 1 });
    expect(numbers(await ingest.text(undated(['1'])))).toEqual([1, 0, 0, 1, 1, 0]);
    expect(await vacancy('2')).toMatchObject({ status: 'closed', closed_reason: 'absent' });
    // Nor is a line of a feed a reading of its vacancy alone, which would keep later feeds out.
    expect(await rows(dataSource, 'select read_apart_at from vacancy')).toEqual([
      { read_apart_at: null },
      { read_apart_at: null },
    ]);
  });

  it('lets no feed undo what a page said after the feed had been made', async () => {
    const page = readFileSync('src/vacancies/connectors/enbek-page/fixtures/accepted/archived-ru.html', 'utf8');
    const of = (html: string, id: string): string => html.replaceAll('7000101', id);
    const ids = ['7000101', '7000102', '7000103'];
    const made = (generatedAt: string): string =>
      feed(
        ids.map((id) => record({ id, valid_until: '2026-12-03', salary_from: 190_000 })),
        { generatedAt },
      );
    await ingest.text(feed(ids.map((id) => record({ id, valid_until: '2026-12-03' }))));
    ingest.clock.set('2026-09-04T04:00:00Z');
    expect(numbers(await ingest.text(of(page, ids[0]!), { origin: 'page.html' }))).toEqual([1, 0, 1, 0, 1, 0]);
    const gone = gonePage(`https://www.enbek.kz/ru/vacancy/x~${ids[1]}`);
    expect(numbers(await ingest.text(gone, { origin: 'gone.html' }))).toEqual([1, 0, 1, 0, 1, 0]);
    const closed = [{ closed_reason: 'archived' }, { closed_reason: 'gone' }];
    ingest.clock.set('2026-09-04T05:00:00Z');
    expect(numbers(await ingest.text(made('2026-09-04T08:59:59+05:00')))).toEqual([3, 0, 1, 2, 0, 0]);
    for (const [index, expected] of closed.entries())
      expect(await vacancy(ids[index]!)).toMatchObject({ status: 'closed', ...expected });
    expect(await vacancy(ids[2]!)).toMatchObject({ pay_min_tenge: 190_000 });
    expect(numbers(await ingest.text(made('2026-09-04T09:30:00+05:00')))).toEqual([3, 0, 2, 1, 0, 0]);
    expect(await vacancy(ids[0]!)).toMatchObject({ status: 'open', pay_min_tenge: 190_000 });
  });

  const PAGE = readFileSync('src/vacancies/connectors/enbek-page/fixtures/accepted/housing-badge.html', 'utf8');

  it('breaks no promise by words of a page that it does not know', async () => {
    await ingest.text(PAGE, { origin: 'page.html' });
    const known = await vacancy('7000101');
    expect(known).toMatchObject({
      employment: 'permanent',
      schedule: 'full_day',
      area_id: 121,
      openings: 3,
      isco: '2250',
    });
    const unknown = PAGE.replace('>постоянная<', '>бессрочная<')
      .replace('Рабочих мест', 'Мест')
      .replace('>Сельское хозяйство<', '>Агросфера<')
      .replace('С предоставлением жилья', 'Дом за счёт фирмы');
    const report = await ingest.text(unknown, { origin: 'page.html' });
    expect(report.warnings).toEqual({ 'record.unknown_words': 3, 'page.unknown_label': 1 });
    expect(await vacancy('7000101')).toMatchObject({
      employment: 'permanent', openings: 3, housing: 'provided', area_id: 121, isco: known['isco'], sector: 'agriculture',
    }); // prettier-ignore
    expect(await changes()).toEqual([]);
    expect(await events()).toEqual([]);
    // A word it knows is another matter.
    await ingest.text(PAGE.replace('>постоянная<', '>временная<'), { origin: 'page.html' });
    expect(await changes()).toMatchObject([{ change: 'employment_worsened' }]);
  });

  it('sees by a page without the badge that housing is lost, unless housing was known otherwise', async () => {
    const youth = PAGE.replace('С предоставлением жилья', 'Молодежи');
    const before = PAGE.replace(/<div class="forwhom">.*<\/div>/, '');
    await ingest.text(PAGE, { origin: 'page.html' });
    await ingest.text(before, { origin: 'page.html' });
    expect(await vacancy('7000101')).toMatchObject({ housing: 'provided', tags: ['housing'] });
    await ingest.text(youth, { origin: 'page.html' });
    expect(await vacancy('7000101')).toMatchObject({ housing: null, housing_provenance: null, tags: ['youth'] });
    expect(await changes()).toEqual([{ change: 'housing_lost', details: { from: 'provided', to: null } }]);
    const ofFeed = record({ id: '7000102', tags: ['youth'], valid_until: '2026-12-03' });
    await ingest.text(feed([ofFeed], { complete: false }));
    await ingest.text(youth.replaceAll('7000101', '7000102'), { origin: 'page.html' });
    expect(await vacancy('7000102')).toMatchObject({ housing: 'provided', tags: ['youth'] });
  });

  it('takes a refused page that is read again for what it said when it was refused', async () => {
    await ingest.text(feed([record({ id: '7000101' })]));
    const page = readFileSync('src/vacancies/connectors/enbek-page/fixtures/accepted/open-ru.html', 'utf8');
    const text = page.replaceAll('Северо-Казахстанская область', 'Нигдейская область');
    ingest.clock.set('2026-09-04T04:00:00Z');
    expect(numbers(await ingest.text(text, { origin: 'page.html' }))).toEqual([1, 0, 0, 0, 0, 1]);
    // Nor does a retry that is refused again make it newer.
    ingest.clock.set('2026-09-04T06:00:00Z');
    expect((await ingest.service.retryRejected(null)).map(numbers)).toEqual([[1, 0, 0, 0, 0, 1]]);
    await dataSource.query(`update rejected_record set raw = replace(raw, 'Нигдейская', 'Северо-Казахстанская')`);
    ingest.clock.set('2026-09-04T08:00:00Z');
    expect((await ingest.service.retryRejected(null)).map(numbers)).toEqual([[1, 0, 1, 0, 0, 0]]);
    expect(await vacancy('7000101')).toMatchObject({ read_apart_at: new Date('2026-09-04T04:00:00Z') });
  });

  it('takes a refused record of a feed that is read again for what it said when the feed was made', async () => {
    const wrong = record({
      ...{ id: '7000101', location: 'Карагандинская область, г. Павлодар', region_id: 55, valid_until: '2026-12-03' },
    });
    const page = readFileSync('src/vacancies/connectors/enbek-page/fixtures/accepted/archived-ru.html', 'utf8');
    await ingest.text(feed([record({ id: '7000101', valid_until: '2026-12-03' })]));
    ingest.clock.set('2026-09-04T04:00:00Z');
    expect(numbers(await ingest.text(page, { origin: 'page.html' }))).toEqual([1, 0, 1, 0, 1, 0]);
    ingest.clock.set('2026-09-04T05:00:00Z');
    await ingest.text(feed([wrong], { generatedAt: '2026-09-04T01:00:00Z' }));
    ingest.clock.set('2026-09-04T06:00:00Z');
    expect((await ingest.service.retryRejected(null)).map(numbers)).toEqual([[1, 0, 0, 0, 0, 1]]);
    const kept = 'select rejected_at, retried_at, as_of from rejected_record';
    expect(await rows(dataSource, kept)).toEqual([
      {
        rejected_at: new Date('2026-09-04T05:00:00Z'),
        retried_at: ingest.clock.now(),
        as_of: new Date('2026-09-04T01:00:00Z'),
      },
    ]);
    await dataSource.query(`update rejected_record set raw = replace(raw, 'Карагандинская', 'Павлодарская')`);
    ingest.clock.set('2026-09-04T07:00:00Z');
    expect((await ingest.service.retryRejected(null)).map(numbers)).toEqual([[1, 0, 0, 1, 0, 0]]);
    expect(await vacancy('7000101')).toMatchObject({ status: 'closed', closed_reason: 'archived' });
  });

  it('drops a refused record with a feed made after its own, whenever it was retried', async () => {
    await ingest.text(feed([record({ id: '1' }), record({ id: '2', title: 7 })]));
    ingest.clock.set('2026-09-04T05:00:00Z');
    expect((await ingest.service.retryRejected(null)).map(numbers)).toEqual([[1, 0, 0, 0, 0, 1]]);
    await ingest.text(feed([record({ id: '1' })], { generatedAt: '2026-09-04T01:00:00Z' }));
    expect(await rows(dataSource, 'select resolved_reason from rejected_record')).toEqual([
      { resolved_reason: 'absent' },
    ]);
  });

  it('closes nothing for absence from a feed of changes, nor of another source', async () => {
    await ingest.text(feed([record({ id: '1' }), record({ id: '2' })]));
    await ingest.text(feed([record({ id: '9' })]), { source: 'other' });
    expect(numbers(await ingest.text(feed([record({ id: '1' })], { complete: false })))).toEqual([1, 0, 0, 1, 0, 0]);
    expect(await rows(dataSource, `select count(*)::int as open from vacancy where status = 'open'`)).toEqual([
      { open: 3 },
    ]);
  });

  it('does not take a refused record for absent; with an unreadable id it closes nothing and says so', async () => {
    await ingest.text(feed([record({ id: '1' }), record({ id: '2' }), record({ id: '3' })]));
    const readable = await ingest.text(feed([record({ id: '1' }), record({ id: '2', title: 7 })]));
    expect(numbers(readable)).toEqual([2, 0, 0, 1, 1, 1]);
    expect(await vacancy('2')).toMatchObject({ status: 'open' });
    expect(await vacancy('3')).toMatchObject({ status: 'closed' });
    const unreadable = await ingest.text(feed([record({ id: '2' }), '{"broken": ']));
    expect(numbers(unreadable)).toEqual([2, 0, 0, 1, 0, 1]);
    expect(unreadable.warnings).toMatchObject({ 'feed.absence_unknown': 1 });
    expect(await vacancy('1')).toMatchObject({ status: 'open' });
  });

  it('refuses an older feed, one from the future and an empty complete one, and changes nothing', async () => {
    await ingest.text(feed([record({ id: '1' })]));
    const refused = [
      [feed([record({ id: '2' })], { generatedAt: '2026-09-02T06:00:00+05:00' }), 'feed.outdated'],
      [feed([record({ id: '2' })], { generatedAt: '2026-09-02T06:00:00+05:00', complete: false }), 'feed.outdated'],
      [feed([record({ id: '2' })], { generatedAt: '2027-09-02T06:00:00+05:00' }), 'feed.from_future'],
      [feed([]), 'feed.no_vacancies'],
    ] as const;
    for (const [text, code] of refused) {
      const report = await ingest.text(text);
      expect(report).toMatchObject({ status: 'refused', inserted: 0, closed: 0, error: { code } });
      expect(await rows(dataSource, 'select status, error_code from ingest_run where id = $1', [report.runId])).toEqual(
        [{ status: 'refused', error_code: code }],
      );
    }
    expect(await rows(dataSource, 'select external_id, status from vacancy')).toEqual([
      { external_id: '1', status: 'open' },
    ]);
  });

  it('refuses a feed of changes older than another, and takes one of the same moment again', async () => {
    const at = (generatedAt: string, openings: number, complete = false): string =>
      feed([record({ id: '1', openings })], { generatedAt, complete });
    const newer = at('2026-09-03T07:00:00+05:00', 2);
    await ingest.text(at('2026-09-03T06:00:00+05:00', 1, true));
    expect(numbers(await ingest.text(newer))).toEqual([1, 0, 1, 0, 0, 0]);
    for (const complete of [false, true]) {
      const late = await ingest.text(at('2026-09-03T06:30:00+05:00', 3, complete));
      expect(late).toMatchObject({ status: 'refused', error: { code: 'feed.outdated' } });
    }
    expect(numbers(await ingest.text(newer))).toEqual([1, 0, 0, 1, 0, 0]);
    expect(await vacancy('1')).toMatchObject({ openings: 2 });
  });

  it.each([
    ['a truncated file', feed([record({ id: '1' }), record({ id: '2' })], { count: 3 }), 'feed.truncated'],
    [
      'a file cut inside its last line',
      feed([record({ id: '1' }), record({ id: '2' })]).slice(0, -40),
      'feed.truncated',
    ],
    ['more lines than promised', feed([record({ id: '1' }), record({ id: '2' })], { count: 1 }), 'feed.count_mismatch'],
    ['an unknown version', feed([]).replace('"version":1', '"version":2'), 'feed.unknown_version'],
    ['a page that is no vacancy', '<!doctype html><html><body><h1>Новости</h1></body></html>', 'file.unknown_format'],
    ['an empty file', '', 'file.empty'],
  ])('refuses %s whole', async (_, text, code) => {
    const report = await ingest.text(text, { origin: code === 'file.unknown_format' ? 'page.html' : 'test.ndjson' });
    expect(report).toMatchObject({ status: 'refused', inserted: 0, error: { code } });
    expect(report.error?.message).not.toBe(code);
    expect(await rows(dataSource, 'select id from vacancy')).toEqual([]);
    expect(await rows(dataSource, 'select id from rejected_record')).toEqual([]);
  });

  it('refuses a file that is not UTF-8', async () => {
    const bytes = Buffer.from(feed([record({ id: '1', title: 'Xxxx' })]).replace('Xxxx', '\u00e8'), 'latin1');
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield bytes;
    }
    const report = await ingest.service.ingest({ bytes: stream(), origin: 'win.ndjson' });
    expect(report.error?.code).toBe('file.encoding');
  });

  it('leaves alone what a source does not speak of, and takes back what it states as nothing', async () => {
    await ingest.text(feed([record({ id: '1' })]));
    const before = await vacancy('1');
    const claim = {
      externalId: '1',
      title: String(before['title']),
      locationText: String(before['location_text']),
      employer: { name: String(before['employer_name']) },
      publishedOn: '2026-09-03',
    };
    await ingest.claim(claim);
    expect(await vacancy('1')).toEqual({ ...before, read_apart_at: ingest.clock.now() });
    await ingest.claim({ ...claim, openings: null });
    expect(await vacancy('1')).toMatchObject({ openings: null, pay_min_tenge: 170_000, housing: 'provided' });
    // A lower bound alone, above the stored upper one, drops that one.
    await ingest.claim({ ...claim, payMinTenge: 250_000 });
    expect(await vacancy('1')).toMatchObject({ pay_min_tenge: 250_000, pay_max_tenge: null });
  });

  it('writes what got worse, by however little, as one batch with one event', async () => {
    const ids = ['pay', 'pay-upper', 'better', 'housing', 'work', 'district', 'title'];
    const upTo = { salary_from: null, salary_to: 200_000 };
    await ingest.text(feed(ids.map((id) => record({ id, ...(id === 'pay-upper' && upTo) }))));
    const report = await ingest.text(
      feed([
        record({ id: 'pay', salary_from: 169_000 }),
        record({ id: 'pay-upper', ...upTo, salary_to: 150_000 }),
        record({ id: 'better', salary_from: 180_000, salary_to: 210_000 }),
        record({ id: 'housing', relocation: { offered: true, permanent_years: 2, housing: 'help' } }),
        record({ id: 'work', employment: '00000$55ВО' }),
        record({ id: 'district', location: 'Карагандинская область, г. Балхаш' }),
        record({ id: 'title', title: 'Слесарь-сантехник' }),
      ]),
    );
    expect(numbers(report)).toEqual([7, 0, 7, 0, 0, 0]);
    const found = await rows(
      dataSource,
      `select v.external_id as id, c.change, c.details from vacancy_change c join vacancy v on v.id = c.vacancy_id
       where c.batch_id = $1 order by c.change, v.external_id`,
      [report.runId],
    );
    expect(found).toEqual([
      { id: 'work', change: 'employment_worsened', details: { from: 'permanent', to: 'temporary' } },
      { id: 'housing', change: 'housing_lost', details: { from: 'provided', to: 'help' } },
      { id: 'district', change: 'moved', details: { from: '352400000', to: '351600000' } },
      { id: 'title', change: 'occupation_changed', details: { from: '9112', to: '7126' } },
      { id: 'pay', change: 'pay_reduced', details: { from: 170_000, to: 169_000 } },
      { id: 'pay-upper', change: 'pay_reduced', details: { from: 200_000, to: 150_000 } },
    ]);
    expect(await events()).toEqual([{ payload: { batchId: report.runId } }]);
  });

  it('closes what has expired, in a run and by the day', async () => {
    await ingest.text(
      feed([record({ id: '1', valid_until: '2026-09-05' }), record({ id: '2', valid_until: '2026-09-30' })]),
    );
    ingest.clock.set('2026-09-05T18:59:00Z');
    expect(await ingest.service.closeExpired()).toBe(0);
    ingest.clock.set('2026-09-05T19:00:00Z'); // midnight in Kazakhstan
    expect(await ingest.service.closeExpired()).toBe(1);
    expect(await vacancy('1')).toMatchObject({ status: 'closed', closed_reason: 'expired' });
    expect(await events()).toHaveLength(1);
    const text = feed([record({ id: '3' })], { complete: false, generatedAt: '2026-10-01T06:00:00+05:00' });
    ingest.clock.set('2026-10-01T06:00:00Z');
    expect(numbers(await ingest.text(text))).toEqual([1, 1, 0, 0, 1, 0]);
    expect(await vacancy('2')).toMatchObject({ status: 'closed', closed_reason: 'expired' });
  });

  it('closes what states no openings any more, and opens it again when it states some', async () => {
    await ingest.text(feed([record({ id: '1' }), record({ id: '2', openings: 0 })]));
    expect(await vacancy('2')).toMatchObject({ status: 'closed', closed_reason: 'filled', openings: 0 });
    expect(await changes()).toEqual([]);
    const filled = (options = {}): string =>
      feed([record({ id: '1', openings: 0 }), record({ id: '2', openings: 0 })], options);
    const report = await ingest.text(filled());
    expect(numbers(report)).toEqual([2, 0, 1, 1, 1, 0]);
    expect(await vacancy('1')).toMatchObject({ status: 'closed', closed_reason: 'filled', openings: 0 });
    expect(await changes()).toEqual([{ change: 'closed', details: { reason: 'filled' } }]);
    expect(await events()).toEqual([{ payload: { batchId: report.runId } }]);
    expect(numbers(await ingest.text(filled()))).toEqual([2, 0, 0, 2, 0, 0]);
    // A source that says nothing of openings opens nothing.
    await ingest.claim({
      externalId: '1', title: 'Уборщик', locationText: 'Карагандинская область, г. Темиртау', enbekRegionId: 35,
      employer: { name: 'АЯН м.' }, publishedOn: '2026-09-03',
    }); // prettier-ignore
    expect(await vacancy('1')).toMatchObject({ status: 'closed', closed_reason: 'filled', title: 'Уборщик' });
    const later = { generatedAt: '2026-09-03T11:00:00+05:00' };
    const some = feed([record({ id: '1', openings: 1 }), record({ id: '2' })], later);
    expect(numbers(await ingest.text(some))).toEqual([2, 0, 2, 0, 0, 0]);
    expect(await vacancy('1')).toMatchObject({ status: 'open', closed_reason: null, closed_at: null, openings: 1 });
    // What an earlier version left open is closed though its source repeats itself.
    await ingest.text(filled(later));
    await dataSource.query(`update vacancy set status = 'open', closed_reason = null, closed_at = null`);
    expect(numbers(await ingest.text(filled(later)))).toEqual([2, 0, 2, 0, 2, 0]);
  });

  it('keeps an inspected home inspected while the offer stands', async () => {
    await ingest.text(feed([record({ id: '1' })]));
    await dataSource.query(`update vacancy set housing_provenance = 'inspected'`);
    await ingest.text(feed([record({ id: '1', openings: 9 })]));
    expect(await vacancy('1')).toMatchObject({ openings: 9, housing_provenance: 'inspected' });
    await ingest.text(feed([record({ id: '1', relocation: { offered: true, housing: 'help' } })]));
    expect(await vacancy('1')).toMatchObject({ housing: 'help', housing_provenance: 'employer_claim' });
  });

  it('makes one firm of its spellings, and two of two BINs', async () => {
    const of = (id: string, employer: object): object => record({ id, employer: { id: null, bin: null, ...employer } });
    const report = await ingest.text(
      feed([
        of('1', { name: 'ТОО "Агро-Север"', id: 71 }),
        of('2', { name: 'Товарищество с ограниченной ответственностью АГРО-СЕВЕР' }),
        of('3', { name: '«Агро Север» ЖШС', id: 71 }),
        of('4', { name: 'КГУ «Школа № 1»', id: 72 }),
        of('5', { name: 'КГУ «Школа № 1»', id: 73 }),
      ] as Record<string, unknown>[]),
    );
    expect(report.inserted).toBe(5);
    const firms = await rows<{ id: string; firm: string }>(
      dataSource,
      'select external_id as id, employer_id as firm from vacancy order by 1',
    );
    const [first, second, third, fourth, fifth] = firms.map(({ firm }) => firm);
    expect([second, third]).toEqual([first, first]);
    expect(new Set([first, fourth, fifth]).size).toBe(3);
    expect(await rows(dataSource, 'select count(*)::int as firms from employer')).toEqual([{ firms: 3 }]);
  });

  it('refuses a place outside its region; keeps a settlement it cannot tell, with a warning', async () => {
    const report = await ingest.text(
      feed([
        record({ id: '1', region_id: 59, kato: null }),
        record({ id: '2', region_id: 59, location: 'Северо-Казахстанская область', kato: '551010000' }),
        record({ id: '3', region_id: 59, location: 'Северо-Казахстанская область, с. Нетакого' }),
        record({ id: '4', region_id: 59, location: 'Северо-Казахстанская область, г. Петропавловск' }),
      ]),
    );
    expect(numbers(report)).toEqual([4, 2, 0, 0, 0, 2]);
    expect(report.rejected.map(({ ref, code }) => [ref, code])).toEqual([
      ['line 2', 'place.conflict'],
      ['line 3', expect.stringMatching(/^(place\.conflict|record\.kato_outside_region)$/)],
    ]);
    const { code, params } = report.rejected[0]!;
    expect((['en', 'ru', 'kk'] as const).map((language) => translate(language, code, params))).toEqual([
      'The record says North Kazakhstan Region, but "Карагандинская область, г. Темиртау" lies elsewhere.',
      'Регион записи – Северо-Казахстанская область, но «Карагандинская область, г. Темиртау» находится в другом месте.',
      'Жазбаның өңірі – Солтүстік Қазақстан облысы, ал «Карагандинская область, г. Темиртау» басқа жерде орналасқан.',
    ]);
    expect(report.warnings).toMatchObject({ 'place.settlement_unknown': 1 });
    expect(await vacancy('3')).toMatchObject({ region_code: 'KZ-59', kato: null, place_match: 'unknown' });
    expect(await vacancy('4')).toMatchObject({
      region_code: 'KZ-59',
      district_kato: '591000000',
      place_match: 'settlement',
    });
  });

  it('puts a record with a region’s id of before June 2022 into the region of today, with a warning', async () => {
    const report = await ingest.text(
      feed([record({ id: '1', region_id: 63, location: 'Восточно-Казахстанская область, г. Семей' })]),
    );
    expect(report).toMatchObject({ inserted: 1, rejectedCount: 0, warnings: { 'place.moved': 1 } });
    expect(await vacancy('1')).toMatchObject({
      region_code: 'KZ-10', district_kato: '101000000', kato: '101010000', place_match: 'settlement',
    }); // prettier-ignore
    const [warned] = report.warned;
    const words = (['en', 'ru', 'kk'] as const).map((language) =>
      translate(language, warned!.code, warned!.params ?? {}),
    );
    expect(words).toEqual([
      '"Восточно-Казахстанская область, г. Семей" lies in Abai Region since June 2022; the vacancy was put there.',
      '«Восточно-Казахстанская область, г. Семей»: с июня 2022 года это область Абай; вакансия отнесена к этому региону.',
      '«Восточно-Казахстанская область, г. Семей»: 2022 жылғы маусымнан бері бұл – Абай облысы; бос орын осы өңірге жатқызылды.',
    ]);
  });

  it('keeps what says it was published more than a day ahead, with a warning', async () => {
    const days = ['2026-09-04', '2026-09-05', '2026-11-03'];
    const report = await ingest.text(
      feed(days.map((published, at) => record({ id: String(at), published, valid_until: null }))),
    );
    expect(report).toMatchObject({ inserted: 3, rejectedCount: 0, warnings: { 'record.published_ahead': 2 } });
    expect(report.warned.map(({ ref, field, params }) => [ref, field, params?.['value']])).toEqual([
      ['line 3', 'published', '2026-09-05'],
      ['line 4', 'published', '2026-11-03'],
    ]);
  });

  it('keeps refused records, reads them again after a fix, and drops them when they arrive right', async () => {
    const wrong = record({ id: '1', location: 'Карагандинская область, г. Павлодар', region_id: 55 });
    const report = await ingest.text(feed([wrong, record({ id: '2', title: null }), record({ id: '3' })]));
    expect(report.rejectedCount).toBe(2);
    const open = (): Promise<Record<string, unknown>[]> =>
      rows(
        dataSource,
        'select ref, external_id, code, field, raw, retried_at, resolved_at from rejected_record order by id',
      );
    expect(await open()).toMatchObject([
      { ref: 'line 2', external_id: '1', code: 'place.conflict', resolved_at: null, raw: JSON.stringify(wrong) },
      { ref: 'line 3', external_id: '2', code: 'record.missing_field', field: 'title' },
    ]);
    // The same file again adds no second row for the same line.
    await ingest.text(feed([wrong, record({ id: '2', title: null }), record({ id: '3' })]));
    expect(await open()).toHaveLength(2);
    // The fix: an officer of the operator corrects the raw record, as a mended alias table would.
    await dataSource.query(
      `update rejected_record set raw = replace(raw, 'Карагандинская', 'Павлодарская') where external_id = '1'`,
    );
    ingest.clock.forward({ hours: 1 });
    const [retry, ...others] = await ingest.service.retryRejected(null);
    expect(others).toEqual([]);
    expect([retry?.read, retry?.inserted, retry?.rejectedCount]).toEqual([2, 1, 1]);
    expect(await vacancy('1')).toMatchObject({ region_code: 'KZ-55', kato: '551010000', status: 'open' });
    expect(await open()).toMatchObject([
      { external_id: '1', resolved_at: ingest.clock.now(), retried_at: ingest.clock.now() },
      { external_id: '2', resolved_at: null, retried_at: ingest.clock.now() },
    ]);
    await ingest.text(feed([record({ id: '2' })], { complete: false }));
    expect((await open()).map((row) => row['resolved_at'])).not.toContain(null);
    expect(await ingest.service.retryRejected(null)).toEqual([]);
  });

  it('keeps each line that cannot be taken apart, of whatever file, with its reason, and knows it again in the next file', async () => {
    const [broken, other] = ['{"id":"7","title":"Слесарь"', '{"id":"8",,}'];
    const withLine = (line: string): string =>
      [feed([record({ id: '1' })], { count: 2, complete: false }).trimEnd(), line, ''].join('\n');
    await ingest.text(withLine(broken), { origin: 'day1.ndjson' });
    await ingest.text(withLine(other), { origin: 'day2.ndjson' });
    const open = (): Promise<Record<string, unknown>[]> =>
      rows(dataSource, 'select origin, ref, external_id, code, params, resolved_at from rejected_record order by id');
    expect(await open()).toMatchObject([
      { origin: 'day1.ndjson', ref: 'line 3', external_id: '7', code: 'record.invalid_json' },
      { origin: 'day2.ndjson', ref: 'line 3', external_id: '8', code: 'record.invalid_json' },
    ]);
    const again = [
      feed([record({ id: '1' }), record({ id: '2' })], { count: 3, complete: false }).trimEnd(),
      broken,
      '',
    ].join('\n');
    await ingest.text(again, { origin: 'day3.ndjson' });
    const csv = [
      '# enbek-feed 1 complete=false count=1',
      'id,title,region_id,location,employer_name,published',
      '9,a,b',
      '',
    ];
    await ingest.text(csv.join('\n'), { origin: 'day3.csv' });
    const all = [
      { origin: 'day3.ndjson', ref: 'line 4', external_id: '7', code: 'record.invalid_json', resolved_at: null },
      { origin: 'day2.ndjson', ref: 'line 3', external_id: '8', code: 'record.invalid_json' },
      { origin: 'day3.csv', code: 'record.wrong_columns', params: { expected: 6, found: 3 } },
    ];
    expect(await open()).toMatchObject(all);
    // Nothing of them could be read anew: only who asks for one by its id has it refused again, for the reason that it has.
    expect(await ingest.service.retryRejected(null)).toEqual([]);
    const ids = (await rows<{ id: string }>(dataSource, 'select id from rejected_record')).map(({ id }) => id);
    await ingest.service.retryRejected(ids);
    expect(await open()).toMatchObject(all);
  });

  it('drops refused records with a complete feed that no longer names them, so that a retry does not bring them back', async () => {
    const mended = `update rejected_record set raw = replace(raw, 'Карагандинская', 'Павлодарская')`;
    const wrong = (id: string): ReturnType<typeof record> =>
      record({ id, location: 'Карагандинская область, г. Павлодар', region_id: 55 });
    const found = (): Promise<Record<string, unknown>[]> =>
      rows(dataSource, 'select external_id, resolved_at, resolved_reason from rejected_record order by external_id');
    await ingest.text(feed([wrong('1'), wrong('2'), record({ id: '3' })]));
    // Neither a feed of changes nor a complete one that a record without an id was refused of says what was dropped.
    ingest.clock.forward({ days: 1 });
    const second = { generatedAt: '2026-09-04T06:00:00+05:00' };
    await ingest.text(feed([record({ id: '3' })], { ...second, complete: false }));
    await ingest.text(feed([record({ id: '3' }), record({ id: null })], second));
    await dataSource.query('delete from rejected_record where external_id is null');
    // Nor does a feed that was made before the records were refused.
    await ingest.text(feed([record({ id: '3' })]));
    expect(await found()).toEqual([
      { external_id: '1', resolved_at: null, resolved_reason: null },
      { external_id: '2', resolved_at: null, resolved_reason: null },
    ]);
    ingest.clock.forward({ days: 1 });
    const third = { generatedAt: '2026-09-05T06:00:00+05:00' };
    await ingest.text(feed([wrong('2'), record({ id: '3' })], third));
    expect(await found()).toEqual([
      { external_id: '1', resolved_at: ingest.clock.now(), resolved_reason: 'absent' },
      { external_id: '2', resolved_at: null, resolved_reason: null },
    ]);
    await dataSource.query(mended);
    expect((await ingest.service.retryRejected(null)).map(numbers)).toEqual([[1, 1, 0, 0, 0, 0]]);
    expect(await vacancy('1')).toEqual({});
    expect(await found()).toMatchObject([{ resolved_reason: 'absent' }, { resolved_reason: 'accepted' }]);
  });

  it('takes a feed whose time has no offset, and says how it was read', async () => {
    const report = await ingest.text(feed([record({ id: '1' })], { generatedAt: '2026-09-03T10:00:00' }));
    expect(report).toMatchObject({
      status: 'applied',
      inserted: 1,
      warnings: { 'feed.time_without_offset': 1 },
      warned: [{ ref: 'header', code: 'feed.time_without_offset', field: 'generated_at' }],
    });
  });

  it('takes the first of two lines with one id, and keeps the other', async () => {
    const report = await ingest.text(feed([record({ id: '1', openings: 1 }), record({ id: '1', openings: 2 })]));
    expect(numbers(report)).toEqual([2, 1, 0, 0, 0, 1]);
    expect(report.rejected).toMatchObject([
      { ref: 'line 3', code: 'record.duplicate_id', field: 'id', params: { id: '1' } },
    ]);
    expect(await vacancy('1')).toMatchObject({ openings: 1 });
    expect(await rows(dataSource, 'select ref, external_id, code, raw from rejected_record')).toEqual([
      {
        ref: 'line 3',
        external_id: '1',
        code: 'record.duplicate_id',
        raw: JSON.stringify(record({ id: '1', openings: 2 })),
      },
    ]);
    expect(await rows(dataSource, 'select read, inserted, unchanged, rejected from ingest_run')).toEqual([
      { read: 2, inserted: 1, unchanged: 0, rejected: 1 },
    ]);
  });

  it('keeps two runs of one source apart', async () => {
    const many = Array.from({ length: 300 }, (_, index) => record({ id: String(index), openings: 1 }));
    const reports = await Promise.all([
      ingest.text(feed(many)),
      ingest.text(feed(many)),
      ingest.text(feed(many), { source: 'b' }),
    ]);
    expect(reports.map((report) => report.error)).toEqual([undefined, undefined, undefined]);
    expect(reports.reduce((sum, report) => sum + report.inserted, 0)).toBe(600);
    expect(reports.reduce((sum, report) => sum + report.unchanged, 0)).toBe(300);
    expect(await rows(dataSource, 'select count(*)::int as firms from employer')).toEqual([{ firms: 1 }]);
  });

  it('leaves nothing of a run whose connection dies, and marks it failed', async () => {
    await ingest.text(feed([record({ id: '1' })]));
    async function* dying(): AsyncGenerator<Uint8Array> {
      const many = Array.from({ length: 2_000 }, (_, index) => record({ id: `n${index}` }));
      yield* chunks(feed(many, { count: 3_000 }), 50_000);
      await dataSource.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy staged_vacancy%' and datname = current_database()`,
      );
      yield Buffer.from(`${JSON.stringify(record({ id: 'last' }))}\n`);
    }
    await expect(ingest.service.ingest({ bytes: dying(), origin: 'dying.ndjson' })).rejects.toThrow();
    expect(await rows(dataSource, 'select external_id, status from vacancy')).toEqual([
      { external_id: '1', status: 'open' },
    ]);
    expect(await rows(dataSource, `select status, error_code from ingest_run order by id desc limit 1`)).toEqual([
      { status: 'failed', error_code: 'ingest.failed' },
    ]);
    expect(numbers(await ingest.text(feed([record({ id: '1' })])))).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it('marks a run as failed that nobody is doing any more', async () => {
    await dataSource.query(
      `insert into ingest_run (id, source, connector, origin, status, started_at)
       values ('0199a000-0000-7000-8000-000000000001', 'enbek', 'enbek-feed', 'killed.ndjson', 'running', now())`,
    );
    expect(await ingest.service.failAbandoned()).toEqual(['0199a000-0000-7000-8000-000000000001']);
    expect(await rows(dataSource, 'select status, error_code from ingest_run')).toEqual([
      { status: 'failed', error_code: 'ingest.interrupted' },
    ]);
  });

  describe('a run that waits in the queue', () => {
    const runId = '0199a000-0000-7000-8000-00000000000a';
    let home: string;
    let runs: IngestRunsService;
    const upload = (): string => join(home, 'spool', `${runId}.upload`);
    const state = async (): Promise<Record<string, unknown>> =>
      (await rows<Record<string, unknown>>(dataSource, 'select * from ingest_run where id = $1', [runId]))[0] ?? {};
    /** Keeps another connection's advisory lock while something is done. */
    const holding = async (key: string, value: string, act: () => Promise<void>): Promise<void> => {
      const other = dataSource.createQueryRunner();
      await other.query(`select pg_advisory_lock(${key})`, [value]);
      try {
        await act();
      } finally {
        await other.query(`select pg_advisory_unlock(${key})`, [value]);
        await other.release();
      }
    };

    beforeEach(async () => {
      home = await mkdtemp(join(tmpdir(), 'qonys-ingest-'));
      runs = new IngestRunsService(dataSource, { home } as Config, ingest.clock, ingest.service);
      await mkdir(join(home, 'spool'));
      await writeFile(upload(), feed([record({ id: '1' })]));
      const run = { id: runId, source: 'unknown', connector: 'unknown', origin: 'queued.ndjson', synthetic: false };
      await queueRun(dataSource, run, ingest.clock.now());
    });
    afterEach(() => rm(home, { recursive: true }));

    it('is left as it ended when its job is delivered a second time', async () => {
      let second: Promise<unknown> = Promise.resolve();
      await holding(RUN_LOCK, runId, async () => {
        second = runs.perform(runId);
        for (let waiting = 0; waiting === 0; await sleep(20)) {
          const [found] = await rows<{ waiting: number }>(
            dataSource,
            `select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`,
          );
          waiting = found?.waiting ?? 0;
        }
        await dataSource.query(`update ingest_run set status = 'applied', inserted = 7, finished_at = now()`);
      });
      expect(await second).toBeNull();
      expect(await state()).toMatchObject({ status: 'applied', inserted: 7 });
      await expect(ingest.text(feed([record()]), { runId })).rejects.toMatchObject({ code: 'ingest.run_ended' });
      expect(await rows(dataSource, 'select id from vacancy')).toEqual([]);
    });

    it('leaves no upload behind once it may not start any more', async () => {
      await dataSource.query(`update ingest_run set status = 'refused'`);
      expect(await runs.perform(runId)).toBeNull();
      await expect(access(upload())).rejects.toThrow();
    });

    it('drops its upload with the last attempt, not before', async () => {
      const handlers = new JobHandlers();
      await new IngestProcessor(dataSource, handlers, runs).onModuleInit();
      const eventId = await dataSource.transaction((tx) =>
        recordEvent(tx, { topic: 'ingest.requested', regionCode: null, payload: { runId } }, ingest.clock.now()),
      );
      const attempt = (attemptsMade: number): Promise<void> =>
        handlers.handlerOf('ingest', 'ingest')({ eventId }, { attemptsMade, opts: { attempts: 3 } } as Job<JobPayload>);
      const patience = ingest.service.mostWaitMs;
      ingest.service.mostWaitMs = 50;
      const broken = jest.spyOn(ingest.service, 'ingest');
      try {
        // To wait for another run is no attempt.
        await holding(SOURCE_LOCK, 'enbek', async () => {
          await expect(attempt(2)).rejects.toBeInstanceOf(JobPutBack);
          expect(await state()).toMatchObject({ status: 'queued', error_code: null });
          await access(upload());
        });
        broken.mockRejectedValue(new Error('broken'));
        await expect(attempt(1)).rejects.toThrow('broken');
        await access(upload());
        await expect(attempt(2)).rejects.toThrow('broken');
        await expect(access(upload())).rejects.toThrow();
      } finally {
        broken.mockRestore();
        ingest.service.mostWaitMs = patience;
      }
    });

    it('is spared when old uploads are swept, until it has failed', async () => {
      const orphan = join(home, 'spool', '0199a000-0000-7000-8000-00000000000b.upload');
      await writeFile(orphan, '');
      const now = ingest.clock.now().getTime() / 1000;
      await utimes(orphan, now, now - 23 * 3600);
      await utimes(upload(), now, now - 25 * 3600);
      expect(await runs.sweepUploads()).toBe(0);
      await utimes(orphan, now, now - 25 * 3600);
      expect(await runs.sweepUploads()).toBe(1);
      await expect(access(orphan)).rejects.toThrow();
      await access(upload());
      await dataSource.query(`update ingest_run set status = 'failed'`);
      expect(await runs.sweepUploads()).toBe(1);
      await expect(access(upload())).rejects.toThrow();
    });

    it('keeps its upload and its turn while the source is busy', async () => {
      const patience = ingest.service.mostWaitMs;
      ingest.service.mostWaitMs = 50;
      try {
        await holding(SOURCE_LOCK, 'enbek', () =>
          expect(runs.perform(runId)).rejects.toMatchObject({ code: 'ingest.busy' }),
        );
      } finally {
        ingest.service.mostWaitMs = patience;
      }
      expect(await state()).toMatchObject({ status: 'queued', error_code: null });
      expect(await runs.perform(runId)).toMatchObject({ status: 'applied', inserted: 1 });
      expect(await state()).toMatchObject({ status: 'applied', error_code: null });
      await expect(access(upload())).rejects.toThrow();
    });
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    const many = Array.from({ length: 1_200 }, (_, index) => record({ id: String(index) }));
    await ingest.service.ingest(
      { bytes: chunks(feed(many), 9_000), origin: 'many.ndjson' },
      ({ stage, read, expected }) => seen.push(`${stage} ${read}/${expected}`),
    );
    expect(seen).toEqual(['reading 500/1200', 'reading 1000/1200', 'applying 1200/1200']);
  });

  it.each(['employer:nobody', 'employer:0199a000-0000-7000-8000-000000000001'])(
    'refuses the source %s',
    async (source) => {
      expect((await ingest.text(feed([record()]), { source })).error?.code).toBe('employer.not_found');
    },
  );

  it('refuses a source’s name that is none', async () => {
    await expect(ingest.text(feed([record()]), { source: 'Bad source!' })).rejects.toMatchObject({
      code: 'source.name_invalid',
    });
  });
});
