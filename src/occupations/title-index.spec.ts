import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../config/paths.js';
import { normaliseTitle } from './title.js';
import { buildTitleIndex, findOccupation, type OccupationRow } from './title-index.js';

const records = (name: string): Record<string, string>[] =>
  parse(readFileSync(fromRoot('data', 'occupations', name)), { columns: true });
const groups = records('occupations.csv');
const titles = records('titles.csv');
const index = buildTitleIndex(
  groups.map((group) => ({
    isco: group['isco']!,
    titleEn: group['title_en']!,
    titleRu: group['title_ru'] || null,
    titleKk: group['title_kk'] || null,
    sector: group['sector'] || null,
    regulated: (group['regulated'] || null) as OccupationRow['regulated'],
  })),
  titles.map((title) => ({ titleNormalised: normaliseTitle(title['title']!), isco: title['isco']! })),
);
const find = (title: string, sector: string | null = null): ReturnType<typeof findOccupation> =>
  findOccupation(index, title, sector);

describe('the files', () => {
  it('hold the 436 unit groups of ISCO-08, each with a sector', () => {
    expect(groups).toHaveLength(436);
    expect(new Set(groups.map((group) => group['isco'])).size).toBe(436);
    expect(groups.filter((group) => !group['sector'])).toEqual([]);
  });

  it('hold titles in three languages, each for one known unit group', () => {
    for (const language of ['en', 'kk', 'ru']) {
      expect(titles.filter((title) => title['lang'] === language).length).toBeGreaterThan(400);
    }
    for (const title of titles) expect(index.occupations.has(title['isco']!)).toBe(true);
    const unclear = [...index.byTitle].filter(([, codes]) => codes.length > 1);
    expect(unclear).toEqual([]);
  });
});

describe('a title', () => {
  it.each([
    ['Учитель казахского языка и литературы', '2330'],
    ['Қазақ тілі мен әдебиеті пәнінің мұғалімі', '2330'],
    ['Юрист', '2611'],
    ['Уборщик в промышленных помещениях', '9112'],
    ['Пианист', '2652'],
    ['Заместитель директора по воспитательной работе', '1345'],
    ['Разнорабочий', '9622'],
    ['Повар в столовой', '5120'],
    ['Мейіргер', '3221'],
    ['Ветеринарный врач', '2250'],
    ['Комбайнёр', '8341'],
    ['Тәрбиеші', '2342'],
  ])('%s is known as it stands', (title, isco) => {
    expect(find(title)).toEqual({ isco, sure: true });
  });

  it.each([
    ['Электрогазосварщик 5 разряда', '7212'],
    ['Врач-кардиолог высшей категории', '2212'],
    ['Медицинская сестра (медицинский брат)', '3221'],
    ['Водитель автомобиля (категория B, C)', '8322'],
    ['Учитель математики 0,5 ставки', '2330'],
    ['Бухгалтер, временно', '2411'],
    ['  «ПОВАР»  ', '5120'],
    ['Пoвaр', '5120'],
  ])('%s is known without what stands beside it', (title, isco) => {
    expect(find(title)).toEqual({ isco, sure: true });
  });

  it('is not sure when only a part of it is known', () => {
    expect(find('Учитель физики и информатики')).toEqual({ isco: '2330', sure: false });
    expect(find('Требуется опытный каменщик')).toEqual({ isco: '7112', sure: false });
    expect(find('Уборщик/дворник')).toEqual({ isco: '9112', sure: false });
    expect(find('Старшая санитарка')).toEqual({ isco: '5321', sure: false });
  });

  it('prefers the longer known title inside', () => {
    expect(find('Нужен водитель автобуса междугородного')).toEqual({ isco: '8331', sure: false });
  });

  it('of a general word is sure only where the sector has one occupation of it', () => {
    expect(find('Менеджер', 'trade')).toEqual({ isco: '1219', sure: false });
    expect(find('Менеджер', 'management')).toEqual({ isco: '1219', sure: true });
    expect(find('Нужен водитель')).toEqual({ isco: '8322', sure: false });
    expect(find('Лаборант', 'medicine')?.isco).toBe('3212');
    expect(find('Лаборант', 'education')?.isco).toBe('3111');
  });

  it.each([
    ['Врач (стоматолог)', '2261'],
    ['Врач, ветеринарный', '2250'],
    ['Врач (ветеринар)', '2250'],
    ['Водитель (трактора)', '8341'],
    ['Учитель (математика) 1 ставка, временно', '2330'],
  ])('%s is read with its brackets and commas opened', (title, isco) => {
    expect(find(title)?.isco).toBe(isco);
  });

  it.each([
    ['Врач (стоматолог)', true],
    ['Врач, ветеринарный', true],
    ['Врач (фельдшер)', false],
    ['Учитель (педагог-психолог)', false],
    ['Сварщик (сторож)', false],
    ['Повар, водитель', false],
    ['Повар (в школу-интернат)', false],
    ['Повар (0,5 ставки, на время декретного отпуска)', true],
    ['Повар; ночная смена', true],
  ])('%s: sure is %s, because of the words beside the title', (title, sure) => {
    expect(find(title)?.sure).toBe(sure);
  });

  it('takes the words beside a word that many occupations share', () => {
    expect(find('Учитель (педагог-психолог)')?.isco).toBe('2634');
    expect(find('Сварщик (сторож)')?.isco).toBe('7212');
    expect(find('Космонавт (повар)')).toEqual({ isco: '5120', sure: false });
  });

  it.each([
    ['Инженер', 'manufacturing'],
    ['Оператор', 'manufacturing'],
    ['Врач', 'medicine'],
    ['Врач (на период отпуска)', 'medicine'],
    ['Дәрігер', 'medicine'],
    ['Учитель', 'education'],
    ['Водитель', 'transport'],
    ['Водитель', null],
    ['Специалист', 'civil_service'],
  ])('%s in %s may be several occupations', (title, sector) => {
    expect(find(title, sector)?.sure).toBe(false);
  });

  it('that nobody knows is not guessed', () => {
    expect(find('Космонавт')).toBeNull();
    expect(find('')).toBeNull();
    expect(find('()')).toBeNull();
  });
});
