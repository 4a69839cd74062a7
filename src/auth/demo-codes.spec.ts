import { Logger } from '@nestjs/common';
import type { Channels } from '../channels/channels.js';
import type { Config } from '../config/config.js';
import type { AuthDatabase } from './auth-database.js';
import { DemoCodes } from './demo-codes.js';

const NOON = Date.parse('2026-11-22T07:00:00Z');

/** Codes of a demo whose messages end on this machine; the clock is moved by the test. */
function demo(): { codes: DemoCodes; pass(minutes: number): void } {
  let now = NOON;
  const channels = { get: () => ({ local: true }) } as unknown as Channels;
  const clock = { now: () => new Date(now) };
  const codes = new DemoCodes({ demo: true } as Config, clock, {} as AuthDatabase, channels);
  return { codes, pass: (minutes) => (now += minutes * 60_000) };
}

beforeAll(() => Logger.overrideLogger(false));

describe('the demo’s codes', () => {
  it('are shown while they are good, the latest of each number only', () => {
    const { codes, pass } = demo();
    codes.keep('code', '+77010000001', '111111');
    codes.keep('code', '+77010000001', '222222');
    pass(4);
    expect(codes.messages().map(({ content }) => content)).toEqual(['222222']);
    pass(1);
    expect(codes.messages()).toEqual([]);
  });

  it('push no links out, however many numbers ask', () => {
    const { codes, pass } = demo();
    codes.keep('link', 'firm@example.kz', 'http://localhost/link');
    for (let i = 0; i < 200; i++) codes.keep('code', `+7701000${1000 + i}`, '111111');
    expect(codes.messages()).toHaveLength(51);
    expect(codes.messages().at(-1)).toMatchObject({ kind: 'link' });
    pass(3 * 24 * 60);
    expect(codes.messages()).toEqual([]);
  });
});
