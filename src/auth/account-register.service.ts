import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { type ActorScope, asSystem, scopeOf } from '../database/scope.js';
import { inTransaction, sqlState } from '../database/transaction.js';
import type { Language } from '../i18n/language.js';
import { type Actor, OF_A_REGION, STAFF_ROLES, type StaffRole } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { reach } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { ACCOUNT_COLUMNS, type Account, type AccountRole, INVITATION_SECONDS } from './account.js';
import { AccountMessages } from './account-messages.js';
import { mailAddress, pairOf } from './accounts.service.js';
import { AuthDatabase } from './auth-database.js';
import { AuthLibraryHost } from './auth-library-host.js';
import { RateLimits } from './rate-limits.js';
import type { Visitor } from './visitor.js';

type By = Pick<Actor, 'id' | 'role' | 'regionCode'>;

/** Who is to be invited. Officers and supervisors need a region, the others have none. */
export interface Invitation {
  email: string;
  /** What lists and the audit log call the person. */
  label: string;
  role: StaffRole;
  regionCode?: string | null;
  language: Language;
}

export interface Invited {
  id: string;
  /** Null when the letter has gone out; otherwise the link to hand over, once. */
  link: string | null;
}

export interface SignUp {
  email: string;
  /** What lists and the audit log call the account: the firm's name. */
  label: string;
}

/** The firm that somebody registers for. */
export interface FirmToBeHad {
  /** Finds or makes it; null when it is not to be had by registering. */
  find(): Promise<string | null>;
  /** False when a centre has verified it meanwhile; waits for one that is doing so. */
  isStillToBeHad(employerId: string): Promise<boolean>;
}

interface NewAccount {
  email: string;
  label: string;
  role: Exclude<AccountRole, 'migrant'>;
  regionCode: string | null;
  employerId: string | null;
  language: Language;
  synthetic?: boolean;
  /** Registered the firm; a firm has one owner at a time. */
  ownsFirm?: boolean;
}

/** The register of accounts: who has one, who is invited, who is shut out. */
@Injectable()
export class AccountRegister {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: AuthDatabase,
    private readonly authLibrary: AuthLibraryHost,
    private readonly messages: AccountMessages,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Invites an officer, supervisor, analyst or administrator by e-mail; the link sets the password. A supervisor invites
   * officers and supervisors of the own region. `by` null: the command line. Errors: `auth.forbidden`,
   * `auth.region_forbidden` (403), `auth.role_unknown`, `auth.region_required|not_allowed|unknown` (400),
   * `auth.email_invalid` (422), `auth.email_taken` (409; the list of accounts shows whoever invites as much), `auth.too_many` (429).
   */
  async invite(wish: Invitation, by: By | null): Promise<Invited> {
    const regionCode = wish.regionCode ?? null;
    refuseMisfit(wish, regionCode);
    if (by !== null) {
      refuseBeyond(by, 'accounts.invite', wish.role, regionCode);
      await this.limits.take(['invitations', by.id]);
    }
    const id = await this.create({ ...wish, regionCode, employerId: null }, by);
    const token = await this.authLibrary.passwordToken(id, INVITATION_SECONDS);
    if (this.messages.canMail) {
      await this.authLibrary.sendLink(id, 'invitation', token);
      return { id, link: null };
    }
    return { id, link: this.messages.passwordLink(wish.language, token) };
  }

  /**
   * Invites somebody to act for a firm; the link sets the password. The first account of a firm is its owner. Whoever invites
   * gets the same answer whether or not the address has an account: the letter says it. Errors: `auth.email_invalid` (422),
   * `auth.too_many` (429), `auth.mail_unavailable` (503).
   */
  async inviteToFirm(
    wish: { email: string; label: string; employerId: string; language: Language },
    by: Pick<Actor, 'id' | 'role'>,
  ): Promise<void> {
    const email = mailAddress(wish.email);
    this.authLibrary.refuseWithoutMail();
    const ours = `${by.id} ${email}`;
    await this.limits.take(['mail_hour', ours], ['mail_day', ours], ['mail_address', wish.employerId]);
    const ownsFirm = (await this.ofEmployer(wish.employerId)).length === 0;
    this.authLibrary.later(() => this.inviteByLetter({ ...wish, email, ownsFirm }, by));
  }

  private async inviteByLetter(
    wish: { email: string; label: string; employerId: string; language: Language; ownsFirm: boolean },
    by: Pick<Actor, 'id' | 'role'>,
  ): Promise<void> {
    const known = await this.byEmail(wish.email);
    if (known === null) {
      const id = await this.create({ ...wish, role: 'employer', regionCode: null }, by);
      // A centre said at this moment that whoever invites does not work there, and knew nothing of this account.
      if (by.role === 'employer' && !(await this.ownsFirm(by.id))) return this.delete(id, by);
      await this.authLibrary.sendLink(id, 'invitation', await this.authLibrary.passwordToken(id, INVITATION_SECONDS));
    } else if (known.disabledAt === null && (await this.limits.mayGetLetter('already_registered', wish.email))) {
      const link = this.messages.signInLink(known.language);
      await this.messages.sendLetter({ to: wish.email, ...known }, 'already_registered', link);
    }
  }

  /** True for the account that a firm's others are invited by, unless it is shut out. */
  async ownsFirm(id: string): Promise<boolean> {
    return (
      (await this.database.rows('select 1 from auth_user where id = $1 and firm_owner and disabled_at is null', [id]))
        .length > 0
    );
  }

  /**
   * Registers somebody who comes by themselves and acts for a firm, as its owner. `firm` finds or makes it, and answers null
   * when it is not to be had by registering; `isStillToBeHad` says it again once the account is there. Whoever asks gets the same answer at the same speed, whatever is known of the
   * address and the firm; the letter says the rest. Errors: `auth.email_invalid` (422), `auth.too_many` (429),
   * `auth.mail_unavailable` (503).
   */
  async signUp(wish: SignUp, visitor: Visitor, firm: FirmToBeHad): Promise<void> {
    const email = mailAddress(wish.email);
    this.authLibrary.refuseWithoutMail();
    const ours = pairOf(visitor, email);
    await this.limits.take(['mail_hour', ours], ['mail_day', ours], ['mail_address', visitor.address]);
    this.authLibrary.later(() => this.signUpByLetter({ ...wish, email }, visitor.language, firm));
  }

  private async signUpByLetter(wish: SignUp, language: Language, firm: FirmToBeHad): Promise<void> {
    const outcome = await this.signUpOutcome(wish, language, firm);
    if (typeof outcome === 'object') {
      await this.authLibrary.sendLink(
        outcome.id,
        'sign_up',
        await this.authLibrary.passwordToken(outcome.id, INVITATION_SECONDS),
      );
      return;
    }
    const known = await this.byEmail(wish.email);
    if (known !== null && known.disabledAt !== null) return;
    if (!(await this.limits.mayGetLetter(outcome, wish.email))) return;
    const reader = known ?? { language, synthetic: false };
    const link = this.messages.signInLink(reader.language);
    await this.messages.sendLetter({ to: wish.email, ...reader }, outcome, link);
  }

  /** The new account, or the letter that says why there is none. */
  private async signUpOutcome(
    wish: SignUp,
    language: Language,
    firm: FirmToBeHad,
  ): Promise<{ id: string } | 'already_registered' | 'firm_known'> {
    if ((await this.byEmail(wish.email)) !== null) return 'already_registered';
    const employerId = await firm.find();
    if (employerId === null) return 'firm_known';
    const account = { ...wish, role: 'employer', regionCode: null, employerId, language, ownsFirm: true } as const;
    const newcomer = { id: 'sign-up', role: 'employer' } as const;
    try {
      const id = await this.create(account, newcomer);
      if (await firm.isStillToBeHad(employerId)) return { id };
      // A centre verified the firm at this moment, without this account.
      await this.delete(id, newcomer);
      return 'firm_known';
    } catch (fault) {
      // Another registration came first at the same moment.
      if (fault instanceof Problem && fault.code === 'auth.email_taken') return 'already_registered';
      if (fault instanceof Problem && fault.code === 'auth.firm_owned') return 'firm_known';
      throw fault;
    }
  }

  /**
   * Makes an account without a password. Errors: `auth.email_invalid` (422), `auth.email_taken`, `auth.firm_owned` (409),
   * `auth.region_unknown` (400).
   */
  async create(wish: NewAccount, by: Pick<Actor, 'id' | 'role'> | null): Promise<string> {
    const [id, now] = [newId(), this.clock.now()];
    const { label, role, regionCode, employerId, language, synthetic = false, ownsFirm = false } = wish;
    try {
      await this.database.rows(
        `insert into auth_user (id, label, email, role, region_code, employer_id, language, synthetic, firm_owner, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
        [id, label, mailAddress(wish.email), role, regionCode, employerId, language, synthetic, ownsFirm, now],
      );
    } catch (fault) {
      refuseSecondOwner(fault);
      if (sqlState(fault) === '23505') throw new Problem('auth.email_taken', 409);
      if (sqlState(fault) === '23503') throw new Problem('auth.region_unknown', 400, { region: regionCode });
      throw fault;
    }
    await this.audit(by, { id, regionCode, action: 'create', from: null, to: 'active', details: { role } });
    return id;
  }

  /** The account of an address; null when there is none. For services, never for an answer. */
  async byEmail(email: string): Promise<Account | null> {
    const found = await this.database.rows<Account>(
      `select ${ACCOUNT_COLUMNS} from auth_user where email = $1 and role <> 'migrant'`,
      [mailAddress(email)],
    );
    return found[0] ?? null;
  }

  /** Who acts for a firm. Who registered and never confirmed the address is forgotten with the link's end. */
  ofEmployer(employerId: string): Promise<Account[]> {
    return this.ofEmployers([employerId]);
  }

  /** Who acts for the firm of somebody, for that one to see. */
  async colleagues(actor: Actor): Promise<Account[]> {
    return this.ofEmployers([actor.employerId ?? ''].filter(Boolean), actor);
  }

  /** Who acts for any of these firms; `reader`: for whom it is read, null: for a service. */
  async ofEmployers(employerIds: readonly string[], reader: Actor | null = null): Promise<Account[]> {
    const since = new Date(this.clock.now().getTime() - INVITATION_SECONDS * 1_000);
    await this.database.rows(
      'delete from auth_user where employer_id = any($1) and not email_verified and not synthetic and created_at < $2',
      [employerIds, since],
    );
    return this.seen<Account>(
      reader && scopeOf(reader),
      `select ${ACCOUNT_COLUMNS} from auth_user where employer_id = any($1) and disabled_at is null order by id`,
      [employerIds],
    );
  }

  /** Shuts accounts of a firm out and ends their sessions; whoever asks writes the audit lines with what they belong to. */
  async disableOfEmployer(employerId: string, ids: readonly string[]): Promise<void> {
    await this.database.rows(
      'update auth_user set disabled_at = $3, updated_at = $3 where employer_id = $1 and id = any($2) and disabled_at is null',
      [employerId, ids, this.clock.now()],
    );
    await this.database.rows(
      'delete from auth_session s using auth_user u where u.id = s.user_id and u.employer_id = $1 and u.id = any($2)',
      [employerId, ids],
    );
  }

  /** Accounts of staff and employers, the newest first; a supervisor's own region only. Migrants are never listed. */
  async list(by: By | null): Promise<Account[]> {
    const region = by !== null && reach(by, 'accounts.read') === 'own region' ? by.regionCode : null;
    return this.seen<Account>(
      scopeOfStaff(by),
      `select ${ACCOUNT_COLUMNS} from auth_user
        where role <> 'migrant' and ($1::text is null or region_code = $1) order by created_at desc, id desc`,
      [region],
    );
  }

  /** Officers and supervisors of a region who are not shut out. For services, never for an answer. */
  async ofCentre(regionCode: string): Promise<Account[]> {
    return this.database.rows<Account>(
      `select ${ACCOUNT_COLUMNS} from auth_user
        where region_code = $1 and role in ('officer', 'supervisor') and disabled_at is null order by created_at desc, id desc`,
      [regionCode],
    );
  }

  /**
   * Shuts an account out and ends its sessions at once; a second time changes nothing. Errors: `auth.account_unknown`
   * (404; a supervisor's answer for other regions too), `auth.own_account` (409).
   */
  async disable(id: string, by: By | null): Promise<void> {
    const account = await this.within(id, by);
    if (by?.id === id) throw new Problem('auth.own_account', 409);
    if (account.disabledAt !== null) return;
    await this.database.rows('update auth_user set disabled_at = $2, updated_at = $2 where id = $1', [
      id,
      this.clock.now(),
    ]);
    await this.endSessions(id);
    await this.audit(by, { id, regionCode: account.regionCode, action: 'disable', from: 'active', to: 'disabled' });
  }

  /**
   * Gives a shut-out account back; its password and second factor are as they were. Errors: `auth.account_unknown` (404),
   * `auth.firm_owned` (409: the firm has another owner by now).
   */
  async enable(id: string, by: By | null): Promise<void> {
    const account = await this.within(id, by);
    if (account.disabledAt === null) return;
    await this.database
      .rows('update auth_user set disabled_at = null, updated_at = $2 where id = $1', [id, this.clock.now()])
      .catch((fault: unknown) => {
        refuseSecondOwner(fault);
        throw fault;
      });
    await this.audit(by, { id, regionCode: account.regionCode, action: 'enable', from: 'disabled', to: 'active' });
  }

  /** Another role or region: every session of the account ends, so that none keeps the former rights. Errors as `invite`. */
  async change(id: string, to: { role: StaffRole; regionCode: string | null }, by: By | null): Promise<void> {
    const account = await this.within(id, by);
    refuseMisfit(to, to.regionCode);
    if (by !== null) refuseBeyond(by, 'accounts.invite', to.role, to.regionCode);
    if (!STAFF_ROLES.some((role) => role === account.role))
      throw new Problem('auth.forbidden', 403, { role: account.role });
    await this.database.rows('update auth_user set role = $2, region_code = $3, updated_at = $4 where id = $1', [
      id,
      to.role,
      to.regionCode,
      this.clock.now(),
    ]);
    await this.endSessions(id);
    const details = { fromRegion: account.regionCode, toRegion: to.regionCode };
    await this.audit(by, { id, regionCode: to.regionCode, action: 'change', from: account.role, to: to.role, details });
  }

  /** One account of the register. Error: `auth.account_unknown` (404; a supervisor's answer for other regions too). */
  one(id: string, by: By): Promise<Account> {
    return this.within(id, by);
  }

  /** Ends every session of an account: a device was lost, or somebody else may know the password. Error: `auth.account_unknown`. */
  async signOutEverywhere(id: string, by: By): Promise<void> {
    const account = await this.within(id, by);
    await this.endSessions(id);
    await this.audit(by, { id, regionCode: account.regionCode, action: 'sign_out', from: null, to: null });
  }

  /**
   * The app and the written codes are lost: the next sign-in enrols anew. Ends every session. `reason` stands in the audit
   * log: whoever resets must have made sure of the person. Error: `auth.account_unknown`.
   */
  async resetSecondFactor(id: string, by: By | null, reason: string | null = null): Promise<void> {
    const account = await this.within(id, by);
    await this.database.rows('delete from auth_two_factor where user_id = $1', [id]);
    await this.database.rows('update auth_user set two_factor_enabled = false where id = $1', [id]);
    await this.endSessions(id);
    await this.audit(by, {
      id,
      regionCode: account.regionCode,
      action: 'reset_second_factor',
      from: null,
      to: null,
      reason,
    });
  }

  /** The account of a household, for whoever erases it; null when it was registered by somebody else's program. */
  async idOfHousehold(householdId: string): Promise<string | null> {
    const found = await this.database.rows<{ id: string }>('select id from auth_user where household_id = $1', [
      householdId,
    ]);
    return found[0]?.id ?? null;
  }

  /**
   * Deletes an account of no region with its sessions, password and second factor. A migrant's household is erased by its own
   * service; the audit log keeps the id. A second time changes nothing. `erased`: an erased household's alone, for its holder may have
   * signed in again meanwhile and registered another with the same account.
   */
  async delete(id: string, by: Pick<Actor, 'id' | 'role'>, erased?: string): Promise<void> {
    const gone = await this.database.rows(
      `delete from auth_user where id = $1 and ($2::uuid is null or household_id is null or household_id = $2) returning id`,
      [id, erased ?? null],
    );
    if (gone.length === 0) return;
    await this.audit(by, { id, regionCode: null, action: 'delete', from: 'active', to: null });
  }

  private async within(id: string, by: By | null): Promise<Account> {
    const [account] = await this.seen<Account>(
      scopeOfStaff(by),
      `select ${ACCOUNT_COLUMNS} from auth_user where id = $1 and role <> 'migrant'`,
      [id],
    );
    const kept = by !== null && reach(by, 'accounts.disable') === 'own region' && account?.regionCode !== by.regionCode;
    if (account === undefined || kept) throw new Problem('auth.account_unknown', 404);
    return account;
  }

  /** Reads as the database shows it to somebody; null: to the program. */
  private seen<Row extends object>(scope: ActorScope | null, text: string, parameters: unknown[]): Promise<Row[]> {
    return scope === null
      ? this.database.rows<Row>(text, parameters)
      : this.database.rowsFor<Row>(scope, text, parameters);
  }

  private async endSessions(id: string): Promise<void> {
    await this.database.rows('delete from auth_session where user_id = $1', [id]);
  }

  /** The log stands in the program's own tables; an account may be made by one who is nobody yet. */
  private async audit(
    by: Pick<Actor, 'id' | 'role'> | null,
    line: Pick<Parameters<typeof recordAudit>[1], 'regionCode' | 'action' | 'from' | 'to' | 'reason' | 'details'> & {
      id: string;
    },
  ): Promise<void> {
    const { id, ...rest } = line;
    const actor = by ?? { id: 'command-line', role: 'system' };
    await asSystem(() =>
      inTransaction(this.dataSource, (tx) =>
        recordAudit(tx, { ...rest, at: this.clock.now(), actor, subject: 'account', subjectId: id }),
      ),
    );
  }
}

/** Null: the command line. */
const scopeOfStaff = (by: By | null): ActorScope | null => by && scopeOf({ ...by, employerId: null });

/** Throws `auth.firm_owned` (409) when the database refused a firm's second owner. */
function refuseSecondOwner(fault: unknown): void {
  const { constraint } = fault as { constraint?: unknown };
  if (constraint === 'auth_user_firm_owner') throw new Problem('auth.firm_owned', 409);
}

function refuseMisfit({ role }: { role: StaffRole }, regionCode: string | null): void {
  if (!STAFF_ROLES.includes(role)) throw new Problem('auth.role_unknown', 400, { role });
  const ofRegion = OF_A_REGION.includes(role);
  if (ofRegion && regionCode === null) throw new Problem('auth.region_required', 400, { role });
  if (!ofRegion && regionCode !== null) throw new Problem('auth.region_not_allowed', 400, { role });
}

/** A supervisor gives away no more than the own region. */
function refuseBeyond(by: By, permission: 'accounts.invite', role: StaffRole, regionCode: string | null): void {
  const far = reach(by, permission);
  if (far === 'all') return;
  if (far !== 'own region' || !OF_A_REGION.includes(role)) throw new Problem('auth.forbidden', 403, { role: by.role });
  if (regionCode !== by.regionCode) throw new Problem('auth.region_forbidden', 403);
}
