import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { parsePhoneNumberFromString } from '../shared/phone-numbers.js';
import { ACCOUNT_COLUMNS, type Account, type Enrolment, needsSecondFactor } from './account.js';
import { AuthDatabase } from './auth-database.js';
import { CODE_SECONDS, hashCode, hashIdentifier } from './auth-library.js';
import { AuthLibraryHost } from './auth-library-host.js';
import { RateLimits } from './rate-limits.js';
import type { Visitor } from './visitor.js';

/** Set-Cookie lines that go out with the answer, whatever it is. */
export interface WithCookies {
  setCookies: string[];
}

/** A code is on its way. */
export interface CodeRequested extends WithCookies {
  /** The number with its middle hidden, for "we have sent a code to …". */
  shownPhone: string;
  validSeconds: number;
}

export interface SignedIn extends WithCookies {
  account: Account;
}

/** What comes after the right password: the second factor's code, or its enrolment. */
export interface PasswordAccepted extends WithCookies {
  next: 'second_factor' | 'enrolment';
}

/**
 * Signing in and out. Migrants: phone and one-time code. Everyone else: e-mail, password and TOTP. Every refusal says the
 * same for accounts that exist and that do not.
 */
@Injectable()
export class AccountsService {
  constructor(
    private readonly database: AuthDatabase,
    private readonly authLibrary: AuthLibraryHost,
    private readonly limits: RateLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends a code to a Kazakhstan mobile number and notes the number in an encrypted cookie, for the page that asks the
   * code. What others ask for the same number takes nothing from this address: when an SMS has gone to it only just now, no
   * second one goes, and the code of the first is good in this browser too. Errors: `auth.phone_invalid` (422), `auth.too_many` (429), `auth.sms_unavailable` (503).
   */
  async requestCode(phone: string, visitor: Visitor): Promise<CodeRequested> {
    const number = mobileNumber(phone);
    const ours = pairOf(visitor, number);
    await this.limits.take(
      ['code_minute', ours],
      ['code_hour', ours],
      ['code_day', ours],
      ['code_address', visitor.address],
    );
    await this.limits.forget('code_tries', ours);
    const setCookies: string[] = [];
    if (await this.mayGetSms(number)) {
      const sent = await this.authLibrary.call(visitor, (api, headers) =>
        api.sendPhoneNumberOTP({ body: { phoneNumber: number }, headers, returnHeaders: true }),
      );
      setCookies.push(...sent.setCookies);
    }
    setCookies.push(await this.authLibrary.pendingPhoneCookie(number));
    return { shownPhone: hideMiddle(number), validSeconds: CODE_SECONDS, setCookies };
  }

  /**
   * An SMS a minute, from the eleventh of a day one in five minutes: no longer than a code is good. Error: `auth.too_many`
   * (429) when all numbers together have used up the hour's SMS; nobody is led on to a code that did not go out.
   */
  private async mayGetSms(number: string): Promise<boolean> {
    if (!(await this.limits.within('sms_minute', number))) return false;
    if (!(await this.limits.within('sms_day', number)) && !(await this.limits.within('sms_slow', number))) return false;
    try {
      await this.limits.take(['sms_budget', 'all']);
    } catch (fault) {
      await this.limits.forget('sms_minute', number);
      await this.limits.forget('sms_slow', number);
      throw fault;
    }
    return true;
  }

  /** The number that a code was asked for in this browser, its middle hidden; null when none was or the time is over. */
  async pendingPhone(visitor: Visitor): Promise<string | null> {
    const phone = await this.authLibrary.pendingPhone(visitor);
    return phone === null ? null : hideMiddle(phone);
  }

  /**
   * Signs a migrant in by the code, once; the first time makes the account. Errors: `auth.code_expired` (422: ask for a
   * new one), `auth.code_wrong` (422), `auth.locked`, `auth.too_many` (429), `auth.sign_in_failed` (422: disabled).
   */
  async verifyCode(code: string, visitor: Visitor): Promise<SignedIn> {
    const phone = await this.authLibrary.pendingPhone(visitor);
    if (phone === null) throw refusal('auth.code_expired', 'code');
    // No limit of the address: the codes that it asked for have one, and each takes five tries.
    const ours = pairOf(visitor, phone);
    await this.limits.beginTry(ours);
    if (!(await this.limits.within('code_tries', ours))) throw refusal('auth.code_expired', 'code');
    const { secret } = this.authLibrary;
    const hashed = hashCode(secret, hashIdentifier(secret, `phone-number-otp-${phone}`), digitsOf(code));
    const { answer, setCookies } = await this.authLibrary.call(visitor, (api, headers) =>
      api.verifyPhoneNumber({ body: { phoneNumber: phone, code: hashed }, headers, returnHeaders: true }),
    );
    await this.limits.succeed(ours);
    await this.endFormerSession(visitor);
    await this.database.rows('update auth_user set language = $2 where id = $1', [answer.user!.id, visitor.language]);
    setCookies.push(this.authLibrary.noPendingPhoneCookie());
    return { account: await this.one(answer.user!.id), setCookies };
  }

  /**
   * The first step of everyone but migrants. Errors: `auth.sign_in_failed` (422: address or password wrong, account
   * unknown or disabled), `auth.locked`, `auth.too_many` (429).
   */
  async signInEmail(email: string, password: string, visitor: Visitor): Promise<PasswordAccepted> {
    const address = email.trim().toLowerCase();
    await this.limits.beginTry(address);
    const { answer, setCookies } = await this.tried(visitor, () =>
      this.authLibrary.call(visitor, (api, headers) =>
        api.signInEmail({ body: { email: address, password, rememberMe: false }, headers, returnHeaders: true }),
      ),
    );
    await this.limits.succeed(address);
    await this.endFormerSession(visitor);
    if ('twoFactorRedirect' in answer) return { next: 'second_factor', setCookies };
    await this.beginEnrolment(visitor, setCookies, password);
    return { next: 'enrolment', setCookies };
  }

  /**
   * The second step: a code of the authenticator app, taken once. Errors: `auth.code_wrong` (422), `auth.sign_in_again`
   * (401: the first step is too long ago or its tries are used up), `auth.locked` (429).
   */
  async verifyTotp(code: string, visitor: Visitor): Promise<SignedIn> {
    const { answer, setCookies } = await this.tried(visitor, () =>
      this.authLibrary.call(this.authLibrary.challengeOnly(visitor), (api, headers) =>
        api.verifyTOTP({ body: { code: digitsOf(code) }, headers, returnHeaders: true }),
      ),
    );
    return { account: await this.one(answer.user.id), setCookies };
  }

  /** As `verifyTotp`, with one of the codes that were written down; each serves once. */
  async verifyBackupCode(code: string, visitor: Visitor): Promise<SignedIn> {
    const { answer, setCookies } = await this.tried(visitor, () =>
      this.authLibrary.call(this.authLibrary.challengeOnly(visitor), (api, headers) =>
        api.verifyBackupCode({ body: { code: code.trim() }, headers, returnHeaders: true }),
      ),
    );
    return { account: await this.one(answer.user!.id), setCookies };
  }

  /**
   * What the page of enrolment shows; the same each time until the first code has been given. Errors:
   * `auth.session_required` (401), `auth.totp_enrolled` (409).
   */
  async enrolment(visitor: Visitor): Promise<Enrolment> {
    const session = await this.authLibrary.session(visitor);
    if (session === null) throw new Problem('auth.session_required', 401);
    return this.authLibrary.pendingEnrolment(session.user.id);
  }

  /** The first code of the app: from now on it is asked at every sign-in. A fresh session replaces all others. */
  async enrolTotp(code: string, visitor: Visitor): Promise<SignedIn> {
    const session = await this.authLibrary.session(visitor);
    if (session === null) throw new Problem('auth.session_required', 401);
    if (session.user.hasSecondFactor) throw new Problem('auth.totp_enrolled', 409);
    await this.limits.beginTry(session.user.id);
    const { setCookies } = await this.authLibrary.call(visitor, (api, headers) =>
      api.verifyTOTP({ body: { code: digitsOf(code) }, headers, returnHeaders: true }),
    );
    await this.limits.succeed(session.user.id);
    // Sessions that were opened by the password alone do not outlive the second factor.
    const { token } = (await this.authLibrary.session(this.authLibrary.withCookies(visitor, setCookies)))!.session;
    await this.database.rows('delete from auth_session where user_id = $1 and token <> $2', [session.user.id, token]);
    return { account: await this.one(session.user.id), setCookies };
  }

  /**
   * Sends a link for a new password, if there is such an account and the mailbox did not get one only just now. It answers at
   * once and the same for every address; what others ask for the same mailbox takes nothing from this one.
   * Errors: `auth.email_invalid` (422), `auth.too_many` (429), `auth.mail_unavailable` (503).
   */
  async requestPasswordReset(email: string, visitor: Visitor): Promise<void> {
    const address = mailAddress(email);
    this.authLibrary.refuseWithoutMail();
    const ours = pairOf(visitor, address);
    await this.limits.take(['mail_hour', ours], ['mail_day', ours], ['mail_address', visitor.address]);
    if (!(await this.limits.mayGetLetter('reset', address))) return;
    this.authLibrary.later(() =>
      this.authLibrary.call(visitor, (api, headers) =>
        api.requestPasswordReset({ body: { email: address }, headers, returnHeaders: true }),
      ),
    );
  }

  /**
   * Sets the password by the token of an invitation or a reset, once, and ends every session of the account. Errors:
   * `auth.link_expired` (410), `auth.password_short`, `auth.password_long` (422).
   */
  async setPassword(token: string, password: string, visitor: Visitor): Promise<void> {
    await this.tried(visitor, () =>
      this.authLibrary.call(visitor, (api, headers) =>
        api.resetPassword({ body: { token, newPassword: password }, headers, returnHeaders: true }),
      ),
    );
  }

  /** Ends this session. */
  async signOut(visitor: Visitor): Promise<WithCookies> {
    const { setCookies } = await this.authLibrary.call(visitor, (api, headers) =>
      api.signOut({ headers, returnHeaders: true }),
    );
    return { setCookies };
  }

  /** Error: `auth.account_unknown` (404). */
  async one(id: string): Promise<Account> {
    const [account] = await this.database.rows<Account>(`select ${ACCOUNT_COLUMNS} from auth_user where id = $1`, [id]);
    if (account === undefined) throw new Problem('auth.account_unknown', 404);
    return account;
  }

  /** Ties a migrant's account to the household they have entered. */
  async linkHousehold(accountId: string, householdId: string): Promise<void> {
    const linked = await this.database.rows(
      `update auth_user set household_id = $2, updated_at = $3
        where id = $1 and role = 'migrant' and (household_id is null or household_id = $2) returning id`,
      [accountId, householdId, this.clock.now()],
    );
    if (linked.length === 0) throw new Problem('auth.account_unknown', 404);
  }

  /** Keeps the language that a reader chose, for messages. */
  async setLanguage(accountId: string, language: Visitor['language']): Promise<void> {
    await this.database.rows('update auth_user set language = $2 where id = $1', [accountId, language]);
  }

  /**
   * A try that counts for its address unless it succeeds: after what an account's own lock refuses, so that who guesses on takes
   * nothing from the neighbours.
   */
  private async tried<Answer>({ address }: Visitor, attempt: () => Promise<Answer>): Promise<Answer> {
    await this.limits.take(['try_address', address]);
    const answer = await attempt();
    await this.limits.giveBack('try_address', address);
    return answer;
  }

  /** The password is there only now: the app's secret is made with it, and shown by `enrolment`. */
  private async beginEnrolment(visitor: Visitor, setCookies: string[], password: string): Promise<void> {
    const session = await this.authLibrary.session(this.authLibrary.withCookies(visitor, setCookies));
    if (session === null || !needsSecondFactor(session.user.role)) return;
    await this.authLibrary.call(this.authLibrary.withCookies(visitor, setCookies), (api, headers) =>
      api.enableTwoFactor({ body: { password }, headers, returnHeaders: true }),
    );
  }

  /** Who signs in anew in a browser leaves no older session behind in it. */
  private async endFormerSession(visitor: Visitor): Promise<void> {
    const former = await this.authLibrary.session(visitor);
    if (former !== null) await this.database.rows('delete from auth_session where id = $1', [former.session.id]);
  }
}

/** One address's doings at one number or mailbox: a stranger elsewhere uses up nothing of it and cannot lock it. */
export const pairOf = ({ address }: Pick<Visitor, 'address'>, whose: string): string => `${address} ${whose}`;

/** Kazakhstan and Russia share +7; only a mobile number of Kazakhstan gets a code. */
function mobileNumber(text: string): string {
  const number = parsePhoneNumberFromString(text, 'KZ');
  const type = number?.getType();
  if (!number?.isValid() || number.country !== 'KZ' || (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE'))
    throw refusal('auth.phone_invalid', 'phone');
  return number.number;
}

/** An address as it is kept. Error: `auth.email_invalid` (422). */
export function mailAddress(text: string): string {
  const address = text.trim().toLowerCase();
  if (address.length > 254 || !/^[^@\s"<>(),;:\\[\]]+@[^@\s"<>(),;:\\[\]]+\.[^@\s.]{2,}$/.test(address))
    throw refusal('auth.email_invalid', 'email');
  return address;
}

/** `+7 701 ••• •• 34`. */
function hideMiddle(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 5)} ••• •• ${phone.slice(-2)}`;
}

function digitsOf(code: string): string {
  return code.replace(/[\s-]/g, '');
}

/** A refusal that belongs to a field of a form. */
export function refusal(code: string, field: string): Problem {
  return new Problem(code, 422, {}, [{ field, code }]);
}
