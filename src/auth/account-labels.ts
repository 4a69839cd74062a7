import { Injectable } from '@nestjs/common';
import { isUuid } from '../shared/ids.js';
import { AuthDatabase } from './auth-database.js';

/**
 * What lists and the audit log call the people behind account ids. Accounts lie where no other part of the program can
 * read them, so that a query cannot join them; only the labels of staff and firms come out here, never a migrant's.
 */
@Injectable()
export class AccountLabels {
  constructor(private readonly database: AuthDatabase) {}

  /** Labels by account id; what is no account's id is left out. */
  async of(ids: Iterable<string | null>): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)].filter((id): id is string => id !== null && isUuid(id));
    if (wanted.length === 0) return new Map();
    const found = await this.database.rows<{ id: string; label: string }>(
      `select id, label from auth_user where id = any($1::uuid[]) and role <> 'migrant'`,
      [wanted],
    );
    return new Map(found.map(({ id, label }) => [id, label]));
  }
}
