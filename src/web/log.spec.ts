import { QueryFailedError } from 'typeorm';
import { createLog, describeError, nestLogger } from './log.js';

const IIN = '910415400121';

function capture(level = 'trace') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  return { log, lines, text: () => lines.join('') };
}

describe('the log', () => {
  it('never holds the values of a failed database write', () => {
    const { log, text } = capture();
    const driver = Object.assign(new Error('duplicate key value violates unique constraint "seeker_iin_index_key"'), {
      code: '23505',
      constraint: 'seeker_iin_index_key',
      table: 'seeker',
      detail: `Key (iin, phone)=(${IIN}, +77012345678) already exists.`,
    });
    log.error(
      { err: new QueryFailedError('insert into seeker values ($1, $2)', [IIN, '+77012345678'], driver) },
      'failed',
    );
    const line = JSON.parse(text()) as { err: Record<string, unknown> };
    expect(line.err).toMatchObject({
      type: 'QueryFailedError',
      code: '23505',
      constraint: 'seeker_iin_index_key',
      table: 'seeker',
    });
    expect(text()).not.toContain(IIN);
    expect(text()).not.toContain('77012345678');
  });

  it.each([
    [`invalid input: "${IIN}"`, 'invalid input: "[12 digits]"'],
    ['no route to +77012345678', 'no route to +…'],
    ['no route to 8 (701) 234-56-78', 'no route to +…'],
    ['no route to 87012345678.', 'no route to +….'],
    ['run 0199a000-7700-7712-8123-45678901abcd', 'run 0199a000-7700-7712-8123-45678901abcd'],
    ['mail to a.b@example.kz refused', 'mail to …@… refused'],
    ['token qny_abc-DEF_123 unknown', 'token qny_… unknown'],
    ['took 1763800000000 ms', 'took 1763800000000 ms'],
  ])('blots out what slips into the text of an error: %s', (message, blotted) => {
    const { log, text } = capture();
    log.error({ err: new Error(message, { cause: new Error(message) }) });
    const line = JSON.parse(text()) as { err: { message: string; stack: string; cause: { message: string } } };
    expect(line.err.message).toBe(blotted);
    expect(line.err.cause.message).toBe(blotted);
    if (message !== blotted) expect(line.err.stack).not.toContain(message);
  });

  it('censors fields that hold personal data, three levels deep', () => {
    const { log, text } = capture();
    log.info(
      { iin: IIN, household: { phone: '1', adults: { givenName: 'Айгүл', x: { email: 'a@b.kz' } } }, id: 7 },
      'x',
    );
    expect(JSON.parse(text())).toMatchObject({
      iin: '[removed]',
      household: { phone: '[removed]', adults: { givenName: '[removed]', x: { email: '[removed]' } } },
      id: 7,
    });
  });

  it('takes what is no error as well', () => {
    expect(describeError(`odd ${IIN}`)).toEqual({ message: 'odd [12 digits]' });
  });

  it("keeps Nest's messages with their context and stack", () => {
    const { log, text } = capture();
    nestLogger(log).error('broke', 'Error: broke\n    at here', 'Relay');
    expect(JSON.parse(text())).toMatchObject({
      level: 'error',
      msg: 'broke',
      context: 'Relay',
      stack: 'Error: broke\n    at here',
    });
  });

  it('keeps to its level', () => {
    const { log, lines } = capture('warn');
    log.info('not this');
    log.warn('this');
    expect(lines).toHaveLength(1);
  });
});
