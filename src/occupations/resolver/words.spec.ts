import fc from 'fast-check';
import { inCyrillic, stemKazakh, stemOf, wordsOf } from './words.js';

const words = (title: string): string => wordsOf(title).words.join(' ');

describe('the words of a title', () => {
  it.each([
    ['Жүргізуші', 'жургизуши'],
    ['жургизуши', 'жургизуши'],
    ['ПOВAР', 'повар'],
    ['Электрогазосварщик 5 разряда', 'электрогазосварщик'],
    ['эл.газосварщик 5р', 'электрогазосварщик'],
    ['Врач-кардиолог высшей категории', 'врач кардиолог'],
    ['Учитель математики 0,5 ставки', 'учитель математики'],
    ['Мұғалім, 1 санат', 'мугалим'],
    ['Воспитатель (на период отпуска по уходу за ребёнком до 3 лет)', 'воспитатель'],
    ['Сиделка по уходу за больным', 'сиделка уходу больным'],
    ['Зам. директора по ВР', 'заместитель директора воспитательной работе'],
    ['инженер по ОТ и ТБ', 'инженер охране труда технике безопасности'],
    ['Сварщик от 200 000 тг', 'сварщик'],
    ['учитель нач. кл.', 'учитель начальных классов'],
    ['водитель категории D', 'водитель licd'],
    ['Водитель кат. В, С', 'водитель licc'],
    ['С санатындағы жүргізуші', 'licc жургизуши'],
    ['Врач высшей категории в поликлинику', 'врач поликлинику'],
    ['Срочно требуется каменщик!!!', 'каменщик'],
    ['constructor', 'constructor'],
    ['полный рабочий день', ''],
    ['мастер п/о', 'мастер производственного обучения'],
    ['Повар/пекарь', 'повар пекарь'],
    ['фин. директор', 'финансовый директор'],
    ['Повар в ТОО «Алтын Дән»', 'повар'],
    ['"ҚазМұнайСервис" ЖШС вакансиялары', ''],
    ['ГКП на ПХВ "Городская поликлиника №4"', ''],
    ['Директор ГККП «Ясли-сад №5»', 'директор гккп ясли сад'],
    ['Жүргізуші Алматыда', 'жургизуши'],
    ['Хочу работать в Астане', ''],
    ['<b>Повар</b>&nbsp;5 разряда', 'повар'],
    ['Сварщик http://example.kz/povar', 'сварщик'],
    ['Сварщик povar@example.kz', 'сварщик'],
    ['MҰҒАЛIM', 'мугалим'],
    ['HАЧАЛЬНИК OXРАНЫ', 'начальник охраны'],
    ['Driver WANTED', 'driver'],
    ['<p style="color:red">Дворник', 'дворник'],
    ['Supervisоr', 'supervisor'],
    ['рук-ль отдела', 'руководитель отдела'],
    ['слесарь-сантехник', 'слесарь сантехник'],
    ['инженерПТО', 'инженер производственно технического отдела'],
    ['Сатушы, Есіл ауданы, Явленка ауылы', 'сатушы'],
    ['Петропавл қаласы құрылысшы', 'курылысшы'],
    ['Аудан әкімінің орынбасары', 'аудан акиминин орынбасары'],
    ['Доярка, Мамлютский р-н, с. Пресновка', 'доярка'],
    ['Риелтор со знанием каз. яз.', 'риелтор'],
    ['<script>alert("повар")</script>', ''],
  ])('of «%s» are «%s»', (title, expected) => {
    expect(words(title)).toBe(expected);
  });

  it('stand in parts between commas, slashes and brackets', () => {
    expect(wordsOf('Врач (стоматолог), повар/кондитер').parts).toEqual([0, 1, 3, 4]);
  });

  it('are few and folded, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const found = wordsOf(text);
        expect(found.parts).toHaveLength(found.words.length);
        expect(found.words.length).toBeLessThanOrEqual(24);
        for (const word of found.words) expect(word).toBe(word.toLowerCase());
      }),
    );
  });
});

describe('a word in Latin letters', () => {
  it.each([
    ['hirurg', 'хирург'],
    ['muğalim', 'мугалим'],
    ['bastauysh', 'бастауыш'],
    ['shchitovoy', 'щитовой'],
    ['elektrik', 'электрик'],
    ['vrach', 'врач'],
    ['kuzetshi', 'кузетши'],
    ['oboishchik', 'обойщик'],
  ])('%s may be %s', (word, cyrillic) => {
    expect(inCyrillic(word)).toContain(cyrillic);
  });

  it.each(['повар', 'straße', '1c', ''])('is not «%s»', (word) => {
    expect(inCyrillic(word)).toEqual([]);
  });
});

describe('a stem', () => {
  it.each([
    ['мугалими', 'мугалим'],
    ['мугалимдерге', 'мугалим'],
    ['жургизушиси', 'жургизуш'],
    ['мектепте', 'мектеп'],
  ])('of %s is %s in Kazakh', (word, stem) => {
    expect(stemKazakh(word)).toBe(stem);
  });

  it('of a Russian word leaves its case and number out, of a Latin one its plural', () => {
    expect(stemOf('учителя', 'ru')).toBe(stemOf('учителю', 'ru'));
    expect(stemOf('drivers', 'kk')).toBe(stemOf('driver', 'ru'));
  });
});
