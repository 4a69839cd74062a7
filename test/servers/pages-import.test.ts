import { jest } from '@jest/globals';
import { request } from 'node:http';
import { TokenService } from '../../src/auth/token.service.js';
import { readEmployerName } from '../../src/employers/employer-name.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { EVIL, type ReadPage, Reader, injected } from '../support/reader.js';

jest.setTimeout(180_000);

let database: TestDatabase;
let program: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), new Date(BUILT_AT));
  program = await startTestApp({ database, role: 'api', clock: { now: () => new Date(BUILT_AT) } });
});
afterAll(async () => {
  await program.close();
  await database.drop();
});

interface Firm {
  id: string;
  token: string;
  reader: Reader;
}

let firms = 0;
async function firm(): Promise<Firm> {
  const id = newId();
  const { name, normalised } = readEmployerName(`ТОО Солтүстік ${++firms}`);
  await program.dataSource.query(
    `insert into employer (id, name, name_normalised, created_at) values ($1, $2, $3, now())`,
    [id, name, normalised],
  );
  const { token } = await program.app.get(TokenService).create({ role: 'employer', label: 'Тест', employerId: id });
  return { id, token, reader: new Reader(program, { authorization: `Bearer ${token}` }) };
}

const posted = (id: string): Promise<{ title: string; pay_min_tenge: number | null; place_match: string }[]> =>
  program.dataSource.query(
    'select title, pay_min_tenge, place_match from vacancy where source = $1 order by first_seen_at, title',
    [`employer:${id}`],
  );

function send(
  { reader }: Firm,
  bytes: string | Buffer,
  { name = 'list.csv', language = 'ru' } = {},
): Promise<ReadPage> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(Buffer.from(bytes as string))]), name);
  return reader.post(`/${language}/employer/import`, form);
}

const HEAD = 'профессия;место работы;зарплата от;занятость\n';
const GOOD = 'Медицинская сестра;Северо-Казахстанская область, г. Петропавловск;300 000;постоянная\n';

describe('vacancies from a file', () => {
  it('are posted once however often the file is sent, and what changed is changed', async () => {
    const mine = await firm();
    const first = await send(mine, HEAD + GOOD);
    expect(first.path).toMatch(/^\/ru\/employer\/import\/[0-9a-f-]{36}$/);
    expect(first.text).toMatch(/Опубликовано ?1/);
    expect((await send(mine, HEAD + GOOD)).text).toMatch(/Опубликовано ?0.*Как раньше ?1/);
    expect((await send(mine, HEAD + GOOD.replace('300', '350'))).text).toMatch(/Изменено ?1/);
    expect(await posted(mine.id)).toEqual([
      { title: 'Медицинская сестра', pay_min_tenge: 350_000, place_match: 'settlement' },
    ]);
    const list = await mine.reader.open('/ru/employer');
    expect(list.$('main li.card').length).toBe(1);
  });

  it('are read row by row: a wrong one is named with its line, column and reason in the reader’s language', async () => {
    const mine = await firm();
    const rows = `${HEAD}${GOOD}${EVIL[0]};Павлодар;даром;постоянная\n;Павлодар;1;временная\nТокарь;село Неведомое, Павлодарская область;;\n`;
    const page = await send(mine, rows, { language: 'kk', name: `${EVIL[1]}.csv` });
    const refused = page
      .$('tbody tr')
      .toArray()
      .map((tr) => page.$(tr).text().replace(/\s+/g, ' '));
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatch(/^3ең аз жалақы«ең аз жалақы» өрісінде бүтін сан болуы керек/);
    expect(refused[1]).toMatch(/^4мамандық/);
    expect(page.text).toContain('1 жолда елді мекен табылмады');
    expect(page.text).toContain('<img src=x onerror=alert(1)>.csv');
    expect(injected(page)).toEqual([]);
    expect((await posted(mine.id)).map(({ title }) => title).sort()).toEqual(['Медицинская сестра', 'Токарь']);
  });

  it('have no pay where their row has a zero, which the result says', async () => {
    const mine = await firm();
    const page = await send(mine, HEAD + GOOD.replace('300 000', '0'));
    expect(page.text).toContain('Нулевая оплата прочитана как «не указана».');
    expect(await posted(mine.id)).toMatchObject([{ pay_min_tenge: null }]);
    expect((await send(mine, HEAD + GOOD)).text).not.toContain('Нулевая оплата');
  });

  it.each([
    ['an empty file', '', 'Файл пуст'],
    ['a file without heads', 'Токарь;Павлодар\n', 'нет названий столбцов'],
    ['a file without the place', 'профессия\nТокарь\n', 'нет столбца «место работы»'],
    ['a workbook', Buffer.from('504b030414000600', 'hex'), 'сохраните как CSV'],
    ['a picture', Buffer.from('89504e470d0a1a0a00', 'hex'), 'не текстовый файл'],
    ['a file that is too large', Buffer.alloc(5 * 1_048_576 + 10, 'x'), '5 МБ'],
  ])('is asked for again after %s', async (_, bytes, words) => {
    const mine = await firm();
    const page = await send(mine, bytes);
    expect(page.status).toBe(422);
    expect(page.$('.error-summary a[href="#f-file"]').text()).toContain(words);
    expect(page.$('#f-file').attr('aria-invalid')).toBe('true');
    expect(await posted(mine.id)).toEqual([]);
  });

  it('is asked for again when none was chosen, and when it arrives as no form at all', async () => {
    const mine = await firm();
    expect((await send(mine, '', { name: '' })).text).toContain('Выберите файл');
    const bare = await mine.reader.post('/ru/employer/import', new URLSearchParams());
    expect([bare.status, bare.text]).toEqual([422, expect.stringContaining('Выберите файл')]);
  });

  it('leaves nothing of an upload that broke off', async () => {
    const mine = await firm();
    const sending = request(`${program.url}/ru/employer/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${mine.token}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '100000',
      },
    });
    const gone = new Promise<void>((resolve) => void sending.on('error', () => resolve()));
    sending.write(`--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${HEAD}${GOOD}`);
    setTimeout(() => sending.destroy(), 200);
    await gone;
    expect((await send(mine, `${HEAD}Токарь;Павлодар;;\n`)).text).toMatch(/Опубликовано ?1/);
    expect((await posted(mine.id)).map(({ title }) => title)).toEqual(['Токарь']);
  });

  it('reads the template that was filled in, in each language and as Windows-1251', async () => {
    for (const language of ['kk', 'ru', 'en']) {
      const mine = await firm();
      const template = await mine.reader.open(`/${language}/employer/import/template`);
      expect(template.headers.get('content-disposition')).toContain(`qonys-vacancies-${language}.csv`);
      const mark = language === 'en' ? ',' : ';';
      expect(template.html.split('\r\n')[0]).toContain(mark);
      const filled = `${template.html}${['A-1', 'Токарь', 'Павлодар'].join(mark)}\r\n`;
      expect((await send(mine, filled)).status).toBe(200);
      expect((await posted(mine.id)).map(({ title }) => title)).toEqual(['Токарь']);
    }
  });

  it('takes a feed of the exchange too, and only its own vacancies of it', async () => {
    const mine = await firm();
    const feed =
      '# enbek-feed 1 complete=false count=1\nid,title,region_id,location,employer_name,published\n1,Токарь,55,Павлодар,ТОО Другое,2026-09-03\n';
    const page = await send(mine, feed);
    expect(page.$('tbody tr').text()).toContain('ТОО Солтүстік');
    expect(await posted(mine.id)).toEqual([]);
  });

  it('shows its result to its own firm only', async () => {
    const [mine, other] = [await firm(), await firm()];
    const { path } = await send(mine, HEAD + GOOD);
    expect((await other.reader.open(path)).status).toBe(404);
    expect((await mine.reader.open(path)).status).toBe(200);
  });
});
