import { csvOf } from './csv.js';

describe('a table as CSV', () => {
  it('parts columns and decimals as the Excel of each language expects them', () => {
    const rows = [['Түркістан', 1.5, null]];
    expect(csvOf('kk', ['Өңір', 'Саны', ''], rows)).toBe('\ufeffӨңір;Саны;\r\nТүркістан;1,5;\r\n');
    expect(csvOf('ru', ['a'], [[0.447]])).toBe('\ufeffa\r\n0,447\r\n');
    expect(csvOf('en', ['a', 'b', 'c'], rows)).toBe('\ufeffa,b,c\r\nТүркістан,1.5,\r\n');
  });

  it('lets no text run as a formula, and numbers stay numbers', () => {
    const texts = ['=HYPERLINK("http://x")', '+7', '-1', '@SUM(A1)', '\tx', '\rx'];
    const [, line] = csvOf('en', ['x'], [[...texts, -1]]).split(/\r\n/);
    expect(line).toBe(`"'=HYPERLINK(""http://x"")",'+7,'-1,'@SUM(A1),'\tx,"'\rx",-1`);
  });

  it('quotes what would break a line or a column', () => {
    expect(csvOf('ru', ['x'], [['a;b'], ['a\nb'], ['«a», "b"']])).toBe(
      '\ufeffx\r\n"a;b"\r\n"a\nb"\r\n"«a», ""b"""\r\n',
    );
  });
});
