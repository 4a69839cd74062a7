import { searchByDuckdb } from '../../bench/match-duckdb.js';
import { assertSameRows } from '../../bench/same-rows.js';
import { ScaleEngine } from '../../bench/scale-engine.js';

describe('the formula in SQL, by DuckDB', () => {
  it('finds what the engine finds for every seeker', async () => {
    const engine = new ScaleEngine(300, 400, 0, 300);
    engine.search();
    expect(engine.found.some((vacancy) => vacancy >= 0)).toBe(true);
    const { rows } = await searchByDuckdb(300, 400, 300);
    assertSameRows('DuckDB', 300, engine, rows);
    rows.scores[0]! += 1e-6;
    expect(() => assertSameRows('DuckDB', 300, engine, rows)).toThrow('DuckDB differs for seeker 0');
  });
});
