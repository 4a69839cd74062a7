import { DatabaseRefusal } from './database/database-refusal.js';
import { Refusal, sentenceOf } from './lifecycle.js';

describe('what a person at the terminal is told', () => {
  it('is the sentence of a refusal', () => {
    expect(sentenceOf(new Refusal('Port 3000 is taken.'))).toBe('Port 3000 is taken.');
    const away = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 5432 });
    expect(sentenceOf(away, 'hidden')).toBe(
      'No server answers at 127.0.0.1:5432 (ECONNREFUSED); check DATABASE_URL, and REDIS_URL or REDIS_CLUSTER.',
    );
  });

  it('is one sentence for a server that is too old or lets nobody in', () => {
    expect(sentenceOf(new DatabaseRefusal('PostgreSQL 18 or newer is needed.'))).toBe(
      'PostgreSQL 18 or newer is needed.',
    );
    const wrong = Object.assign(new Error('password authentication failed for user "qonys"'), { code: '28P01' });
    expect(sentenceOf(wrong)).toBe(
      'PostgreSQL lets nobody in so: password authentication failed for user "qonys"; check DATABASE_URL.',
    );
  });

  it('is the whole stack of an unexpected fault, or one sentence of it', () => {
    const fault = new Error('column "kato"\n  does not exist');
    expect(sentenceOf(fault)).toBe(fault.stack);
    expect(sentenceOf(fault, 'hidden')).toBe('An unexpected fault: column "kato" does not exist. DEBUG=1 shows where.');
    expect(sentenceOf(new TypeError(''), 'hidden')).toBe('An unexpected fault: TypeError. DEBUG=1 shows where.');
  });
});
