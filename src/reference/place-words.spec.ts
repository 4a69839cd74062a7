import { asPeopleSay } from './place-words.js';

describe('a district as people say it', () => {
  it.each([
    ['Рудный Г.А.', 'г. Рудный'],
    ['Рудный Қ.Ә.', 'Рудный қаласы'],
    ['Есильский район', 'Есильский район'],
    ['Г.А.Жубанов ауылы', 'Г.А.Жубанов ауылы'],
  ])('%s is %s', (name, said) => {
    expect(asPeopleSay(name)).toBe(said);
  });
});
