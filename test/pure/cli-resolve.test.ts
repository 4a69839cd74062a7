import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.js';
import type { Language } from '../../src/i18n/language.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qonys-test-resolve-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One command line without a database: whoever asks for one fails. */
async function qonys(args: string[], language: Language = 'en') {
  const [out, err]: [string[], string[]] = [[], []];
  const absent = (): never => {
    throw new Error('There is no database.');
  };
  const code = await runCli(args, {
    config: {} as never,
    language,
    withServices: absent,
    migrate: absent,
    print: (line) => void out.push(line),
    remark: (line) => void err.push(line),
    signal: new AbortController().signal,
    interactive: false,
  });
  return { code, out, err: err.join('\n') };
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('qonys resolve', () => {
  it('answers a title as JSON: unit group, confidence, whether it is sure, alternatives', async () => {
    const { code, out, err } = await qonys(['resolve', 'эл.газосварщик 5р', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const answer = JSON.parse(out.join('\n')) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual(['title', 'isco', 'confidence', 'sure', 'alternatives', 'specialisation']);
    expect(answer).toMatchObject({ title: 'эл.газосварщик 5р', isco: '7212', sure: true });
  });

  it('weighs the area', async () => {
    const { out } = await qonys(['resolve', 'Лаборант', '--area', '112', '--json']);
    expect(JSON.parse(out[0]!)).toMatchObject({ isco: '3212' });
  });

  it('answers a file line by line in its order, with areas by number or name', async () => {
    const path = file(
      'titles.csv',
      '\uFEFFtitle,profobl\r\n"Лаборант",112\r\n"срочно, ""требуется""!!!",\r\nЛаборант,Медицина и фармацевтика\r\n"мектепте биология пәнінің мұғалімі",119\r\n,\r\n',
    );
    const { code, out } = await qonys(['resolve', '--file', path, '--json']);
    expect(code).toBe(0);
    const answers = out.map((line) => JSON.parse(line) as { title: string; isco: string | null });
    expect(answers.map(({ title, isco }) => [title, isco])).toEqual([
      ['Лаборант', '3212'],
      ['срочно, "требуется"!!!', null],
      ['Лаборант', '3212'],
      ['мектепте биология пәнінің мұғалімі', '2330'],
      ['', null],
    ]);
  });

  it.each([
    ['semicolons', 'title;profobl\nЛаборант, срочно;112\n', 'Лаборант, срочно', '3212'],
    ['tabs', 'title\tprofobl\nЛаборант, срочно\t112\n', 'Лаборант, срочно', '3212'],
    ['one column', 'title\nЛаборант, срочно; клиника\n', 'Лаборант, срочно; клиника', '3111'],
  ])('reads a file with %s', async (name, content, title, isco) => {
    const { code, out, err } = await qonys(['resolve', '--file', file(`${name}.csv`, content), '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ title, isco }]);
  });

  it('says how many lines name an area that is none, and answers them all the same', async () => {
    const path = file('areas.csv', 'title,profobl\nповар,999\nповар,Космос\nповар,\n');
    const { code, out, err } = await qonys(['resolve', '--file', path, '--json']);
    expect([code, out.length]).toEqual([0, 3]);
    expect(err).toMatch(/profobl.*: 2\.$/u);
  });

  it('prints a table for a person', async () => {
    const { out } = await qonys(['resolve', 'Мейіргер']);
    expect(out.join('\n')).toMatch(/Мейіргер +3221 +\S.* sure/u);
  });

  it.each([
    ['neither title nor file', ['resolve'], 'cli.resolve.one_of'],
    ['both', ['resolve', 'повар', '--file', 'x.csv'], 'cli.resolve.one_of'],
    ['a file that is not there', ['resolve', '--file', '/nowhere/titles.csv'], 'file.unreadable'],
  ])('with %s ends with a coded sentence', async (_, args, expected) => {
    const { code, out, err } = await qonys([...args, '--json'], 'ru');
    expect(code).toBe(2);
    expect(JSON.parse(out[0]!)).toMatchObject({ error: { code: expected, message: err } });
    expect(err).toMatch(/[а-я]/u);
  });

  it('says which column it misses, and which line it cannot read', async () => {
    const other = await qonys(['resolve', '--file', file('other.csv', 'name\nповар\n'), '--json']);
    expect(JSON.parse(other.out[0]!)).toMatchObject({ error: { code: 'cli.resolve.no_title_column' } });
    const broken = await qonys(['resolve', '--file', file('broken.csv', 'title\nповар\n"открыта\n'), '--json']);
    expect(JSON.parse(broken.out.at(-1)!)).toMatchObject({
      error: { code: 'cli.resolve.unreadable', params: { line: 3 } },
    });
  });

  it('refuses a file that is not in UTF-8, rather than read titles that mean nothing', async () => {
    const path = join(folder, 'cp1251.csv');
    // «повар» in Windows-1251.
    writeFileSync(path, Buffer.concat([Buffer.from('title\n'), Buffer.from([0xef, 0xee, 0xe2, 0xe0, 0xf0, 0x0a])]));
    const { code, out } = await qonys(['resolve', '--file', path, '--json']);
    expect(code).toBe(2);
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ error: { code: 'cli.resolve.not_utf8' } }]);
  });

  it('refuses an area that is none', async () => {
    expect((await qonys(['resolve', 'повар', '--area', '99'])).code).toBe(2);
  });
});
