import { type WriteStream, createWriteStream, fchmodSync, openSync } from 'node:fs';
import { type IncomingMessage, createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { ChannelCode } from './channel.js';
import type { MailAccess } from './email.channel.js';
import type { SmsAccess } from './sms.channel.js';
import { measureSms } from './sms-parts.js';

/** A message that reached the gateway or the mail server. */
export interface Arrival {
  channel: Exclude<ChannelCode, 'in_app'>;
  /** The client's `id` of an SMS, or the Message-ID without angle brackets. */
  ref: string;
  to: string;
  /** The text of an SMS, or the whole of a mail as it came. */
  text: string;
}

/** What the gateway does with a message: take it, refuse it by a code of its protocol, or take it and never say so. */
export type Treatment =
  { do: 'take'; afterMs?: number } | { do: 'refuse'; code: number; afterMs?: number } | { do: 'take_silently' };

export interface GatewayOptions {
  smsPort?: number;
  smtpPort?: number;
  /** Arrivals kept in memory, the latest ones. */
  keep?: number;
  /** Appends every arrival to this file, a JSON object a line. */
  file?: string;
  treat?: (arrival: Arrival) => Treatment;
}

/** A local SMS gateway and mail server, in place of the paid ones: for the demo and for the tests. */
export interface DemoGateway {
  readonly sms: SmsAccess;
  readonly smtp: MailAccess;
  /** The latest arrivals, oldest first. */
  readonly arrivals: Arrival[];
  /** All arrivals so far, repeats included. */
  readonly counts: Record<Arrival['channel'], number>;
  close(): Promise<void>;
}

const LOGIN = 'demo';
const PASSWORD = 'demo';
const LONGEST_REQUEST = 64 * 1024;
const ID = /^[\w.-]{1,40}$/;
const PHONE = /^\+?7[0-9]{10}$/;

/**
 * Starts both on this machine. The SMS side speaks `send.php` and `status.php` of the SMSC interface with JSON answers:
 * `{id, cnt}`, or `{error, error_code}`; the mail side is SMTP without log-in.
 */
export async function startDemoGateway(options: GatewayOptions = {}): Promise<DemoGateway> {
  const { keep = 1_000, treat = () => ({ do: 'take' }) } = options;
  const arrivals: Arrival[] = [];
  const counts = { sms: 0, email: 0 };
  const taken = new Set<string>();
  const file = options.file === undefined ? null : openPrivate(options.file);

  const take = (arrival: Arrival): void => {
    counts[arrival.channel] += 1;
    arrivals.push(arrival);
    if (arrivals.length > keep) arrivals.shift();
    if (arrival.channel === 'sms') taken.add(arrival.ref);
    if (taken.size > keep) taken.delete(taken.values().next().value ?? '');
    file?.write(`${JSON.stringify(arrival)}\n`);
  };

  const http = smsSide({ take, treat, hasTaken: (ref) => taken.has(ref) });
  const mail = mailSide({ take, treat });
  await Promise.all([listen(http, options.smsPort ?? 0), listen(mail.server, options.smtpPort ?? 0)]);
  return {
    sms: { url: `http://127.0.0.1:${portOf(http)}/sys/send.php`, login: LOGIN, password: PASSWORD, sender: null },
    smtp: { url: `smtp://127.0.0.1:${portOf(mail.server)}`, from: 'Qonys <notice@qonys.invalid>' },
    arrivals,
    counts,
    close: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise((done) => http.close(done)),
        new Promise<void>((done) => mail.close(done)),
        file === null ? undefined : new Promise((done) => file.end(done)),
      ]);
    },
  };
}

/** Appends to a file that holds phone numbers and sign-in codes: nobody else may read it, even where it was there already. */
function openPrivate(path: string): WriteStream {
  const fd = openSync(path, 'a', 0o600);
  fchmodSync(fd, 0o600);
  return createWriteStream(path, { fd });
}

interface Side {
  take(arrival: Arrival): void;
  treat(arrival: Arrival): Treatment;
}

function smsSide({ take, treat, hasTaken }: Side & { hasTaken(ref: string): boolean }): HttpServer {
  const refuse = (code: number, error = 'refused'): object => ({ error, error_code: code });

  /** The answer to a form, or null for none at all. */
  const answer = async (path: string, form: URLSearchParams): Promise<object | null> => {
    const field = (name: string): string => form.get(name) ?? '';
    if (field('login') !== LOGIN || field('psw') !== PASSWORD) return refuse(2, 'authorise error');
    if (path === '/sys/status.php') {
      return hasTaken(field('id')) ? { status: 0, id: field('id') } : { status: -3, id: field('id') };
    }
    if (field('mes') === '' || !ID.test(field('id'))) return refuse(1, 'parameters error');
    if (!PHONE.test(field('phones'))) return refuse(7, 'invalid number');
    const arrival: Arrival = { channel: 'sms', ref: field('id'), to: field('phones'), text: field('mes') };
    const treatment = treat(arrival);
    if (treatment.do !== 'refuse') take(arrival);
    if (treatment.do === 'take_silently') return null;
    if (treatment.afterMs !== undefined) await pause(treatment.afterMs);
    if (treatment.do === 'refuse') return refuse(treatment.code);
    return { id: arrival.ref, cnt: measureSms(arrival.text).parts };
  };

  return createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      if (request.method !== 'POST' || !/^\/sys\/(send|status)\.php$/.test(path)) {
        response.writeHead(404).end();
        return;
      }
      const result = await answer(path, new URLSearchParams(await bodyOf(request)));
      if (result === null) return;
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(result));
    })().catch(() => response.destroy());
  });
}

function mailSide({ take, treat }: Side): SMTPServer {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    size: LONGEST_REQUEST,
    closeTimeout: 1_000,
    onRcptTo: ({ address }, _session, callback) => {
      callback(/^[^@\s]+@[^@\s]+$/.test(address) ? null : smtpRefusal(550));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const ref = /^message-id:\s*<([^>]+)>/im.exec(text)?.[1] ?? '';
        const arrival: Arrival = { channel: 'email', ref, to: session.envelope.rcptTo[0]?.address ?? '', text };
        const treatment = treat(arrival);
        if (treatment.do === 'refuse') return callback(smtpRefusal(treatment.code));
        take(arrival);
        if (treatment.do === 'take_silently') return;
        setTimeout(() => callback(null), treatment.afterMs ?? 0);
      });
    },
  });
  // A client that dies in the middle of a mail is no fault of the server.
  server.on('error', () => undefined);
  return server;
}

function smtpRefusal(responseCode: number): Error {
  return Object.assign(new Error('Refused'), { responseCode });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_REQUEST) throw new Error('The request is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done());
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
