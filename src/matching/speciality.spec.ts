import { createSpecialityReader, readSpecialityTable } from './speciality.js';

const read = createSpecialityReader(readSpecialityTable());

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
    ['Учитель', []],
    ['Пән мұғалімі', []],
    ['Воспитатель детского сада', []],
  ])('%s, in teaching', (title, codes) => {
    expect(read(title, 'teaching')).toEqual(codes);
  });

  it.each([
    ['Врач-хирург', ['surgery']],
    ['Хирург дәрігер', ['surgery']],
    ['Врач-нейрохирург', ['нейрохирург']],
    ['Врач анестезиолог-реаниматолог', ['anaesthesiology']],
    ['Анестезиолог дәрігер', ['anaesthesiology']],
    ['Врач-физиотерапевт', ['физиотерапевт']],
    ['Врача-трансфузиолога', ['трансфузиолог']],
    ['Жалпы практика дәрігері', ['general_practice']],
    ['Врач УЗИ', ['ultrasound']],
    ['Врач', []],
    ['Медицинская сестра', []],
    ['Мейіргер', []],
  ])('%s, in medicine', (title, codes) => {
    expect(read(title, 'medicine')).toEqual(codes);
  });

  it('is none where papers are for no speciality, or no title is known', () => {
    expect(read('Инженер-технолог', null)).toEqual([]);
    expect(read('Хирург', 'driving')).toEqual([]);
    expect(read(null, 'medicine')).toEqual([]);
  });
});
