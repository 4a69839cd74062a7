import { type Accepted, type Channel, type FailureKind, type Message, SendFailure, isLoopback } from './channel.js';
import { measureSms } from './sms-parts.js';

/** Access to a gateway that speaks the SMSC interface. `url` is the address of `send.php`. */
export interface SmsAccess {
  url: string;
  login: string;
  password: string;
  sender: string | null;
}

/** Longest wait for the gateway's answer. Longer than its own slowest answers, shorter than a worker's patience. */
export const ANSWER_WITHIN_MS = 10_000;

/** Why `send.php` refused, by its `error_code` (https://smsc.kz/api/http/send/sms/, the same at smsc.ru). */
const REFUSALS: Record<number, { code: string; kind: FailureKind }> = {
  1: { code: 'sms.parameters', kind: 'lasting' },
  2: { code: 'sms.login', kind: 'passing' },
  3: { code: 'sms.no_money', kind: 'passing' },
  4: { code: 'sms.address_blocked', kind: 'passing' },
  5: { code: 'sms.parameters', kind: 'lasting' },
  6: { code: 'sms.forbidden', kind: 'lasting' },
  7: { code: 'sms.invalid_number', kind: 'lasting' },
  8: { code: 'sms.undeliverable', kind: 'lasting' },
  9: { code: 'sms.too_often', kind: 'passing' },
};

/** `error_code` 9 means either too many requests at once or the same message within a minute. */
const TOO_OFTEN = 9;

/** Statuses of `status.php` of a message that the gateway has taken: waiting, handed on, delivered, read. */
const TAKEN = new Set([-1, 0, 1, 2]);

interface Answer {
  id?: string | number;
  cnt?: number;
  error_code?: number;
  status?: number;
}

/**
 * SMS by the HTTP interface of SMSC (smsc.kz in Kazakhstan): a form POST, so that neither number nor text stands in a
 * URL; our own `id`, so that a repeat is recognisable; `charset=utf-8` and no `translit`, so that Kazakh letters stay.
 */
export class SmsChannel implements Channel {
  readonly code = 'sms';
  readonly configured: boolean;
  readonly local: boolean;

  constructor(
    private readonly access: SmsAccess | null,
    private readonly answerWithinMs = ANSWER_WITHIN_MS,
  ) {
    this.configured = access !== null;
    this.local = access !== null && isLoopback(access.url);
  }

  async send(message: Message): Promise<Accepted> {
    const access = this.access;
    if (access === null) throw new SendFailure('sms.unconfigured', 'lasting');
    const { parts } = measureSms(message.sms);
    if (message.inDoubt && (await this.hasTaken(access, message))) return { gatewayRef: message.ref, parts };
    const answer = await this.ask(access.url, access, {
      phones: message.to,
      mes: message.sms,
      id: message.ref,
      ...(access.sender === null ? {} : { sender: access.sender }),
    });
    if (answer.error_code !== undefined) {
      if (answer.error_code === TOO_OFTEN && (await this.hasTaken(access, message))) {
        return { gatewayRef: message.ref, parts };
      }
      const { code, kind } = REFUSALS[answer.error_code] ?? { code: 'sms.refused', kind: 'passing' };
      throw new SendFailure(code, kind);
    }
    if (answer.id === undefined) throw new SendFailure('sms.unreadable_answer', 'unknown');
    return { gatewayRef: String(answer.id), parts: answer.cnt ?? parts };
  }

  close(): void {
    // Every request stands alone; fetch's own pool closes with the process.
  }

  /** Whether the gateway already has a message whose answer was lost on the way. Asking sends nothing: it fails in passing. */
  private async hasTaken(access: SmsAccess, message: Message): Promise<boolean> {
    const url = new URL('status.php', access.url).href;
    const answer = await this.ask(url, access, { phone: message.to, id: message.ref }).catch((error: unknown) => {
      throw error instanceof SendFailure ? new SendFailure(error.code, 'passing') : error;
    });
    return answer.status !== undefined && TAKEN.has(answer.status);
  }

  private async ask(url: string, access: SmsAccess, fields: Record<string, string>): Promise<Answer> {
    const form = { login: access.login, psw: access.password, fmt: '3', charset: 'utf-8', ...fields };
    const signal = AbortSignal.timeout(this.answerWithinMs);
    let response: Response;
    try {
      response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), signal, redirect: 'error' });
    } catch (error) {
      throw new SendFailure(
        signal.aborted ? 'sms.timeout' : 'sms.network',
        reachedNobody(error) ? 'passing' : 'unknown',
      );
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new SendFailure('sms.gateway_down', response.status >= 500 ? 'unknown' : 'passing');
    }
    try {
      const answer: unknown = await response.json();
      if (typeof answer === 'object' && answer !== null) return answer as Answer;
    } catch {
      // falls through: half an answer is no answer
    }
    throw new SendFailure('sms.unreadable_answer', 'unknown');
  }
}

const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** True when no connection came about, so that the gateway cannot have read anything. */
function reachedNobody(error: unknown): boolean {
  type Fault = { code?: string; cause?: Fault; errors?: Fault[] };
  const { cause } = error as Fault;
  const faults = cause?.errors ?? [cause];
  return faults.every((fault) => NOT_CONNECTED.has(fault?.code ?? ''));
}
