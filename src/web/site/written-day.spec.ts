import { readDay, writeDay } from './written-day.js';

it.each(['08.03.1996', '8.3.1996', '08 03 1996', '8/3/1996', '08-03-1996', '08031996', '1996-03-08'])(
  'reads %s as a day, the day first',
  (text) => {
    expect(readDay(text)).toBe('1996-03-08');
  },
);

it.each(['08.03.96', '8 марта 1996', '1996', '080396', ''])('leaves what is not clear as it is: %s', (text) => {
  expect(readDay(text)).toBe(text);
});

it('writes a day as it reads it, and leaves what was typed', () => {
  expect(writeDay('1996-03-08')).toBe('08.03.1996');
  expect(readDay(writeDay('2001-12-31'))).toBe('2001-12-31');
  expect(writeDay('8 марта')).toBe('8 марта');
});
