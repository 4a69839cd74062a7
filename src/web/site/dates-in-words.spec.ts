import { formatDate } from '../../i18n/i18n.js';
import { datesInWords } from './dates-in-words.js';

describe('a source that names days', () => {
  const read = (text: string): string => datesInWords({ day: (date) => formatDate('ru', date) }, text);

  it('names them as the reader writes them', () => {
    expect(read('mgorod.kz 2025-12-30; inform.kz 2025-12-24')).toBe(
      `mgorod.kz ${formatDate('ru', '2025-12-30')}; inform.kz ${formatDate('ru', '2025-12-24')}`,
    );
    expect(formatDate('ru', '2025-12-24')).toBe('24 декабря 2025 г.');
  });

  it.each(['order No. 234', '2023-2027', '1-2025-12-24', '2025-13-24'])('keeps what is no day: %s', (text) => {
    expect(read(text)).toBe(text);
  });
});
