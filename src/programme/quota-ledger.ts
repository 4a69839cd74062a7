import type { EntityManager } from 'typeorm';
import { type Sql, firstRow, rows } from '../database/sql.js';
import { isTaken } from '../database/transaction.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { type Quota, type QuotaCategory, quotaOn } from './programme.queries.js';

/**
 * The ledger of the quotas, in persons. Everything here runs in the caller's transaction, as the program itself
 * (`asSystemWithin`), after `openBalance` has locked the region's rows: whoever needs several regions opens them in the order
 * of their codes, and before any application. The entries of a balance add up to it; a CHECK keeps it from being overdrawn.
 */

export interface QuotaKey {
  regionCode: string;
  category: QuotaCategory;
}

/** A region's quota of a year as the ledger has it. */
export interface QuotaBalance extends QuotaKey {
  year: number;
  /** Persons of the revision that counts; 0 where the region has no quota this year (`none`). */
  persons: number;
  /** False where no written source gave the revision in force. */
  verified: boolean;
  reserved: number;
  taken: number;
  /** Below zero while a published revision is smaller than what is given: then nobody gets a place until enough have gone. */
  left: number;
  none: boolean;
  /** A published revision that cannot count because more is given already; null: the published one counts. */
  refusedPersons: number | null;
}

/** Who does it and when. */
export interface LedgerHand {
  actor: string;
  at: Date;
}

const sameKey = `region_code = $1 and category = $2`;

/**
 * Locks all balances of a region and category until the transaction ends, makes the present year's where there is none, and
 * brings it up to the revision in force today. A revision below what is reserved and taken is not applied, but told.
 */
export async function openBalance(
  tx: EntityManager,
  key: QuotaKey,
  today: string,
  hand: LedgerHand,
): Promise<QuotaBalance> {
  const { regionCode, category } = key;
  const year = Number(today.slice(0, 4));
  await tx.query(`insert into quota_balance (region_code, category, year) values ($1, $2, $3) on conflict do nothing`, [
    regionCode,
    category,
    year,
  ]);
  const held = await rows<{ year: number; persons: number; reserved: number; taken: number }>(
    tx,
    `select year, persons, reserved, taken from quota_balance where ${sameKey} order by year for update`,
    [regionCode, category],
  );
  const found = held.find((row) => row.year === year)!;
  const published = await quotaOn(tx, regionCode, today, category);
  const wished = published?.persons ?? 0;
  const given = found.reserved + found.taken;
  const applies = wished >= given;
  if (applies && wished !== found.persons) {
    await write(
      tx,
      { ...key, year },
      { entry: 'revise', persons: wished - found.persons, reason: orderOf(published) },
      hand,
    );
  }
  const persons = applies ? wished : found.persons;
  return {
    ...key,
    year,
    persons,
    verified: published?.verified ?? true,
    reserved: found.reserved,
    taken: found.taken,
    // By what is published, also while it cannot count: the places given stay given, and no further one is.
    left: wished - given,
    none: published === undefined && given === 0,
    refusedPersons: applies ? null : wished,
  };
}

/** The revision that an entry follows: its day and its order; null: the region has none any more. */
const orderOf = (quota: Quota | undefined): string | null =>
  quota === undefined ? null : `${quota.validFrom}: ${quota.source}`;

export interface NewReservation {
  applicationId: string;
  householdId: string;
  persons: number;
}

/**
 * Reserves places for a household in a balance that the caller has opened, and keeps `balance` true; answers false, and changes
 * nothing, where fewer are left. Error: `application.reserved_elsewhere` (409) when the household holds places already.
 */
export async function reservePlaces(
  tx: EntityManager,
  balance: QuotaBalance,
  { applicationId, householdId, persons }: NewReservation,
  hand: LedgerHand,
): Promise<boolean> {
  if (persons > balance.left) return false;
  const { regionCode, category, year } = balance;
  const id = newId();
  try {
    await tx.query(
      `insert into quota_reservation (id, application_id, household_id, year, region_code, category, persons, state, reserved_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'reserved', $8)`,
      [id, applicationId, householdId, year, regionCode, category, persons, hand.at],
    );
  } catch (error) {
    if (isTaken(error, 'quota_reservation_live')) throw new Problem('application.reserved_elsewhere', 409);
    throw error;
  }
  await write(tx, balance, { entry: 'reserve', reservationId: id, reserved: persons }, hand);
  balance.reserved += persons;
  balance.left -= persons;
  return true;
}

/**
 * Makes the places reserved for an application as many as its household has become, in a balance that the caller has opened and that
 * is kept true. False, and nothing is changed, where it holds none, or where it has grown and the quota that they are of has no place
 * left for that.
 */
export async function resizePlaces(
  tx: EntityManager,
  balance: QuotaBalance,
  applicationId: string,
  persons: number,
  hand: LedgerHand,
): Promise<boolean> {
  const held = await firstRow<EndedReservation>(
    tx,
    `select id, year, region_code as "regionCode", category, persons from quota_reservation
     where application_id = $1 and state = 'reserved' for update`,
    [applicationId],
  );
  if (held === undefined) return false;
  const more = persons - held.persons;
  if (more === 0) return true;
  const ofThisYear = held.year === balance.year;
  if (more > 0 && (!ofThisYear || more > balance.left)) return false;
  await tx.query('update quota_reservation set persons = $2 where id = $1', [held.id, persons]);
  await write(tx, held, { entry: more > 0 ? 'reserve' : 'release', reservationId: held.id, reserved: more }, hand);
  if (ofThisYear) {
    balance.reserved += more;
    balance.left -= more;
  }
  return true;
}

/** The household has come: its reserved places are taken for good. False: it had none reserved. */
export async function takePlaces(tx: EntityManager, applicationId: string, hand: LedgerHand): Promise<boolean> {
  const ended = await endReservation(tx, applicationId, 'taken', hand.at);
  if (ended === undefined) return false;
  const { id, persons } = ended;
  await write(tx, ended, { entry: 'take', reservationId: id, reserved: -persons, taken: persons }, hand);
  return true;
}

/**
 * Gives the places reserved for an application back; false: it had none. `balance`, opened by the caller, is kept true. Places of
 * an earlier year's quota go back to that year and to nobody else.
 */
export async function releasePlaces(
  tx: EntityManager,
  balance: QuotaBalance,
  applicationId: string,
  reason: string | null,
  hand: LedgerHand,
): Promise<boolean> {
  const ended = await endReservation(tx, applicationId, 'released', hand.at);
  if (ended === undefined) return false;
  const { id, persons, year } = ended;
  await write(tx, ended, { entry: 'release', reservationId: id, reserved: -persons, reason }, hand);
  if (year === balance.year) {
    balance.reserved -= persons;
    balance.left += persons;
  }
  return true;
}

type EndedReservation = QuotaKey & { id: string; year: number; persons: number };

async function endReservation(
  tx: EntityManager,
  applicationId: string,
  state: 'taken' | 'released',
  at: Date,
): Promise<EndedReservation | undefined> {
  // TypeORM answers [rows, count] for changes.
  const [ended] = await tx.query<[EndedReservation[], number]>(
    `update quota_reservation set state = $2, ended_at = $3 where application_id = $1 and state = 'reserved'
     returning id, year, region_code as "regionCode", category, persons`,
    [applicationId, state, at],
  );
  return ended[0];
}

interface Entry {
  entry: 'revise' | 'reserve' | 'take' | 'release';
  reservationId?: string;
  persons?: number;
  reserved?: number;
  taken?: number;
  reason?: string | null;
}

/** One entry and the same change of the balance: the only statement that writes either. */
async function write(
  tx: EntityManager,
  { regionCode, category, year }: QuotaKey & { year: number },
  { entry, reservationId = undefined, persons = 0, reserved = 0, taken = 0, reason = null }: Entry,
  { actor, at }: LedgerHand,
): Promise<void> {
  await tx.query(
    `with entry as (
       insert into quota_ledger (id, at, year, region_code, category, entry, reservation_id, persons_change, reserved_change,
         taken_change, reason, actor)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     )
     update quota_balance set persons = persons + $8, reserved = reserved + $9, taken = taken + $10
     where year = $3 and region_code = $4 and category = $5`,
    [newId(), at, year, regionCode, category, entry, reservationId ?? null, persons, reserved, taken, reason, actor],
  );
}

/** What the ledger holds of a region, category and year, without locking it; nothing was ever reserved: zeros. */
export async function ledgerNumbers(
  sql: Sql,
  { regionCode, category }: QuotaKey,
  year: number,
): Promise<{ reserved: number; taken: number }> {
  const found = await firstRow<{ reserved: number; taken: number }>(
    sql,
    `select reserved, taken from quota_balance where ${sameKey} and year = $3`,
    [regionCode, category, year],
  );
  return found ?? { reserved: 0, taken: 0 };
}

/** A published quota that is smaller than what is given of it. */
export interface TooSmallQuota extends QuotaKey {
  year: number;
  persons: number;
  reserved: number;
  taken: number;
}

/** Quotas in force on a day below what is reserved and taken: the ledger does not follow them, and gives no further place (`openBalance`). */
export async function quotasBelowGiven(tx: Sql, today: string): Promise<TooSmallQuota[]> {
  const year = Number(today.slice(0, 4));
  const given = await rows<QuotaKey & { reserved: number; taken: number }>(
    tx,
    `select region_code as "regionCode", category, reserved, taken from quota_balance
     where year = $1 and reserved + taken > 0 order by region_code, category`,
    [year],
  );
  const found: TooSmallQuota[] = [];
  for (const balance of given) {
    const persons = (await quotaOn(tx, balance.regionCode, today, balance.category))?.persons ?? 0;
    if (persons < balance.reserved + balance.taken) found.push({ ...balance, year, persons });
  }
  return found;
}

/** Error: `quota.below_given` (409) with the numbers, when a quota would be smaller than what is given of it. */
export function refuseRevision({ regionCode, category, year, persons, reserved, taken }: TooSmallQuota): void {
  const given = reserved + taken;
  if (persons < given) {
    throw new Problem('quota.below_given', 409, { regionCode, category, year, persons, given, reserved, taken });
  }
}
