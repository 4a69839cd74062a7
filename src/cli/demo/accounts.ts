import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { type DemoAccount, DemoAccounts } from '../../auth/demo-accounts.js';
import { type Sql, firstRow } from '../../database/sql.js';
import { CLOCK, type Clock } from '../../shared/clock.js';
import { textTable } from '../table.js';

/** The demo's sign-ins: one password for all, and a phone for the migrant. */
export interface DemoSignIns {
  password: string;
  accounts: DemoAccount[];
}

/**
 * The people who move, each at another point of the way: one with an approved match to answer, one whose application is on its way, one
 * who has arrived and is asked how they are. Their numbers are of a plan that is never given out to people of the demo: everything they get
 * ends on this machine.
 */
const MIGRANTS = [
  { phone: '+77010000001', email: 'migrant@migrant.invalid', desk: 'migrant', path: '/my', household: approvedHousehold },
  { phone: '+77010000002', email: 'applicant@migrant.invalid', desk: 'migrant who applied', path: '/my/application', household: applyingHousehold },
  { phone: '+77010000003', email: 'arrived@migrant.invalid', desk: 'migrant who arrived', path: '/my/settling', household: arrivedHousehold },
] as const; // prettier-ignore
const REGION = 'KZ-59';
const OTHER_REGION = 'KZ-55';

const STAFF: readonly DemoAccount[] = [
  { role: 'officer', label: 'Демо: қызметкер, СҚО', email: 'officer@demo.qonys.kz', regionCode: REGION, language: 'kk' },
  { role: 'supervisor', label: 'Демо: жетекші, СҚО', email: 'supervisor@demo.qonys.kz', regionCode: REGION, language: 'kk' },
  { role: 'officer', label: 'Демо: қызметкер, Павлодар', email: 'officer.pavlodar@demo.qonys.kz', regionCode: OTHER_REGION, language: 'ru' },
  { role: 'analyst', label: 'Демо: талдаушы', email: 'analyst@demo.qonys.kz', language: 'ru' },
  { role: 'administrator', label: 'Демо: әкімші', email: 'administrator@demo.qonys.kz', language: 'ru' },
]; // prettier-ignore

/** Makes the demo's accounts where they are missing; the password is made once and kept in the home folder. */
export async function ensureDemoAccounts(services: INestApplicationContext, home: string): Promise<DemoSignIns> {
  const dataSource = services.get(DataSource);
  const password = await keptPassword(home);
  const accounts: DemoAccount[] = [];
  for (const { phone, email, household } of MIGRANTS) {
    const householdId = (await services.get(DemoAccounts).householdOf(email)) ?? (await household(dataSource));
    if (householdId !== null) accounts.push({ role: 'migrant', label: '', email, phone, householdId, language: 'kk' });
  }
  const employerId = await demoEmployer(dataSource, services.get<Clock>(CLOCK).now());
  if (employerId !== null)
    accounts.push({
      role: 'employer',
      label: 'Демо: жұмыс беруші',
      email: 'employer@demo.qonys.kz',
      employerId,
      language: 'ru',
    });
  accounts.push(...STAFF);
  await services.get(DemoAccounts).make(accounts, password);
  return { password, accounts };
}

/** What `npm start` says of them. */
export function signInTable({ password, accounts }: DemoSignIns, url: string): string {
  const desks: Record<string, string> = {
    employer: '/ru/employer',
    officer: '/kk/centre',
    supervisor: '/kk/centre',
    analyst: '/ru/analyst',
    administrator: '/ru/admin',
  };
  const lines = accounts.map(({ role, regionCode, phone, email }) => {
    const migrant = MIGRANTS.find((one) => one.email === email);
    if (migrant !== undefined) return [migrant.desk, `${url}/kk${migrant.path}`, phone ?? ''];
    return [regionCode === undefined ? role : `${role} ${regionCode}`, url + desks[role], email];
  });
  return [
    textTable(['Demo desk', 'Address', 'Sign in as'], lines),
    `Password of all with an e-mail address: ${password}`,
    `SMS codes and codes of the authenticator app: ${url}/kk/demo`,
  ].join('\n');
}

/** A household of the demo whose match a centre of the region has approved and that has not answered: the one with the best score. */
function approvedHousehold(sql: Sql): Promise<string | null> {
  return idOf(
    sql,
    `select p.household_id as id from proposal p join household h on h.id = p.household_id
      where p.status = 'approved' and p.region_code = $1 and h.synthetic and h.erased_at is null
        and not exists (select from application a where a.household_id = h.id)
      order by p.score desc, p.id limit 1`,
    REGION,
  );
}

/** One with a place in the quota that waits for its contract, on time. */
function applyingHousehold(sql: Sql): Promise<string | null> {
  return idOf(
    sql,
    `select a.household_id as id from application a join household h on h.id = a.household_id
      where a.state = 'approved' and a.region_code = $1 and h.synthetic and h.language = 'kk'
      order by a.due_on desc, a.id limit 1`,
    REGION,
  );
}

/** One that was asked how it is and has not answered yet, heard of before. */
function arrivedHousehold(sql: Sql): Promise<string | null> {
  return idOf(
    sql,
    `select f.household_id as id from follow_up f join household h on h.id = f.household_id
      where f.state = 'asked' and f.region_code = $1 and h.synthetic
      order by exists (select from outcome o where o.arrival_id = f.arrival_id) desc, f.due_on desc, f.id limit 1`,
    REGION,
  );
}

async function idOf(sql: Sql, text: string, parameter: string): Promise<string | null> {
  return (await firstRow<{ id: string }>(sql, text, [parameter]))?.id ?? null;
}

/** The demo's firm with most vacancies in the region, checked by its centre. */
async function demoEmployer(sql: Sql, at: Date): Promise<string | null> {
  const found = await firstRow<{ id: string }>(
    sql,
    `select v.employer_id as id from vacancy v join employer e on e.id = v.employer_id
      where v.synthetic and e.synthetic and v.status = 'open' and v.region_code = $1
      group by v.employer_id, e.name order by count(*) desc, e.name limit 1`,
    [REGION],
  );
  if (found === undefined) return null;
  await sql.query('update employer set verified_at = $2 where id = $1 and verified_at is null', [found.id, at]);
  return found.id;
}

async function keptPassword(home: string): Promise<string> {
  const path = join(home, 'demo-accounts.json');
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return (JSON.parse(kept) as { password: string }).password;
  const password = randomBytes(9).toString('base64url');
  await writeFile(path, JSON.stringify({ password }, null, 2), { mode: 0o600 });
  return password;
}
