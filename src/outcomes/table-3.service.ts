import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { type Sql, firstRow, rows } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { insertPeople } from './arrivals.queries.js';
import { addMonths } from './follow-up-dates.js';
import {
  type Counts,
  type CountedTable,
  TABLE_3,
  TABLE_3_SOURCE,
  TOLD_AFTER_MONTHS,
  countedTable,
  madeFamilies,
} from './table-3.js';

/**
 * The seed study's Table 3 out of the ledger of arrivals and outcomes, by counting people. The people behind its counts are made up and
 * entered once, under a source of their own that nothing else counts; the same question counts those who applied here.
 */
@Injectable()
export class Table3Service {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Enters the made-up people of the table unless they are there; answers how many. */
  async enter(): Promise<number> {
    // Rows of no household, which belong to the program.
    return asSystem(() =>
      inTransaction(this.dataSource, async (tx) => {
        await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [TABLE_3_SOURCE]);
        const there = await firstRow(tx, 'select 1 from arrival where source = $1 limit 1', [TABLE_3_SOURCE]);
        if (there !== undefined) return 0;
        let entered = 0;
        for (const row of TABLE_3) entered += await enterRow(tx, row.regionCode, madeFamilies(row), this.clock.now());
        await tx.query('analyze arrival, arrived_person, outcome');
        return entered;
      }),
    );
  }

  /** The table of a source, counted person by person. `application`: who applied here. */
  async count(source: string = TABLE_3_SOURCE): Promise<CountedTable> {
    // Sums of persons by region; no row of anybody is answered.
    return countedTable(await asSystem(() => countPeople(this.dataSource, source)));
  }
}

/** Each person once, by what was last told of them; regions in the order of the paper's table, then by code. */
async function countPeople(sql: Sql, source: string): Promise<Counts[]> {
  const found = await rows<Counts>(
    sql,
    `select r.region_code as "regionCode", count(*)::int as moved, count(last.kind)::int as known,
            count(*) filter (where last.kind = 'returned')::int as returned,
            count(*) filter (where last.kind = 'employed')::int as employed,
            count(*) filter (where last.kind = 'own_business')::int as "ownBusiness",
            count(*) filter (where last.kind = 'active_otherwise')::int as "activeOtherwise"
     from arrival r join arrived_person p on p.arrival_id = r.id
     left join lateral (select o.kind from outcome o where o.person_id = p.id order by o.id desc limit 1) last on true
     where r.source = $1 group by 1`,
    [source],
  );
  const place = ({ regionCode }: Counts): number => {
    const at = TABLE_3.findIndex((row) => row.regionCode === regionCode);
    return at < 0 ? TABLE_3.length : at;
  };
  return found.sort((a, b) => place(a) - place(b) || (a.regionCode < b.regionCode ? -1 : 1));
}

/** Families at once: enough to be quick, little enough to stay small in memory. */
const AT_ONCE = 500;

async function enterRow(
  tx: EntityManager,
  regionCode: string,
  families: ReturnType<typeof madeFamilies>,
  at: Date,
): Promise<number> {
  let entered = 0;
  for (let start = 0; start < families.length; start += AT_ONCE) {
    const chunk = families.slice(start, start + AT_ONCE).map((family) => ({ ...family, id: newId() }));
    await tx.query(
      `insert into arrival (id, source, region_code, arrived_on, synthetic, created_at)
       select a.id, $2, $3, a.arrived_on, true, $4 from jsonb_to_recordset($1::jsonb) as a(id uuid, arrived_on date)`,
      [
        JSON.stringify(chunk.map(({ id, arrivedOn }) => ({ id, arrived_on: arrivedOn }))),
        TABLE_3_SOURCE,
        regionCode,
        at,
      ],
    );
    const people = chunk.flatMap(({ id, arrivedOn, persons }) =>
      persons.map(({ adult, outcome }, i) => ({
        id: newId(),
        arrival_id: id,
        position: i + 1,
        adult,
        outcome,
        arrivedOn,
      })),
    );
    await insertPeople(
      tx,
      people.map(({ outcome: _, arrivedOn: __, ...person }) => ({ ...person, region_code: regionCode })),
    );
    const told = people.filter(({ outcome }) => outcome !== null);
    await tx.query(
      `insert into outcome (id, arrival_id, region_code, person_id, kind, told_on, via, recorded_at, recorded_by)
       select o.id, o.arrival_id, $2, o.person_id, o.kind, o.told_on, 'published', $3, $4
       from jsonb_to_recordset($1::jsonb) as o(id uuid, arrival_id uuid, person_id uuid, kind text, told_on date)`,
      [
        JSON.stringify(
          told.map(({ id, arrival_id, outcome, arrivedOn }) => ({
            id: newId(),
            arrival_id,
            person_id: id,
            kind: outcome,
            told_on: addMonths(arrivedOn, TOLD_AFTER_MONTHS),
          })),
        ),
        regionCode,
        at,
        TABLE_3_SOURCE,
      ],
    );
    entered += people.length;
  }
  return entered;
}
