import type { Request } from 'express';
import type { Config } from '../config/config.js';
import { MetricsController } from './metrics.controller.js';
import type { MetricsService } from './metrics.service.js';

const TEXT = 'qonys_outbox_lag_seconds 0';

/** What `/metrics` answers to a peer. */
function answer(
  config: Partial<Config>,
  remoteAddress: string | undefined,
  { authorization, ...headers }: Record<string, string> = {},
): Promise<string> {
  const metrics = { text: () => Promise.resolve(TEXT) } as unknown as MetricsService;
  const request = { socket: { remoteAddress }, headers } as unknown as Request;
  return new MetricsController(metrics, config as Config).read(request, authorization);
}

const DATABASE = { databaseUrl: 'postgres://db.example/qonys', publicUrl: 'http://localhost:3000', trustProxyHops: 0 };
const unset = { code: 'metrics.token_unset', status: 403 };

describe('/metrics', () => {
  it.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])(
    'answers this machine without a token: %s',
    (address) => expect(answer({ ...DATABASE, metricsToken: null }, address)).resolves.toBe(TEXT),
  );

  it.each(['10.0.0.5', '192.168.1.7', '2a00:1450::1', '::ffff:10.0.0.5', undefined])(
    'answers nobody else without a token: %s',
    (address) => expect(answer({ ...DATABASE, metricsToken: null }, address)).rejects.toMatchObject(unset),
  );

  it('believes no header, and answers no proxy of this machine', async () => {
    const config = { ...DATABASE, metricsToken: null };
    const forwarded = { 'x-forwarded-for': '127.0.0.1' };
    await expect(answer(config, '10.0.0.5', forwarded)).rejects.toMatchObject(unset);
    await expect(answer(config, '127.0.0.1', { 'x-forwarded-for': '10.0.0.5' })).rejects.toMatchObject(unset);
    await expect(answer(config, '127.0.0.1', { forwarded: 'for=10.0.0.5' })).rejects.toMatchObject(unset);
  });

  it.each([
    { publicUrl: 'https://qonys.kz' },
    { publicUrl: 'http://10.0.0.5:3000' },
    { publicUrl: 'https://localhost.example' },
    { trustProxyHops: 1 },
  ])('answers nobody without a token where a proxy may ask for others: %j', (reached) =>
    expect(answer({ ...DATABASE, metricsToken: null, ...reached }, '127.0.0.1')).rejects.toMatchObject(unset),
  );

  it.each(['http://127.0.0.1:3000', 'http://[::1]:3000', 'http://qonys.localhost'])(
    'answers this machine under an address of its own: %s',
    (publicUrl) => expect(answer({ ...DATABASE, metricsToken: null, publicUrl }, '127.0.0.1')).resolves.toBe(TEXT),
  );

  it('answers whoever has the token, and nobody without it', async () => {
    const config = { ...DATABASE, metricsToken: 'prometheus-secret' };
    const invalid = { code: 'auth.token_invalid', status: 401 };
    expect(await answer(config, '10.0.0.5', { authorization: 'Bearer prometheus-secret' })).toBe(TEXT);
    await expect(answer(config, '127.0.0.1')).rejects.toMatchObject(invalid);
    await expect(answer(config, '10.0.0.5', { authorization: 'Bearer wrong' })).rejects.toMatchObject(invalid);
  });

  it('is open in the demo on the embedded database', () =>
    expect(answer({ databaseUrl: null, metricsToken: null }, '10.0.0.5')).resolves.toBe(TEXT));
});
