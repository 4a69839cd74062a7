import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { AccountRegister } from '../auth/account-register.service.js';
import type { Account } from '../auth/account.js';
import { inTransaction, sqlState } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { checkBin } from '../shared/identity-number.js';
import { isUuid, newId } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { reach } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { readEmployerName } from './employer-name.js';
import { Employer } from './employer.entity.js';
import { type UncheckedFirm, hasVacancyIn, uncheckedFirms } from './employers.queries.js';

export interface NewEmployer {
  name: string;
  bin?: string;
  activity?: string;
  headcount?: number;
}

/** An unchecked firm with whoever acts for it: a centre says of each whether the person works there. */
export type FirmToVerify = UncheckedFirm & { accounts: Account[] };

/** What a centre found out of a firm's accounts, by their ids; whoever does not work there is shut out. */
export interface FirmPeople {
  worksThere: readonly string[];
  worksNot: readonly string[];
}

@Injectable()
export class EmployersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly accounts: AccountRegister,
  ) {}

  async one(id: string): Promise<Employer> {
    const employer = await this.dataSource.manager.findOneBy(Employer, { id });
    if (employer === null) throw new Problem('employer.not_found', 404);
    return employer;
  }

  /**
   * Registers a firm, so that a token can be made for it. A firm that vacancies brought already is found by its BIN and kept.
   * Refuses a wrong BIN by its check's code and a name that is none as `employer.name_invalid`.
   */
  async register(actor: Pick<Actor, 'id' | 'role'>, wish: NewEmployer): Promise<Employer> {
    const { name: written, bin: writtenBin, activity, headcount } = wish;
    const { name, normalised, legalForm } = readEmployerName(written);
    if (normalised === '')
      throw new Problem('employer.name_invalid', 422, {}, [{ field: 'name', code: 'employer.name_invalid' }]);
    const bin = writtenBin === undefined ? null : refuseWrongBin(writtenBin);
    try {
      return await inTransaction(this.dataSource, async (tx) => {
        const known = bin === null ? null : await tx.findOneBy(Employer, { bin });
        if (known !== null) return known;
        const [id, at] = [newId(), this.clock.now()];
        const employer = tx.create(Employer, {
          id, name, nameNormalised: normalised, legalForm, bin, enbekId: null, activity: activity ?? null,
          headcount: headcount ?? null, verifiedAt: null, synthetic: false, createdAt: at,
        }); // prettier-ignore
        await tx.insert(Employer, employer);
        await recordAudit(tx, {
          at, actor, regionCode: null, subject: 'employer', subjectId: id, action: 'register', from: null, to: 'unverified',
        }); // prettier-ignore
        return employer;
      });
    } catch (fault) {
      // Two registrations of one BIN at the same moment: the second finds the first.
      if (sqlState(fault) === '23505' && bin !== null)
        return this.dataSource.manager.findOneByOrFail(Employer, { bin });
      throw fault;
    }
  }

  /** Firms with open vacancies in a region that no centre has checked; those with posts of their own first. */
  async unchecked(regionCode: string, wish: { cursor?: string; limit: number }): Promise<Page<FirmToVerify>> {
    const after = wish.cursor === undefined ? null : firmKeys(wish.cursor);
    const read = await uncheckedFirms(this.dataSource, regionCode, { after, limit: wish.limit + 1 });
    const accounts = await this.accounts.ofEmployers(read.map(({ id }) => id));
    return toPage(
      read,
      wish.limit,
      ({ rank, nameKey, id }) => [rank, nameKey, id],
      ({ rank: _rank, nameKey: _key, ...firm }) => ({
        ...firm,
        accounts: accounts.filter(({ employerId }) => employerId === firm.id),
      }),
    );
  }

  /** The id of the firm with a BIN. Errors: the BIN's check, `employer.bin_unknown` (422, at `bin`). */
  async idOfBin(written: string): Promise<string> {
    const code = 'employer.bin_unknown';
    const firm = await this.dataSource.manager.findOneBy(Employer, { bin: refuseWrongBin(written) });
    if (firm === null) throw new Problem(code, 422, {}, [{ field: 'bin', code }]);
    return firm.id;
  }

  /**
   * The id of a verified firm, for a centre of a region where it has a vacancy. Errors: `employer.bin_unknown`,
   * `employer.not_verified` (422, at `bin`), `auth.region_forbidden` (403).
   */
  async verifiedWithin(actor: Actor, bin: string): Promise<string> {
    const refuse = (code: string): Problem => new Problem(code, 422, {}, [{ field: 'bin', code }]);
    const firm = await this.dataSource.manager.findOneBy(Employer, { bin });
    if (firm === null) throw refuse('employer.bin_unknown');
    const isWithin = await hasVacancyIn(this.dataSource, firm.id, actor.regionCode);
    if (reach(actor, 'employers.invite') !== 'all' && !isWithin) throw new Problem('auth.region_forbidden', 403);
    if (firm.verifiedAt === null) throw refuse('employer.not_verified');
    return firm.id;
  }

  /** False once a centre has verified the firm; waits for one that is just doing so. */
  async isUnverified(id: string): Promise<boolean> {
    return inTransaction(this.dataSource, async (tx) => {
      const firm = await tx.findOne(Employer, { where: { id }, lock: { mode: 'pessimistic_read' } });
      return firm !== null && firm.verifiedAt === null;
    });
  }

  /**
   * A centre has checked that the firm is who it says: an administrator, or a centre of a region where the firm has a vacancy
   * (`auth.region_forbidden` for any other). BINs are public, so it says of every account that acts for the firm whether the
   * person works there: one that nothing is said of is refused (`employer.account_unanswered`, 422, at the account's id); whoever does not
   * is shut out. A firm that is verified stays as it is; one without a BIN cannot be checked (`employer.bin_missing`, 422).
   */
  async verify(actor: Actor, id: string, { worksThere, worksNot }: FirmPeople): Promise<Employer> {
    // Shutting out commits by itself: where the transaction is run again, these no longer act for the firm, and want their lines still.
    const ended = new Set<string>();
    return inTransaction(this.dataSource, async (tx) => {
      const employer = await tx.findOne(Employer, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (employer === null) throw new Problem('employer.not_found', 404);
      if (reach(actor, 'employers.verify') !== 'all' && !(await hasVacancyIn(tx, id, actor.regionCode)))
        throw new Problem('auth.region_forbidden', 403);
      if (employer.verifiedAt !== null) return employer;
      if (employer.bin === null) throw new Problem('employer.bin_missing', 422);
      const acting = (await this.accounts.ofEmployer(id)).map((account) => account.id);
      const code = 'employer.account_unanswered';
      const open = acting.filter((account) => !worksThere.includes(account) && !worksNot.includes(account));
      if (open.length > 0) {
        const fields = open.map((account) => ({ field: account, code }));
        throw new Problem(code, 422, { accounts: open.length }, fields);
      }
      const verifiedAt = this.clock.now();
      // Accounts are of another role and commit by themselves: first, so that a firm is never verified with a stranger in it.
      for (const account of acting) if (worksNot.includes(account)) ended.add(account);
      await this.accounts.disableOfEmployer(id, [...ended]);
      for (const subjectId of ended) {
        await recordAudit(tx, {
          at: verifiedAt, actor, regionCode: actor.regionCode, subject: 'account', subjectId, action: 'disable',
          from: 'active', to: 'disabled', details: { employerId: id },
        }); // prettier-ignore
      }
      await tx.update(Employer, { id }, { verifiedAt });
      await recordAudit(tx, {
        at: verifiedAt, actor, regionCode: actor.regionCode, subject: 'employer', subjectId: id, action: 'verify',
        from: 'unverified', to: 'verified', details: { accounts: acting.filter((account) => !ended.has(account)) },
      }); // prettier-ignore
      // Its own posts may be proposed to movers from now on.
      const payload = { reason: 'employer_verified' };
      await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload }, verifiedAt);
      return { ...employer, verifiedAt };
    });
  }
}

/** The BIN without spaces. Refuses a wrong one by its check's code (422). */
export function refuseWrongBin(text: string): string {
  const check = checkBin(text);
  if (!check.ok) throw new Problem(check.code, 422, {}, [{ field: 'bin', code: check.code }]);
  return check.bin;
}

/** The sort keys of a page's end. Refuses a cursor that this list did not give. */
function firmKeys(cursor: string): [number, string, string] {
  const [rank, name, id] = decodeCursor(cursor, 3);
  const isRank = rank === 0 || rank === 1;
  if (!isRank || typeof name !== 'string' || typeof id !== 'string' || !isUuid(id)) {
    throw new Problem('page.cursor_invalid', 400);
  }
  return [rank, name, id];
}
