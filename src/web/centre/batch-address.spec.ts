import type { BatchLine } from '../../centres/batch.service.js';
import { newId } from '../../shared/ids.js';
import { Problem } from '../../shared/problem.js';
import { typedFields } from '../site/form.js';
import { batchAddress, batchOfAddress } from './batch-address.js';

const read = (address: string) => {
  const query = new URLSearchParams(address);
  return batchOfAddress(typedFields({ case: query.getAll('case') }));
};

describe('the address of what became of a batch', () => {
  it('says each case, and why one stays', () => {
    const [decided, left] = [newId(), newId()];
    const lines: BatchLine[] = [
      { id: decided, state: {} as never, problem: null },
      { id: left, state: null, problem: new Problem('proposal.lease_expired', 409) },
    ];
    expect([...read(batchAddress(lines))]).toEqual([
      [decided, null],
      [left, 'proposal.lease_expired'],
    ]);
  });

  it('holds one case as well as several', () => {
    const id = newId();
    expect([...batchOfAddress(typedFields({ case: id }))]).toEqual([[id, null]]);
  });

  it.each(['nonsense', `${newId()}:auth.cross_site`, `${newId()}:proposal.invented`, `${newId()}:<script>`, ''])(
    'says nothing that no batch can have said: %s',
    (said) => expect(batchOfAddress({ case: [said] }).size).toBe(0),
  );

  it('says no more than a batch may hold', () => {
    expect(batchOfAddress({ case: Array.from({ length: 80 }, newId) }).size).toBe(50);
  });
});
