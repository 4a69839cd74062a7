import type { EntityManager } from 'typeorm';
import { type AuditRecord, recordAudits } from '../audit/audit.js';
import { type Sql, rows } from '../database/sql.js';
import { loadOnce } from '../reference/reference-file.js';
import { dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { QuotaCategory } from './programme.queries.js';
import { quotasBelowGiven } from './quota-ledger.js';

interface RegionList {
  verified: string[];
  unverified: string[];
}

interface VersionRecord {
  code: string;
  validFrom: string;
  validTo: string | null;
  name: string;
  source: string;
  verified: boolean;
  departure: RegionList;
  reception: RegionList;
}

/** Programme versions with their dated lists, and the quotas with their revisions. Idempotent. Answers the files loaded. */
export async function loadProgramme(tx: EntityManager, at: Date): Promise<string[]> {
  const loaded: string[] = [];
  if (await loadOnce(tx, 'programme/versions.json', at, (text) => loadVersions(tx, text)))
    loaded.push('programme/versions.json');
  if (await loadOnce(tx, 'programme/quotas.json', at, (text) => loadQuotas(tx, text, at)))
    loaded.push('programme/quotas.json');
  return loaded;
}

async function loadVersions(tx: Sql, text: string): Promise<void> {
  const versions = JSON.parse(text) as VersionRecord[];
  const regions = versions.flatMap((version) =>
    (['departure', 'reception'] as const).flatMap((role) => [
      ...version[role].verified.map((region) => ({ version: version.code, region, role, verified: true })),
      ...version[role].unverified.map((region) => ({ version: version.code, region, role, verified: false })),
    ]),
  );
  await tx.query('delete from programme_version');
  await tx.query(
    `insert into programme_version (code, valid_from, valid_to, name, source, verified)
     select code, "validFrom", "validTo", name, source, verified
     from jsonb_to_recordset($1::jsonb) as v(code text, "validFrom" date, "validTo" date, name text, source text, verified boolean)`,
    [text],
  );
  await tx.query(
    `insert into programme_region (version_code, region_code, role, verified)
     select version, region, role, verified
     from jsonb_to_recordset($1::jsonb) as r(version text, region text, role text, verified boolean)`,
    [JSON.stringify(regions)],
  );
}

/**
 * Revisions that an administrator entered stay, also where the file has another number from the same day; and a published quota below
 * what is given counts for nobody until it fits (`openBalance`). Neither keeps the program from starting: both are noted in the audit
 * log, with the numbers.
 */
export async function loadQuotas(tx: EntityManager, text: string, at: Date): Promise<void> {
  const { regional } = JSON.parse(text) as { regional: unknown[] };
  const records = `jsonb_to_recordset($1::jsonb) as q(year smallint, "regionCode" text, category text, "validFrom" date, persons integer,
    source text, verified boolean)`;
  // Quotas and their ledger are the program's own, and the tables' owner is held by the policies too.
  await tx.query(`select set_config('qonys.role', 'program', true)`);
  await tx.query(`delete from programme_quota where origin = 'file'`);
  await tx.query(
    `insert into programme_quota (year, region_code, category, valid_from, persons, source, verified)
     select year, "regionCode", category, "validFrom", persons, source, verified from ${records} on conflict do nothing`,
    [JSON.stringify(regional)],
  );
  const left = await rows<{
    regionCode: string;
    category: QuotaCategory;
    validFrom: string;
    persons: number;
    stands: number;
  }>(
    tx,
    `select q."regionCode", q.category, q."validFrom"::text, q.persons, p.persons as stands
     from ${records} join programme_quota p
       on (p.year, p.region_code, p.category, p.valid_from) = (q.year, q."regionCode", q.category, q."validFrom")
     where p.origin = 'revision' and p.persons <> q.persons order by 1, 2, 3`,
    [JSON.stringify(regional)],
  );
  const tooSmall = await quotasBelowGiven(tx, dateInKazakhstan(at));
  const refused = (regionCode: string, reason: string, details: AuditRecord['details']): AuditRecord => ({
    at,
    actor: { id: 'quotas.json', role: 'system' },
    regionCode,
    subject: 'quota',
    subjectId: newId(),
    action: 'refused_action',
    from: null,
    to: null,
    reason,
    details,
  });
  await recordAudits(tx, [
    ...left.map(({ regionCode, ...details }) => refused(regionCode, 'quota.revision_exists', details)),
    ...tooSmall.map(({ regionCode, ...details }) => refused(regionCode, 'quota.below_given', details)),
  ]);
}
