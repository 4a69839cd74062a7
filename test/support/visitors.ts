import { createOTP } from '@better-auth/utils/otp';
import { AccountRegister, type Invitation } from '../../src/auth/account-register.service.js';
import { AccountsService, type WithCookies } from '../../src/auth/accounts.service.js';
import type { Visitor } from '../../src/auth/visitor.js';
import type { DemoGateway } from '../../src/channels/demo-gateway.js';
import type { TestApp } from './app.js';

/** A browser without a browser: keeps the cookies it is given and sends them back. */
export class Browser {
  private readonly jar = new Map<string, string>();
  /** The latest Set-Cookie lines, for tests of their attributes. */
  lines: string[] = [];

  constructor(readonly address = '203.0.113.7') {}

  get visitor(): Visitor {
    return { address: this.address, cookies: this.cookies, userAgent: 'test browser', language: 'ru' };
  }

  get cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Takes the cookies of an answer and hands it on. */
  keep<Answer extends WithCookies>(answer: Answer): Answer {
    this.keepLines(answer.setCookies);
    return answer;
  }

  keepLines(lines: string[]): void {
    this.lines = lines;
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '' || /max-age=0/i.test(line)) this.jar.delete(name!);
      else this.jar.set(name!, value!);
    }
  }

  /** The value of a cookie whose name ends so. */
  cookie(end: string): string | undefined {
    return [...this.jar].find(([name]) => name.endsWith(end))?.[1];
  }

  setCookie(end: string, value: string): void {
    const name = [...this.jar.keys()].find((known) => known.endsWith(end)) ?? end;
    this.jar.set(name, value);
  }
}

/** The code of the latest SMS to a number. */
export function codeSentTo(gateway: DemoGateway, phone: string): string {
  const sms = gateway.arrivals.filter(({ channel, to }) => channel === 'sms' && to === phone).at(-1);
  return /\b(\d{6})\b/.exec(sms?.text ?? '')![1]!;
}

/** The token of the link in the latest letter to an address. */
export function tokenSentTo(gateway: DemoGateway, email: string): string {
  const letter = gateway.arrivals.filter(({ channel, to }) => channel === 'email' && to === email).at(-1);
  return /\/account\/password\/([A-Za-z0-9_-]+)/.exec(textOf(letter?.text ?? ''))![1]!;
}

/** A mail's words: its body out of base64 or quoted-printable. */
export function textOf(mail: string): string {
  const [head = '', ...rest] = mail.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const joined = body.replace(/=\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

/** The authenticator app: the code `steps` half-minutes from now. */
export async function totpOf(uri: string, steps = 0): Promise<string> {
  const secret = base32Decoded(new URL(uri).searchParams.get('secret')!);
  return createOTP(secret).hotp(Math.floor(Date.now() / 30_000) + steps);
}

function base32Decoded(text: string): Uint8Array {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
}

export const PASSWORD = 'a long enough password';

export interface StaffMember {
  id: string;
  email: string;
  uri: string;
  backupCodes: string[];
  browser: Browser;
}

let serial = 0;

/** Somebody invited, with a password and an app, signed in in a browser. */
export async function staff(
  { app }: TestApp,
  gateway: DemoGateway,
  wish: Pick<Invitation, 'role'> & Partial<Invitation>,
): Promise<StaffMember> {
  const [accounts, register] = [app.get(AccountsService), app.get(AccountRegister)];
  const email = wish.email ?? `person${++serial}@example.kz`;
  const { id } = await register.invite({ label: `Тест ${serial}`, language: 'ru', ...wish, email }, null);
  const browser = new Browser(`203.0.113.${100 + (serial % 100)}`);
  await accounts.setPassword(tokenSentTo(gateway, email), PASSWORD, browser.visitor);
  browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
  const { uri, backupCodes } = await accounts.enrolment(browser.visitor);
  // The code of the half-minute before leaves the present one for the test; where a half-minute has just ended it is too old, once.
  const enrol = async () => accounts.enrolTotp(await totpOf(uri, -1), browser.visitor);
  browser.keep(await enrol().catch(enrol));
  return { id, email, uri, backupCodes, browser };
}

let phoneSerial = 1_000_000;

/** Somebody signed in with a phone of their own. */
export async function migrant(
  { app }: TestApp,
  gateway: DemoGateway,
): Promise<{ id: string; phone: string; browser: Browser }> {
  const accounts = app.get(AccountsService);
  const phone = `+7701${++phoneSerial}`;
  const browser = new Browser();
  browser.keep(await accounts.requestCode(phone, browser.visitor));
  const { account } = browser.keep(await accounts.verifyCode(codeSentTo(gateway, phone), browser.visitor));
  return { id: account.id, phone, browser };
}
