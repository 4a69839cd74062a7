import { searchByPostgres } from '../../bench/match-postgres.js';
import { assertSameRows } from '../../bench/same-rows.js';
import { ScaleEngine } from '../../bench/scale-engine.js';
import { createEmptyDatabase } from '../support/database.js';

describe('the formula in SQL, by PostgreSQL', () => {
  it('finds what the engine finds for every seeker', async () => {
    const engine = new ScaleEngine(300, 400, 0, 300);
    engine.search();
    const { url, drop } = await createEmptyDatabase();
    try {
      const { rows } = await searchByPostgres(url, 300, 400, 300);
      assertSameRows('PostgreSQL', 300, engine, rows);
    } finally {
      await drop();
    }
  });
});
