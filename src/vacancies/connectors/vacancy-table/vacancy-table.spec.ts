import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { LANGUAGES, hasWords, translate } from '../../../i18n/i18n.js';
import type { Problem } from '../../../shared/problem.js';
import type { ReadEvent } from '../../connector.js';
import { TABLE_COLUMNS, choiceWords, codeOfCell, columnOfHead } from './columns.js';
import { tableOfOne, vacancyTable } from './vacancy-table.js';

const FIXTURES = 'src/vacancies/connectors/vacancy-table/fixtures';
const CONTEXT = { origin: 'list.csv', today: '2026-09-03', firm: { name: 'ТОО Север', bin: null } };

type RowEvent = Exclude<ReadEvent, { kind: 'header' }>;

async function read(text: string | Buffer): Promise<RowEvent[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text as string);
  }
  const events: RowEvent[] = [];
  for await (const event of vacancyTable.read(bytes(), CONTEXT)) if (event.kind !== 'header') events.push(event);
  return events;
}

const row = async (columns: string, cells: string): Promise<RowEvent> =>
  (await read(`title;location;${columns}\nТокарь;Павлодар;${cells}\n`))[0]!;

describe('a table out of a spreadsheet', () => {
  it('is read by the columns’ names, with remarks, empty rows and strange columns left out', async () => {
    const [teacher, first, second, ...more] = await read(readFileSync(`${FIXTURES}/accepted/three-ru.csv`));
    expect(more).toEqual([]);
    expect(teacher).toMatchObject({
      kind: 'vacancy',
      ref: 'line 4',
      claim: {
        title: 'Учитель физики', locationText: 'Северо-Казахстанская область, Петропавловск', employer: { name: 'ТОО Север' },
        payMinTenge: 250_000, payMaxTenge: 300_000, openings: 2, employment: 'permanent', schedule: 'full_day', education: 'higher',
        experience: '1-3', housing: 'provided', relocationOffered: true, validUntil: '2026-12-31', publishedOn: '2026-09-03',
        publishedUnstated: true,
      },
    }); // prettier-ignore
    const { claim, raw } = teacher as Extract<ReadEvent, { kind: 'vacancy' }>;
    expect(claim.duties).toContain('проверять\nтетради');
    expect(raw).not.toContain('701');
    expect([first, second].map((one) => one?.ref)).toEqual(['line 7', 'line 9']);
  });

  it('knows a row again by its number, or by title, place and how many were before it', async () => {
    const ids = async (text: string) =>
      (await read(text)).map((event) => (event.kind === 'vacancy' ? event.claim.externalId : null));
    const table = 'title,location\nТокарь,Павлодар\nтокарь ,павлодар\nСварщик,Павлодар\n';
    const [one, two, three] = await ids(table);
    expect(new Set([one, two, three]).size).toBe(3);
    expect(await ids(table)).toEqual([one, two, three]);
    expect(await ids('location,title,salary_from\nПавлодар,Сварщик,100\nПавлодар,Токарь,\n')).toEqual([three, one]);
    expect(await ids('id,title,location\n7-a,Токарь,Павлодар\n')).toEqual(['7-a']);
  });

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['Windows-1251', windows1251],
  ])('is read in %s', async (_, encoded) => {
    const [event] = await read(encoded('Профессия\tМесто работы\r\nСлесарь\tгород Рудный\r\n'));
    expect(event).toMatchObject({ claim: { title: 'Слесарь', locationText: 'город Рудный' } });
  });

  it.each([
    ['salary_from', 'много', 'record.wrong_type'],
    ['salary_from', '-5', 'record.out_of_range'],
    ['openings', '-1', 'record.out_of_range'],
    ['employment', 'как-нибудь', 'record.unknown_code'],
    ['relocation', 'может быть', 'record.unknown_code'],
    ['valid_until', '31.02.2027', 'record.invalid_date'],
    ['id', 'a b', 'record.invalid_id'],
    ['duties', 'д'.repeat(20_001), 'record.text_too_long'],
  ])('refuses a row for its %s “%s” alone', async (key, cell, code) => {
    expect(await row(key, cell)).toMatchObject({ kind: 'rejected', ref: 'line 2', code, field: key });
  });

  it('refuses rows without a title, with too many cells, and goes on', async () => {
    const events = await read('title,location\n,Павлодар\nТокарь,Павлодар,лишнее\nТокарь,Павлодар\n');
    expect(events.map((event) => (event.kind === 'rejected' ? event.code : event.kind))).toEqual([
      'record.missing_field',
      'record.wrong_columns',
      'vacancy',
    ]);
  });

  it('reads a refused row again as it was, under the same id', async () => {
    const refused = (await row('salary_from', 'много "тенге", и ещё')) as Extract<ReadEvent, { kind: 'rejected' }>;
    const [again] = await read(tableOfOne(refused.raw));
    expect(again).toMatchObject({ kind: 'rejected', code: refused.code, externalId: refused.externalId });
    const [nothing] = await read(tableOfOne('{}'));
    expect(nothing).toMatchObject({ kind: 'rejected', code: 'record.missing_field' });
  });

  it.each(readdirSync(`${FIXTURES}/refused`))('refuses %s as a whole', async (name) => {
    const events = vacancyTable.read(createReadStream(`${FIXTURES}/refused/${name}`), CONTEXT);
    await expect(drain(events)).rejects.toMatchObject({ code: name.split('--')[0] });
  });

  it('names a missing column as the table’s own head does, in each language', async () => {
    const missing = await read('Профессия,Зарплата от\nТокарь,250000').catch((error: Problem) => error);
    const { code, params } = missing as Problem;
    const said = LANGUAGES.map((language) => translate(language, code, params));
    for (const [index, language] of LANGUAGES.entries()) {
      expect(code).toBe('table.column_missing');
      expect(said[index]).toContain(translate(language, `table.column.${String(params['column'])}`));
    }
  });

  it('is nobody’s without a firm, and is refused past its rows and bytes', async () => {
    await expect(drain(vacancyTable.read(createReadStream(`${FIXTURES}/accepted/three-ru.csv`), { ...CONTEXT, firm: null }))).rejects.toMatchObject({ code: 'table.no_firm' }); // prettier-ignore
    await expect(read(`title,location\n${'Токарь,Павлодар\n'.repeat(10_001)}`)).rejects.toMatchObject({ code: 'table.too_many_rows' }); // prettier-ignore
    await expect(read(Buffer.alloc(5 * 1_048_576 + 1, 'x'))).rejects.toMatchObject({ code: 'file.too_large' });
  });

  it('takes no feed that lost its head for a table', () => {
    expect(vacancyTable.recognises('id,title,region_id,location,employer_name,published\n', 'x.csv')).toBe(false);
    expect(vacancyTable.recognises('# enbek-feed 1 count=1\ntitle,location\n', 'x.csv')).toBe(false);
  });
});

describe('the columns', () => {
  it.each(TABLE_COLUMNS.map((column) => [column.key, column] as const))('%s has a name of its own and a hint in every language', (key, column) => {
    for (const language of LANGUAGES) {
      const name = translate(language, `table.column.${key}`);
      expect(columnOfHead(` ${name.toUpperCase()} *`)).toBe(column);
      expect(hasWords(`table.hint.${key}`)).toBe(true);
      for (const code of column.codes ?? []) expect(codeOfCell(column, choiceWords(language, key, code))).toBe(code);
    }
  }); // prettier-ignore
});

async function drain(events: AsyncIterable<ReadEvent>): Promise<void> {
  for await (const event of events) void event;
}

/** Letters of the Russian alphabet as Russian Windows keeps them. */
function windows1251(text: string): Buffer {
  return Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0)!;
      return code < 128 ? code : code - 0x410 + 0xc0;
    }),
  );
}
