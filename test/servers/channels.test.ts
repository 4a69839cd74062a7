import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, type Server, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmailChannel } from '../../src/channels/email.channel.js';
import { type Message, SendFailure } from '../../src/channels/channel.js';
import { type DemoGateway, type Treatment, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { SmsChannel } from '../../src/channels/sms.channel.js';

const KAZAKH = 'Қош келдіңіз! Ән мен күй, өң мен түс, ұл мен қыз, үй, һәм іс: баспана бар.';
const message = (more: Partial<Message> = {}): Message => ({
  ref: '0192f0aa-0000-7000-8000-000000000001',
  to: '+77011234567',
  title: 'Отбасыңызға жұмыс',
  text: `${KAZAKH}\n.\n– екінші жол`,
  sms: KAZAKH,
  language: 'kk',
  ...more,
});
const failureOf = async (sending: Promise<unknown>): Promise<{ code: string; kind: string }> => {
  const error = await sending.then(
    () => new Error('It was sent.'),
    (fault: unknown) => fault,
  );
  if (!(error instanceof SendFailure)) throw error;
  return { code: error.code, kind: error.kind };
};

let gateway: DemoGateway;
let treatment: Treatment;
beforeAll(async () => {
  gateway = await startDemoGateway({ treat: () => treatment });
});
beforeEach(() => {
  treatment = { do: 'take' };
  gateway.arrivals.length = 0;
});
afterAll(() => gateway.close());

/** A server whose answers a test writes itself, for what no honest gateway says. */
async function answering(handler: Parameters<typeof createServer>[1]): Promise<{ url: string; server: Server }> {
  const server = createServer(handler!);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sys/send.php`, server };
}

describe('the SMS channel', () => {
  it('hands over number, text and our id, and keeps every Kazakh letter', async () => {
    const accepted = await new SmsChannel(gateway.sms).send(message());
    expect(accepted).toEqual({ gatewayRef: message().ref, parts: 2 });
    expect(gateway.arrivals).toEqual([{ channel: 'sms', ref: message().ref, to: '+77011234567', text: KAZAKH }]);
  });

  it('puts nothing personal into the URL', async () => {
    const seen: string[] = [];
    const { url, server } = await answering((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.end('{"id":"x","cnt":1}');
    });
    await new SmsChannel({ ...gateway.sms, url }).send(message());
    server.close();
    expect(seen).toEqual(['POST /sys/send.php']);
  });

  it.each([
    [6, 'sms.forbidden', 'lasting'],
    [7, 'sms.invalid_number', 'lasting'],
    [8, 'sms.undeliverable', 'lasting'],
    [2, 'sms.login', 'passing'],
    [3, 'sms.no_money', 'passing'],
    [4, 'sms.address_blocked', 'passing'],
    [9, 'sms.too_often', 'passing'],
    [99, 'sms.refused', 'passing'],
  ])('takes error code %i as %s, %s', async (code, expected, kind) => {
    treatment = { do: 'refuse', code };
    expect(await failureOf(new SmsChannel(gateway.sms).send(message({ ref: `refused-${code}` })))).toEqual({
      code: expected,
      kind,
    });
  });

  it('keeps what it took from other users of the machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qonys-test-gateway-'));
    const file = join(folder, 'demo-notices.ndjson');
    await writeFile(file, '', { mode: 0o644 });
    const kept = await startDemoGateway({ file });
    await new SmsChannel(kept.sms).send(message());
    await kept.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it('refuses by the gateway’s own checks', async () => {
    expect(await failureOf(new SmsChannel(gateway.sms).send(message({ to: '12' })))).toMatchObject({
      code: 'sms.invalid_number',
    });
    const stranger = new SmsChannel({ ...gateway.sms, password: 'wrong' });
    expect(await failureOf(stranger.send(message()))).toMatchObject({ code: 'sms.login' });
  });

  it('learns from the gateway that a message refused as a duplicate is the one it already has', async () => {
    const channel = new SmsChannel(gateway.sms, 300);
    treatment = { do: 'take_silently' };
    const again = message({ ref: 'lost-answer' });
    expect(await failureOf(channel.send(again))).toEqual({ code: 'sms.timeout', kind: 'unknown' });
    treatment = { do: 'refuse', code: 9 };
    expect(await channel.send(again)).toMatchObject({ gatewayRef: 'lost-answer' });
    expect(gateway.arrivals).toHaveLength(1);
  });

  it('knows a refused connection from a lost answer', async () => {
    const { url, server } = await answering((_, response) => response.destroy());
    const channel = new SmsChannel({ ...gateway.sms, url });
    expect(await failureOf(channel.send(message()))).toEqual({ code: 'sms.network', kind: 'unknown' });
    await new Promise((done) => server.close(done));
    expect(await failureOf(channel.send(message()))).toEqual({ code: 'sms.network', kind: 'passing' });
  });

  it.each([
    ['half an answer', 200, '{"id":', 'sms.unreadable_answer', 'unknown'],
    ['a page', 200, '<html>', 'sms.unreadable_answer', 'unknown'],
    ['an answer without id', 200, '{}', 'sms.unreadable_answer', 'unknown'],
    ['an overloaded server', 503, '', 'sms.gateway_down', 'unknown'],
    ['a wrong address', 404, '', 'sms.gateway_down', 'passing'],
  ])('does not take %s for a yes', async (_, status, body, code, kind) => {
    const { url, server } = await answering((__, response) => response.writeHead(status).end(body));
    expect(await failureOf(new SmsChannel({ ...gateway.sms, url }).send(message()))).toEqual({ code, kind });
    server.close();
  });

  it('is local only on this machine', () => {
    expect(new SmsChannel(gateway.sms).local).toBe(true);
    expect(new SmsChannel({ ...gateway.sms, url: 'https://smsc.kz/sys/send.php' }).local).toBe(false);
    expect(new SmsChannel({ ...gateway.sms, url: 'https://localhost.smsc.kz/sys/send.php' }).local).toBe(false);
  });
});

describe('the e-mail channel', () => {
  const mail = (more: Partial<Message> = {}): Message => message({ to: 'household@example.kz', ...more });
  const open: EmailChannel[] = [];
  const channelTo = (access = gateway.smtp, answerWithinMs?: number): EmailChannel => {
    const channel = new EmailChannel(access, answerWithinMs);
    open.push(channel);
    return channel;
  };
  afterEach(() => open.splice(0).forEach((channel) => channel.close()));

  /** Headers as they came, and the body decoded. */
  const opened = (raw: string): { headers: string; body: string } => {
    const at = raw.indexOf('\r\n\r\n');
    const headers = raw.slice(0, at).replace(/\r\n[ \t]+/g, ' ');
    const body = raw.slice(at + 4);
    if (/^content-transfer-encoding: base64/im.test(headers)) {
      return { headers, body: Buffer.from(body, 'base64').toString('utf8') };
    }
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return { headers, body: Buffer.from(bytes, 'latin1').toString('utf8') };
  };
  const encodedWords = (header: string): string =>
    header.replace(/\?=\s+=\?/g, '?==?').replace(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : Buffer.from(
            text
              .replace(/_/g, ' ')
              .replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8'),
    );

  it('sends plain UTF-8 text under a Message-ID made of the delivery, the same again for a repeat', async () => {
    const channel = channelTo();
    const ref = `${message().ref}@qonys.invalid`;
    expect(await channel.send(mail())).toEqual({ gatewayRef: ref, parts: null });
    await channel.send(mail());
    expect(gateway.arrivals.map((arrival) => arrival.ref)).toEqual([ref, ref]);
    const { headers, body } = opened(gateway.arrivals[0]!.text);
    expect(headers).toMatch(/^content-type: text\/plain; charset=utf-8/im);
    expect(headers).toMatch(/^auto-submitted: auto-generated$/im);
    expect(headers).toMatch(/^content-language: kk$/im);
    expect(encodedWords(/^subject: (.*)$/im.exec(headers)![1]!)).toBe('Отбасыңызға жұмыс');
    expect(body.trimEnd().replace(/\r\n/g, '\n')).toBe(mail().text);
  });

  it('lets no header in through a title or an address', async () => {
    await channelTo().send(mail({ title: 'Жұмыс\r\nBcc: other@example.kz\r\n\r\nbody' }));
    const { headers } = opened(gateway.arrivals[0]!.text);
    expect(headers).not.toMatch(/^bcc:/im);
    expect(gateway.arrivals[0]!.to).toBe('household@example.kz');
    const two = await failureOf(channelTo().send(mail({ to: 'a@example.kz>, <b@example.kz' })));
    expect(two.kind).toBe('lasting');
    expect(gateway.arrivals).toHaveLength(1);
  });

  it.each([
    [550, 'email.refused', 'lasting'],
    [451, 'email.deferred', 'passing'],
  ])('takes an answer of %i as %s, %s', async (code, expected, kind) => {
    treatment = { do: 'refuse', code };
    expect(await failureOf(channelTo().send(mail()))).toEqual({ code: expected, kind });
  });

  it('gives up on an address the server does not know', async () => {
    expect(await failureOf(channelTo().send(mail({ to: 'nobody' })))).toEqual({
      code: 'email.invalid_address',
      kind: 'lasting',
    });
  });

  it('is in doubt when the server takes the message and never says so', async () => {
    treatment = { do: 'take_silently' };
    expect(await failureOf(channelTo(gateway.smtp, 500).send(mail()))).toEqual({
      code: 'email.timeout',
      kind: 'unknown',
    });
    expect(gateway.counts.email).toBeGreaterThan(0);
  });

  it('is in no doubt about a server that takes the connection and never says a word', async () => {
    const mute = createTcpServer(() => undefined);
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const { port } = mute.address() as AddressInfo;
    const sending = channelTo({ ...gateway.smtp, url: `smtp://127.0.0.1:${port}` }, 300).send(mail());
    expect(await failureOf(sending)).toEqual({ code: 'email.timeout', kind: 'passing' });
    mute.close();
  });

  it('tries again later when nobody listens', async () => {
    const other = await startDemoGateway();
    await other.close();
    expect(await failureOf(channelTo(other.smtp).send(mail()))).toEqual({ code: 'email.network', kind: 'passing' });
  });
});
