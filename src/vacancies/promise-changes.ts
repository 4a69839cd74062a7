/**
 * How far the promised minimum pay may fall before people who were proposed the vacancy are told: 5 %. Less is what
 * rounding, or restating gross as net of the 2 % health contribution, makes; a household moves on far larger differences.
 */
export const PAY_TOLERANCE = 0.05;

/**
 * SQL: rows `(change, details)` for a vacancy that was open, out of its row before (`o`) and after (`n`). A closed vacancy
 * breaks every promise at once, so it says only that. `moved` needs a district on both sides, or another region: a district
 * that became unknown is no move. An occupation that is read otherwise is another job for whoever was proposed it. A minimum that is no longer stated counts as reduced, housing that is no longer offered
 * as lost.
 */
export function brokenPromises(o: string, n: string): string {
  const housingRank = (row: string): string =>
    `case ${row}.housing when 'provided' then 2 when 'help' then 1 else 0 end`;
  return `
    select change, details from (values
      ('closed', ${n}.status = 'closed', jsonb_build_object('reason', ${n}.closed_reason)),
      ('pay_reduced', ${n}.status = 'open'
        and coalesce(${n}.pay_min_tenge, 0) < ${o}.pay_min_tenge * (1 - ${PAY_TOLERANCE}),
        jsonb_build_object('from', ${o}.pay_min_tenge, 'to', ${n}.pay_min_tenge)),
      ('housing_lost', ${n}.status = 'open' and ${housingRank(n)} < ${housingRank(o)},
        jsonb_build_object('from', ${o}.housing, 'to', ${n}.housing)),
      ('employment_worsened', ${n}.status = 'open' and ${o}.employment = 'permanent'
        and ${n}.employment is distinct from 'permanent',
        jsonb_build_object('from', ${o}.employment, 'to', ${n}.employment)),
      ('occupation_changed', ${n}.status = 'open' and ${o}.isco is not null and ${n}.isco is distinct from ${o}.isco,
        jsonb_build_object('from', ${o}.isco, 'to', ${n}.isco)),
      ('moved', ${n}.status = 'open'
        and (${n}.region_code <> ${o}.region_code or ${n}.district_kato <> ${o}.district_kato),
        jsonb_build_object('from', coalesce(${o}.district_kato, ${o}.region_code), 'to', coalesce(${n}.district_kato, ${n}.region_code)))
    ) promise (change, broken, details)
    where ${o}.status = 'open' and broken`;
}
