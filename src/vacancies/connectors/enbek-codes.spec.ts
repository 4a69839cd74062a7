import { readFileSync } from 'node:fs';
import {
  areaOfWords,
  drivingCategory,
  educationId,
  educationOfId,
  educationOfWords,
  employmentId,
  employmentOfId,
  employmentOfWords,
  ENBEK_REGION_IDS,
  experienceId,
  experienceOfId,
  experienceOfWords,
  languageId,
  languageOfId,
  languageOfWords,
  scheduleId,
  scheduleOfId,
  scheduleOfWords,
} from './enbek-codes.js';

interface Entry {
  id: string;
  name: string;
}
const LISTS = JSON.parse(readFileSync('test/fixtures/enbek/enbek_codelists.json', 'utf8')) as Record<string, Entry[]>;
const list = (name: string): Entry[] => LISTS[name]!;

describe('Enbek’s codes', () => {
  it('are all known, by id and by word, and lead back to the id', () => {
    for (const { id, name } of list('employment_SHEDULE')) {
      expect(employmentOfWords(name)).toBe(employmentOfId(id));
      expect(employmentId(employmentOfId(id)!)).toBe(id);
    }
    for (const { id, name } of list('schedule_regim')) {
      expect(scheduleOfWords(name)).toBe(scheduleOfId(id));
      expect(scheduleId(scheduleOfId(id)!)).toBe(id);
    }
    for (const { id, name } of list('education_urobr')) {
      expect(educationOfWords(name)).toBe(educationOfId(id));
      expect(educationId(educationOfId(id)!)).toBe(id);
    }
    for (const { id, name } of list('experience')) {
      expect(experienceOfWords(name)).toBe(experienceOfId(id));
      expect(experienceId(experienceOfId(id)!)).toBe(id);
    }
    for (const { id, name } of list('languages_first_10')) {
      expect(languageOfWords(name)).toBe(languageOfId(id));
      expect(languageId(languageOfId(id)!)).toBe(id);
    }
  });

  it('have every area by name and every region', () => {
    for (const { id, name } of list('industry_profobl')) expect(areaOfWords(name)).toBe(id);
    expect(
      list('region_id')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ENBEK_REGION_IDS].sort());
    expect(areaOfWords('Неизвестная сфера')).toBeNull();
  });

  it('forgive Latin letters that look Cyrillic, and nothing else', () => {
    expect(educationOfId('00000$24B')).toBe('higher');
    expect(employmentOfId('00000$55BO')).toBe('temporary');
    expect(employmentOfId('00000$55ЯЯ')).toBeNull();
    expect(employmentOfId('constructor')).toBeNull();
  });

  it('read the experience that cards and pages ask for', () => {
    for (const text of ['1 год стажа', '2 года стажа', '1 жыл өтілі']) expect(experienceOfWords(text)).toBe('1-3');
    expect(experienceOfWords('3 года стажа')).toBe('3-5');
    for (const text of ['5 лет стажа', '10 лет стажа']) expect(experienceOfWords(text)).toBe('5+');
    for (const text of ['Без опыта работы', 'Опыт не требуется', 'Тәжірибесіз'])
      expect(experienceOfWords(text)).toBe('none');
    expect(experienceOfWords('по договорённости')).toBeNull();
  });

  it('write driving categories in Latin', () => {
    expect(['В', 'с1', 'be', 'Tm', 'ТВ'].map(drivingCategory)).toEqual(['B', 'C1', 'BE', 'Tm', 'Tb']);
  });
});
