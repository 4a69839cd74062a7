import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { inTransaction, sqlState } from '../database/transaction.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { checkBin } from '../shared/identity-number.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { readEmployerName } from './employer-name.js';
import { Employer } from './employer.entity.js';

export interface NewEmployer {
  name: string;
  bin?: string;
  activity?: string;
  headcount?: number;
}

@Injectable()
export class EmployersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
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
  async register({ name: written, bin: writtenBin, activity, headcount }: NewEmployer): Promise<Employer> {
    const { name, normalised, legalForm } = readEmployerName(written);
    if (normalised === '')
      throw new Problem('employer.name_invalid', 422, {}, [{ field: 'name', code: 'employer.name_invalid' }]);
    const bin = writtenBin === undefined ? null : refuseWrongBin(writtenBin);
    try {
      return await inTransaction(this.dataSource, async (tx) => {
        const known = bin === null ? null : await tx.findOneBy(Employer, { bin });
        if (known !== null) return known;
        const employer = tx.create(Employer, {
          id: newId(), name, nameNormalised: normalised, legalForm, bin, enbekId: null, activity: activity ?? null,
          headcount: headcount ?? null, verifiedAt: null, synthetic: false, createdAt: this.clock.now(),
        }); // prettier-ignore
        await tx.insert(Employer, employer);
        return employer;
      });
    } catch (fault) {
      // Two registrations of one BIN at the same moment: the second finds the first.
      if (sqlState(fault) === '23505' && bin !== null)
        return this.dataSource.manager.findOneByOrFail(Employer, { bin });
      throw fault;
    }
  }

  /** A centre has checked that the firm is who it says. */
  async verify(id: string): Promise<Employer> {
    const employer = await this.one(id);
    if (employer.verifiedAt !== null) return employer;
    const verifiedAt = this.clock.now();
    await this.dataSource.manager.update(Employer, { id }, { verifiedAt });
    return { ...employer, verifiedAt };
  }
}

function refuseWrongBin(text: string): string {
  const check = checkBin(text);
  if (!check.ok) throw new Problem(check.code, 422, {}, [{ field: 'bin', code: check.code }]);
  return check.bin;
}
