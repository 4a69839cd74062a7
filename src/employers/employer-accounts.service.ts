import { Injectable } from '@nestjs/common';
import { AccountRegister } from '../auth/account-register.service.js';
import type { Account } from '../auth/account.js';
import type { Visitor } from '../auth/visitor.js';
import { asSystem } from '../database/scope.js';
import type { Language } from '../i18n/language.js';
import type { Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { readEmployerName } from './employer-name.js';
import { EmployersService, refuseWrongBin } from './employers.service.js';

/** What a firm says of itself to get an account. */
export interface EmployerSignUp {
  email: string;
  /** Twelve digits with a right check digit. */
  bin: string;
  name: string;
}

/** Who is to act for a firm. */
export interface FirmInvitation {
  email: string;
  /** What lists and the audit log call the person. */
  label: string;
  /** Of the letter. */
  language: Language;
}

/** Who registers is nobody yet. */
const NEWCOMER = { id: 'sign-up', role: 'employer' } as const;

/** How firms come to their accounts: by themselves; a centre checks them before people are sent to them. */
@Injectable()
export class EmployerAccountsService {
  constructor(
    private readonly employers: EmployersService,
    private readonly accounts: AccountRegister,
  ) {}

  /**
   * Registers a firm and sends a link by which its password is set. A BIN is public: a firm that a centre has verified, or that
   * has an account, is not handed to whoever knows it. Errors: the BIN's check (`bin.…`), `employer.name_invalid`,
   * `auth.email_invalid` (422), `auth.too_many` (429), `auth.mail_unavailable` (503). An address that has an account, and a
   * firm that is not to be had so, are no errors: the answer is the same, and a letter says so to whoever reads the address.
   */
  async signUp({ email, bin: writtenBin, name }: EmployerSignUp, visitor: Visitor): Promise<void> {
    const bin = refuseWrongBin(writtenBin);
    if (readEmployerName(name).normalised === '')
      throw new Problem('employer.name_invalid', 422, {}, [{ field: 'name', code: 'employer.name_invalid' }]);
    // A newcomer may see and write nothing of firms; what is looked up here does not leave this use case.
    await this.accounts.signUp({ email, label: name.trim().slice(0, 120) }, visitor, {
      find: () => asSystem(() => this.firm(bin, name)),
      isStillToBeHad: (id) => asSystem(() => this.employers.isUnverified(id)),
    });
  }

  /** Who acts for the actor's firm, and whether the actor may invite more. */
  async colleagues(actor: Actor): Promise<{ accounts: Account[]; mayInvite: boolean }> {
    const [accounts, mayInvite] = await Promise.all([
      this.accounts.colleagues(actor),
      this.accounts.ownsFirm(actor.id),
    ]);
    return { accounts, mayInvite };
  }

  /** The owner of a firm's account invites a colleague. Errors: `employer.owner_only` (403) and those of `inviteToFirm`. */
  async inviteColleague(actor: Actor, wish: FirmInvitation): Promise<void> {
    if (actor.employerId === null || !(await this.accounts.ownsFirm(actor.id)))
      throw new Problem('employer.owner_only', 403);
    await this.accounts.inviteToFirm({ ...wish, employerId: actor.employerId }, actor);
  }

  /**
   * A centre invites somebody of a firm that it knows: a firm that is verified, and so not handed to whoever registers its BIN.
   * Errors: the BIN's check, `employer.bin_unknown`, `employer.not_verified` (422, both at `bin`), `auth.region_forbidden` (403)
   * for a firm without a vacancy in the centre's region, and those of `inviteToFirm`.
   */
  async inviteByCentre(actor: Actor, { bin: written, ...wish }: FirmInvitation & { bin: string }): Promise<void> {
    const employerId = await this.employers.verifiedWithin(actor, refuseWrongBin(written));
    await this.accounts.inviteToFirm({ ...wish, employerId }, actor);
  }

  /** Null: not to be had by registering. */
  private async firm(bin: string, name: string): Promise<string | null> {
    const { id, verifiedAt } = await this.employers.register(NEWCOMER, { bin, name });
    return verifiedAt !== null || (await this.accounts.ofEmployer(id)).length > 0 ? null : id;
  }
}
