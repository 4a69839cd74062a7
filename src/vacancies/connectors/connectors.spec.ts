import { createReadStream, readdirSync } from 'node:fs';
import { LANGUAGES, translate } from '../../i18n/i18n.js';
import { CONNECTORS, type ConnectorName } from '../connector.js';
import { peekHead } from './bytes.js';
import { chooseConnector, CONNECTOR_LIST, fileOfOneRecord } from './connectors.js';

const FOLDER = 'src/vacancies/connectors';

describe('chooseConnector', () => {
  it('has every connector once', () => {
    expect(CONNECTOR_LIST.map(({ name }) => name).sort()).toEqual([...CONNECTORS].sort());
  });

  it.each(CONNECTORS.flatMap((name) => readdirSync(`${FOLDER}/${name}/fixtures/accepted`).map((file) => [name, file])))(
    'gives %s its %s by content alone',
    async (name, file) => {
      const { head } = await peekHead(createReadStream(`${FOLDER}/${name}/fixtures/accepted/${file}`));
      expect(chooseConnector(head, 'upload').name).toBe(name);
    },
  );

  it('knows the real excerpts', async () => {
    const chosen = async (file: string) =>
      chooseConnector((await peekHead(createReadStream(`test/fixtures/enbek/${file}`))).head, file).name;
    expect(await chosen('enbek_jobposting_jsonld.json')).toBe('jobposting');
    expect(await chosen('enbek_search_cards_excerpt.json')).toBe('enbek-listing');
    expect(await chosen('enbek_vacancy_page_excerpt.html')).toBe('enbek-page');
  });

  it.each(['enbek-page/fixtures/accepted/open-ru.html', 'enbek-listing/fixtures/accepted/two-cards.html'])(
    'does not take %s for Enbek’s from another site’s address',
    async (file) => {
      const { head } = await peekHead(createReadStream(`${FOLDER}/${file}`));
      const origin = 'https://example.kz/www.enbek.kz/ru/vacancy/1';
      const name = file.split('/')[0]!;
      expect(CONNECTOR_LIST.filter((each) => each.recognises(head, origin)).map((each) => each.name)).not.toContain(
        name,
      );
      const events = chooseConnector(head, origin, name).read(createReadStream(`${FOLDER}/${file}`), {
        origin,
        today: '2026-09-03',
      });
      await expect(events.next()).rejects.toMatchObject({
        code: name === 'enbek-page' ? 'page.not_a_vacancy' : 'listing.not_a_listing',
      });
    },
  );

  it('takes the one named, and refuses what nobody knows', () => {
    expect(chooseConnector('anything', 'x', 'jobposting').name).toBe('jobposting');
    expect(() => chooseConnector('x', 'x', 'hh')).toThrow('connector.unknown');
    expect(() => chooseConnector('just words', 'notes.txt')).toThrow('file.unknown_format');
    expect(() => chooseConnector(' \n', 'notes.txt')).toThrow('file.empty');
  });

  it.each(LANGUAGES)('names every format where it knows none of them (%s)', (language) => {
    const named: Record<ConnectorName, string> = {
      'vacancy-table': 'CSV',
      'enbek-feed': 'enbek-feed',
      'enbek-page': 'Enbek',
      'enbek-listing': 'Enbek',
      jobposting: 'JobPosting',
    };
    const words = translate(language, 'file.unknown_format');
    for (const format of Object.values(named)) expect(words).toContain(format);
  });

  it('loses nothing by looking', async () => {
    const { head, bytes } = await peekHead(
      createReadStream(`${FOLDER}/enbek-feed/fixtures/accepted/three.ndjson.gz`),
      10,
    );
    let text = '';
    for await (const part of bytes) text += Buffer.from(part).toString();
    expect(head).toBe('{"feed": "');
    expect(text.split('\n')).toHaveLength(5);
    expect(fileOfOneRecord('enbek-page', '<html>')).toBe('<html>');
  });
});
