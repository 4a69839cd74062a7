import type { Sql } from '../database/sql.js';
import { loadOnce } from '../reference/reference-file.js';
import { dateInKazakhstan } from '../shared/clock.js';
import { refuseBelowGiven } from './quota-ledger.js';

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

/** Programme versions with their dated lists, and the quotas with their revisions. Idempotent. Answers the files loaded. Error: `quota.below_given` (409). */
export async function loadProgramme(tx: Sql, at: Date): Promise<string[]> {
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

/** Revisions that an administrator entered stay. Error: `quota.below_given` (409): nothing is loaded. */
export async function loadQuotas(tx: Sql, text: string, at: Date): Promise<void> {
  const { regional } = JSON.parse(text) as { regional: unknown[] };
  await tx.query(`delete from programme_quota where origin = 'file'`);
  await tx.query(
    `insert into programme_quota (year, region_code, category, valid_from, persons, source, verified)
     select year, "regionCode", category, "validFrom", persons, source, verified
     from jsonb_to_recordset($1::jsonb) as q(year smallint, "regionCode" text, category text, "validFrom" date, persons integer,
       source text, verified boolean)
     on conflict do nothing`,
    [JSON.stringify(regional)],
  );
  // The ledger is the program's own, and its owner is held by the policies too.
  await tx.query(`select set_config('qonys.role', 'program', true)`);
  await refuseBelowGiven(tx, dateInKazakhstan(at));
}
