import { hasWords } from '../i18n/i18n.js';
import { FAILURES } from './core/eligibility.js';
import { CHECKS, PART_CODES } from './core/parts.js';
import type { OccupationSides } from './core/sides.js';
import { mismatchInWords, sidesInWords } from './matching.words.js';

describe('words of matching', () => {
  it.each([...FAILURES, ...PART_CODES, ...CHECKS.map((code) => `check.${code}`)])('exist for %s', (code) => {
    expect(hasWords(code)).toBe(true);
  });
});

describe('north and south in words', () => {
  const teacher: OccupationSides = {
    isco: '2330',
    sector: 'education',
    home: 'south',
    bySector: { north: 565, south: 1264, ratio: 565 / 1264 },
    byOccupation: { north: 306, south: 738, ratio: 0.4152 },
  };
  const bySector = { ...teacher, byOccupation: null };

  it('are of the occupation, beside its sector, and say what that means at home', () => {
    expect(sidesInWords(teacher, 'en')).toBe(
      'Of this occupation the north has 0.42 vacancies for each one in the south, and in its whole sector, “Education and science”, 0.45: fewer there than here.',
    );
    expect(sidesInWords(teacher, 'ru')).toBe(
      'По этой профессии на каждую вакансию юга приходится 0,42 вакансии севера, а во всей отрасли «Образование и наука» – 0,45: там их меньше, чем здесь.',
    );
    expect(sidesInWords(teacher, 'kk')).toBe(
      'Осы мамандық бойынша оңтүстіктегі әр бос орынға солтүстікте 0,42 бос орыннан, ал бүкіл «Білім және ғылым» саласы бойынша 0,45 орыннан келеді: ол жақта мұндағыдан аз.',
    );
  });

  it('are of the sector, and name it, where little is open of the occupation', () => {
    expect(sidesInWords(bySector, 'en')).toBe(
      'In the sector “Education and science” the north has 0.45 vacancies for each one in the south: fewer there than here.',
    );
    const nurse = { ...bySector, sector: 'medicine', bySector: { north: 1064, south: 551, ratio: 1064 / 551 } };
    expect(sidesInWords(nurse, 'ru')).toContain('приходится 1,93 вакансии севера: там их больше, чем здесь.');
    expect(sidesInWords(nurse, 'kk')).toContain('1,93 бос орыннан келеді: ол жақта мұндағыдан көп.');
  });

  it('speak of the south to whom does not live there, and of no difference where there is none', () => {
    expect(sidesInWords({ ...bySector, home: null }, 'ru')).toContain('там их меньше, чем на юге');
    const even = { ...bySector, bySector: { north: 105, south: 100, ratio: 1.05 } };
    expect(sidesInWords(even, 'en')).toContain('about as many there as here');
  });

  it('own that few are counted, and that the south has none', () => {
    const few = { ...bySector, bySector: { north: 5, south: 2, ratio: 2.5 } };
    expect(sidesInWords(few, 'en')).toContain('Only 7 vacancies are counted, so this can change soon.');
    const none = { ...bySector, bySector: { north: 5, south: 0, ratio: null } };
    expect(sidesInWords(none, 'ru')).toContain('вакансий на севере 5, на юге нет. Посчитано всего 5 вакансий');
  });

  it('are told of a move that was written before occupations were counted', () => {
    const old = {
      tensionHome: 1,
      tensionThere: 2,
      mismatch: 2,
      sector: 'education',
      sectorNorthSouth: teacher.bySector,
    };
    expect(mismatchInWords(old, 'en').texts[1]).toContain('0.45 vacancies for each one in the south');
    expect(mismatchInWords({ ...old, sides: teacher }, 'en').texts[1]).toContain('Of this occupation');
  });
});
