import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  claimsOf,
  readFileEvents,
  readTextEvents,
  rejectedOf,
  vacanciesOf,
} from '../../../../test/support/read-events.js';
import { itRefuses } from '../../../../test/support/refused-fixtures.js';
import { Problem } from '../../../shared/problem.js';
import type { ReadEvent } from '../../connector.js';
import { removeContactsDeep } from '../personal-contacts.js';
import { jobposting } from './jobposting.js';

const FIXTURES = 'src/vacancies/connectors/jobposting/fixtures';
const REAL = 'test/fixtures/enbek/enbek_jobposting_jsonld.json';
const POSTING = JSON.parse(readFileSync(`${FIXTURES}/accepted/single.json`, 'utf8')) as Record<string, unknown>;
const read = (posting: unknown) => readTextEvents(jobposting, JSON.stringify(posting));
const pay = (value: object, currency = 'KZT') => ({ ...POSTING, baseSalary: { currency, value } });

describe('jobposting', () => {
  it('reads a posting of any employer', async () => {
    const [header, event] = await readFileEvents(jobposting, `${FIXTURES}/accepted/single.json`);
    expect(header).toEqual({ kind: 'header', complete: false, generatedAt: null, count: 1 });
    expect(event?.kind === 'vacancy' && event.claim).toEqual({
      externalId: 'ENG-7@ао примерная энергия',
      title: 'Инженер-энергетик',
      url: 'https://jobs.example.kz/eng-7',
      locationText: 'Павлодарская область, Экибастуз',
      addressText: null,
      employer: { name: 'АО «Примерная энергия»' },
      duties: 'Обслуживать подстанцию.\nВести журнал\nРезюме: hr@example.kz',
      payMinTenge: 350000,
      payMaxTenge: 450000,
      employment: 'temporary',
      schedule: 'full_day',
      education: 'higher',
      experience: '3-5',
      openings: 2,
      skills: [],
      publishedOn: '2026-09-03',
      validUntil: '2026-10-03',
      archived: false,
    });
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'reads the education %p as words nobody knows',
    async (education) => {
      for (const educationRequirements of [education, { credentialCategory: education }]) {
        expect(claimsOf(await read({ ...POSTING, educationRequirements }))).toMatchObject([{ education: null }]);
      }
    },
  );

  it('finds postings in a graph and among several blocks of a page', async () => {
    const [single] = claimsOf(await readFileEvents(jobposting, `${FIXTURES}/accepted/single.json`));
    expect(claimsOf(await readFileEvents(jobposting, `${FIXTURES}/accepted/graph.jsonld`))).toEqual([single]);
    const page = await readFileEvents(jobposting, `${FIXTURES}/accepted/page-several-blocks.html`);
    expect(claimsOf(page)).toEqual([single]);
    expect(vacanciesOf(page)[0]?.warnings).toEqual([{ code: 'jobposting.broken_jsonld' }]);
  });

  it('reads identifiers as text or object, and makes a stable one where there is none', async () => {
    const list = claimsOf(await readFileEvents(jobposting, `${FIXTURES}/accepted/list.json`));
    expect(list.map((claim) => claim.externalId)).toEqual(['ENG-7@ао примерная энергия', 'ENG-8@ао примерная энергия']);
    const { identifier, ...byAddress } = POSTING;
    expect(identifier).toBeDefined();
    expect(claimsOf(await read(byAddress))[0]?.externalId).toBe('https://jobs.example.kz/eng-7');
    const bare = { ...byAddress, url: undefined };
    const [first] = vacanciesOf(await read(bare));
    const [second] = vacanciesOf(await read({ ...bare, skills: 'Ремонт' }));
    expect(first?.claim.externalId).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(second?.claim.externalId).toBe(first?.claim.externalId);
    expect(first?.warnings).toEqual([{ code: 'jobposting.id_made', field: 'identifier' }]);
  });

  it('is one vacancy in the first of several places; the address names the others', async () => {
    const place = (addressRegion: string, addressLocality: string, streetAddress?: string) => ({
      '@type': 'Place',
      address: { addressRegion, addressLocality, streetAddress },
    });
    const jobLocation = [
      place('Павлодарская область', 'Экибастуз', 'ул. Ленина, 5'),
      place('Павлодарская область', 'Аксу'),
      place('Павлодарская область', 'Экибастуз', 'ул. Абая, 1'),
      place('Акмолинская область', 'Кокшетау'),
      place('Павлодарская область', 'Аксу'),
      'нет',
      {},
    ];
    const events = vacanciesOf(await read({ ...POSTING, jobLocation }));
    expect(events).toHaveLength(1);
    expect(events[0]?.claim).toMatchObject({
      locationText: 'Павлодарская область, Экибастуз',
      addressText: 'ул. Ленина, 5 + Павлодарская область, Аксу + Акмолинская область, Кокшетау + нет',
      openings: 2,
    });
    expect(events[0]?.warnings).toEqual([
      { code: 'jobposting.other_places', field: 'jobLocation', params: { count: 3 } },
    ]);
    const many = jobLocation
      .slice(0, 1)
      .concat(Array.from({ length: 99 }, (_, n) => place('Абай', `${n}`.padEnd(90, 'а'))));
    const [crowd] = claimsOf(await read({ ...POSTING, jobLocation: many }));
    expect(crowd?.addressText?.length).toBeLessThanOrEqual(700);
    const [alone] = vacanciesOf(await read({ ...POSTING, jobLocation: jobLocation.slice(0, 1) }));
    expect(alone).toMatchObject({ claim: { addressText: 'ул. Ленина, 5' }, warnings: [] });
  });

  it('keeps two employers apart who number their posts alike', async () => {
    const other = { ...POSTING, hiringOrganization: { name: 'ТОО «Другая энергия»' } };
    expect(new Set(claimsOf(await read([POSTING, other])).map((claim) => claim.externalId)).size).toBe(2);
  });

  it('brings pay to tenge a month, or leaves it unstated with a warning', async () => {
    const of = async (posting: unknown) => {
      const [event] = vacanciesOf(await read(posting));
      return [event?.claim.payMinTenge, event?.claim.payMaxTenge, ...event!.warnings.map((warning) => warning.code)];
    };
    expect(await of(pay({ value: 250000, unitText: 'MONTH' }))).toEqual([250000, 250000]);
    expect(await of(pay({ minValue: 250000, unitText: 'MONTH' }))).toEqual([250000, null]);
    expect(await of(pay({ minValue: 3_600_000, maxValue: 4_800_000, unitText: 'YEAR' }))).toEqual([300000, 400000]);
    expect(await of(pay({ value: 2500, unitText: 'HOUR' }))).toEqual([null, null, 'jobposting.pay_unit']);
    expect(await of(pay({ value: 2500, unitText: 'MONTH' }, 'USD'))).toEqual([null, null, 'jobposting.pay_currency']);
    expect(await of({ ...POSTING, baseSalary: undefined })).toEqual([null, null]);
  });

  it.each([
    ['250.000', 250000, 250000],
    ['250 000,00', 250000, 250000],
    ['от 250000', 250000, null],
    ['250 000 – 300 000 тенге', 250000, 300000],
    ['по договорённости', null, null],
    [0, 0, 0],
    ['0', 0, 0],
    [250_000.4, 250000, 250000],
  ])('reads an amount of %p as people write it', async (value, min, max) => {
    const [event] = vacanciesOf(await read(pay({ value, unitText: 'MONTH' })));
    expect([event?.claim.payMinTenge, event?.claim.payMaxTenge, event?.warnings]).toEqual([min, max, []]);
  });

  it('reads bounds as people write them, and a zero whatever its currency', async () => {
    const bounds = { minValue: 'от 250.000', maxValue: 'до 300 000,00', unitText: 'MONTH' };
    expect(claimsOf(await read(pay(bounds)))[0]).toMatchObject({ payMinTenge: 250000, payMaxTenge: 300000 });
    const zero = vacanciesOf(await read(pay({ minValue: 0, maxValue: 0, unitText: 'HOUR' }, 'USD')));
    expect(zero).toMatchObject([{ claim: { payMinTenge: 0, payMaxTenge: 0 }, warnings: [] }]);
  });

  it.each([{ value: '250 тыс.' }, { minValue: 200_000, maxValue: '250 тыс.' }])(
    'leaves a pay in words that nobody knows as it was, with a warning: %p',
    async (value) => {
      const [event] = vacanciesOf(await read(pay({ ...value, unitText: 'MONTH' })));
      expect([event?.claim.payMinTenge, event?.claim.payMaxTenge]).toEqual([undefined, undefined]);
      expect(event?.warnings).toEqual([
        { code: 'record.unknown_words', field: 'baseSalary', params: { field: 'baseSalary', value: '250 тыс.' } },
      ]);
    },
  );

  it('reads the three real postings of Enbek as Enbek’s', async () => {
    const events = await readFileEvents(jobposting, REAL);
    expect(events[0]).toMatchObject({ kind: 'header', source: 'enbek', count: 3 });
    expect(rejectedOf(events)).toEqual([]);
    expect(claimsOf(events)).toMatchObject([
      {
        externalId: '5915950',
        title: 'Юрист',
        locationText: 'Павлодарская область / г. Павлодар',
        payMinTenge: 115000,
        payMaxTenge: 120000,
        education: 'vocational',
        experience: 'none',
        publishedOn: '2026-09-02',
        validUntil: '2026-12-02',
        archived: false,
      },
      {
        externalId: '5916687',
        title: 'Уборщик в промышленных помещениях',
        subtitle: 'Уборщик производственных помещений',
        locationText: 'Карагандинская область / г. Темиртау',
        payMinTenge: 170000,
        payMaxTenge: 170000,
        schedule: 'full_day',
        education: 'general_secondary',
        publishedOn: '2026-09-03',
        validUntil: '2026-10-03',
        archived: false,
      },
      {
        externalId: '5500000',
        locationText: 'Алматинская область / г.Алатау',
        payMinTenge: 129750,
        payMaxTenge: null,
        education: 'higher',
        publishedOn: '2026-03-06',
        validUntil: '2026-06-04',
        archived: true,
      },
    ]);
  });

  it('believes no other site’s page that it is Enbek’s, nor keys that are ours', async () => {
    const from = async (origin: string, bytes: Buffer): Promise<ReadEvent[]> => {
      const events: ReadEvent[] = [];
      async function* stream(): AsyncGenerator<Uint8Array> {
        yield bytes;
      }
      for await (const event of jobposting.read(stream(), { origin, today: '2026-09-03' })) events.push(event);
      return events;
    };
    const claiming: Record<string, unknown> = {
      ...POSTING,
      url: 'https://www.enbek.kz/ru/vacancy/5916687',
      _archived: true,
      _url: 'https://x.kz/1',
    };
    const json = Buffer.from(JSON.stringify(claiming));
    const bare = { ...claiming, identifier: undefined, url: undefined };
    const page = Buffer.from(
      `<html><head><link rel="canonical" href="https://www.enbek.kz/ru/vacancy/5916687">
       <script type="application/ld+json">${JSON.stringify(bare)}</script></head></html>`,
    );
    for (const origin of ['https://enbek.kz.example.kz/p', 'HTTPS://example.kz/www.enbek.kz', 'http://[bad']) {
      for (const [header, event] of [await from(origin, json), await from(origin, page)]) {
        expect(header).toEqual({ kind: 'header', complete: false, generatedAt: null, count: 1 });
        expect(event).toMatchObject({
          kind: 'vacancy',
          claim: { archived: false, duties: expect.any(String) as string },
        });
        expect(event?.kind === 'vacancy' && event.claim.externalId).not.toBe('5916687');
        expect(JSON.stringify(event)).not.toContain('"_');
      }
    }
    const [rawPage] = vacanciesOf(await from('https://example.kz/p', page));
    expect(claimsOf(await from('https://example.kz/p', Buffer.from(rawPage!.raw)))).toEqual([
      removeContactsDeep(rawPage!.claim),
    ]);
    for (const origin of ['saved.json', 'https://www.enbek.kz/ru/vacancy/5916687']) {
      const [header, event] = await from(origin, json);
      expect(header).toMatchObject({ source: 'enbek' });
      expect(event).toMatchObject({ claim: { externalId: '5916687', archived: true } });
    }
  });

  it('knows that Enbek’s JSON-LD alone states the lower pay only, and no openings', async () => {
    const [real] = JSON.parse(readFileSync(REAL, 'utf8')) as Record<string, unknown>[];
    const [claim] = claimsOf(await read({ ...real, _og_description: undefined }));
    expect(claim).toMatchObject({ payMinTenge: 115000 });
    expect(claim?.payMaxTenge).toBeUndefined();
    expect(claim?.openings).toBeUndefined();
    expect(claim?.duties).toBeUndefined();
  });

  it('takes no messenger for the address of a posting, nor for its id', async () => {
    const posting = {
      ...POSTING,
      identifier: undefined,
      url: 'https://wa.me/77011112233',
      sameAs: 'https://example.kz/1',
    };
    const [event] = vacanciesOf(await read(posting));
    expect(event).toMatchObject({
      claim: { externalId: 'https://example.kz/1', url: 'https://example.kz/1' },
      warnings: [{ code: 'vacancy.url_messenger', field: 'url' }, { code: 'jobposting.id_made' }],
    });
    expect(event!.raw).not.toContain('7701');
  });

  it('reads its own raw text again', async () => {
    const [event] = vacanciesOf(await readFileEvents(jobposting, `${FIXTURES}/accepted/page-several-blocks.html`));
    expect(claimsOf(await readTextEvents(jobposting, event!.raw))).toEqual([removeContactsDeep(event!.claim)]);
    expect(event!.raw).not.toContain('hr@example.kz');
  });

  itRefuses(jobposting, `${FIXTURES}/refused`);

  it('never fails otherwise than with a Problem, whatever the JSON', async () => {
    const field = fc.constantFrom(...Object.keys(POSTING));
    const strange = fc.tuple(field, fc.jsonValue()).map(([name, value]) => ({ ...POSTING, [name]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(strange, fc.jsonValue()), async (value) => {
        const outcome = await read(value).catch((fault: unknown) => fault);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Problem);
      }),
      { numRuns: 300 },
    );
  });
});
