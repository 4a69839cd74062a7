import { Inject, Injectable } from '@nestjs/common';
import { generateRandomString, hashPassword, symmetricEncrypt } from 'better-auth/crypto';
import { CONFIG, type Config } from '../config/config.js';
import type { Language } from '../i18n/language.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { AccountRole } from './account.js';
import { AuthDatabase } from './auth-database.js';

/** An account of the demo, ready to sign in. A migrant has a phone and a household, everyone else an e-mail address. */
export interface DemoAccount {
  role: AccountRole;
  label: string;
  email: string;
  phone?: string;
  regionCode?: string;
  employerId?: string;
  householdId?: string;
  language: Language;
}

const SECRET_LENGTH = 32;

/**
 * Synthetic accounts, made with password and second factor at once, where a person would be invited and enrol. Only in the
 * demo; their TOTP codes stand on the demo's page.
 */
@Injectable()
export class DemoAccounts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: AuthDatabase,
  ) {}

  /** Makes the accounts that are not there yet and gives all of them this password, whatever they had. */
  async make(accounts: readonly DemoAccount[], password: string): Promise<void> {
    if (!this.config.demo) throw new Error('Demo accounts are made in the demo only.');
    // One hash for all: it takes a tenth of a second by design, and their password is one.
    const hash = await hashPassword(password);
    for (const account of accounts) await this.makeOne(account, hash);
  }

  /**
   * Enters people of the demo's past by their addresses, once, and answers their ids in order. Nobody signs in as one: they have no password,
   * and get none.
   */
  async enterPeople(people: readonly DemoAccount[]): Promise<string[]> {
    const ids: string[] = [];
    for (const person of people) ids.push(await this.insert(person));
    return ids;
  }

  /** The household that the account of an address was given at an earlier start; null: none. */
  async householdOf(email: string): Promise<string | null> {
    const [known] = await this.database.rows<{ id: string }>(
      'select household_id as id from auth_user where email = $1',
      [email],
    );
    return known?.id ?? null;
  }

  private async makeOne(account: DemoAccount, hash: string): Promise<void> {
    const id = await this.insert(account);
    if (account.role === 'migrant') return;
    const now = this.clock.now();
    await this.database.rows(
      `insert into auth_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
       values ($1, $2::uuid, ($2::uuid)::text, 'credential', $3, $4, $4)
       on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = excluded.updated_at`,
      [newId(), id, hash, now],
    );
    const key = this.config.authSecret!.toString('base64');
    const [secret, codes] = await Promise.all(
      [generateRandomString(SECRET_LENGTH), '[]'].map((data) => symmetricEncrypt({ key, data })),
    );
    await this.database.rows(
      `insert into auth_two_factor (id, user_id, secret, backup_codes) values ($1, $2, $3, $4) on conflict (user_id) do nothing`,
      [newId(), id, secret, codes],
    );
  }

  private async insert(account: DemoAccount): Promise<string> {
    const { role, label, email, phone = null, regionCode = null, employerId = null, householdId = null } = account;
    const [row] = await this.database.rows<{ id: string }>(
      `insert into auth_user (id, label, email, email_verified, phone_number, phone_number_verified, two_factor_enabled, role,
         region_code, employer_id, household_id, language, synthetic, firm_owner, created_at, updated_at)
       values ($1, $2, $3, true, $4::text, $4::text is not null, $5::text <> 'migrant', $5::text, $6, $7, $8, $9, true, $7::uuid is not null, $10, $10)
       on conflict (email) do update set employer_id = excluded.employer_id,
         household_id = coalesce(auth_user.household_id, excluded.household_id)
       returning id`,
      [newId(), label, email, phone, role, regionCode, employerId, householdId, account.language, this.clock.now()],
    );
    return row!.id;
  }
}
