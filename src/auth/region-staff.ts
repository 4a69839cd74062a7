import { Injectable } from '@nestjs/common';
import { type Sql, firstRow } from '../database/sql.js';
import { AuthDatabase } from './auth-database.js';

/** Whether anybody works at a region's desk: what concerns it is answered by somebody else where nobody does. */
@Injectable()
export class RegionStaff {
  constructor(private readonly accounts: AuthDatabase) {}

  /**
   * An officer or supervisor of the region with an account that is not disabled, who has taken up the invitation, or a program with
   * a token of theirs. `sql`: the caller's own, as the program itself.
   */
  async worksAt(sql: Sql, regionCode: string, at: Date): Promise<boolean> {
    const [account] = await this.accounts.rows(
      `select 1 from auth_user where region_code = $1 and disabled_at is null and email_verified limit 1`,
      [regionCode],
    );
    if (account !== undefined) return true;
    const token = await firstRow(
      sql,
      `select 1 from api_token where region_code = $1 and revoked_at is null and (expires_at is null or expires_at > $2) limit 1`,
      [regionCode, at],
    );
    return token !== undefined;
  }
}
