import { readEmployerName, shortEmployerName } from './employer-name.js';

const core = (text: string): string => readEmployerName(text).normalised;
const form = (text: string): string | null => readEmployerName(text).legalForm;

describe('an employer’s name', () => {
  it('is the same with and without quotes, as Enbek’s page and its JSON-LD write it', () => {
    const spellings = [
      'Товарищество с ограниченной ответственностью "АЯН м."',
      'Товарищество с ограниченной ответственностью АЯН м.',
      'ТОО «АЯН м.»',
      'ТОО "Аян м"',
      'ЖШС “АЯН м.”',
      '«АЯН м.» жауапкершілігі шектеулі серіктестігі',
      ' тоо  \u00a0АЯН\u00a0м. ',
    ];
    expect(new Set(spellings.map(core))).toEqual(new Set(['аян м']));
    expect(new Set(spellings.map(form))).toEqual(new Set(['llp']));
  });

  it('reads the forms of public bodies in both languages, the longer before the shorter', () => {
    const hospital = [
      'КГП на ПХВ «Городская больница № 2»',
      'Коммунальное государственное предприятие на праве хозяйственного ведения "Городская больница №2"',
    ];
    expect(hospital.map(core)).toEqual(['городская больница №2', 'городская больница №2']);
    expect(hospital.map(form)).toEqual(['municipal_enterprise', 'municipal_enterprise']);
    expect(core('«Облыстық аурухана» ШЖҚ КМК')).toBe('облыстық аурухана');
    expect(core('"Облыстық аурухана" шаруашылық жүргізу құқығындағы коммуналдық мемлекеттік кәсіпорны')).toBe(
      'облыстық аурухана',
    );
    expect(form('КГУ "Школа-лицей № 5"')).toBe('municipal_institution');
    expect(core('КГУ "Школа-лицей № 5"')).toBe(core('Коммунальное государственное учреждение «Школа - лицей №5»'));
    expect(core('«№5 мектеп-лицейі» КММ')).toBe('№5 мектеп лицейі');
  });

  it('takes the first form of a long name for the firm’s own', () => {
    const school =
      'Коммунальное государственное казенное предприятие "Детская школа искусств" государственного учреждения "Отдел образования"';
    expect(form(school)).toBe('treasury_enterprise');
    expect(core(school)).toContain('детская школа искусств');
  });

  it('takes no form out of the middle of a word', () => {
    expect(core('ТОО Аокан')).toBe('аокан');
    expect(readEmployerName('Гуманитарий')).toEqual({
      name: 'Гуманитарий',
      normalised: 'гуманитарий',
      legalForm: null,
    });
  });

  it('keeps different firms apart', () => {
    expect(core('КГУ "Школа № 5"')).not.toBe(core('КГУ "Школа № 15"'));
    expect(core('ИП Ахметов А.Б.')).not.toBe(core('ИП Ахметов Б.А.'));
  });

  it('sees through a Latin letter inside a Cyrillic word, not through a Latin name', () => {
    expect(core('ТОО "Kазфосфат"')).toBe(core('ТОО "Казфосфат"'));
    expect(core('Kaspi Bank АО')).toBe('kaspi bank');
  });

  it('is never empty for a name that is all form', () => {
    expect(core('ТОО')).toBe('тоо');
    expect(core('«»')).toBe('');
    expect(readEmployerName('  ').normalised).toBe('');
  });
});

describe('a firm’s name in a list', () => {
  it.each([
    ['Товарищество с ограниченной ответственностью «Солтүстік»', 'ТОО «Солтүстік»'],
    ['Коммунальное государственное предприятие на праве хозяйственного ведения "Больница"', 'КГП на ПХВ "Больница"'],
    ['Коммунальное Государственное Казённое  предприятие «Ясли»', 'КГКП «Ясли»'],
    ['"Болашақ" жауапкершілігі шектеулі серіктестігі', '"Болашақ" ЖШС'],
    ['«№5 мектеп» коммуналдық мемлекеттік мекемесі', '«№5 мектеп» КММ'],
    ['Крестьянское (фермерское) хозяйство «Дала»', 'КХ «Дала»'],
    ['ТОО «Солтүстік»', 'ТОО «Солтүстік»'],
    ['Филиал акционерного общества «Жол»', 'Филиал акционерного общества «Жол»'],
  ])('has its legal form short: %s', (full, short) => {
    expect(shortEmployerName(full)).toBe(short);
  });
});
