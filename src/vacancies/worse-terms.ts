/**
 * SQL: rows `(change, details)` for a vacancy that was open, out of its row before (`o`) and after (`n`): every fact that people
 * are promised and that got worse, by however little. Whether a promise is broken by it, `matching/promise.ts` alone judges,
 * against what was promised to whom: many small falls break together what none of them breaks. So each of them is an event.
 *
 * A closed vacancy breaks every promise at once, so it says only that. Of pay either end may be what was promised (the upper one
 * where no lower one is stated). A district that became unknown is no move, another region is one. An occupation that is read
 * otherwise is another job for whoever was proposed it; one without an occupation is proposed to nobody.
 */
export function worseTerms(o: string, n: string): string {
  const housingRank = (row: string): string =>
    `case ${row}.housing when 'provided' then 2 when 'help' then 1 else 0 end`;
  const atMost = (row: string): string => `coalesce(${row}.pay_max_tenge, ${row}.pay_min_tenge)`;
  const fallOf = (before: string, after: string): string => `jsonb_build_object('from', ${before}, 'to', ${after})`;
  return `
    select change, details from (values
      ('closed', ${n}.status = 'closed', jsonb_build_object('reason', ${n}.closed_reason)),
      ('pay_reduced', ${n}.status = 'open'
        and (coalesce(${n}.pay_min_tenge, 0) < ${o}.pay_min_tenge or coalesce(${atMost(n)}, 0) < ${atMost(o)}),
        case when coalesce(${n}.pay_min_tenge, 0) < ${o}.pay_min_tenge
          then ${fallOf(`${o}.pay_min_tenge`, `${n}.pay_min_tenge`)} else ${fallOf(atMost(o), atMost(n))} end),
      ('housing_lost', ${n}.status = 'open' and ${housingRank(n)} < ${housingRank(o)},
        ${fallOf(`${o}.housing`, `${n}.housing`)}),
      ('employment_worsened', ${n}.status = 'open' and ${o}.employment = 'permanent'
        and ${n}.employment is distinct from 'permanent',
        ${fallOf(`${o}.employment`, `${n}.employment`)}),
      ('occupation_changed', ${n}.status = 'open' and ${o}.isco is not null and ${n}.isco is distinct from ${o}.isco,
        ${fallOf(`${o}.isco`, `${n}.isco`)}),
      ('moved', ${n}.status = 'open'
        and (${n}.region_code <> ${o}.region_code
          or ${n}.district_kato is not null and ${n}.district_kato is distinct from ${o}.district_kato),
        ${fallOf(`coalesce(${o}.district_kato, ${o}.region_code)`, `coalesce(${n}.district_kato, ${n}.region_code)`)})
    ) terms (change, worse, details)
    where ${o}.status = 'open' and worse`;
}
