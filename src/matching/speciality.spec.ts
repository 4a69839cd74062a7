import { readSpecialities } from './speciality.js';

const GROUPS = { teaching: '2330', medicine: '2212' } as const;
const read = (title: string | null, field: 'teaching' | 'medicine'): string[] =>
  readSpecialities(title, GROUPS[field], field);

describe('the speciality that a title names', () => {
  it.each([
    ['Учитель биологии', ['biology']],
    ['Биология пәнінің мұғалімі', ['biology']],
    ['Учитель химии и биологии (0,5 ставки)', ['biology', 'chemistry']],
    ['Учитель физики', ['physics']],
    ['Учитель физической культуры', ['physical_education']],
    ['Дене шынықтыру мұғалімі', ['physical_education']],
    ['Қазақ тілі мен әдебиеті пәнінің мұғалімі', ['kazakh_language']],
    ['Учитель казахского языка и литературы', ['kazakh_language']],
    ['Қазақстан тарихы мұғалімі', ['history']],
    ['Учитель истории Казахстана', ['history']],
    ['Учитель НВП', ['military_training']],
    ['Teacher of chemistry and biology', ['biology', 'chemistry']],
    ['учитель математики с казахским языком обучения', ['mathematics']],
    ['Учитель', []],
    ['Пән мұғалімі', []],
  ])('%s, in teaching', (title, codes) => {
    expect(read(title, 'teaching')).toEqual(codes);
  });

  it.each([
    ['Врач-хирург', ['surgery']],
    ['Хирург дәрігер', ['surgery']],
    ['Врач-нейрохирург', ['neurosurgery']],
    ['Врач анестезиолог-реаниматолог', ['anaesthesiology']],
    ['Анестезиолог дәрігер', ['anaesthesiology']],
    ['Врач-физиотерапевт', ['physiotherapy']],
    ['Врача-трансфузиолога', ['transfusiology']],
    ['Жалпы практика дәрігері', ['general_practice']],
    ['Врач УЗИ', ['ultrasound']],
    ['детский хирург', ['paediatric_surgery']],
    ['Cardiologist', ['cardiology']],
    ['Врач', []],
    ['Медицинская сестра', []],
    ['Мейіргер', []],
  ])('%s, in medicine', (title, codes) => {
    expect(read(title, 'medicine')).toEqual(codes);
  });

  it('is none where papers are for no speciality, or no title is known', () => {
    expect(readSpecialities('Инженер-технолог', '2141', null)).toEqual([]);
    expect(readSpecialities('Хирург', '2212', 'driving')).toEqual([]);
    expect(readSpecialities('Медсестра кабинета УЗИ', '3221', 'medicine')).toEqual([]);
    expect(readSpecialities('Воспитатель детского сада', '2342', 'teaching')).toEqual([]);
    expect(read(null, 'medicine')).toEqual([]);
  });

  it('is read for who teaches a subject at a college too', () => {
    expect(readSpecialities('Преподаватель физики в колледж', '2320', 'teaching')).toEqual(['physics']);
  });
});
