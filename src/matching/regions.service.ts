import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { fromRoot } from '../config/paths.js';
import { asSystem } from '../database/scope.js';
import { OccupationService } from '../occupations/occupation.service.js';
import type { Quota } from '../programme/programme.queries.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { PlaceService } from '../reference/place.service.js';
import type { RegionStatistic } from '../reference/reference.queries.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { rawTension } from './core/shortage.js';
import {
  type RegionOffer,
  districtOffers,
  latestStatistics,
  openOccupations,
  regionOffers,
  regionSeekers,
  statisticSources,
} from './regions.queries.js';
import { CORRIDORS } from './weights.provider.js';
import type { DocumentedCorridor } from './weights.provider.js';

/** A published count of people who moved. `from` null: from everywhere. */
export interface PublishedArrivals {
  to: string;
  from: string | null;
  /** `enbek` (the programme of 2017–2021), a year, or a year and month up to which it was counted. */
  period: string;
  persons: number | null;
  families?: number;
  /** Of these persons; null: not published. */
  returned: number | null;
  source: string;
  verified: boolean;
}

/** The live market of an occupation, or of all, in a region. */
export interface RegionMarket extends Omit<RegionOffer, 'regionCode'> {
  /** Openings ÷ (people of the region who seek such work + 1). */
  tension: number;
  /** Share of the vacancies that promise a home, by the employers' claims; null without vacancies. */
  housingShare: number | null;
}

export interface RegionFacts {
  code: string;
  /** On this date; null: the programme names it in neither list. */
  role: 'reception' | 'departure' | null;
  /** By a written source; true too where the programme names it in neither list. */
  roleVerified: boolean;
  market: RegionMarket;
  /** By code; what no source gives is missing. */
  statistics: Record<string, RegionStatistic>;
  /** Settlers that the region takes this year. */
  quota: Quota | null;
  arrivals: PublishedArrivals[];
}

export interface RegionComparison {
  date: string;
  isco: string | null;
  /** What the title was read as first, where no post of it is open in any region and `isco`, which it may mean too, has some. */
  insteadOf: string | null;
  from: string | null;
  regions: RegionFacts[];
  /** Documented routes out of `from`. */
  corridors: DocumentedCorridor[];
}

export interface RegionQuestion {
  /** ISO 3166-2 code of the reader's own region. */
  from?: string;
  /** ISCO-08 unit group, or a title of it in any of the three languages. */
  occupation?: string;
}

/** Regions side by side, by the factors that people weigh before they move. */
@Injectable()
export class RegionsService {
  private readonly arrivals = readArrivals();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CORRIDORS) private readonly corridors: DocumentedCorridor[],
    private readonly programme: ProgrammeService,
    private readonly places: PlaceService,
    private readonly occupations: OccupationService,
  ) {}

  /** Every region. Errors: `region.unknown` (404), `occupation.unknown` (422). */
  async compare({ from, occupation }: RegionQuestion): Promise<RegionComparison> {
    if (from !== undefined) this.knownRegion(from);
    const date = dateInKazakhstan(this.clock.now());
    const { isco, insteadOf } = await this.meantBy(occupation, date);
    const [roles, offers, statistics, seekers] = await Promise.all([
      this.programme.rolesOn(date),
      regionOffers(this.dataSource, date, isco),
      latestStatistics(this.dataSource),
      // Counts of all households together, as `/mismatch` gives them; no row of any of them is answered.
      asSystem(() => regionSeekers(this.dataSource, isco)),
    ]);
    const regions = await Promise.all(
      this.places.regions().map(async ({ code }): Promise<RegionFacts> => {
        const own = roles.filter(({ regionCode }) => regionCode === code);
        const listed = own.find(({ role }) => role === 'reception') ?? own[0];
        const offer = offers.find(({ regionCode }) => regionCode === code);
        const seeking = seekers.find(({ regionCode }) => regionCode === code)?.seekers ?? 0;
        return {
          code,
          role: listed?.role ?? null,
          roleVerified: listed?.verified ?? true,
          market: marketOf(offer, seeking),
          statistics: Object.fromEntries(
            statistics.filter((one) => one.regionCode === code).map((one) => [one.code, one]),
          ),
          quota: await this.programme.quota(code, date, 'settlers'),
          arrivals: this.arrivals.filter(({ to, from: origin }) => to === code && (origin === null || origin === from)),
        };
      }),
    );
    return {
      date,
      isco,
      insteadOf,
      from: from ?? null,
      regions,
      corridors: this.corridors.filter((corridor) => corridor.from === from),
    };
  }

  /** Open vacancies by district of one region, of all unit groups by null. Error: `region.unknown` (404). */
  async districts(
    code: string,
    isco: string | null,
  ): Promise<{ districtKato: string; vacancies: number; openings: number }[]> {
    this.knownRegion(code);
    return districtOffers(this.dataSource, dateInKazakhstan(this.clock.now()), code, isco);
  }

  /** Where the statistics come from. */
  statisticSources(): ReturnType<typeof statisticSources> {
    return statisticSources(this.dataSource);
  }

  private knownRegion(code: string): void {
    if (!this.places.regions().some((region) => region.code === code))
      throw new Problem('region.unknown', 404, { code });
  }

  /**
   * The unit group of a question. A title may mean several («nurse» of either degree): where the likeliest has no open post in the
   * whole country, the next likely one that has. A group asked for by its code is meant as it is.
   */
  private async meantBy(
    occupation: string | undefined,
    date: string,
  ): Promise<Pick<RegionComparison, 'isco' | 'insteadOf'>> {
    if (occupation === undefined) return { isco: null, insteadOf: null };
    const isco = this.iscoOf(occupation);
    if (occupation === isco) return { isco, insteadOf: null };
    const called = this.occupations.groupsCalled(occupation.split(/\s+/));
    const open = await openOccupations(this.dataSource, date, [isco, ...called]);
    const other = open.has(isco) ? undefined : called.find((one) => open.has(one));
    return other === undefined ? { isco, insteadOf: null } : { isco: other, insteadOf: isco };
  }

  private iscoOf(occupation: string): string {
    const isco = /^\d{4}$/.test(occupation)
      ? this.occupations.occupation(occupation)?.isco
      : (this.occupations.resolve({ title: occupation }).isco ?? undefined);
    if (isco === undefined) {
      throw new Problem('occupation.unknown', 422, {}, [
        { field: 'occupation', code: 'occupation.unknown', params: { title: occupation } },
      ]);
    }
    return isco;
  }
}

function marketOf(offer: RegionOffer | undefined, seekers: number): RegionMarket {
  const { regionCode: _, ...market } = offer ?? {
    regionCode: '',
    vacancies: 0,
    openings: 0,
    housingProvided: 0,
    housingHelp: 0,
    paid: 0,
    medianPayTenge: null,
  };
  return {
    ...market,
    // People in fives: of a rare occupation a region has one or two, and everybody may read this.
    tension: rawTension(market.openings, 5 * Math.round(seekers / 5)),
    housingShare: market.vacancies === 0 ? null : market.housingProvided / market.vacancies,
  };
}

function readArrivals(): PublishedArrivals[] {
  const text = readFileSync(fromRoot('data', 'programme', 'arrivals.json'), 'utf8');
  return (JSON.parse(text) as { counts: PublishedArrivals[] }).counts;
}
