import { cleanLine, cleanText } from './vacancy-text.js';

describe('text of a vacancy', () => {
  it('makes every run of spaces one space, NBSP groups too', () => {
    expect(cleanLine('  Врач\u00a0 –\tтерапевт\u202f\n')).toBe('Врач – терапевт');
  });

  it('keeps no markup: blocks become lines, scripts vanish', () => {
    expect(cleanText('<ul><li>Учить</li><li>Воспитывать</li></ul><script>alert(1)</script>')).toBe(
      'Учить\n\nВоспитывать',
    );
    expect(cleanLine('<b onclick="x()">Повар</b>')).toBe('Повар');
  });

  it('reads entities once, so that nothing becomes an element', () => {
    expect(cleanLine('ТОО &quot;АЯН&quot; &amp; К&#176;')).toBe('ТОО "АЯН" & К°');
    expect(cleanLine('&amp;lt;script&amp;gt;')).toBe('&lt;script&gt;');
    expect(cleanLine('Работа &constructor;')).toBe('Работа &constructor;');
  });

  it('drops what PostgreSQL cannot store or nobody sees', () => {
    expect(cleanLine('Сле\u0000сарь\u200b')).toBe('Слесарь');
    expect(cleanLine('&#0;x&#xD800;')).toBe('x\ufffd');
  });

  it('leaves a comparison sign alone', () => {
    expect(cleanLine('стаж < 3 лет, оклад > 200 000')).toBe('стаж < 3 лет, оклад > 200 000');
  });
});
