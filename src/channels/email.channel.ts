import { createTransport } from 'nodemailer';
import { type Accepted, type Channel, type FailureKind, type Message, SendFailure, isLoopback } from './channel.js';

/** An SMTP server (`smtp://user:password@host:587`, `smtps://…`) and the address notices come from. */
export interface MailAccess {
  url: string;
  from: string;
}

/** The share of the wait for an answer that a server has for its first words. */
const FIRST_WORDS = 2 / 3;

/** E-mail by SMTP: plain text in UTF-8, its Message-ID made of the delivery's id so that a repeat has the same one. */
export class EmailChannel implements Channel {
  readonly code = 'email';
  readonly configured: boolean;
  readonly local: boolean;
  private readonly transport;
  private readonly domain: string;

  constructor(
    private readonly access: MailAccess | null,
    answerWithinMs = 15_000,
  ) {
    this.configured = access !== null;
    this.local = access !== null && isLoopback(access.url);
    this.domain = /@([a-z0-9.-]+)>?\s*$/i.exec(access?.from ?? '')?.[1] ?? 'localhost';
    this.transport =
      access === null
        ? null
        : createTransport({
            url: access.url,
            pool: true,
            maxConnections: 5,
            maxMessages: 500,
            // Shorter than the wait for anything else: which of them ran out tells whether the message may have been taken.
            connectionTimeout: answerWithinMs * FIRST_WORDS,
            greetingTimeout: answerWithinMs * FIRST_WORDS,
            socketTimeout: answerWithinMs,
            disableFileAccess: true,
            disableUrlAccess: true,
          });
  }

  /** The Message-ID of a delivery, without its angle brackets. */
  messageId(ref: string): string {
    return `${ref}@${this.domain}`;
  }

  async send(message: Message): Promise<Accepted> {
    if (this.transport === null || this.access === null) throw new SendFailure('email.unconfigured', 'lasting');
    const messageId = this.messageId(message.ref);
    try {
      await this.transport.sendMail({
        from: this.access.from,
        // As an object: an address is never parsed as a list, whatever stands in it.
        to: { name: '', address: message.to },
        subject: message.title,
        text: message.text,
        messageId: `<${messageId}>`,
        headers: { 'Content-Language': message.language, 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw failureOf(error);
    }
    return { gatewayRef: messageId, parts: null };
  }

  close(): void {
    this.transport?.close();
  }
}

/** Waits that ran out before the server had said a word, so that it cannot have taken anything. */
const NOTHING_SAID = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT']);

/**
 * A failed SMTP exchange (RFC 5321 §4.2.1): 5yz to the recipient or the content lasts, 4yz passes; a fault of our
 * own log-in or sender passes too, since its repair sends the message. A connection lost on the way leaves it unknown.
 */
function failureOf(error: unknown): SendFailure {
  type Fault = { code?: string; responseCode?: number; command?: string; syscall?: string; timeoutType?: string };
  const { code = '', responseCode = 0, command = '', syscall = '', timeoutType = '' } = error as Fault;
  const failed = (name: string, kind: FailureKind): SendFailure => new SendFailure(name, kind);
  if (responseCode >= 400 && responseCode < 500) return failed('email.deferred', 'passing');
  if (code === 'EAUTH') return failed('email.login', 'passing');
  if (responseCode >= 500) {
    if (command.startsWith('RCPT')) return failed('email.invalid_address', 'lasting');
    return command === 'DATA' ? failed('email.refused', 'lasting') : failed('email.server_refuses', 'passing');
  }
  if (code === 'EENVELOPE') return failed('email.invalid_address', 'lasting');
  if (NOTHING_SAID.has(timeoutType)) return failed('email.timeout', 'passing');
  if (code === 'EDNS' || code === 'ETLS' || syscall === 'connect') return failed('email.network', 'passing');
  return failed(code === 'ETIMEDOUT' ? 'email.timeout' : 'email.network', 'unknown');
}
