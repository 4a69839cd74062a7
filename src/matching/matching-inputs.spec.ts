import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../config/paths.js';

/**
 * How people are after they moved is never used to rank or refuse anybody. That matching imports nothing of src/outcomes the levels of
 * the folders say; here, that none of its statements reads what is recorded there.
 */
const RECORDED = ['arrival', 'arrived_person', 'follow_up', 'outcome', 'second_chance', 'support_payment'];
const READS = new RegExp(`\\b(from|join|update|into)\\s+(${RECORDED.join('|')})\\b`, 'i');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.ts$/.test(entry.name) && !/\.spec\.ts$/.test(entry.name) ? [path] : [];
  });
}

describe('what the matcher reads', () => {
  it('are no outcomes, follow-ups, returns or payments', () => {
    const files = sources(fromRoot('src', 'matching'));
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((path) => READS.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('would be found by what this looks for', () => {
    expect(READS.test(readFileSync(fromRoot('src', 'outcomes', 'outcomes.queries.ts'), 'utf8'))).toBe(true);
  });
});
