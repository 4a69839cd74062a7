import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../../config/paths.js';
import { sectorOfArea } from '../../reference/sectors.js';
import { readLabels } from '../labels.js';
import { unitGroups } from '../unit-groups.js';
import { decodeHash, decodeModel, encodeModel, titleModel } from './model-file.js';
import { TitleResolver } from './title-resolver.js';
import { trainTitleModel } from './train.js';

const sectors = new Map(unitGroups().map(({ isco, sector }) => [isco, sector]));
const resolver = new TitleResolver(titleModel(), (isco) => sectors.get(isco) ?? null);
const find = (title: string, sector: string | null = null) => resolver.resolve({ title, sector });

describe('a title', () => {
  it.each([
    ['Зам. директора по ВР', '1345'],
    ['мектепте биология пәнінің мұғалімі', '2330'],
    ['эл.газосварщик 5р', '7212'],
    ['машинист-кочегар котельной', '8182'],
    ['инженер по ОТ и ТБ', '2263'],
    ['Учитель казахского языка и литературы', '2330'],
    ['учетель математики', '2330'],
    ['преп. нач. кл.', '2341'],
    ['концерт. в ДШИ', '2652'],
    ['ware house manager', '1324'],
    ['Мейіргер', '3221'],
    ['Медицинская сестра (медицинский брат)', '3221'],
    ['Ветеринарный врач', '2250'],
    ['Врач, ветеринарный', '2250'],
    ['Врач (стоматолог)', '2261'],
    ['Тәрбиеші', '2342'],
    ['Пoвaр', '5120'],
    ['Trainee electrician', '7411'],
    ['hirurg', '2212'],
    ['Vrach terapevt', '2211'],
    ['эл. монтер РЭС', '7413'],
    ['учаске мейірбикесі', '3221'],
    ['muğalim (qazaq tili)', '2330'],
    ['bastauysh synyp mugalimi', '2341'],
    ['мастер п/о', '2320'],
    ['қырқымшы', '6121'],
    ['Маркшейд. учаскелік', '2165'],
    ['жүктиеуші', '9333'],
    ['zam. dir. po vr', '1345'],
    ['kuzetshi kerek', '5414'],
    ['geolog', '2114'],
    ['Сатушы, Есіл ауданы, Явленка ауылы', '5223'],
    ['укладка асфальта', '9312'],
    ['үй жинайтын әйел', '9111'],
  ])('%s is known, and sure', (title, isco) => {
    expect(find(title)).toMatchObject({ isco, sure: true });
  });

  it.each(['Врач', 'Дәрігер', 'Учитель', 'Мұғалім', 'Инженер', 'Оператор', 'Водитель', 'Специалист'])(
    '%s alone may be several occupations: a guess, not sure',
    (title) => {
      expect(find(title).isco).not.toBeNull();
      expect(find(title).sure).toBe(false);
    },
  );

  it.each(['Повар, водитель', 'Уборщик/дворник', 'Сварщик (сторож)'])(
    '%s names two: not sure, the other stands beside',
    (title) => {
      expect(find(title).sure).toBe(false);
      expect(find(title).alternatives.length).toBeGreaterThan(0);
    },
  );

  // «Құрақшы» makes patchwork; no pack has «құрықшы», who catches horses, nor the other words.
  it.each(['құрықшы', 'Гаммалихтер', 'тарбуршы'])(
    '%s only looks like a known word: a guess at most, and never sure',
    (title) => {
      expect(find(title).sure).toBe(false);
      expect(find(title).confidence).toBeLessThan(0.5);
    },
  );

  it('whose word is cut short is told by its beginning', () => {
    expect(find('бульдоз. Т-170').isco).toBe('8342');
  });

  it.each(['псечник', 'Зубой врач'])('%s may be two other words: never sure', (title) => {
    expect(find(title).sure).toBe(false);
  });

  it.each(['қызметкер', 'Сотрудник', 'персонал', 'employees'])('%s alone names nobody’s work', (title) => {
    expect(find(title).isco).toBeNull();
  });

  it('of which a word is unknown and the rest is no label is not sure', () => {
    expect(find('жүлдегер шаруашылыққа').sure).toBe(false);
    expect(find('Повар Жүлдегер').sure).toBe(true);
  });

  it.each([
    '',
    '   ',
    '()',
    '12345',
    '5 разряда',
    'срочно!!!',
    'жұмыс керек',
    '👷🔥',
    '\u0000\u0007',
    '‮‭',
    '<p>&nbsp;</p>',
    '<script>alert(1)</script>',
    'مرحبا بالعالم',
    'שלום עולם',
    '😀'.repeat(2_500),
    'a'.repeat(10_000),
    '<b>'.repeat(3_400),
  ])('that says nothing (%j) is no occupation', (title) => {
    expect(find(title)).toEqual({ isco: null, confidence: 0, sure: false, alternatives: [], specialisation: null });
  });

  it.each([
    ['Водитель автомобиля (категория D)', '8331'],
    ['Водитель кат. С', '8332'],
    ['B санатындағы жүргізуші', '8322'],
  ])('%s is told by the licence', (title, isco) => {
    expect(find(title).isco).toBe(isco);
  });

  it('is told by the area where its words are not enough', () => {
    expect(find('Лаборант', 'medicine').isco).toBe('3212');
    expect(find('Лаборант', 'education').isco).not.toBe('3212');
  });

  it.each([
    ['Мастер', 'Стрижка волос', '5141'],
    ['Мастер', 'Ремонт автомобилей', '7231'],
    ['Оператор', 'Обслуживание котельной установки', '8182'],
    ['Инженер', 'Проектирование электрических сетей', '2151'],
    ['Маман', 'Бухгалтерлік есеп жүргізу', '2411'],
    ['Помощник', 'Уход за больными', '5322'],
  ])('that names only a family is told by what the work asks for, never surely: %s, %s', (title, skill, isco) => {
    expect(resolver.resolve({ title }).isco).not.toBe(isco);
    expect(resolver.resolve({ title, skills: [skill] })).toMatchObject({ isco, sure: false });
  });

  it('that names its work is not moved by a skill of other work', () => {
    expect(resolver.resolve({ title: 'Медицинская сестра', skills: ['Программирование на Java'] }).isco).toBe('3221');
  });

  it('is told by the title in the other language', () => {
    const alone = resolver.resolve({ title: 'Машинист' });
    const both = resolver.resolve({ title: 'Машинист', secondTitle: 'Тепловоз машинисі' });
    expect(both.isco).toBe('8311');
    expect(alone.isco).not.toBe('8311');
  });

  it('answers any text in bounded time, the same each time', () => {
    const long = `${'ведущий инженер-'.repeat(700)}<b>по</b>`;
    expect(find(long)).toEqual(find(long));
    for (const text of ['1'.repeat(10_000), '(((('.repeat(2_500), 'i'.repeat(10_000), '1-'.repeat(5_000)]) find(text);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { isco, confidence, sure, alternatives } = find(text);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(isco !== null || !sure).toBe(true);
        expect(alternatives.map((guess) => guess.isco)).not.toContain(isco);
      }),
    );
  });
});

describe('a place of work', () => {
  it.each(['Сметчик на стройку', 'Снабженец на стройку', 'Инженер на стройку', 'Водитель на стройку'])(
    'does not make «%s» a labourer there for sure',
    (title) => {
      const { isco, sure } = resolver.resolve({ title });
      expect(isco === '9313' && sure).toBe(false);
    },
  );

  it('alone means its labourers', () => {
    expect(resolver.resolve({ title: 'на стройку нужны мужчины' })).toMatchObject({ isco: '9313', sure: true });
  });
});

describe('the labelled titles', () => {
  const rows: Record<'part' | 'lang' | 'title' | 'area' | 'isco', string>[] = parse(
    readFileSync(fromRoot('test', 'occupations', 'labelled-titles.csv')),
    { columns: true },
  );
  const answered = rows.map((row) => {
    const sector = sectorOfArea(row.area === '' ? null : Number(row.area));
    const found = resolver.resolve({ title: row.title, sector: sector === 'unstated' ? null : sector });
    return { ...row, found, right: row.isco.split(' ').includes(found.isco ?? '-') };
  });
  const share = <T>(of: readonly T[], is: (one: T) => boolean): number => of.filter(is).length / of.length;

  it('are many, and each code exists', () => {
    expect(rows.length).toBeGreaterThan(4_200);
    expect(rows.filter(({ lang }) => lang === 'kk').length).toBeGreaterThan(1_600);
    expect(rows.flatMap(({ isco }) => isco.split(' ')).filter((isco) => isco !== '-' && !sectors.has(isco))).toEqual(
      [],
    );
  });

  it.each(['dev', 'test', 'field-dev', 'field-test', 'board-dev', 'board-test'])(
    'of the part %s are read right nine times in ten, sure answers nineteen times in twenty',
    (part) => {
      const own = answered.filter((row) => row.part === part);
      const sure = own.filter(({ found }) => found.sure);
      expect(share(own, ({ right }) => right)).toBeGreaterThan(0.9);
      expect(share(sure, ({ right }) => right)).toBeGreaterThan(0.95);
      expect(sure.length / own.length).toBeGreaterThan(0.85);
    },
  );
});

describe('the model', () => {
  it('is the same from the same labels, and from its file', () => {
    const labels = readLabels().filter(({ isco }) => isco.startsWith('23'));
    const groups = [...new Set(labels.map(({ isco }) => isco))];
    const bytes = encodeModel('some hash', trainTitleModel(labels, groups));
    expect(bytes.equals(encodeModel('some hash', trainTitleModel(labels, groups)))).toBe(true);
    expect(decodeHash(bytes)).toBe('some hash');
    expect(decodeHash(Buffer.from('no model'))).toBeNull();
    const again = new TitleResolver(decodeModel(bytes), () => null);
    expect(again.resolve({ title: 'учитель биологии' })).toEqual(
      new TitleResolver(trainTitleModel(labels, groups), () => null).resolve({ title: 'учитель биологии' }),
    );
  });
});
