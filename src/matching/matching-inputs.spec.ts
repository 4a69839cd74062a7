import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fromRoot } from '../config/paths.js';

/**
 * How people are after they moved is never used to rank or refuse anybody. That matching and the centres' rules import nothing of
 * src/outcomes the levels of the folders say; here, that none of their statements reads what is recorded there.
 */
const RECORDED = [
  'arrival', 'arrived_person', 'follow_up', 'outcome', 'standing_outcome', 'return_correction', 'second_chance', 'support_payment',
]; // prettier-ignore
/** Tables that a statement names before another, parted by commas, each perhaps with a name of its own. */
const OTHERS = String.raw`(?:(?:lateral\s+)?[\w."]+(?:\s+(?:as\s+)?\w+)?\s*,\s*)*`;
const READS = new RegExp(
  String.raw`\b(from|join|update|into|using)\s+(?:only\s+)?${OTHERS}(?:public\.)?"?(${RECORDED.join('|')})\b`,
  'i',
);

/** What may: that a proposal is a household's second chance is shown to its centre, and taken back when that is over. It ranks nobody. */
const MAY = ['proposal-view.queries.ts', 'withdrawal.service.ts'];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.ts$/.test(entry.name) && !/\.spec\.ts$/.test(entry.name) ? [path] : [];
  });
}

const readers = (folder: string): string[] =>
  sources(fromRoot('src', folder)).filter((path) => READS.test(readFileSync(path, 'utf8')));

describe('what the matcher and the centres’ rules read', () => {
  it('are no outcomes, follow-ups, returns or payments', () => {
    expect(sources(fromRoot('src', 'matching')).length).toBeGreaterThan(30);
    expect(readers('matching')).toEqual([]);
  });

  it('nor does a centre, but the mark of a second chance', () => {
    const found = readers('centres');
    expect(found.map((path) => basename(path)).sort()).toEqual(MAY);
    for (const path of found) {
      const tables = [...readFileSync(path, 'utf8').matchAll(new RegExp(READS, 'gi'))].map((match) => match[2]);
      expect([path, new Set(tables)]).toEqual([path, new Set(['second_chance'])]);
    }
  });

  it('would be found by what this looks for, also behind a comma', () => {
    expect(readers('outcomes').length).toBeGreaterThan(3);
    for (const statement of [
      'select 1 from application a, outcome o',
      'from a, b as c, public.arrival',
      'join "outcome" o',
    ])
      expect([statement, READS.test(statement)]).toEqual([statement, true]);
    for (const statement of ['from application a, household h', 'select outcome from a'])
      expect([statement, READS.test(statement)]).toEqual([statement, false]);
  });
});
