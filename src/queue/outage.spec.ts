import { Problem } from '../shared/problem.js';
import { isOutage, outageWaitMs } from './outage.js';

const fault = (fields: object, message = 'fault'): Error => Object.assign(new Error(message), fields);

describe('isOutage', () => {
  it.each([
    ['a refused connection', fault({ code: 'ECONNREFUSED' })],
    ['one refused on every address', fault({ errors: [fault({ code: 'ECONNREFUSED' })] })],
    ['a server that shuts down', fault({ code: '57P01' })],
    ['too many connections', fault({ code: '53300' })],
    ['the same, wrapped by TypeORM', fault({ driverError: fault({ code: '08006' }) })],
    ['a connection lost in the middle', fault({}, 'Connection terminated unexpectedly')],
    ['what our own pool says then', new Problem('server.unavailable', 503)],
    ['no connection of the pool in time', fault({}, 'timeout exceeded when trying to connect')],
  ])('is %s', (_, error) => expect(isOutage(error)).toBe(true));

  it.each([
    ['a missing table', fault({ driverError: fault({ code: '42P01' }), code: '42P01' })],
    ['a broken rule of the schema', fault({ code: '23505' })],
    ['a fault of the code', new TypeError('x is undefined')],
    ['a problem with a code of ours', fault({ code: 'ingest.upload_gone' })],
    ['no error at all', undefined],
  ])('is not %s', (_, error) => expect(isOutage(error)).toBe(false));
});

describe('outageWaitMs', () => {
  it('grows and never passes half a minute', () => {
    const waits = Array.from({ length: 60 }, (_, starts) => outageWaitMs(starts));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual([1_000, 30_000]);
  });
});
