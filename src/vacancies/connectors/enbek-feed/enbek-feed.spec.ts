import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Problem } from '../../../shared/problem.js';
import type { ReadEvent, VacancyClaim } from '../../connector.js';
import { enbekFeed, feedOfOne } from './enbek-feed.js';

const FIXTURES = 'src/vacancies/connectors/enbek-feed/fixtures';
const CONTEXT = { origin: 'feed', today: '2026-09-03' };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of enbekFeed.read(bytes, CONTEXT)) events.push(event);
  return events;
}

const readText = (text: string, size = 1 << 16) => readAll(inPieces(Buffer.from(text), size));
const readFixture = (path: string) => readAll(createReadStream(`${FIXTURES}/${path}`));
const claims = (events: ReadEvent[]): VacancyClaim[] => events.flatMap((e) => (e.kind === 'vacancy' ? [e.claim] : []));
const rejections = (events: ReadEvent[]) => events.flatMap((e) => (e.kind === 'rejected' ? [e] : []));

const RECORD = JSON.parse(readFileSync(`${FIXTURES}/accepted/three.ndjson`, 'utf8').split('\n')[1]!) as Record<
  string,
  unknown
>;
const feed = (records: unknown[], header: object = {}) =>
  [{ feed: 'enbek-feed', version: 1, complete: true, count: records.length, ...header }, ...records]
    .map((line) => JSON.stringify(line))
    .join('\n');

describe('enbek-feed', () => {
  it('says in which fields characters were dropped that no text can hold, and mends spaces silently', async () => {
    const employer = { ...(RECORD.employer as object), name: 'ТОО «\ud83dСевер»' };
    const broken = {
      ...RECORD,
      title: 'По\0вар',
      duties: 'Варить\u00a0\u200bсуп.',
      skills: ['суп', 'борщ\udc00'],
      employer,
    };
    const [event] = (await readText(feed([broken]))).filter(({ kind }) => kind === 'vacancy');
    const warning = (field: string): object => ({ code: 'record.characters_dropped', field, params: { field } });
    expect(event).toMatchObject({
      claim: { title: 'Повар', duties: 'Варить суп.', skills: ['суп', 'борщ\ufffd'] },
    });
    expect(event?.kind === 'vacancy' && event.warnings).toEqual(
      expect.arrayContaining(['title', 'skills', 'employer.name'].map(warning)),
    );
    expect(event?.kind === 'vacancy' && event.warnings).toHaveLength(3);
  });

  it('reads a record with every field', async () => {
    const [header, first] = await readFixture('accepted/three.ndjson');
    expect(header).toMatchObject({ kind: 'header', complete: true, count: 3, synthetic: false });
    expect(header?.kind === 'header' && header.generatedAt?.toISOString()).toBe('2026-09-03T01:00:00.000Z');
    expect(first).toMatchObject({ kind: 'vacancy', ref: 'line 2', warnings: [] });
    expect(claims([first!])[0]).toEqual({
      externalId: '7000001',
      uid: 'PR9a61bce3f3b001',
      url: 'https://www.enbek.kz/ru/vacancy/x~7000001',
      title: 'Врач общей практики',
      subtitle: 'Жалпы тәжірибелік дәрігер',
      areaId: 112,
      enbekRegionId: 59,
      kato: null,
      locationText: 'Северо-Казахстанская область, Жамбылский район, с.Пресновка',
      addressText: 'ул. Примерная, 5',
      payMinTenge: 420000,
      payMaxTenge: 560000,
      employment: 'permanent',
      schedule: 'full_day',
      education: 'higher',
      experience: '1-3',
      openings: 2,
      openingsYouth: 0,
      duties: 'Приём больных.\nВыезды в сёла района.',
      skills: ['Приём больных', 'Ведение документации'],
      languages: ['kk', 'ru'],
      driving: ['B'],
      tags: ['housing'],
      enbekSource: 1,
      employer: {
        name: 'ГКП на ПХВ "Примерная районная больница"',
        enbekId: 900001,
        bin: '110240001235',
        activity: 'Деятельность больниц',
        headcount: 120,
      },
      relocationOffered: true,
      permanentYears: 2,
      housing: 'provided',
      publishedOn: '2026-09-01',
      validUntil: '2026-12-01',
      archived: false,
    });
  });

  it('states null or an empty list for every field that a record leaves out, because the feed speaks of all of them', async () => {
    const [, poor] = claims(await readFixture('accepted/three.ndjson'));
    expect(poor).toMatchObject({
      title: 'Мұғалім',
      publishedOn: '2026-09-02',
      archived: false,
      skills: [],
      languages: [],
    });
    for (const field of [
      'payMinTenge',
      'payMaxTenge',
      'openings',
      'housing',
      'areaId',
      'employment',
      'validUntil',
    ] as const)
      expect(poor?.[field]).toBeNull();
    expect(Object.values(poor!)).not.toContain(undefined);
  });

  it('takes the tag housing for a claim of housing where the record does not speak of it, never against the record', async () => {
    const [, , tagged] = claims(await readFixture('accepted/three.ndjson'));
    expect(tagged).toMatchObject({ housing: 'provided', relocationOffered: null, archived: true, driving: ['B', 'C'] });
    const denied = { ...RECORD, tags: ['housing'], relocation: { offered: true, housing: 'none' } };
    expect(claims(await readText(feed([denied])))[0]?.housing).toBe('none');
  });

  it.each(readdirSync(`${FIXTURES}/accepted`).filter((name) => name.startsWith('three')))(
    'reads the same claims from %s',
    async (name) => {
      const expected = await readFixture('accepted/three.ndjson');
      const events = await readFixture(`accepted/${name}`);
      expect(claims(events)).toEqual(claims(expected));
      expect(events[0]).toEqual(expected[0]);
      expect(rejections(events)).toEqual([]);
    },
  );

  it('reads an exchange without vacancies', async () => {
    expect(await readFixture('accepted/empty-exchange.ndjson')).toMatchObject([
      { kind: 'header', complete: true, count: 0 },
    ]);
  });

  describe('refuses the whole file', () => {
    it.each(readdirSync(`${FIXTURES}/refused`).filter((name) => /^(feed|file)\./.test(name)))('%s', async (name) => {
      const failure = await readFixture(`refused/${name}`).catch((fault: unknown) => fault);
      expect(failure).toBeInstanceOf(Problem);
      expect((failure as Problem).code).toBe(name.split('--')[0]);
    });
  });

  describe('refuses one record and reads on', () => {
    it.each(readdirSync(`${FIXTURES}/refused`).filter((name) => name.startsWith('record.')))('%s', async (name) => {
      const [refused, ...others] = rejections(await readFixture(`refused/${name}`));
      expect(others).toEqual([]);
      expect(refused?.code).toBe(name.split('--')[0]);
      expect(refused?.raw).not.toBe('');
    });

    it('names the line, the id and the field', async () => {
      const [refused] = rejections(await readFixture('refused/record.wrong_type--pay-as-text.ndjson'));
      expect(refused).toMatchObject({
        ref: 'line 2',
        externalId: '7000001',
        field: 'salary_from',
        params: { field: 'salary_from', expected: 'integer' },
      });
      const [broken] = rejections(await readFixture('refused/record.invalid_json--middle.ndjson'));
      expect(broken).toMatchObject({ externalId: '7000005', field: null });
      const [part] = rejections(await readFixture('refused/record.unknown_code--housing.ndjson'));
      expect(part).toMatchObject({ field: 'relocation.housing' });
    });

    it('keeps the records around it', async () => {
      const events = await readText(feed([RECORD, { ...RECORD, id: '2', openings: 'three' }, { ...RECORD, id: '3' }]));
      expect(claims(events).map((claim) => claim.externalId)).toEqual(['7000001', '3']);
      expect(rejections(events)).toMatchObject([{ ref: 'line 3', code: 'record.wrong_type', field: 'openings' }]);
    });

    it('keeps no ids: whoever stages the records finds a second line with one id', async () => {
      const events = await readFixture('accepted/twice.ndjson');
      expect(rejections(events)).toEqual([]);
      expect(events.filter(({ kind }) => kind === 'vacancy')).toHaveLength(2);
    });

    it('reads a refused record again from its raw text', async () => {
      const bad = { ...RECORD, openings: 'three', duties: 'Звоните +7 701 111 22 33' };
      const [refused] = rejections(await readText(feed([bad])));
      const [again] = rejections(await readText(feedOfOne(refused!.raw)));
      expect(again).toMatchObject({ code: refused!.code, field: 'openings', externalId: '7000001' });
      const repaired = JSON.stringify({ ...(JSON.parse(refused!.raw) as object), openings: 3 });
      expect(claims(await readText(feedOfOne(repaired)))[0]).toMatchObject({ openings: 3, duties: 'Звоните […]' });
    });

    it('does not hold an overlong line in memory, and reads on behind it', async () => {
      async function* hugeLine(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(
          `${JSON.stringify({ feed: 'enbek-feed', version: 1, complete: false, count: 2 })}\n{"id":"1","duties":"`,
        );
        for (let part = 0; part < 200; part += 1) yield Buffer.alloc(1_048_576, 0x61);
        yield Buffer.from(`"}\n${JSON.stringify(RECORD)}\n`);
      }
      const before = process.memoryUsage().heapUsed;
      const events = await readAll(hugeLine());
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1_048_576);
      expect(rejections(events)).toMatchObject([{ code: 'record.too_long', externalId: '1' }]);
      expect(claims(events)).toHaveLength(1);
    });
  });

  it('keeps a record whose BIN is wrong, without the BIN', async () => {
    const employer = { name: 'ТОО Пример', bin: '110240001234' };
    const [event] = (await readText(feed([{ ...RECORD, employer }]))).slice(1);
    expect(event).toMatchObject({
      kind: 'vacancy',
      claim: { employer: { name: 'ТОО Пример', bin: null } },
      warnings: [{ code: 'employer.bin_invalid', field: 'employer.bin' }],
    });
  });

  it('ignores unknown fields and counts them by a warning each', async () => {
    const [event] = (await readText(feed([{ ...RECORD, colour: 'red', employer: { name: 'А', boss: 'Б' } }]))).slice(1);
    expect(event?.kind === 'vacancy' && event.warnings).toEqual([
      { code: 'record.unknown_field', field: 'employer.boss' },
      { code: 'record.unknown_field', field: 'colour' },
    ]);
  });

  it('drops an address that must not become a link', async () => {
    const [event] = (await readText(feed([{ ...RECORD, url: 'javascript:alert(1)' }]))).slice(1);
    expect(event).toMatchObject({ claim: { url: null } });
    expect(event?.kind === 'vacancy' && event.warnings.map((w) => w.code)).toEqual(['record.invalid_url']);
  });

  it('keeps nothing in the raw text that the contract does not name', async () => {
    const refused = {
      id: '1',
      title: 7,
      contact_name: 'Примерова Айгуль',
      url: 'https://wa.me/77011112233',
      employer: { name: 'ТОО «Север»', boss: 'Примерова Айгуль' },
      skills: ['a', { boss: 'Примерова Айгуль' }],
    };
    const raws = rejections(await readText(feed([refused, { ...refused, id: '3' }], { count: 2 }))).map(
      ({ raw }) => raw,
    );
    expect(JSON.parse(raws[0]!)).toEqual({
      id: '1',
      title: 7,
      url: '[…]',
      employer: { name: 'ТОО «Север»' },
      skills: ['a', {}],
    });
  });

  it('keeps of a line that cannot be taken apart a digest and the contract’s own fields, and no person’s name', async () => {
    const [head] = feed([RECORD], { count: 6 }).split('\n');
    const broken = [
      '{"id":"2","title":"Слесарь \\"5\\"","openings":2,"contact":{"name":"Примерова Айгуль"}',
      String.raw`{"contact":{"title":"Примерова","address":"ул. Абая 5"},"id":"3","contacts":["Айгуль"],"duties":"Звоните: +7\u00a0701\u00a0111\u00a022\u00a033"`,
      '{"contact_name":"Примерова Айгуль',
      '["Примерова Айгуль"]',
      `{"id":"6","duties":"${'Примерова Айгуль '.repeat(100_000)}"}`,
      '{"contact_name":"Примерова Айгуль",',
    ];
    const refused = rejections(await readText([head, ...broken, ''].join('\n')));
    const digest = expect.stringMatching(/^sha256:[0-9a-f]{32}$/) as string;
    expect(refused.map(({ raw }) => raw.split('\n'))).toEqual([
      ['record.invalid_json', digest, '"id": "2"', '"title": "Слесарь \\"5\\""', '"openings": 2'],
      ['record.invalid_json', digest, '"id": "3"', '"duties": "Звоните: […]"'],
      ['record.invalid_json', digest],
      ['record.not_object', digest],
      ['record.too_long', digest],
      ['record.invalid_json', digest],
    ]);
    // Another line is another record, wherever it stands; the same line is the same.
    expect(new Set(refused.map(({ raw }) => raw)).size).toBe(broken.length);
    const later = rejections(
      await readText([...feed([RECORD, RECORD], { count: 3 }).trimEnd().split('\n'), broken[0], ''].join('\n')),
    );
    expect(later.map(({ raw }) => raw)).toContain(refused[0]!.raw);
    expect(refused.map(({ externalId }) => externalId)).toEqual(['2', '3', null, null, '6', null]);
    const csv = [
      '# enbek-feed 1 complete=true count=1',
      'id,title,region_id,location,employer_name,published,contact',
      '7,Повар,59,СКО,Школа,2026-09-03,Примерова,Айгуль',
      '',
    ].join('\n');
    const ofCsv = rejections(await readText(csv));
    expect(ofCsv.map(({ raw }) => raw.split('\n'))).toEqual([['record.wrong_columns', digest]]);
  });

  it('keeps no contacts of persons in the raw text of a record', async () => {
    const contacts = {
      subtitle: 'Врач, тел. 8 (7172) 55-44-33',
      address: 'ул. Примерная 5, +7 701 111 22 33',
      duties: 'Резюме на cv.primer@example.kz\nWhatsApp: wa.me/77011112233\nОклад 420 000 тенге, 40 часов',
    };
    const raws: string[] = [];
    for (const record of [contacts, { ...contacts, openings: 'x', phone: '+77011112233' }])
      for (const event of await readText(feed([{ ...RECORD, ...record }])))
        if (event.kind === 'vacancy' || event.kind === 'rejected') raws.push(event.raw);
    expect(raws).toHaveLength(2);
    for (const raw of raws) {
      expect(raw).toContain('Оклад 420 000 тенге, 40 часов');
      expect(raw).not.toMatch(/55-44-33|111.?22.?33|example\.kz/);
    }
    const cut = await readText(`${feed([RECORD], { count: 2 })}\n{"id":"9","duties":"+7 701 111 22 33",\n`);
    expect(JSON.stringify(cut)).not.toContain('111 22 33');
  });

  it('reads the same whatever pieces the bytes come in', async () => {
    const bytes = readFileSync(`${FIXTURES}/accepted/three-bom-crlf.ndjson`);
    const expected = claims(await readFixture('accepted/three.ndjson'));
    for (const size of [1, 2, 3, 7, 1000]) {
      expect(claims(await readAll(inPieces(bytes, size)))).toEqual(expected);
      expect(claims(await readAll(inPieces(gzipSync(bytes), size)))).toEqual(expected);
    }
  });

  it('reads a CSV whose last line has no line end, and warns of it; one that ends inside a record is truncated', async () => {
    const columns = 'id,title,region_id,location,employer_name,published,salary_from';
    const rows = ['1,Повар,59,СКО,Школа,2026-09-03,250000', '2,Врач,59,СКО,"Школа",2026-09-03,"300000"'];
    const whole = ['# enbek-feed 1 complete=true count=2', columns, ...rows].join('\n');
    const warnings = (events: ReadEvent[]) => events.flatMap((e) => (e.kind === 'vacancy' ? [e.warnings] : []));
    const [ended, unended] = [await readText(`${whole}\n`), await readText(whole)];
    expect(claims(unended)).toEqual(claims(ended));
    expect(claims(unended).map((claim) => claim.payMinTenge)).toEqual([250_000, 300_000]);
    expect(warnings(ended)).toEqual([[], []]);
    expect(warnings(unended)).toEqual([[], [{ code: 'record.no_line_end' }]]);
    const inQuotes = whole.slice(0, -1);
    const inColumns = whole.slice(0, whole.lastIndexOf(','));
    const between = whole.slice(0, whole.lastIndexOf('\n'));
    for (const cut of [inQuotes, inColumns, between, `${between}\n`])
      await expect(readText(cut)).rejects.toMatchObject({ code: 'feed.truncated' });
  });

  it('reads a time without an offset as Kazakhstan’s, and warns of it', async () => {
    const madeAt = (generated_at: string) => readText(feed([RECORD], { generated_at }));
    const instant = new Date('2026-09-03T01:00:00Z');
    expect((await madeAt('2026-09-03T06:00:00.000000'))[0]).toMatchObject({
      generatedAt: instant,
      warnings: [{ code: 'feed.time_without_offset', field: 'generated_at' }],
    });
    expect((await madeAt('2026-09-03T06:00:00+05:00'))[0]).toMatchObject({ generatedAt: instant, warnings: [] });
    await expect(madeAt('yesterday')).rejects.toMatchObject({ code: 'feed.header_field' });
  });

  it('gives the same claims from CSV and NDJSON of the same records', async () => {
    const line = fc.string({ unit: fc.constantFrom(...'абвәқң"|,;\n ab12\'-'), minLength: 1, maxLength: 30 });
    const word = line.map((text) => `т${text.replace(/\n/g, ' ')}`);
    const item = word.map((text) => text.replace(/\|/g, '/'));
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const record = fc.record({
      title: word,
      location: word,
      subtitle: maybe(word),
      duties: maybe(line.map((text) => `д${text}`)),
      region_id: fc.constantFrom(59, 61),
      salary_from: maybe(fc.integer({ min: 1, max: 200_000 })),
      salary_to: maybe(fc.integer({ min: 200_000, max: 900_000 })),
      skills: fc.array(item, { maxLength: 3 }),
      archived: maybe(fc.boolean()),
      employer: fc.record({ name: word, headcount: maybe(fc.nat()) }),
      relocation: maybe(fc.record({ offered: fc.boolean(), permanent_years: maybe(fc.constantFrom(1, 2.5)) })),
      published: fc.constantFrom('2026-09-03', '03-09-2026'),
    });
    const columns = [
      ...[
        'id',
        'title',
        'location',
        'subtitle',
        'duties',
        'region_id',
        'salary_from',
        'salary_to',
        'skills',
        'archived',
      ],
      ...['employer_name', 'employer_headcount', 'relocation_offered', 'relocation_permanent_years', 'published'],
    ];
    const cell = (value: unknown): string =>
      value === null || value === undefined
        ? ''
        : `"${(Array.isArray(value) ? value.join('|') : String(value)).replace(/"/g, '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 4 }), async (bare) => {
        const records = bare.map((one, index) => ({ id: String(index + 1), ...one }));
        const rows = records.map(({ employer, relocation, ...flat }) => {
          const all: Record<string, unknown> = {
            ...flat,
            employer_name: employer.name,
            employer_headcount: employer.headcount,
            relocation_offered: relocation?.offered,
            relocation_permanent_years: relocation?.permanent_years,
          };
          return columns.map((name) => cell(all[name])).join(',');
        });
        const csv = [`# enbek-feed 1 complete=true count=${rows.length}`, columns.join(','), ...rows, ''].join('\n');
        expect(await readText(csv).then(claims)).toEqual(await readText(feed(records)).then(claims));
        expect(claims(await readText(csv))).toHaveLength(records.length);
      }),
      { numRuns: 150 },
    );
  });

  it('never fails otherwise than with a Problem, whatever the bytes', async () => {
    const header = Buffer.from(feed([], { count: 1 }));
    const noise = fc.uint8Array({ maxLength: 200 });
    const json = fc.json().map((text) => Buffer.from(`${header.toString()}\n${text}\n`));
    const damaged = fc
      .tuple(fc.nat(readFileSync(`${FIXTURES}/accepted/three.ndjson.gz`).length - 1), fc.nat(255))
      .map(([at, value]) => {
        const bytes = readFileSync(`${FIXTURES}/accepted/three.ndjson.gz`);
        bytes[at] = value;
        return bytes;
      });
    const behindHeader = noise.map((bytes) => Buffer.concat([header, Buffer.from('\n'), bytes]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, behindHeader, json, damaged), async (bytes) => {
        const failure = await readAll(inPieces(bytes, 50)).then(
          () => null,
          (fault: unknown) => fault,
        );
        if (failure !== null) expect(failure).toBeInstanceOf(Problem);
      }),
      { numRuns: 400 },
    );
  });
});
