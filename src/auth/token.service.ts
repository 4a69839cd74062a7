import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, LessThan } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { type Actor, OF_A_REGION, TOKEN_ROLES, type TokenRole } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { isUuid, newId } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import type { PageQuery } from '../shared/page-query.js';
import { Problem } from '../shared/problem.js';
import { ApiToken } from './api-token.entity.js';
import { formToken, hashToken } from './token.js';

/** What a new token is to be. Officers and supervisors need a region, employers their firm, the others neither. */
export interface TokenWish {
  role: TokenRole;
  label: string;
  regionCode?: string | null;
  employerId?: string | null;
  /** Null: until it is revoked. */
  expiresAt?: Date | null;
}

/** A token as lists show it: never the token itself, nor its hash. */
export type TokenSummary = Omit<ApiToken, 'hash'>;

/** `last_used_at` says the day and hour roughly; it is not written on every request. */
const LAST_USED_STEP_MS = 10 * 60_000;

@Injectable()
export class TokenService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a token and answers it; it cannot be shown again. `by` stands in the audit log (the CLI: null).
   * Errors: `auth.role_unknown`, `auth.region_required|not_allowed|unknown`, `auth.employer_required|not_allowed|unknown`,
   * `auth.expiry_in_past`.
   */
  async create(wish: TokenWish, by: Pick<Actor, 'id' | 'role'> | null = null): Promise<{ id: string; token: string }> {
    const now = this.clock.now();
    await this.refuseMisfit(wish, now);
    const token = formToken(randomBytes);
    const id = newId();
    await inTransaction(this.dataSource, async (tx) => {
      await tx.insert(ApiToken, {
        id,
        hash: hashToken(token),
        label: wish.label,
        role: wish.role,
        regionCode: wish.regionCode ?? null,
        employerId: wish.employerId ?? null,
        createdAt: now,
        expiresAt: wish.expiresAt ?? null,
        revokedAt: null,
        lastUsedAt: null,
      });
      await recordAudit(tx, {
        at: now,
        actor: by ?? { id: 'command-line', role: 'system' },
        regionCode: wish.regionCode ?? null,
        subject: 'api_token',
        subjectId: id,
        action: 'create',
        from: null,
        to: 'active',
        details: { role: wish.role },
      });
    });
    return { id, token };
  }

  /** A page of the tokens, the newest first. Error: `page.cursor_invalid`. */
  async page({ limit, cursor }: PageQuery): Promise<Page<TokenSummary>> {
    const [before] = cursor === undefined ? [] : decodeCursor(cursor, 1);
    if (before !== undefined && !isUuid(String(before))) throw new Problem('page.cursor_invalid', 400);
    const where = before === undefined ? {} : { id: LessThan(String(before)) };
    const found = await this.dataSource.manager.find(ApiToken, { where, order: { id: 'DESC' }, take: limit + 1 });
    return toPage(
      found,
      limit,
      ({ id }) => [id],
      ({ hash: _, ...summary }) => summary,
    );
  }

  /** Every token, the newest first. */
  async list(): Promise<TokenSummary[]> {
    const tokens = await this.dataSource.manager.find(ApiToken, { order: { createdAt: 'DESC', id: 'DESC' } });
    return tokens.map(({ hash: _, ...summary }) => summary);
  }

  /** Ends a token at once; a second time changes nothing. Error: `auth.token_not_found`. */
  async revoke(id: string, by: Pick<Actor, 'id' | 'role'> | null = null): Promise<void> {
    const now = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const token = await tx.findOne(ApiToken, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!token) throw new Problem('auth.token_not_found', 404);
      if (token.revokedAt) return;
      await tx.update(ApiToken, { id }, { revokedAt: now });
      await recordAudit(tx, {
        at: now,
        actor: by ?? { id: 'command-line', role: 'system' },
        regionCode: token.regionCode,
        subject: 'api_token',
        subjectId: id,
        action: 'revoke',
        from: 'active',
        to: 'revoked',
      });
    });
  }

  /** Whose token this is. Errors, all 401: `auth.token_invalid`, `auth.token_revoked`, `auth.token_expired`. */
  async authenticate(token: string): Promise<Actor> {
    const now = this.clock.now();
    const found = await this.dataSource.manager.findOneBy(ApiToken, { hash: hashToken(token) });
    if (!found) throw new Problem('auth.token_invalid', 401);
    if (found.revokedAt) throw new Problem('auth.token_revoked', 401);
    if (found.expiresAt && found.expiresAt <= now) throw new Problem('auth.token_expired', 401);
    if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() >= LAST_USED_STEP_MS) {
      await this.dataSource.manager.update(ApiToken, { id: found.id }, { lastUsedAt: now });
    }
    return {
      id: found.id,
      label: found.label,
      role: found.role,
      regionCode: found.regionCode,
      employerId: found.employerId,
      householdId: null,
      via: 'token',
    };
  }

  private async refuseMisfit(wish: TokenWish, now: Date): Promise<void> {
    const { role, regionCode, employerId, expiresAt } = wish;
    if (!TOKEN_ROLES.includes(role)) throw new Problem('auth.role_unknown', 400, { role });
    const ofRegion = OF_A_REGION.includes(role);
    if (ofRegion && !regionCode) throw new Problem('auth.region_required', 400, { role });
    if (!ofRegion && regionCode) throw new Problem('auth.region_not_allowed', 400, { role });
    if (role === 'employer' && !employerId) throw new Problem('auth.employer_required', 400);
    if (role !== 'employer' && employerId) throw new Problem('auth.employer_not_allowed', 400, { role });
    if (expiresAt && expiresAt <= now) throw new Problem('auth.expiry_in_past', 400);
    const sql = this.dataSource;
    if (regionCode && !(await firstRow(sql, 'select 1 from region where code = $1', [regionCode])))
      throw new Problem('auth.region_unknown', 400, { region: regionCode });
    if (employerId && !(await firstRow(sql, 'select 1 from employer where id = $1', [employerId])))
      throw new Problem('auth.employer_unknown', 400);
  }
}
