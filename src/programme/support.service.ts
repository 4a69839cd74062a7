import { Inject, Injectable } from '@nestjs/common';
import { PlaceService } from '../reference/place.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { ProgrammeService, calendarDate } from './programme.service.js';
import { type SupportSheet, supportSheet } from './support.js';
import { type SupportRules, knownIndexOn, measuresOn, readSupportRules } from './support-rules.js';

/** What is asked: a household of `members` that moves to a place; `on` a day, today by default. */
export interface SupportQuestion {
  members: number;
  kato: string;
  on?: string;
}

export interface EmployerSubsidy {
  mci: number;
  years: number;
  tenge: number;
  /** Of the index. */
  year: number;
}

/** The programme's support for a household in a place on a day. */
@Injectable()
export class SupportService {
  readonly rules: SupportRules = readSupportRules();

  constructor(
    private readonly programme: ProgrammeService,
    private readonly places: PlaceService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Errors: those of `supportSheet`; `programme.date_invalid` (400), `support.place_unknown` (400), `support.place_unclear` (422) where
   * neither town nor village can be told, `support.not_reception` (422) for a place that the programme does not send to that day.
   */
  async sheet({ members, kato, on = dateInKazakhstan(this.clock.now()) }: SupportQuestion): Promise<SupportSheet> {
    const date = calendarDate(on);
    const place = this.places.place(kato);
    if (place === null) throw new Problem('support.place_unknown', 400, { kato });
    const { settlementType, regionCode } = place;
    const names = { placeKk: place.nameKk, placeRu: place.nameRu, placeEn: place.nameRu };
    if (settlementType === null) throw new Problem('support.place_unclear', 422, names);
    const sheet = supportSheet(this.rules, { members, settlementType, on: date });
    if (!(await this.programme.receptionRegions(date)).includes(regionCode)) {
      throw new Problem('support.not_reception', 422, { ...names, date });
    }
    return sheet;
  }

  /** What a firm gets today for each resettled worker whom it hires for so many years and houses; null where the index is not known. */
  employerSubsidy(): EmployerSubsidy | null {
    const on = dateInKazakhstan(this.clock.now());
    const measure = measuresOn(this.rules, on).find((one) => one.kind === 'per_worker');
    const index = knownIndexOn(this.rules, on);
    if (measure === undefined || index === null) return null;
    return { mci: measure.mci, years: measure.years, tenge: measure.mci * index.tenge, year: Number(on.slice(0, 4)) };
  }
}
