import type { Sql } from '../database/sql.js';
import type { Language } from '../i18n/language.js';

export const CHANNEL_CODES = ['sms', 'email', 'in_app'] as const;
export type ChannelCode = (typeof CHANNEL_CODES)[number];

/** One notice to one recipient, in the words and to the address that are true at this moment. */
export interface Message {
  /** The delivery's id. A repeat carries the same one: it becomes the gateway's id and the Message-ID. */
  ref: string;
  /** Phone number as +77…, e-mail address, or the household's id for in-app. */
  to: string;
  title: string;
  text: string;
  /** The same in at most three parts of an SMS. */
  sms: string;
  language: Language;
  /** The outside may have taken it already: a channel that can ask does so before it sends again. */
  inDoubt?: boolean;
}

/** What the outside said when it took a message. */
export interface Accepted {
  /** The gateway's own name of the message, where it gives one. */
  gatewayRef: string | null;
  /** Parts of an SMS; null on the other channels. */
  parts: number | null;
}

/**
 * How a send failed. `lasting`: the same message will be refused again. `passing`: it was not taken, try again.
 * `unknown`: it may have been taken (no answer came back), so a further try is in doubt.
 */
export type FailureKind = 'lasting' | 'passing' | 'unknown';

/** A message that was not, or perhaps not, taken. Carries a code and never an address or a text. */
export class SendFailure extends Error {
  constructor(
    readonly code: string,
    readonly kind: FailureKind,
  ) {
    super(`${code} (${kind})`);
    this.name = 'SendFailure';
  }
}

/** A way out to people. `send` answers only when the outside has taken the message, and throws `SendFailure` otherwise. */
export interface Channel {
  readonly code: ChannelCode;
  /** False when the installation has no access to it; notices then go in-app. */
  readonly configured: boolean;
  /** True when it ends on this machine: only there may messages to synthetic households go. */
  readonly local: boolean;
  /** `sql` is the delivery's transaction; the in-app channel writes its row in it. */
  send(message: Message, sql: Sql): Promise<Accepted>;
  close(): void;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** True for an address of this machine itself. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname);
}
