import { Refusal, sentenceOf } from './lifecycle.js';

describe('what a person at the terminal is told', () => {
  it('is the sentence of a refusal', () => {
    expect(sentenceOf(new Refusal('Port 3000 is taken.'))).toBe('Port 3000 is taken.');
    const away = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 5432 });
    expect(sentenceOf(away, 'hidden')).toMatch(/^No server answers at 127\.0\.0\.1:5432 \(ECONNREFUSED\);/);
  });

  it('is the whole stack of an unexpected fault, or one sentence of it', () => {
    const fault = new Error('column "kato"\n  does not exist');
    expect(sentenceOf(fault)).toBe(fault.stack);
    expect(sentenceOf(fault, 'hidden')).toBe('An unexpected fault: column "kato" does not exist. DEBUG=1 shows where.');
    expect(sentenceOf(new TypeError(''), 'hidden')).toBe('An unexpected fault: TypeError. DEBUG=1 shows where.');
  });
});
