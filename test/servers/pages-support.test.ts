import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { EVIL, Reader, injected } from '../support/reader.js';

const NOW = new Date('2026-11-22T06:00:00Z');
let running: TestApp;
let reader: Reader;

beforeAll(async () => {
  const database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), NOW);
  running = await startTestApp({ role: 'api', database, clock: { now: () => NOW } });
  reader = new Reader(running);
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
});

const support = (query: Record<string, string>, language = 'ru'): string =>
  `/${language}/support?${new URLSearchParams(query).toString()}`;

describe('the calculator of support', () => {
  it('asks, and answers with each kind of support, the sum and its sources', async () => {
    const empty = await reader.open('/ru/support');
    expect(empty.$('.error-summary').length).toBe(0);
    const answer = await reader.send(empty, { members: '4', place: 'Северо-Казахстанская область, г. Петропавловск' });
    expect(answer.status).toBe(200);
    expect(answer.$('.card h3').length).toBe(5);
    const plain = answer.text.replace(/\s/gu, ' ');
    expect(plain).toContain('За первый год не меньше 2 249 000 ₸');
    expect(plain).toContain('до 9 796 125 ₸');
    expect(plain).toContain('1 211 000 ₸');
    expect(plain).toContain('от 86 500 ₸ до 129 750 ₸ в месяц, 12 месяцев');
    expect(answer.$('#support-rent').closest('section').find('.tag.warn').text()).toBe('не проверено');
    expect(answer.$('#support-moving_grant').closest('section').find('.tag.warn').length).toBe(0);
  });

  it('knows a place by its code, and shows its name', async () => {
    const answer = await reader.open(support({ members: '1', place: '591010000' }, 'kk'));
    expect(answer.$('#f-place').val()).toBe('Солтүстік Қазақстан облысы, Петропавл қаласы');
    expect(answer.status).toBe(200);
  });

  it.each([
    ['kk', 'Үкіметтің № 919 қаулысы (2016 ж. 29 желтоқсан): жұмыспен қамту бағдарламасының курстары'],
    ['ru', 'Постановление Правительства № 919 от 29 декабря 2016 г.: курсы программы занятости'],
    ['en', 'Government decree No. 919 of 29 December 2016: courses of the employment programme'],
  ])('names its sources in one language: %s', async (language, decree) => {
    const { $ } = await reader.open(support({ members: '4', place: '591010000' }, language));
    const cited = $('main cite').text().replace(/\s/gu, ' ');
    expect(cited).toContain(decree);
    expect(cited.includes('paid per family')).toBe(language === 'en');
  });

  it('takes the rules of the day that is named', async () => {
    const { text } = await reader.open(support({ members: '1', place: '591010000', on: '2022-05-01' }));
    expect(text.replace(/\s/gu, ' ')).toContain('222 600 ₸');
    expect(text).not.toContain('ертификат на покупку');
  });

  it('marks the sum of the first year where one of its figures is not verified, as in May 2021', async () => {
    const page = await reader.open(support({ members: '1', place: '591010000', on: '2021-05-01' }));
    expect(page.$('.card .tag.warn').length).toBeGreaterThan(0);
    expect(page.$('main .notice .tag.warn').text()).toBe('не проверено');
  });

  it.each([
    ['members', { members: '0', place: '591010000' }],
    ['members', { members: '30', place: '591010000' }],
    ['members', { members: 'four', place: '591010000' }],
    ['members', { place: '591010000' }],
    ['place', { members: '4' }],
    ['place', { members: '4', place: 'Нигде' }],
    ['place', { members: '4', place: 'Жамбылская область, г. Тараз' }],
    ['on', { members: '4', place: '591010000', on: '2016-12-31' }],
    ['on', { members: '4', place: '591010000', on: '2027-01-01' }],
    ['on', { members: '4', place: '591010000', on: '2026-02-30' }],
  ])('says at the field %s what is wrong with %p', async (field, query) => {
    const { status, $ } = await reader.open(support(query));
    expect(status).toBe(422);
    expect($(`#f-${field}-error`).length).toBe(1);
    expect($('.card h3').length).toBe(0);
  });

  it('brings the size of a family along from the quick match without asking yet', async () => {
    const { status, $ } = await reader.open(support({ family: '5' }));
    expect([status, $('#f-members').val(), $('.error-summary').length]).toEqual([200, '5', 0]);
  });

  it.each(EVIL)('lets %p be text', async (evil) => {
    const page = await reader.open(support({ members: '4', place: evil }));
    expect(page.$('#f-place').val()).toBe(evil);
    expect(injected(page)).toEqual([]);
  });
});

describe('the rules of a day', () => {
  const rules = async (on?: string, language = 'ru') => {
    const page = await reader.open(`/${language}/programme${on === undefined ? '' : `?on=${on}`}`);
    return { ...page, plain: page.text.replace(/\s/gu, ' ') };
  };

  it('are those of today where no day is named, each with its source', async () => {
    const { status, plain, $ } = await rules();
    expect(status).toBe(200);
    expect(plain).toContain('Выплаты на 22 ноября 2026 г.');
    expect(plain).toContain('70 МРП на каждого человека в семье: 302 750 ₸.');
    expect(plain).toContain('Не больше 1 625 МРП: 7 028 125 ₸.');
    expect(plain).toContain('Квота всей страны с 1 января 2026 г.: 5 997 переселенцев и 2 281 кандас.');
    const scale = $('#rule-rent').closest('section').find('tbody tr').toArray().map((row) => $(row).text().replace(/\s/gu, ' ')); // prettier-ignore
    expect(scale).toEqual([
      '1 человек 86 500 ₸64 875 ₸',
      'от 2 до 4 человек не проверено108 125 ₸77 850 ₸',
      '5 человек и больше 129 750 ₸90 825 ₸',
    ]);
    const reception = $('#rule-reception').closest('section').find('li').toArray().map((one) => $(one).text().trim()); // prettier-ignore
    expect(reception).toContain('Северо-Казахстанская область');
    expect(reception).not.toContain('Туркестанская область');
    expect($('#rule-departure').closest('section').text()).toContain('Туркестанская область');
    const quotas = $('#rule-quotas').closest('section').find('tbody tr').toArray().map((row) => $(row).children().toArray().map((cell) => $(cell).text())); // prettier-ignore
    expect(quotas).toContainEqual(['Карагандинская область', '37', '–']);
    expect(quotas).toContainEqual(['Акмолинская область', '–', '285']);
    expect($('main cite').length).toBe(9);
  });

  it.each([
    ['2022-03-31', '214 410 ₸'],
    ['2022-04-01', '222 600 ₸'],
  ])('are by the index of the day: %s', async (on, grant) => {
    const { plain } = await rules(on);
    expect(plain).toContain(`70 МРП на каждого человека в семье: ${grant}.`);
    expect(plain).not.toContain('ертификат на покупку');
    expect(plain).toContain('На этот год квоты по регионам не опубликованы.');
  });

  it.each(['2016-12-31', '2027-01-01', '2026-02-30', 'soon'])('are refused for %s at the field', async (on) => {
    const { status, $ } = await rules(on, 'kk');
    expect([status, $('#f-on-error').length, $('main section.card').length]).toEqual([422, 1, 0]);
    expect($('#f-on').val()).toBe(on);
  });

  it('are a step away from the calculator’s answer, for the same day', async () => {
    const sheet = await reader.open(support({ members: '1', place: '591010000', on: '2022-05-01' }));
    expect(sheet.$('main a[href="/ru/programme?on=2022-05-01"]').length).toBe(1);
  });
});

describe('GET /api/v1/support', () => {
  const ask = async (query: Record<string, string>) => {
    const response = await fetch(`${running.url}/api/v1/support?${new URLSearchParams(query).toString()}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('answers the sheet of the day', async () => {
    const { status, body } = await ask({ members: '4', kato: '591010000' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      on: '2026-11-22',
      mciTenge: 4325,
      settlementType: 'urban',
      householdFirstYearTenge: { min: 2_249_000, max: 9_796_125 },
    });
  });

  it.each([
    [400, 'request.invalid', { members: '0', kato: '591010000' }],
    [400, 'request.invalid', { members: '4', kato: '59' }],
    [400, 'support.place_unknown', { members: '4', kato: '999999999' }],
    [422, 'support.not_reception', { members: '4', kato: '611010000' }],
    [422, 'support.index_unknown', { members: '4', kato: '591010000', on: '2027-01-01' }],
  ])('refuses with %i %s', async (status, code, query) => {
    expect(await ask(query)).toMatchObject({ status, body: { code } });
  });
});
