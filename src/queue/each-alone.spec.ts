import { eachAlone } from './each-alone.js';

const done: number[] = [];
const logged: string[] = [];
const log = { warn: (line: string) => void logged.push(line) };
const run = (items: number[], faults: Record<number, Error>): Promise<void> =>
  eachAlone(
    items,
    async (item) => {
      await Promise.resolve();
      if (faults[item] !== undefined) throw faults[item];
      done.push(item);
    },
    log,
    (item) => `Item ${item}`,
  );

describe('each alone', () => {
  beforeEach(() => {
    done.length = 0;
    logged.length = 0;
  });

  it('gives every item its turn, logs every fault, and then throws the first', async () => {
    await expect(run([1, 2, 3, 4], { 1: new Error('first'), 3: new Error('third') })).rejects.toThrow('first');
    expect([done, logged]).toEqual([
      [2, 4],
      ['Item 1: first', 'Item 3: third'],
    ]);
  });

  it('stops at an outage, which is no fault of the item', async () => {
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    await expect(run([1, 2, 3], { 2: away })).rejects.toBe(away);
    expect([done, logged]).toEqual([[1], []]);
  });

  it('is quiet where nothing fails', async () => {
    await run([1, 2], {});
    expect([done, logged]).toEqual([[1, 2], []]);
  });
});
