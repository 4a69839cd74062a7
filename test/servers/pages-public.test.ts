import { load } from 'cheerio';
import { loadReferenceData } from '../../src/reference-data.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type MadeVacancy, makeHousehold, makeVacancy } from '../support/builders.js';
import { HandClock } from '../support/ingest.js';

const SCRIPT = '<script>alert(1)</script>';
const IMAGE = '"><img src=x onerror=alert(1)>';
const LANGUAGES = ['kk', 'ru', 'en'] as const;

interface Listed {
  total: number;
  nextCursor: string | null;
  items: { id: string; title: string }[];
}

describe('the pages for anyone', () => {
  let test: TestApp;
  let nurse: MadeVacancy;
  let hostile: MadeVacancy;
  let gone: MadeVacancy;

  const page = async (path: string): Promise<{ status: number; html: string }> => {
    const response = await fetch(`${test.url}${path}`, { redirect: 'manual' });
    return { status: response.status, html: await response.text() };
  };
  const api = async (query: string): Promise<Listed> => {
    const response = await fetch(`${test.url}/api/v1/vacancies?${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Listed;
  };
  const titles = async (query: Record<string, string>): Promise<string[]> =>
    (await api(new URLSearchParams(query).toString())).items.map(({ title }) => title);
  const postingOf = (html: string): Record<string, unknown> => {
    const [, text] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    return JSON.parse(text!) as Record<string, unknown>;
  };

  beforeAll(async () => {
    test = await startTestApp({ clock: new HandClock(new Date('2026-11-22T04:00:00Z')) });
    const sql = test.dataSource;
    await loadReferenceData(sql, new Date('2026-11-22T04:00:00Z'));
    await Promise.all([test.app.get(PlaceService).reload(), test.app.get(OccupationService).reload()]);
    nurse = await makeVacancy(sql, {
      isco: '3221',
      columns: {
        synthetic: false,
        title: 'Медицинская сестра',
        area_id: 112,
        schedule: 'shifts',
        education: 'vocational',
        openings: 2,
      },
    });
    await makeVacancy(sql, {
      isco: '2330',
      payMinTenge: 200_000,
      payMaxTenge: null,
      housing: null,
      columns: { title: 'Учитель физики' },
    });
    await makeVacancy(sql, { isco: '2330', districtKato: '551000000', columns: { title: 'Учитель истории' } });
    await makeVacancy(sql, { isco: '2341', districtKato: '612000000', columns: { title: 'Бастауыш сынып мұғалімі' } });
    await makeVacancy(sql, { isco: '5120', employment: 'seasonal', columns: { title: 'Повар' } });
    await makeVacancy(sql, { isco: '9412', columns: { title: 'Помощник повара' } });
    await makeVacancy(sql, { isco: '2511', columns: { title: 'Квантовый геоинформатик' } });
    hostile = await makeVacancy(sql, {
      isco: '5223',
      payMinTenge: null,
      payMaxTenge: 150_000,
      columns: {
        synthetic: false,
        title: `${SCRIPT} продавец`,
        subtitle: IMAGE,
        employer_name: `${IMAGE}</script>`,
        duties: `${SCRIPT}\n${IMAGE}`,
        address_text: IMAGE,
        skills: [SCRIPT],
        languages: [IMAGE],
        url: 'javascript:alert(1)',
      },
    });
    gone = await makeVacancy(sql, {
      isco: '3221',
      columns: {
        title: 'Медсестра участковая',
        status: 'closed',
        closed_reason: 'expired',
        closed_at: new Date('2026-11-20T04:00:00Z'),
      },
    });
    await makeHousehold(sql, { homeKato: '591000000', adults: [{ isco: '3221' }] });
  });
  afterAll(() => test.close());

  describe('the search for words', () => {
    it.each([
      ['мұғалім', ['Учитель физики', 'Учитель истории', 'Бастауыш сынып мұғалімі']],
      ['мугалим', ['Учитель физики', 'Учитель истории', 'Бастауыш сынып мұғалімі']],
      ['учетель', ['Учитель физики', 'Учитель истории']],
      ['мейірбике', ['Медицинская сестра']],
      ['геоинфарматик', ['Квантовый геоинформатик']],
    ])('%s', async (q, expected) => {
      expect(await titles({ q })).toEqual(expect.arrayContaining(expected));
    });

    it.each([
      ['nurse', 'Медицинская сестра'],
      ['teacher', 'Учитель физики'],
      ['driver', 'Водитель автобуса'],
      ['engineer', 'Горный инженер'],
      ['cook', 'Повар'],
      ['accountant', 'Бухгалтер'],
      ['welder', 'Электрогазосварщик'],
      ['doctor', 'Врач-хирург'],
      ['electrician', 'Электромонтер'],
      ['cleaner', 'Уборщик служебных помещений'],
      ['midwife', 'Акушерка'],
    ])('in English on a page of any language: %s', async (q, expected) => {
      const posts = await Promise.all(
        (
          [
            ['8331', 'Водитель автобуса'],
            ['2146', 'Горный инженер'],
            ['2411', 'Бухгалтер'],
            ['7212', 'Электрогазосварщик'],
            ['2212', 'Врач-хирург'],
            ['7411', 'Электромонтер'],
            ['9112', 'Уборщик служебных помещений'],
            ['3222', 'Акушерка'],
          ] as const
        ).map(([isco, title]) => makeVacancy(test.dataSource, { isco, columns: { title } })),
      );
      for (const language of LANGUAGES) {
        const { html } = await page(`/${language}/vacancies?where=anywhere&q=${q}`);
        expect([language, load(html)('main').text()]).toEqual([language, expect.stringContaining(expected)]);
      }
      await test.dataSource.query('delete from vacancy where id = any($1::uuid[])', [posts.map(({ id }) => id)]);
    });

    it('puts the title that is meant first', async () => {
      expect((await titles({ q: 'повар' })).slice(0, 2)).toEqual(['Повар', 'Помощник повара']);
      expect((await titles({ q: 'учитель истории' }))[0]).toBe('Учитель истории');
    });

    it('finds nothing for words that name nothing, and takes signs for themselves', async () => {
      expect(await titles({ q: 'zzqxw' })).toEqual([]);
      expect(await titles({ q: '%' })).toEqual([]);
      expect(await titles({ q: '_' })).toEqual([]);
    });

    it('pages by cursor without losing or repeating any, in every order', async () => {
      for (const order of ['sort=newest', 'sort=pay', 'q=учитель', 'q=геоинфарматик', 'sort=nearest']) {
        const all = await api(`${order}&limit=50`);
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const part: Listed = await api(`${order}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
          expect(part.total).toBe(all.items.length);
          seen.push(...part.items.map(({ id }) => id));
          cursor = part.nextCursor;
        } while (cursor !== null);
        expect(seen).toEqual(all.items.map(({ id }) => id));
      }
    });

    it('refuses a cursor of another order', async () => {
      const { nextCursor } = await api('sort=newest&limit=1');
      const response = await fetch(`${test.url}/api/v1/vacancies?sort=pay&cursor=${nextCursor}`);
      expect(response.status).toBe(400);
    });
  });

  it('shows only supported work until it is asked for more', async () => {
    const supported = await titles({ where: 'supported' });
    expect(supported).not.toContain('Бастауыш сынып мұғалімі');
    expect(supported).not.toContain('Повар');
    expect(await titles({ where: 'anywhere' })).toEqual(expect.arrayContaining(['Бастауыш сынып мұғалімі', 'Повар']));
    expect((await page('/ru/vacancies?q=мұғалім')).html).not.toContain('Бастауыш сынып мұғалімі');
    expect((await page('/ru/vacancies?q=мұғалім&where=anywhere')).html).toContain('Бастауыш сынып мұғалімі');
  });

  it('does not count a post of an unverified firm as supported', async () => {
    const [{ id }] = (await test.dataSource.query(
      `insert into employer (id, name, name_normalised, created_at) values (uuidv7(), 'F', 'f', now()) returning id`,
    )) as [{ id: string }];
    const post = await makeVacancy(test.dataSource, {
      columns: { title: 'Оленевод', source: `employer:${id}`, employer_id: id },
    });
    expect(await titles({ where: 'supported', q: 'оленевод' })).toEqual([]);
    expect((await page(`/ru/vacancies/${post.id}`)).html).toContain('выплаты на переезд по программе не положены');
    await test.dataSource.query('update employer set verified_at = now() where id = $1', [id]);
    expect(await titles({ where: 'supported', q: 'оленевод' })).toEqual(['Оленевод']);
  });

  it.each(LANGUAGES)('answers the search in %s: filters as tags, the count, the API’s address', async (language) => {
    const { status, html } = await page(
      `/${language}/vacancies?q=медсестра&region=KZ-59&payMin=200+000&schedule=shifts&housing=provided&education=vocational&area=112&district=591000000`,
    );
    expect(status).toBe(200);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`/${language}/vacancies/${nurse.id}`);
    expect(html).toContain('/api/v1/vacancies?q=');
    expect(html.match(/class="chosen"/g)).toHaveLength(1);
    expect(html).not.toMatch(/page\.[a-z]+\.[a-z_]+/);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('removes one filter by its tag and keeps the others', async () => {
    const { html } = await page('/ru/vacancies?q=медсестра&region=KZ-59&housing=provided&housing=help');
    const tags = [...(/class="chosen".*?<\/ul>/s.exec(html)?.[0] ?? '').matchAll(/href="([^"]*)"/g)].map((match) =>
      decodeURIComponent(match[1]!.replaceAll('&amp;', '&')),
    );
    expect(tags).toEqual([
      '/ru/vacancies?region=KZ-59&housing=provided&housing=help',
      '/ru/vacancies?q=медсестра&housing=provided&housing=help',
      '/ru/vacancies?q=медсестра&region=KZ-59&housing=help',
      '/ru/vacancies?q=медсестра&region=KZ-59&housing=provided',
      '/ru/vacancies?q=медсестра&region=KZ-59&housing=provided&housing=help&where=anywhere',
    ]);
  });

  it('says which filter to loosen when nothing is found, and how many that gives', async () => {
    const { status, html } = await page('/ru/vacancies?q=учитель&region=KZ-59&payMin=900000');
    expect(status).toBe(200);
    expect(html).toContain('Ничего не найдено');
    expect(html).toContain(
      'без условия «от 900 000 ₸» – 1 вакансия'.replaceAll(' 000', '\u00a0000').replace(' ₸', '\u00a0₸'),
    );
    expect(html).not.toMatch(/без условия «Северо-Казахстанская область»/);
  });

  it('refuses a wrong filter with the form, not with an error of ours', async () => {
    for (const query of ['payMin=много', 'region=X', 'schedule=never', 'cursor=abc', 'sort=random', 'q=%00']) {
      const { status, html } = await page(`/ru/vacancies?${query}`);
      expect([400, 422]).toContain(status);
      expect(html).toContain('<h1');
    }
  });

  it('shows an open vacancy with a JobPosting that search engines can read', async () => {
    const { status, html } = await page(`/kk/vacancies/${nurse.id}`);
    expect(status).toBe(200);
    expect(html).toContain('жұмыс берушінің айтуынша, тексерілмеген');
    const posting = postingOf(html);
    expect(posting).toMatchObject({
      '@type': 'JobPosting',
      title: 'Медицинская сестра',
      directApply: false,
      totalJobOpenings: 2,
      baseSalary: { currency: 'KZT', value: { minValue: 300_000, maxValue: 350_000, unitText: 'MONTH' } },
      jobLocation: { address: { addressCountry: 'KZ', addressRegion: 'Солтүстік Қазақстан облысы' } },
    });
    expect(posting['datePosted']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(posting['url']).toContain(`/kk/vacancies/${nurse.id}`);
  });

  it.each(LANGUAGES)('never lets what an employer writes become markup, in %s', async (language) => {
    for (const path of [
      `vacancies/${hostile.id}`,
      'vacancies?q=продавец',
      `vacancies?q=${encodeURIComponent(IMAGE)}`,
    ]) {
      const { html } = await page(`/${language}/${path}`);
      expect(html).not.toContain(SCRIPT);
      expect(html).not.toContain('<img');
      expect(html).not.toMatch(/href="javascript:/);
    }
    const { html } = await page(`/${language}/vacancies/${hostile.id}`);
    expect(postingOf(html)).toMatchObject({
      title: `${SCRIPT} продавец`,
      hiringOrganization: { name: `${IMAGE}</script>` },
    });
  });

  it('says with status 410 that a vacancy is closed, and what is open instead', async () => {
    const { status, html } = await page(`/ru/vacancies/${gone.id}`);
    expect(status).toBe(410);
    expect(html).toContain('Вакансия закрыта');
    expect(html).toContain('Срок объявления вышел');
    expect(html).toContain(`/ru/vacancies/${nurse.id}`);
    expect(html).not.toContain('application/ld+json');
  });

  it('does not know other ids', async () => {
    expect((await page('/ru/vacancies/0199a000-0000-7000-8000-000000000001')).status).toBe(404);
    expect((await page('/ru/vacancies/1')).status).toBe(400);
  });

  describe('regions', () => {
    // What tests above posted of registered nurses: here only those of a college are wanted.
    beforeAll(() => test.dataSource.query(`update vacancy set valid_until = '2026-11-21' where isco = '2221'`));

    it.each(LANGUAGES)('are compared for a profession with the reader’s own region, in %s', async (language) => {
      const { status, html } = await page(`/${language}/regions?occupation=медсестра&from=KZ-61&measure=tension`);
      expect(status).toBe(200);
      expect(html).not.toMatch(/page\.[a-z]+\.[a-z_]+/);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html.match(/class="tile /g)?.length).toBeGreaterThanOrEqual(20);
      expect(html).toContain(`/${language}/regions/KZ-59?from=KZ-61&amp;occupation=3221`);
    });

    it.each([
      ['en', 'Shown for: Practical nurse. No post is open in any region for: Registered nurse.'],
      ['ru', 'Ни в одном регионе нет открытых вакансий для профессии'],
      ['kk', 'Мына мамандық бойынша ешбір өңірде ашық бос орын жоқ'],
    ])(
      'take what else a title may mean where nothing is open of its likeliest, and say so, in %s',
      async (language, said) => {
        const asked = await page(`/${language}/regions?occupation=nurse&from=KZ-61`);
        expect(load(asked.html)('main .notice').text()).toContain(said);
        expect(asked.html).toContain(`/${language}/regions/KZ-59?from=KZ-61&amp;occupation=3221`);
        expect(load((await page(`/${language}/regions/KZ-59?occupation=nurse`)).html)('main .notice').text()).toContain(
          said,
        );
        // A group by its code is meant as it is, and one with open posts needs nothing else.
        for (const meant of ['2221', '3221', 'мейірбике'])
          expect((await page(`/${language}/regions?occupation=${meant}`)).html).not.toContain(said);
      },
    );

    it('say by the API which occupation stands for which', async () => {
      const meant = async (occupation: string): Promise<unknown> =>
        (await fetch(`${test.url}/api/v1/regions?occupation=${encodeURIComponent(occupation)}`)).json();
      expect(await meant('nurse')).toMatchObject({ isco: '3221', insteadOf: '2221' });
      expect(await meant('2221')).toMatchObject({ isco: '2221', insteadOf: null });
      // Nothing is open of anything that it may mean: what it means stands.
      expect(await meant('blacksmith')).toMatchObject({ isco: '7221', insteadOf: null });
    });

    it('are counted by the API and the page alike', async () => {
      const answer = (await (await fetch(`${test.url}/api/v1/regions?occupation=мейірбике&from=KZ-61`)).json()) as {
        isco: string;
        corridors: unknown[];
        regions: {
          code: string;
          roleVerified: boolean;
          market: Record<string, unknown>;
          statistics: Record<string, unknown>;
          arrivals: { from: string | null }[];
        }[];
      };
      expect(answer.isco).toBe('3221');
      expect(answer.corridors).toEqual([{ from: 'KZ-61', to: ['KZ-39', 'KZ-55', 'KZ-59'], verified: true }]);
      const region = (code: string) => answer.regions.find((one) => one.code === code)!;
      // One seeker of the profession lives there, and people are counted in fives: two openings ÷ (0 + 1).
      expect(region('KZ-59').market).toMatchObject({
        vacancies: 1,
        openings: 2,
        tension: 2,
        housingShare: 1,
        medianPayTenge: 300_000,
      });
      expect(region('KZ-61').market).toMatchObject({
        vacancies: 0,
        openings: 0,
        tension: 0,
        housingShare: null,
        medianPayTenge: null,
      });
      expect(region('KZ-59').arrivals.map(({ from }) => from)).toContain('KZ-61');
      expect(Object.keys(region('KZ-79').statistics)).toEqual(['population']);
      // An order names who receives; that Turkistan still sends people no written source of this year says.
      expect([region('KZ-59').roleVerified, region('KZ-61').roleVerified]).toEqual([true, false]);
    });

    it('say how many went there, from one’s own region where it is known, and where it is not', async () => {
      const rowsOf = (html: string): string[][] => {
        const $ = load(html);
        return $('section[aria-labelledby=arrivals] tbody tr')
          .toArray()
          .map((row) =>
            $(row)
              .find('th, td')
              .toArray()
              .map((cell) => $(cell).text().replace(/\s/gu, ' ').trim()),
          );
      };
      const fromTurkistan = rowsOf((await page('/ru/regions?from=KZ-61')).html);
      // Most people of Turkistan went to North Kazakhstan: the first row, with families beside the persons.
      expect(fromTurkistan[0]!.join(' | ')).toMatch(/Северо-Казахстанская[^|]*\| 971[^|]*241[^|]*2025[^|]*\| 1 516/u);
      expect(fromTurkistan.find(([name]) => name!.includes('Абай'))).toMatchObject({ length: 3 });
      const fromKyzylorda = await page('/ru/regions?from=KZ-43');
      expect(rowsOf(fromKyzylorda.html)[0]).toHaveLength(2);
      expect(fromKyzylorda.html).toContain('сколько людей уехало отсюда по регионам, не публиковалось');
      const fromNowhere = await page('/kk/regions');
      expect(rowsOf(fromNowhere.html)[0]!.join(' | ')).toMatch(/1 886 адам/u);
      expect(fromNowhere.html).not.toContain('жарияланбаған');
    });

    it('say "no figure" where no source gives one', async () => {
      const { html } = await page('/ru/regions/KZ-79');
      expect(html).toContain('нет данных');
      expect(html).not.toContain('NaN');
    });

    it('refuse an unknown profession with the form, and unknown regions', async () => {
      const wrong = await page(`/ru/regions?occupation=${encodeURIComponent(IMAGE)}`);
      expect(wrong.status).toBe(422);
      expect(wrong.html).not.toContain('<img');
      expect((await page('/ru/regions/KZ-99')).status).toBe(404);
      expect((await page('/ru/regions?from=KZ-99')).status).toBe(404);
      expect((await page('/ru/regions?measure=beauty')).status).toBe(422);
    });
  });

  it.each(LANGUAGES)('says in %s where figures come from and what is kept', async (language) => {
    for (const path of ['sources', 'privacy']) {
      const { status, html } = await page(`/${language}/${path}`);
      expect(status).toBe(200);
      expect(html).not.toMatch(/page\.[a-z]+\.[a-z_]+/);
      expect(html.match(/<h1/g)).toHaveLength(1);
    }
    const { html } = await page(`/${language}/sources`);
    expect(html).toContain('mgorod.kz');
    const decree = {
      kk: 'Үкіметтің № 919 қаулысы (2016 ж. 29 желтоқсан)',
      ru: 'постановление Правительства № 919 от 29 декабря 2016 г.',
      en: 'Government decree No. 919 of 29 December 2016',
    };
    expect(load(html)('cite').text().replace(/\s/gu, ' ')).toContain(decree[language]);
  });
});
