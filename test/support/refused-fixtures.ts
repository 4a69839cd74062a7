import { readdirSync } from 'node:fs';
import { Problem } from '../../src/shared/problem.js';
import type { Connector } from '../../src/vacancies/connector.js';
import { readFileEvents, rejectedOf, vacanciesOf } from './read-events.js';

/**
 * Declares a test for each refused fixture of a connector: the file's name begins with the code it must be refused with.
 * `record.…` refuses that record alone, everything else the whole file.
 */
export function itRefuses(connector: Connector, folder: string): void {
  it.each(readdirSync(folder))('refuses %s', async (name) => {
    const code = name.split('--')[0]!;
    const outcome = await readFileEvents(connector, `${folder}/${name}`).catch((fault: unknown) => fault);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(Problem);
      expect((outcome as Problem).code).toBe(code);
      return;
    }
    const events = outcome as Awaited<ReturnType<typeof readFileEvents>>;
    const [refused, ...others] = rejectedOf(events);
    expect(refused?.code).toBe(code);
    expect(refused?.raw).not.toBe('');
    expect(others).toEqual([]);
    expect(vacanciesOf(events)).toHaveLength(code === 'record.duplicate_id' ? 1 : 0);
  });
}
