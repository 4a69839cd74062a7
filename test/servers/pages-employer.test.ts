import { jest } from '@jest/globals';
import { TokenService } from '../../src/auth/token.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { EVIL, type FormValues, Reader, injected } from '../support/reader.js';

jest.setTimeout(180_000);

const PETROPAVL = '591000000';
const NURSE: FormValues = {
  title: 'Медицинская сестра',
  location: 'Северо-Казахстанская область, г. Петропавловск',
  payMinTenge: '300 000',
  payMaxTenge: '350 000',
  openings: '2',
  employment: 'permanent',
  housing: 'help',
};

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

/** A firm with somebody who acts for it. */
async function firm(wish: { name?: string; verified?: boolean } = {}): Promise<{ id: string; reader: Reader }> {
  const id = newId();
  const name = wish.name ?? 'ТОО Солтүстік';
  await program.dataSource.query(
    `insert into employer (id, name, name_normalised, created_at, verified_at) values ($1, $2, $3, now(), $4)`,
    [id, name, id, wish.verified ? new Date(BUILT_AT) : null],
  );
  const { token } = await program.app.get(TokenService).create({ role: 'employer', label: 'Тест', employerId: id });
  return { id, reader: new Reader(program, { authorization: `Bearer ${token}` }) };
}

async function posted(employerId: string): Promise<Record<string, unknown>[]> {
  return program.dataSource.query('select * from vacancy where source = $1 order by first_seen_at', [
    `employer:${employerId}`,
  ]);
}

const own = (id: string, columns: Record<string, unknown> = {}) =>
  makeVacancy(program.dataSource, {
    districtKato: PETROPAVL,
    columns: { source: `employer:${id}`, employer_id: id, ...columns },
  });

describe('a firm’s start', () => {
  it('says that nobody has checked the firm, what it means and who checks', async () => {
    const { reader } = await firm();
    const page = await reader.open('/ru/employer');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Центр занятости ещё не проверил ваше предприятие');
    expect(page.text).toContain('Вакансий пока нет.');
    const checked = await (await firm({ verified: true })).reader.open('/kk/employer');
    expect(checked.text).toContain('тексерілген күні:');
    expect(checked.text).not.toContain('әлі тексерген жоқ');
  });

  it('lists its own vacancies with who is interested, and no other firm’s', async () => {
    const [mine, other] = [await firm({ name: `${EVIL[0]} ЖШС` }), await firm()];
    const vacancy = await own(mine.id, { title: EVIL[1] });
    await own(other.id, { title: 'Чужая вакансия' });
    const proposal = await makeProposal(program.dataSource, { vacancies: [vacancy], status: 'approved' });
    await interest(proposal, vacancy.id, mine.id, null);
    const page = await mine.reader.open('/ru/employer');
    expect(
      page
        .$('main li.card h3')
        .toArray()
        .map((one) => page.$(one).text()),
    ).toEqual([EVIL[1]]);
    expect(page.$('a[href="/ru/employer/people"]').last().text()).toBe('1');
    // The place is known: it is said in the reader's language, not in the source's.
    expect((await mine.reader.open('/kk/employer')).$('main li.card dd').first().text()).toContain('Петропавл');
    expect((await mine.reader.open('/kk/employer')).$('main li.card dd').first().text()).not.toContain('область');
    expect(injected(page)).toEqual([]);
  });
});

describe('a new vacancy', () => {
  it('shows what was understood and whom it suits before it is posted, and what would bring more', async () => {
    const { id, reader } = await firm();
    const few = await reader.send(await reader.open('/ru/employer/vacancies/new'), { ...NURSE, do: 'check' });
    expect(few.status).toBe(200);
    expect(few.text).toContain('меньше чем пяти семьям');
    // A north that looks for nurses: as the only post of the country this one would be asked for by all of them.
    for (let i = 0; i < 6; i++) await makeVacancy(program.dataSource, { isco: '3221', openings: 5 });
    const nurse = { isco: '3221', columns: { diplomas: ['medicine'] } };
    for (let i = 0; i < 7; i++) await makeHousehold(program.dataSource, { adults: [nurse] });
    for (let i = 0; i < 6; i++)
      await makeHousehold(program.dataSource, { adults: [nurse], columns: { housing_required: true } });
    const page = await reader.send(few, { do: 'check' });
    expect(page.text).toMatch(/Место ?г\. Петропавловск, Северо-Казахстанская область/);
    expect(page.text).toContain('как минимум 5 семьям');
    expect(page.text).toContain('с жильём – не меньше 10');
    expect(page.text).toContain('400 МРП');
    expect(await posted(id)).toEqual([]);
    const done = await reader.send(page, { do: 'save' });
    expect(done.path).toBe('/ru/employer?done=posted');
    expect(done.text).toContain('Вакансия опубликована.');
    expect(done.$('main li.card').length).toBe(1);
    await reader.send(page, { do: 'save' });
    const [vacancy, ...more] = await posted(id);
    expect(more).toEqual([]);
    expect(vacancy).toMatchObject({
      title: NURSE['title'], district_kato: PETROPAVL, pay_min_tenge: 300_000, openings: 2, housing: 'help', employer_id: id,
    }); // prettier-ignore
  });

  it('says that a pay of zero is none, before it is posted as not stated', async () => {
    const { id, reader } = await firm();
    const wish = { ...NURSE, payMinTenge: '0', payMaxTenge: '', do: 'check' };
    const page = await reader.send(await reader.open('/ru/employer/vacancies/new'), wish);
    expect(page.text).toContain('Нулевая оплата прочитана как «не указана».');
    const stated = await reader.send(page, { payMinTenge: '300 000', do: 'check' });
    expect(stated.text).not.toContain('Нулевая оплата');
    await reader.send(page, { do: 'save' });
    const [vacancy] = await posted(id);
    expect(vacancy).toMatchObject({ pay_min_tenge: null, pay_max_tenge: null });
    const shown = await reader.open(`/ru/vacancies/${String(vacancy?.['id'])}`);
    expect([shown.status, shown.text]).toEqual([200, expect.not.stringMatching(/(?<!\d) ?0 ₸/)]);
    expect(shown.html).not.toContain('baseSalary');
  });

  it('says why it would be proposed to nobody', async () => {
    const { reader } = await firm();
    const wish = { ...NURSE, employment: 'temporary', location: 'Туркестанская область, г. Туркестан', do: 'check' };
    const page = await reader.send(await reader.open('/ru/employer/vacancies/new'), wish);
    expect(page.text).toContain('В таком виде её никому не предложат');
    expect(page.text).toContain('Регион вакансии не входит в регионы приёма');
    expect(page.text).toContain('Работа не постоянная');
  });

  it('asks which place is meant where it is misspelt, and takes the one that is chosen', async () => {
    const { id, reader } = await firm();
    const wrong = { ...NURSE, location: 'Петрапавловск', do: 'check' };
    for (const [language, name] of [
      ['ru', 'Северо-Казахстанская область, г. Петропавловск'],
      ['kk', 'Солтүстік Қазақстан облысы, Петропавл қаласы'],
    ] as const) {
      const page = await reader.send(await reader.open(`/${language}/employer/vacancies/new`), wrong);
      expect(page.status).toBe(422);
      const places = page.$('input[name=place]').toArray().map((one) => page.$(one).val()); // prettier-ignore
      expect(places[0]).toBe(name);
      const sure = await reader.send(page, { place: name, do: 'check' });
      expect([sure.status, sure.$('#f-location').val(), sure.$('input[name=place]').length]).toEqual([200, name, 0]);
      const other = await reader.send(page, { place: name, location: 'Павлодар', do: 'check' });
      expect(other.$('#f-location').val()).toBe('Павлодар');
      await reader.send(sure, { do: 'save' });
    }
    expect(await posted(id)).toMatchObject([{ district_kato: PETROPAVL }, { district_kato: PETROPAVL }]);
  });

  it('asks which occupation is meant where the title is not clear, and keeps the answer', async () => {
    const { id, reader } = await firm();
    const page = await reader.send(await reader.open('/ru/employer/vacancies/new'), {
      ...NURSE,
      title: 'мастер',
      do: 'check',
    });
    const choices = page.$('input[name=isco]').toArray();
    expect(choices.length).toBeGreaterThan(0);
    const isco = page.$(choices[0]).val() as string;
    const again = await reader.send(page, { isco, do: 'check' });
    expect(again.$('input[name=isco][type=radio]').length).toBe(0);
    await reader.send(again, { do: 'save' });
    expect(await posted(id)).toMatchObject([{ title: 'мастер', isco, isco_sure: true }]);
  });

  it('stands again with what was typed and what is wrong', async () => {
    const { id, reader } = await firm();
    const page = await reader.send(await reader.open('/kk/employer/vacancies/new'), {
      ...NURSE, title: EVIL[0], location: '', payMinTenge: 'көп', openings: '0', do: 'save',
    }); // prettier-ignore
    expect(page.status).toBe(422);
    expect(page.$('#f-title').val()).toBe(EVIL[0]);
    expect(page.$('#f-payMinTenge').val()).toBe('көп');
    expect(page.$('#f-location-error').text()).toContain('Жұмыстың қайда екенін жазыңыз.');
    expect(page.$('.error-summary li').length).toBe(3);
    expect(injected(page)).toEqual([]);
    const crossed = await reader.send(page, { ...NURSE, payMinTenge: '400000', payMaxTenge: '100000', do: 'save' });
    expect(crossed.status).toBe(422);
    expect(await posted(id)).toEqual([]);
  });

  it('begins with what a former one says', async () => {
    const [mine, other] = [await firm(), await firm()];
    const vacancy = await own(mine.id, { title: 'Токарь', openings: 3 });
    const page = await mine.reader.open(`/ru/employer/vacancies/new?from=${vacancy.id}`);
    expect([page.$('#f-title').val(), page.$('#f-openings').val()]).toEqual(['Токарь', '3']);
    expect((await other.reader.open(`/ru/employer/vacancies/new?from=${vacancy.id}`)).status).toBe(404);
  });
});

describe('a vacancy of one’s own', () => {
  it('is changed, and only by its firm', async () => {
    const [mine, other] = [await firm(), await firm()];
    await mine.reader.send(await mine.reader.open('/ru/employer/vacancies/new'), { ...NURSE, do: 'save' });
    const [{ id, isco }] = (await posted(mine.id)) as [{ id: string; isco: string }];
    const form = await mine.reader.open(`/ru/employer/vacancies/${id}/edit`);
    expect(form.$('#f-payMinTenge').val()).toBe('300000');
    const done = await mine.reader.send(form, { payMaxTenge: '', housing: 'provided', do: 'save' });
    expect(done.path).toBe('/ru/employer?done=changed');
    expect(await posted(mine.id)).toMatchObject([{ isco, pay_max_tenge: null, housing: 'provided' }]);
    for (const action of ['edit', 'close']) {
      const path = `/ru/employer/vacancies/${id}/${action}`;
      expect((await other.reader.open(path)).status).toBe(404);
      expect((await other.reader.post(path, new URLSearchParams({ outcome: 'filled', do: 'save' }))).status).toBe(404);
    }
  });

  it('is closed with its outcome and how many were hired', async () => {
    const { id: firmId, reader } = await firm();
    const { id } = await own(firmId);
    const form = await reader.open(`/ru/employer/vacancies/${id}/close`);
    expect((await reader.send(form, {})).$('#f-outcome').length).toBe(1);
    const wrong = await reader.send(form, { outcome: 'filled', hired: '1', hiredHere: '2' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('#f-hiredHere-error').text()).toContain('больше людей, чем всего');
    await program.dataSource.query('update vacancy set openings = 2 where id = $1', [id]);
    const more = await reader.send(form, { outcome: 'filled', hired: '99' });
    expect([more.status, more.$('#f-hired-error').text()]).toEqual([422, expect.stringContaining('указано 2 места')]);
    expect(await posted(firmId)).toMatchObject([{ status: 'open' }]);
    const done = await reader.send(form, { outcome: 'filled', hired: '2', hiredHere: '1' });
    expect(done.text).toContain('Вакансия закрыта.');
    expect(done.text).toContain('приняли на работу');
    expect(await posted(firmId)).toMatchObject([{ status: 'closed', closed_reason: 'filled' }]);
    const [change] = await program.dataSource.query('select details from vacancy_change where vacancy_id = $1', [id]);
    expect(change).toEqual({ details: { reason: 'filled', hired: 2, hiredHere: 1 } });
    // What is closed is neither closed again nor changed.
    for (const action of ['close', 'edit']) {
      const again = await reader.open(`/ru/employer/vacancies/${id}/${action}`);
      expect([again.path, again.$('main form').length]).toEqual(['/ru/employer', 0]);
    }
  });
});

async function interest(
  proposal: Awaited<ReturnType<typeof makeProposal>>,
  vacancyId: string,
  employerId: string,
  sharedAt: Date | null,
): Promise<void> {
  await program.dataSource.query(
    `insert into interest (id, household_id, proposal_id, placement_id, vacancy_id, employer_id, region_code, expressed_at, shared_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [newId(), proposal.householdId, proposal.id, proposal.placementIds[0], vacancyId, employerId, proposal.regionCode,
      new Date(BUILT_AT), sharedAt],
  ); // prettier-ignore
}

describe('people who are interested', () => {
  it('are named only to a checked firm that they consented to; the others are a number', async () => {
    const [mine, other] = [await firm({ verified: true }), await firm({ verified: true })];
    const vacancy = await own(mine.id, { title: 'Сварщик' });
    for (const [name, shared] of [
      [EVIL[0], new Date(BUILT_AT)],
      ['Гүлнар', null],
    ] as const) {
      const household = await makeHousehold(program.dataSource, { adults: [{ columns: { given_name: name } }] });
      const proposal = await makeProposal(program.dataSource, { household, vacancies: [vacancy], status: 'approved' });
      await interest(proposal, vacancy.id, mine.id, shared);
    }
    const page = await mine.reader.open('/ru/employer/people');
    expect(page.text).toContain('Заинтересованы 2 семьи, контакты не открыла 1 семья.');
    expect(page.text).toContain(`${EVIL[0]} Сынақ`);
    expect(page.text).not.toContain('Гүлнар');
    expect(injected(page)).toEqual([]);
    const read = `select count(*)::int as times from audit_entry where action = 'read_contact'`;
    await mine.reader.open('/ru/employer/people');
    expect(await program.dataSource.query(read)).toEqual([{ times: 1 }]);
    expect((await other.reader.open('/ru/employer/people')).text).toContain('Пока никто не открыл вам свои контакты');
    await program.dataSource.query('update employer set verified_at = null where id = $1', [mine.id]);
    const unchecked = await mine.reader.open('/ru/employer/people');
    expect(unchecked.text).toContain('вы видите только числа');
    expect(unchecked.text).not.toContain('Сынақ');
  });
});

describe('how many households each vacancy suits', () => {
  it('stands in the list, in fives, counted once for all of them and again when a vacancy changes', async () => {
    const mine = await firm({ verified: true });
    for (let i = 0; i < 7; i++) await makeHousehold(program.dataSource, { adults: [{}] });
    const vacancies = [await own(mine.id), await own(mine.id), await own(mine.id, { isco: '8322' })];
    const read = async () => {
      const page = await mine.reader.open('/ru/employer');
      const cards = page.$('main li.card').toArray();
      return new Map(cards.map((card) => [page.$(card).find('h3 a').attr('href')!.split('/').at(-1)!, page.$(card).text()])); // prettier-ignore
    };
    let list = await read();
    for (let i = 0; i < 50 && [...list.values()].join().includes('считаем'); i++) list = await read();
    expect(list.get(vacancies[0]!.id)).toMatch(/как минимум \d+ семьям/);
    expect(list.get(vacancies[1]!.id)).toMatch(/как минимум \d+ семьям/);
    expect(list.get(vacancies[2]!.id)).toContain('меньше чем пяти семьям');
    await program.dataSource.query(`update vacancy set employment = 'temporary', changed_at = now() where id = $1`, [
      vacancies[0]!.id,
    ]);
    for (let i = 0; i < 50 && !(await read()).get(vacancies[0]!.id)!.includes('меньше чем'); i++);
    expect((await read()).get(vacancies[0]!.id)).toContain('меньше чем пяти семьям');
  });
});
