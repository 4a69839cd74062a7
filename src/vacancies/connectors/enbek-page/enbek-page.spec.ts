import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  claimsOf,
  inPieces,
  readEvents,
  readFileEvents,
  readTextEvents,
  rejectedOf,
  vacanciesOf,
} from '../../../../test/support/read-events.js';
import { itRefuses } from '../../../../test/support/refused-fixtures.js';
import { Problem } from '../../../shared/problem.js';
import { removeContactsDeep } from '../personal-contacts.js';
import { enbekPage } from './enbek-page.js';

const FIXTURES = 'src/vacancies/connectors/enbek-page/fixtures';
const accepted = (name: string) => readFileEvents(enbekPage, `${FIXTURES}/accepted/${name}`);
const claimOf = async (name: string) => claimsOf(await accepted(name))[0]!;

describe('enbek-page', () => {
  it('reads the JSON-LD and the body of a page together', async () => {
    expect(await claimOf('open-ru.html')).toEqual({
      externalId: '7000101',
      uid: 'PR9a61bce3f3b101',
      url: 'https://www.enbek.kz/ru/vacancy/x~7000101',
      title: 'Ветеринарный врач',
      subtitle: 'Мал дәрігері',
      areaId: 121,
      locationText: 'Северо-Казахстанская область, Есильский район, с.Явленка',
      addressText: 'ул. Центральная 1',
      payMinTenge: 250000,
      payMaxTenge: 320000,
      employment: 'permanent',
      schedule: 'full_day',
      education: 'higher',
      experience: '1-3',
      openings: 3,
      openingsYouth: 1,
      duties: 'Лечить животных.\nВести журнал.\nЗвонить +7 701 111 22 33',
      skills: ['Лечение животных', 'Вакцинация'],
      languages: ['kk', 'ru'],
      driving: ['B', 'C1'],
      employer: {
        name: 'Товарищество с ограниченной ответственностью "Үлгі Агро"',
        enbekId: 900101,
        bin: '110240001235',
        activity: 'Смешанное сельское хозяйство',
        headcount: 35,
      },
      publishedOn: '2026-09-03',
      validUntil: '2026-12-03',
      archived: false,
    });
  });

  it('never speaks of relocation, nor of housing without a badge', async () => {
    const claim = await claimOf('open-ru.html');
    for (const field of ['relocationOffered', 'permanentYears', 'housing', 'tags', 'kato', 'enbekSource'] as const)
      expect(claim[field]).toBeUndefined();
    expect(await claimOf('housing-badge.html')).toMatchObject({ tags: ['housing'], housing: 'provided' });
  });

  /** The page of `open-ru.html` with some of its words otherwise. */
  const reworded = async (...changes: [string, string][]) => {
    const page = readFileSync(`${FIXTURES}/accepted/open-ru.html`, 'utf8');
    const text = changes.reduce((before, [from, to]) => before.replaceAll(from, to), page);
    return vacanciesOf(await readTextEvents(enbekPage, text))[0]!;
  };

  it('states nothing by words nobody knows, and says so', async () => {
    const { claim, warnings } = await reworded(
      ['>постоянная<', '>бессрочная<'],
      ['>полный рабочий день<', '>гибкий<'],
      ['>   высшее<', '>любое<'],
      ['"высшее"', '"любое"'],
      ['"FULL_TIME"', '"OTHER"'],
      ['>Сельское хозяйство<', '>Агросфера<'],
      ['>3</div>', '>три</div>'],
    );
    for (const field of ['employment', 'schedule', 'areaId', 'openings'] as const) {
      expect(field in claim).toBe(true);
      expect(claim[field]).toBeUndefined();
    }
    expect(warnings.map(({ code, field }) => [code, field])).toEqual(
      ['category', 'employment', 'schedule', 'education', 'openings'].map((field) => ['record.unknown_words', field]),
    );
  });

  it('states no pay by an amount that it cannot read, which is not the same as none', async () => {
    const paid = (price: string) =>
      reworded(
        ['от 250\u00a0000 до 320\u00a0000 тенге</div>', `${price}</div>`],
        ['тенге; Северо', 'сумма; Северо'],
        ['baseSalary', 'basis'],
      );
    const unread = await paid('2 000 у.е.');
    expect([unread.claim.payMinTenge, unread.claim.payMaxTenge]).toEqual([undefined, undefined]);
    expect(unread.warnings).toEqual([
      { code: 'record.unknown_words', field: 'price', params: { field: 'price', value: '2 000 у.е.' } },
    ]);
    expect(await paid('по договорённости')).toMatchObject({
      claim: { payMinTenge: null, payMaxTenge: null },
      warnings: [],
    });
  });

  it('takes a pay by the day for none of a month, whatever the JSON-LD makes of it', async () => {
    const { claim, warnings } = await reworded([
      'от 250\u00a0000 до 320\u00a0000 тенге</div>',
      '5 000 тенге в день</div>',
    ]);
    expect([claim.payMinTenge, claim.payMaxTenge]).toEqual([null, null]);
    expect(warnings).toEqual([{ code: 'record.pay_period', field: 'price', params: { value: '5 000 тенге в день' } }]);
  });

  it('leaves the pay as it was where only the JSON-LD states one, in words that nobody knows', async () => {
    const { claim, warnings } = await reworded(
      ['от 250\u00a0000 до 320\u00a0000 тенге</div>', '</div>'],
      ['тенге; Северо', 'сумма; Северо'],
      ['250000', '"250 тыс."'],
    );
    expect([claim.payMinTenge, claim.payMaxTenge]).toEqual([undefined, undefined]);
    expect(warnings).toMatchObject([{ code: 'record.unknown_words', field: 'baseSalary' }]);
  });

  it('takes no missing label for nothing stated while an unknown one may stand for it', async () => {
    const known = await reworded(['Тип занятости', 'Условия труда'], ['Рабочих мест', 'Личные качества']);
    expect(known).toMatchObject({ claim: { employment: null, openings: null }, warnings: [] });
    const { claim, warnings } = await reworded(
      ['Тип занятости', 'Форма занятости'],
      ['Рабочих мест', 'Мест'],
      ['Категории водительских прав', 'Права'],
    );
    expect(warnings).toEqual([
      { code: 'page.unknown_label', field: 'label', params: { value: 'Форма занятости, Мест, Права' } },
    ]);
    for (const field of ['employment', 'openings', 'driving'] as const) expect(claim[field]).toBeUndefined();
    expect(claim).toMatchObject({ schedule: 'full_day', skills: ['Лечение животных', 'Вакцинация'] });
    // No label at all: the page is read by its JSON-LD alone.
    const bare = await reworded(['class="label"', 'class="caption"'], ['class="category', 'class="area']);
    expect(bare.claim).toMatchObject({ title: 'Ветеринарный врач', schedule: 'full_day' });
    for (const field of ['employment', 'openings', 'areaId', 'languages', 'duties'] as const)
      expect(bare.claim[field]).toBeUndefined();
  });

  it('takes no badge of another vacancy for its own', async () => {
    const cards =
      '<div class="item-list"><div class="forwhom"><span>Молодежи</span></div></div>' +
      '<div class="item-list"><div class="forwhom"><span>Дом за счёт фирмы</span></div></div>';
    const pea = '<div class="item-list pea unhover">';
    const ofOthers = await reworded(['</body>', `${cards}</body>`], [pea, `${pea}<div class="forwhom"></div>`]);
    expect(ofOthers.claim).not.toHaveProperty('tags');
    expect(ofOthers.claim).not.toHaveProperty('housing');
    expect(ofOthers.warnings).toEqual([]);
    const own = '<div class="forwhom"><span>С предоставлением жилья</span></div>';
    const both = await reworded(['</body>', `${cards}</body>`], [pea, `${own}${pea}`]);
    expect(both.claim).toMatchObject({ tags: ['housing'], housing: 'provided' });
    expect(both.warnings).toEqual([]);
  });

  it('says by badges that housing is gone, but by none of them that nobody knows', async () => {
    const badges = (html: string) => reworded(['<div class="item-list pea', `${html}<div class="item-list pea`]);
    expect((await badges('<div class="forwhom"><span>Молодежи</span></div>')).claim).toMatchObject({ tags: ['youth'] });
    expect((await badges('<div class="forwhom"></div>')).claim).toMatchObject({ tags: [] });
    const unknown = await badges('<div class="forwhom"><span>Молодежи</span><span>Дом за счёт фирмы</span></div>');
    expect(unknown.claim.tags).toBeUndefined();
    expect(unknown.warnings).toMatchObject([{ code: 'record.unknown_words', field: 'tags' }]);
  });

  it('reads a Kazakh page to the same facts', async () => {
    const [russian, kazakh] = [await claimOf('open-ru.html'), await claimOf('open-kk.html')];
    expect(kazakh).toEqual({
      ...russian,
      experience: 'none',
      locationText: 'Солтүстік Қазақстан облысы, Есіл ауданы, Явленка а.',
      url: 'https://www.enbek.kz/kk/vacancy/x~7000101',
    });
  });

  it('sees that a page is archived, though its JSON-LD is live', async () => {
    for (const name of ['archived-ru.html', 'archived-kk.html'])
      expect(await claimOf(name)).toMatchObject({ archived: true, externalId: '7000101' });
  });

  it('states no pay when neither the body nor the JSON-LD does', async () => {
    expect(await claimOf('no-pay.html')).toMatchObject({ payMinTenge: null, payMaxTenge: null });
  });

  it('takes the upper pay from the summary when the body has no price', async () => {
    expect(await claimOf('pay-only-in-summary.html')).toMatchObject({ payMinTenge: 250000, payMaxTenge: 320000 });
  });

  it('works from the body when the JSON-LD is broken', async () => {
    const [event] = vacanciesOf(await accepted('broken-json-ld.html'));
    expect(event?.warnings).toEqual([{ code: 'page.broken_jsonld' }]);
    expect(event?.claim).toEqual({ ...(await claimOf('open-ru.html')), validUntil: undefined });
  });

  it('reads the real excerpt of vacancy 5916687', async () => {
    const events = await readFileEvents(enbekPage, 'test/fixtures/enbek/enbek_vacancy_page_excerpt.html');
    expect(claimsOf(events)[0]).toMatchObject({
      externalId: '5916687',
      uid: 'PR9a61bce3f3b7d5',
      title: 'Уборщик в промышленных помещениях',
      subtitle: 'Уборщик производственных помещений',
      locationText: 'Карагандинская область, г. Темиртау',
      addressText: 'пр.Республики 167/2',
      areaId: 120,
      payMinTenge: 170000,
      payMaxTenge: 170000,
      employment: 'permanent',
      schedule: 'full_day',
      education: 'general_secondary',
      experience: 'none',
      openings: 3,
      openingsYouth: 3,
      skills: ['Поддержание чистоты вокруг оборудований', 'Уборка производственных помещений', 'Уборка складов'],
      employer: { name: 'Товарищество с ограниченной ответственностью "АЯН м."', enbekId: 154624, headcount: 201 },
      publishedOn: '2026-09-03',
      archived: false,
    });
  });

  it('keeps no contacts of persons in the raw text', async () => {
    const [event] = vacanciesOf(await accepted('open-ru.html'));
    expect(event!.raw).not.toMatch(/111.?22.?33|example\.kz|Үлгіов/);
  });

  it('reads its own raw text again', async () => {
    const [event] = vacanciesOf(await accepted('open-ru.html'));
    const again = claimsOf(await readTextEvents(enbekPage, event!.raw))[0]!;
    const whole = { ...again, employer: { ...again.employer, bin: '110240001235' } };
    expect(whole).toEqual(removeContactsDeep(event!.claim));
    const refused = await readFileEvents(enbekPage, `${FIXTURES}/refused/record.pay_reversed--to-below-from.html`);
    expect(rejectedOf(await readTextEvents(enbekPage, rejectedOf(refused)[0]!.raw))).toMatchObject([
      { code: 'record.pay_reversed', externalId: '7000101' },
    ]);
  });

  it('recognises vacancy pages only', () => {
    const head = (path: string) => readFileSync(path, 'utf8').slice(0, 65_536);
    expect(enbekPage.recognises(head(`${FIXTURES}/accepted/open-kk.html`), 'x.html')).toBe(true);
    expect(enbekPage.recognises(head('test/fixtures/enbek/enbek_vacancy_page_excerpt.html'), 'x.html')).toBe(true);
    expect(enbekPage.recognises('<html><head><title>x</title></head>', 'x.html')).toBe(false);
    expect(enbekPage.recognises('{"feed":"enbek-feed"}', 'x.ndjson')).toBe(false);
  });

  itRefuses(enbekPage, `${FIXTURES}/refused`);

  it('refuses a page too large to be one', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1_048_576, 0x20);
    }
    await expect(readEvents(enbekPage, endless())).rejects.toMatchObject({ code: 'file.too_large' });
  });

  it('never fails otherwise than with a Problem, whatever is cut out of a page', async () => {
    const page = readFileSync(`${FIXTURES}/accepted/open-ru.html`);
    const cut = fc
      .tuple(fc.nat(page.length), fc.nat(page.length))
      .map(([from, to]) => Buffer.concat([page.subarray(0, Math.min(from, to)), page.subarray(Math.max(from, to))]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        const outcome = await readEvents(enbekPage, inPieces(bytes)).catch((fault: unknown) => fault);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Problem);
      }),
      { numRuns: 150 },
    );
  });
});
