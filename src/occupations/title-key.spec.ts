import fc from 'fast-check';
import { isOfArea, readTitleKey, titleKey } from './title-key.js';

describe('the key of a title', () => {
  it.each([
    [['Қырқымшы', 'қырқымшы', 'ҚЫРҚЫМШЫ 2 санат', 'кыркымшы', '«Қырқымшы»']],
    [['Учитель начальных классов', 'учителя начальных классов', 'Учитель нач. классов']],
    [['Оператор колл-центра', 'ОПЕРАТОР КОЛЛ ЦЕНТРА']],
    [['апсейлер', 'Aпсейлер', 'требуется апсейлер', 'Апсейлер 5 разряда']],
  ])('is one for all spellings: %j', (titles) => {
    expect(new Set(titles.map((title) => titleKey(title))).size).toBe(1);
    expect(titleKey(titles[0]!)).not.toBeNull();
  });

  it('is another for other words, however near', () => {
    const titles = ['апсейлер', 'апсейлер магазина', 'старший апсейлер', 'дропшиппер', 'қырқымшы', 'мотор қырқымшы'];
    expect(new Set(titles.map((title) => titleKey(title))).size).toBe(titles.length);
  });

  it.each([['Мұғалім', 'мугалим', 'МҰҒАЛІМ 2 санат'], ['Мастер', 'мастер 5 разряда'], ['Главный специалист']])(
    'holds the area where the title is no more than words of a family: %j',
    (...titles) => {
      for (const title of titles) {
        expect(readTitleKey(title, null)).toEqual({ ok: false, lacks: 'area' });
        expect(titleKey(title, 119)).toBe(titleKey(titles[0]!, 119));
        expect(titleKey(title, 119)).not.toBe(titleKey(title, 120));
        expect(isOfArea(titleKey(title, 119)!)).toBe(true);
      }
    },
  );

  it('does not ask for the area where the title says more', () => {
    expect(titleKey('Мастер маникюра', 119)).toBe(titleKey('мастер маникюра', null));
    expect(isOfArea(titleKey('Мастер маникюра')!)).toBe(false);
  });

  it.each(['', ' ', '12 345', '😀', '5 разряд', '<b></b>', '\u0000', '—'])(
    'is none for what names nothing: %j',
    (title) => {
      expect(readTitleKey(title, 120)).toEqual({ ok: false, lacks: 'words' });
    },
  );

  it('stands for any text, soon, and is found again by itself', () => {
    expect(titleKey('қырқымшы '.repeat(1_200))).not.toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const key = titleKey(text, 120);
        if (key !== null) expect(key).toMatch(/^[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*(?: @120)?$/u);
      }),
    );
  });
});
