import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { type Sql, firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { calendarDate } from '../programme/programme.service.js';
import { SupportService } from '../programme/support.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import type { NewPaymentDto } from './outcomes.dto.js';
import { SupportPayment } from './support-payment.entity.js';

/** Support that was paid, as the centre of the reception region records it. */
@Injectable()
export class PaymentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly support: SupportService,
  ) {}

  /** Of a household that applied to the actor's region, the latest first. Error: `household.not_found` (404). */
  async ofHousehold(actor: Actor, householdId: string): Promise<SupportPayment[]> {
    await appliedTo(this.dataSource, actor, householdId);
    return this.dataSource.manager.find(SupportPayment, {
      where: { householdId, ...(actor.regionCode !== null && { regionCode: actor.regionCode }) },
      order: { paidOn: 'DESC', id: 'DESC' },
    });
  }

  /**
   * Records a payment. Errors: `household.not_found` (404), `programme.date_invalid` (400), `payment.ahead` (422),
   * `payment.not_in_force` (422: no such measure on that day), `payment.no_decision` (422: no positive decision stands, and the household
   * has not moved), `payment.repeated` (409: the same measure, sum and day stand already).
   */
  async record(actor: Actor, householdId: string, given: NewPaymentDto): Promise<SupportPayment> {
    const paidOn = calendarDate(given.paidOn);
    const at = this.clock.now();
    if (paidOn > dateInKazakhstan(at)) throw new Problem('payment.ahead', 422, { on: paidOn });
    const { measure, tenge } = given;
    const rule = this.support.rules.measures.findLast(({ code, from }) => code === measure && from <= paidOn);
    if (rule === undefined) throw new Problem('payment.not_in_force', 422, { on: paidOn });
    return inTransaction(this.dataSource, async (tx) => {
      const regionCode = await appliedTo(tx, actor, householdId);
      if (!(await isDecidedFor(tx, householdId, regionCode))) throw new Problem('payment.no_decision', 422);
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`payments of ${householdId}`]);
      const same = await tx.find(SupportPayment, { where: { householdId, measure, tenge, paidOn } });
      if (same.some(({ voidedAt }) => voidedAt === null)) throw new Problem('payment.repeated', 409);
      const payment: SupportPayment = {
        id: newId(),
        householdId,
        regionCode,
        measure,
        payee: rule.payee,
        tenge,
        paidOn,
        recordedBy: actor.id,
        recordedAt: at,
        voidedBy: null,
        voidedAt: null,
      };
      await tx.insert(SupportPayment, payment);
      await audit(tx, payment, { actor, action: 'create', from: null, to: 'paid', at });
      return payment;
    });
  }

  /** Takes back what was recorded wrongly; said again, nothing changes. Error: `payment.unknown` (404). */
  async void(actor: Actor, id: string): Promise<void> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const payment = await tx.findOne(SupportPayment, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const seen = payment !== null && (actor.regionCode === null || actor.regionCode === payment.regionCode);
      if (!seen) throw new Problem('payment.unknown', 404);
      if (payment.voidedAt !== null) return;
      await tx.update(SupportPayment, { id }, { voidedBy: actor.id, voidedAt: at });
      await audit(tx, payment, { actor, action: 'void', from: 'paid', to: 'voided', at });
    });
  }
}

/** The region that a household applied to, as the actor sees it. Error: `household.not_found` (404). */
async function appliedTo(sql: Sql, { regionCode }: Actor, householdId: string): Promise<string> {
  const found = await firstRow<{ regionCode: string }>(
    sql,
    `select region_code as "regionCode" from application
     where household_id = $1 and state <> 'interested' and ($2::text is null or region_code = $2)
     order by arrived_on desc nulls last, id desc limit 1`,
    [householdId, regionCode],
  );
  if (found === undefined) throw new Problem('household.not_found', 404);
  return found.regionCode;
}

/** Whether the household has a place in a quota of the region, or has come there: before that nothing is paid. */
async function isDecidedFor(sql: Sql, householdId: string, regionCode: string): Promise<boolean> {
  const found = await firstRow(
    sql,
    `select 1 from application where household_id = $1 and region_code = $2
       and state in ('approved', 'contracted', 'arrived', 'settled', 'returned') limit 1`,
    [householdId, regionCode],
  );
  return found !== undefined;
}

function audit(
  tx: EntityManager,
  { id, regionCode, measure }: SupportPayment,
  line: { actor: Actor; action: 'create' | 'void'; from: string | null; to: string; at: Date },
): Promise<void> {
  return recordAudit(tx, { ...line, regionCode, subject: 'support_payment', subjectId: id, details: { measure } });
}
