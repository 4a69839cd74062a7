import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createOTP } from '@better-auth/utils/otp';
import { isAPIError } from 'better-auth/api';
import { parseCookies } from 'better-auth/cookies';
import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { CONFIG, type Config } from '../config/config.js';
import { type Language, isLanguage } from '../i18n/language.js';
import { Problem } from '../shared/problem.js';
import { type Account, type Enrolment, NO_MAIL } from './account.js';
import { AccountMessages, type Letter } from './account-messages.js';
import { AuthDatabase } from './auth-database.js';
import { type AuthLibrary, LONGEST_PASSWORD, SHORTEST_PASSWORD, makeAuthLibrary } from './auth-library.js';
import { tooMany } from './rate-limits.js';
import { sessionToken } from './session-cookie.js';
import type { Visitor } from './visitor.js';

/** A session that is good now, and whose it is. */
export interface FoundSession {
  session: { id: string; token: string; updatedAt: Date };
  user: Pick<Account, 'id' | 'label' | 'role' | 'regionCode' | 'employerId' | 'householdId' | 'hasSecondFactor'>;
}

/** Asked at every request of whoever is signed in: one statement, prepared once by each connection. */
const SESSION_OF_TOKEN = {
  name: 'session_of_token',
  text: `select s.id as "sessionId", s.token, s.updated_at as "updatedAt", s.expires_at as "expiresAt", u.id, u.label, u.role,
                u.region_code as "regionCode", u.employer_id as "employerId", u.household_id as "householdId",
                coalesce(u.two_factor_enabled, false) as "hasSecondFactor"
         from auth_session s join auth_user u on u.id = s.user_id where s.token = $1 and u.disabled_at is null`,
};
type SessionRow = FoundSession['user'] & Omit<FoundSession['session'], 'id'> & { sessionId: string; expiresAt: Date };

interface Answered<Answer> {
  answer: Answer;
  setCookies: string[];
}

const PENDING_PHONE_SECONDS = 600;
const LOCKED_SECONDS = 15 * 60;
const LINK_TOKEN_LENGTH = 32;

/** The library with what surrounds each of its calls: headers, cookies, and its errors as coded problems. */
@Injectable()
export class AuthLibraryHost implements OnApplicationShutdown {
  readonly secret: Buffer;
  private readonly authLibrary: AuthLibrary;
  private readonly secure: boolean;
  private readonly under = new Set<Promise<unknown>>();
  private readonly log = new Logger('accounts');

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: AuthDatabase,
    private readonly messages: AccountMessages,
  ) {
    if (config.authSecret === null) throw new Error('The secret of the accounts is missing.');
    this.secret = config.authSecret;
    this.secure = config.publicUrl.startsWith('https://');
    this.authLibrary = makeAuthLibrary({
      pool: database.pool,
      secret: this.secret,
      publicUrl: config.publicUrl,
      sendCode: (phone, code, language) => this.sendCode(phone, code, language),
      sendPasswordLink: (userId, token) => this.sendLink(userId, 'reset', token),
    });
  }

  /** Calls the library for a visitor. Its expected refusals become coded problems. */
  async call<Answer>(
    visitor: Visitor,
    work: (api: AuthLibrary['api'], headers: Headers) => Promise<{ headers: Headers | null; response: Answer }>,
  ): Promise<Answered<Answer>> {
    try {
      const { headers, response } = await work(this.authLibrary.api, headersOf(visitor));
      return { answer: response, setCookies: headers?.getSetCookie() ?? [] };
    } catch (fault) {
      throw asCodedProblem(fault);
    }
  }

  /**
   * The session of the visitor's cookie; null when there is none, it is over, or the account was disabled. Asked anew each time, so
   * that what is ended in one process is ended in all. One that is over the library clears away.
   */
  async session(visitor: Pick<Visitor, 'cookies'>): Promise<FoundSession | null> {
    const signed = sessionToken(visitor.cookies, this.cookieName('session_token'), this.key);
    if (signed === null) return null;
    const [found] = await this.database.prepared<SessionRow>(SESSION_OF_TOKEN, [signed]);
    if (found === undefined) return null;
    const { sessionId, token, updatedAt, expiresAt, ...user } = found;
    if (expiresAt < new Date()) {
      const headers = new Headers({ cookie: visitor.cookies });
      await this.authLibrary.api.getSession({ headers, query: { disableRefresh: true } });
      return null;
    }
    return { session: { id: sessionId, token, updatedAt }, user };
  }

  /** Puts a session off by its whole length and answers the renewed cookie. */
  async slide(visitor: Pick<Visitor, 'cookies'>): Promise<string[]> {
    const headers = new Headers({ cookie: visitor.cookies });
    const { headers: answered } = await this.authLibrary.api.getSession({ headers, returnHeaders: true });
    return answered.getSetCookie();
  }

  /** The visitor as they will come next time, with the cookies of an answer. */
  withCookies(visitor: Visitor, setCookies: string[]): Visitor {
    const jar = parseCookies(visitor.cookies);
    for (const line of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined) jar.set(name, value ?? '');
    }
    return { ...visitor, cookies: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  /** Without a session that may still be in the browser, so that the code answers the challenge and nothing else. */
  challengeOnly(visitor: Visitor): Visitor {
    const jar = parseCookies(visitor.cookies);
    jar.delete(this.cookieName('session_token'));
    return { ...visitor, cookies: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  async pendingPhoneCookie(phone: string): Promise<string> {
    const until = Date.now() + PENDING_PHONE_SECONDS * 1_000;
    const value = await symmetricEncrypt({ key: this.key, data: JSON.stringify({ phone, until }) });
    return this.cookieLine('phone', value, PENDING_PHONE_SECONDS);
  }

  noPendingPhoneCookie(): string {
    return this.cookieLine('phone', '', 0);
  }

  async pendingPhone(visitor: Visitor): Promise<string | null> {
    const value = parseCookies(visitor.cookies).get(this.cookieName('phone'));
    if (!value) return null;
    const data = await symmetricDecrypt({ key: this.key, data: value }).catch(() => null);
    if (data === null) return null;
    const { phone, until } = JSON.parse(data) as { phone: string; until: number };
    return until > Date.now() ? phone : null;
  }

  /** Errors: `auth.totp_enrolled` (409), `auth.sign_in_again` (401). */
  async pendingEnrolment(userId: string): Promise<Enrolment> {
    const [row] = await this.database.rows<{ secret: string; verified: boolean; email: string }>(
      `select t.secret, t.verified, u.email from auth_two_factor t join auth_user u on u.id = t.user_id where u.id = $1`,
      [userId],
    );
    if (row === undefined) throw new Problem('auth.sign_in_again', 401);
    if (row.verified) throw new Problem('auth.totp_enrolled', 409);
    const uri = createOTP(await symmetricDecrypt({ key: this.key, data: row.secret })).url('Qonys', row.email);
    const { backupCodes } = await this.authLibrary.api.viewBackupCodes({ body: { userId } });
    const secret = (new URL(uri).searchParams.get('secret') ?? '').replace(/(.{4})(?=.)/g, '$1 ');
    return { uri, secret, backupCodes };
  }

  /** A token with which the account's password can be set once. */
  async passwordToken(userId: string, validSeconds: number): Promise<string> {
    const { internalAdapter } = await this.authLibrary.$context;
    const token = generateRandomString(LINK_TOKEN_LENGTH);
    const expiresAt = new Date(Date.now() + validSeconds * 1_000);
    await internalAdapter.createVerificationValue({ identifier: `reset-password:${token}`, value: userId, expiresAt });
    return token;
  }

  /** Error: `auth.mail_unavailable` (503). */
  refuseWithoutMail(): void {
    if (!this.messages.canMail) throw new Problem('auth.mail_unavailable', 503);
  }

  /** Runs work after the answer, so that its length tells nothing. Its failure is logged by its code only. */
  later(work: () => Promise<unknown>): void {
    const running = work()
      .catch((fault: unknown) =>
        this.log.error(
          `A letter of the accounts was not sent: ${fault instanceof Problem ? fault.code : String(fault)}`,
        ),
      )
      .finally(() => this.under.delete(running));
    this.under.add(running);
  }

  /** Waits for the work begun by `later`. */
  async settled(): Promise<void> {
    await Promise.all(this.under);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  async sendLink(userId: string, letter: Letter, token: string): Promise<void> {
    const [user] = await this.database.rows<{ email: string; language: Language; synthetic: boolean }>(
      'select email, language, synthetic from auth_user where id = $1 and disabled_at is null',
      [userId],
    );
    if (user === undefined || user.email.endsWith(NO_MAIL)) return;
    const link = this.messages.passwordLink(user.language, token);
    await this.messages.sendLetter({ to: user.email, ...user }, letter, link);
  }

  private async sendCode(phone: string, code: string, wish: string | null): Promise<void> {
    const [user] = await this.database.rows<{ synthetic: boolean }>(
      'select synthetic from auth_user where phone_number = $1',
      [phone],
    );
    const language: Language = isLanguage(wish) ? wish : 'kk';
    await this.messages.sendCode({ to: phone, language, synthetic: user?.synthetic ?? false }, code);
  }

  private get key(): string {
    return this.secret.toString('base64');
  }

  private cookieName(name: string): string {
    return `${this.secure ? '__Host-' : ''}qonys.${name}`;
  }

  private cookieLine(name: string, value: string, maxAgeSeconds: number): string {
    const secure = this.secure ? '; Secure' : '';
    return `${this.cookieName(name)}=${value}; Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
  }
}

function headersOf({ cookies, userAgent, language }: Visitor): Headers {
  return new Headers({ cookie: cookies, 'user-agent': userAgent, 'accept-language': language });
}

/** The library's codes, in ours. What is not here is a fault of the program. */
const REFUSALS: Record<string, () => Problem> = {
  INVALID_OTP: () => fieldProblem('auth.code_wrong', 'code'),
  OTP_NOT_FOUND: () => fieldProblem('auth.code_expired', 'code'),
  OTP_EXPIRED: () => fieldProblem('auth.code_expired', 'code'),
  TOO_MANY_ATTEMPTS: () => fieldProblem('auth.code_expired', 'code'),
  INVALID_CODE: () => fieldProblem('auth.code_wrong', 'code'),
  CODE_USED: () => fieldProblem('auth.code_wrong', 'code'),
  INVALID_BACKUP_CODE: () => fieldProblem('auth.code_wrong', 'code'),
  INVALID_TWO_FACTOR_COOKIE: () => new Problem('auth.sign_in_again', 401),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => new Problem('auth.sign_in_again', 401),
  ACCOUNT_TEMPORARILY_LOCKED: () => tooMany('auth.locked', LOCKED_SECONDS),
  INVALID_EMAIL_OR_PASSWORD: () => new Problem('auth.sign_in_failed', 422),
  INVALID_EMAIL: () => new Problem('auth.sign_in_failed', 422),
  INVALID_PASSWORD: () => new Problem('auth.sign_in_failed', 422),
  ACCOUNT_DISABLED: () => new Problem('auth.sign_in_failed', 422),
  INVALID_TOKEN: () => new Problem('auth.link_expired', 410),
  PASSWORD_TOO_SHORT: () => fieldProblem('auth.password_short', 'password', { min: SHORTEST_PASSWORD }),
  PASSWORD_TOO_LONG: () => fieldProblem('auth.password_long', 'password', { max: LONGEST_PASSWORD }),
  UNAUTHORIZED: () => new Problem('auth.session_required', 401),
};

function fieldProblem(code: string, field: string, params: Record<string, number> = {}): Problem {
  return new Problem(code, 422, params, [{ field, code, params }]);
}

function asCodedProblem(fault: unknown): unknown {
  if (!isAPIError(fault)) return fault;
  const code = (fault.body as { code?: string } | undefined)?.code ?? '';
  return REFUSALS[code]?.() ?? fault;
}
