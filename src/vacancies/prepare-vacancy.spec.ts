import { readFileSync } from 'node:fs';
import { inPieces } from '../../test/support/read-events.js';
import type { PlaceMatch } from '../reference/place-resolver.js';
import type { ConnectorName, ReadEvent, VacancyClaim } from './connector.js';
import { CONNECTOR_LIST } from './connectors/connectors.js';
import { type OccupationLookup, prepareVacancy } from './prepare-vacancy.js';
import { VACANCY_COLUMNS } from './vacancy-columns.js';
import type { PlaceLookup } from './vacancy-place.js';

const region: PlaceMatch = {
  match: 'region',
  regionCode: 'KZ-59',
  districtKato: null,
  kato: null,
  settlementType: null,
  candidates: [],
  conflict: false,
};
const places: PlaceLookup = {
  resolve: () => region,
  resolveMoved: () => null,
  byKato: () => region,
  regionOfEnbekId: () => 'KZ-59',
  regions: () => [],
};
const occupations: OccupationLookup = {
  resolve: () => ({ isco: null, sure: false }),
  occupation: () => null,
  sectorOf: () => null,
  keyOf: () => null,
};

function prepared(claim: VacancyClaim): Record<string, unknown> {
  const preparation = prepareVacancy(claim, places, occupations);
  if (!preparation.ok) throw new Error(preparation.code);
  const { values, employer } = preparation.vacancy;
  return { ...Object.fromEntries(VACANCY_COLUMNS.map(({ name }, at) => [name, values[at]])), employer };
}

/** Both bounds of the pay of a file's one vacancy as they are stored, and what was warned of. */
async function preparedOf(
  name: ConnectorName,
  origin: string,
  text: string,
): Promise<[unknown, unknown, ...unknown[]]> {
  const connector = CONNECTOR_LIST.find((each) => each.name === name)!;
  const context = { origin, today: '2026-09-03', firm: { name: 'ТОО Север', bin: null } };
  for await (const event of connector.read(inPieces(Buffer.from(text)), context)) {
    if (event.kind !== 'vacancy') continue;
    const preparation = prepareVacancy(event.claim, places, occupations);
    if (!preparation.ok) throw new Error(preparation.code);
    const value = (column: string): unknown =>
      preparation.vacancy.values[VACANCY_COLUMNS.findIndex((each) => each.name === column)];
    return [value('pay_min_tenge'), value('pay_max_tenge'), ...event.warnings, ...preparation.warnings];
  }
  throw new Error('The file has no vacancy.');
}

const CONTACT = /111.?22.?33|55-44-33|@|wa\.me|Примерова/;

describe('a vacancy made ready for the tables', () => {
  it.each([
    ['https://wa.me/77011112233', null],
    ['https://api.whatsapp.com/send?phone=77011112233', null],
    ['http://T.ME/primer', null],
    ['https://invite.viber.com/?g2=x', null],
    ['https://www.enbek.kz/ru/vacancy/x~1?from=t.me', 'https://www.enbek.kz/ru/vacancy/x~1?from=t.me'],
    ['https://start.me/x', 'https://start.me/x'],
  ])('links %s to %p', (url, href) => {
    const claim = {
      externalId: '1', url, title: 'Водитель', locationText: 'СКО', employer: { name: 'ТОО Север' }, publishedOn: '2026-09-03',
    }; // prettier-ignore
    expect(prepared(claim)['url']).toBe(href);
    const preparation = prepareVacancy(claim, places, occupations);
    const warnings = preparation.ok ? preparation.warnings.filter(({ field }) => field === 'url') : [];
    expect(warnings).toEqual(href === null ? [{ code: 'vacancy.url_messenger', field: 'url' }] : []);
  });

  it.each<[ConnectorName, string, string, string]>([
    [
      'enbek-feed',
      'feed.csv',
      '# enbek-feed 1 complete=false count=1\nid,title,region_id,location,employer_name,published,salary_from,salary_to\n',
      '1,Токарь,55,Павлодар,ТОО Север,2026-09-03,250000,0\n',
    ],
    ['vacancy-table', 'list.csv', 'title;location;salary_from;salary_to\n', 'Токарь;Павлодар;250 000;0\n'],
    [
      'jobposting',
      'job.json',
      '{"@type":"JobPosting","identifier":"1","title":"Токарь","hiringOrganization":"ТОО Север","jobLocation":"Павлодар","datePosted":"2026-09-03",',
      '"baseSalary":{"currency":"KZT","unitText":"MONTH","minValue":250000,"maxValue":0\n}}',
    ],
  ])('reads a pay of zero of %s as not stated, and says so', async (name, origin, head, row) => {
    const of = (text: string): Promise<[unknown, unknown, ...unknown[]]> => preparedOf(name, origin, head + text);
    expect(await of(row)).toEqual([250_000, null, { code: 'record.zero_pay', field: 'salary_to' }]);
    expect(await of(row.replace(/250 ?000/, '0'))).toEqual([
      null,
      null,
      { code: 'record.zero_pay', field: 'salary_from' },
      { code: 'record.zero_pay', field: 'salary_to' },
    ]);
    expect(await of(row.replace(/0\n/, '260000\n'))).toEqual([250_000, 260_000]);
  });

  it('holds no contacts of persons in any of its texts, and keeps the rest of them', () => {
    const row = prepared({
      externalId: 'URL-87011112233@x',
      url: 'https://example.kz/87011112233',
      title: 'Водитель, 8&nbsp;701 <b>111</b> 22 33',
      locationText: 'СКО, Петропавловск, тел. 55-44-33',
      employer: { name: 'ИП Север, +7 701 111 22 33', activity: 'Перевозки, cv@example.kz' },
      publishedOn: '2026-09-03',
      subtitle: 'Звонить 87011112233, Примерова А.Б.',
      addressText: 'ул. Примерная 5, +7 701 111 22 33',
      duties: 'Резюме на cv.primer@example.kz\nWhatsApp: wa.me/77011112233\nОклад 420 000 тенге, 40 часов',
      skills: ['Права C1', 'писать @primer_driver'],
      tags: ['87011112233'],
      languages: ['87011112233'],
      driving: ['8 701 111 22 33'],
    });
    const { url, ...texts } = row;
    expect(JSON.stringify(texts)).not.toMatch(CONTACT);
    expect(url).toBe('https://example.kz/87011112233');
    expect(row).toMatchObject({ title: 'Водитель, […]', skills: ['Права C1', 'писать […]'] });
    expect(row['duties']).toContain('Оклад 420 000 тенге, 40 часов');
  });

  it.each<[ConnectorName, string, string, string]>([
    ['enbek-feed', 'three.ndjson', 'Врач общей практики', 'Северо-Казахстанская область'],
    ['enbek-page', 'open-ru.html', 'Ветеринарный врач', 'Үлгі Агро'],
    ['enbek-listing', 'two-cards.html', 'Учитель математики', 'ТОО'],
    ['jobposting', 'single.json', 'Инженер-энергетик', 'Примерная энергия'],
    ['vacancy-table', 'three-ru.csv', 'Учитель физики', 'Павлодар'],
  ])('holds none that %s brought in its title or beside a name', async (name, file, title, other) => {
    const text = readFileSync(`src/vacancies/connectors/${name}/fixtures/accepted/${file}`, 'utf8');
    expect(text).toContain(title);
    const put = text.replaceAll(title, `${title} 8 701 111 22 33`).replaceAll(other, `${other} +7 701 111 22 33`);
    const connector = CONNECTOR_LIST.find((each) => each.name === name)!;
    const context = { origin: file, today: '2026-09-03', firm: { name: 'ТОО Север', bin: null } };
    const found: Extract<ReadEvent, { kind: 'vacancy' }>[] = [];
    for await (const event of connector.read(inPieces(Buffer.from(put)), context))
      if (event.kind === 'vacancy') found.push(event);
    expect(found.filter(({ claim }) => claim.title.includes('111 22 33'))).not.toEqual([]);
    for (const { claim, raw } of found)
      expect(`${JSON.stringify(prepared({ ...claim, url: null }))} ${raw}`).not.toMatch(/111.?22.?33/);
  });
});
