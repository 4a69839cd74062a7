import { latinOf, placeName } from './place-name.js';

describe('placeName', () => {
  it.each([
    [
      { nameRu: 'Петропавловск Г.А.', nameKk: 'Петропавл Қ.Ә.' },
      'г. Петропавловск',
      'Петропавл қаласы',
      'Petropavlovsk',
    ],
    [{ nameRu: 'г.Шымкент', nameKk: 'Шымкент қ.' }, 'г. Шымкент', 'Шымкент қаласы', 'Shymkent'],
    [
      { nameRu: 'Костанайский район', nameKk: 'Қостанай ауданы' },
      'Костанайский район',
      'Қостанай ауданы',
      'Kostanayskiy district',
    ],
    [
      { nameRu: 'Район Шал акына', nameKk: 'Шал ақын ауданы' },
      'район Шал акына',
      'Шал ақын ауданы',
      'Shal akyna district',
    ],
    [
      { nameRu: 'Павлодарская область', nameKk: 'Павлодар облысы' },
      'Павлодарская область',
      'Павлодар облысы',
      'Pavlodarskaya oblast',
    ],
    [
      { nameRu: 'Туркестанская область', nameKk: 'Түркістан облысы', nameEn: 'Turkistan Region' },
      'Туркестанская область',
      'Түркістан облысы',
      'Turkistan Region',
    ],
    [
      { nameRu: 'Район имени Габита Мусрепова', nameKk: 'Ғабит Мүсірепов атын.ауданы' },
      'район имени Габита Мусрепова',
      'Ғабит Мүсірепов атындағы аудан',
      'imeni Gabita Musrepova district',
    ],
    [{ nameRu: 'с.Тимирязево', nameKk: 'Тимирязево а.' }, 'с. Тимирязево', 'Тимирязево а.', 'Timiryazevo'],
    [{ nameRu: 'с.о.Ново', nameKk: 'Роза Люксембург атын.а.' }, 'с.о. Ново', 'Роза Люксембург атындағы а.', 's.o.Novo'],
  ])('says %j as people do', (place, ru, kk, en) => {
    expect([placeName('ru', place), placeName('kk', place), placeName('en', place)]).toEqual([ru, kk, en]);
  });
});

describe('latinOf', () => {
  it('keeps what is no Cyrillic letter, and capitals', () => {
    expect(latinOf('Щучинск-2, Əуезов')).toBe('Shchuchinsk-2, Əuezov');
  });
});
