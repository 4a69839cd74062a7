import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { hiddenSums, housingTable, returnTables } from './figure-tables.js';
import { householdsByHousing, returnsByReason } from './figures.queries.js';
import { type Flow, flowsOf } from './flows.js';
import { flowCounts } from './flows.queries.js';

export interface Flows {
  asOf: Date;
  /** Codes of every region that takes settlers in, and of those that did where a proposal still stands. */
  receptions: string[];
  /** A pair of regions that nobody would move or has moved between is left out: all its numbers are 0. */
  flows: Flow[];
}

/** From where to where the service proposes that people move, and where they have, for those who look at all regions. */
@Injectable()
export class FlowsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  async flows(): Promise<Flows> {
    const asOf = this.clock.now();
    const [receiving, ever] = await Promise.all([
      this.programme.receptionRegions(dateInKazakhstan(asOf)),
      this.programme.everReceptionRegions(),
    ]);
    // An analyst sees no household: these are counts by pair of regions, small ones hidden; no row of anybody is answered.
    const [counts, housing, returns] = await asSystem(() =>
      Promise.all([
        flowCounts(this.dataSource, ever),
        householdsByHousing(this.dataSource),
        returnsByReason(this.dataSource),
      ]),
    );
    // The tables of who stayed and who went back, as the pages beside this one show them.
    const regions = [...new Set([...ever, ...[...housing, ...returns].map(({ regionCode }) => regionCode)])].sort();
    const stayed = hiddenSums(housingTable(regions, housing));
    const returned = hiddenSums(returnTables(regions, returns).households);
    const receptions = ever.filter(
      (code) => receiving.includes(code) || counts.some(({ reception }) => reception === code),
    );
    return { asOf, receptions, flows: flowsOf(counts, { stayed, returned }) };
  }
}
