import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { PlaceService } from '../reference/place.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import type { FieldProblem } from '../shared/problem.js';
import type { AdultFields, OccupationDto } from './adult.dto.js';
import { type FamilyAndRegions, type Identity, familyProblems, readIdentity } from './household-rules.js';
import type { HomeDto } from './household.dto.js';
import { type IinKeys, decryptIin } from './iin-cipher.js';
import type { NewSeeker } from './insert-households.js';
import type { Seeker } from './seeker.entity.js';

/** An adult as checked: the plain IIN is encrypted by the caller, when it knows the seeker's id, and forgotten. */
export type CheckedAdult = Omit<NewSeeker, 'id' | 'iinCipher' | 'iinIndex'> & { iin: string | null };

export interface CheckedHome {
  homeKato: string;
  homeRegionCode: string;
  homeDistrictKato: string | null;
}

/** Holds what people say of themselves against the reference data and the rules. Nothing is thrown or written here. */
@Injectable()
export class HouseholdChecks {
  readonly keys: IinKeys;

  constructor(
    private readonly places: PlaceService,
    private readonly occupations: OccupationService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    if (!config.iinKey || !config.iinIndexKey) throw new Error('The keys of the IIN are not configured.');
    this.keys = { current: config.iinKey, old: config.iinOldKeys, index: config.iinIndexKey };
  }

  family(family: FamilyAndRegions): FieldProblem[] {
    return familyProblems(family, new Set(this.places.regions().map(({ code }) => code)));
  }

  /** Where a household lives: a settlement or at least a district; never guessed among places of one name. */
  home(given: HomeDto): { home: CheckedHome | null; problems: FieldProblem[] } {
    const refuse = (field: string, code: string): { home: null; problems: FieldProblem[] } => ({
      home: null,
      problems: [{ field, code }],
    });
    const field = given.kato ? 'home.kato' : 'home.text';
    if (!given.kato && !given.text) return refuse('home', 'household.home_required');
    const place = given.kato
      ? this.places.byKato(given.kato)
      : this.places.resolve(given.text!, given.regionCode ?? null);
    if (!place || place.match === 'unknown') return refuse(field, 'household.home_unknown');
    if (place.match === 'ambiguous') return refuse(field, 'household.home_ambiguous');
    if (!place.kato || !place.regionCode || place.match === 'region') return refuse(field, 'household.home_too_wide');
    return {
      home: { homeKato: place.kato, homeRegionCode: place.regionCode, homeDistrictKato: place.districtKato },
      problems: [],
    };
  }

  /** An adult's IIN and birth date by today's calendar. */
  identity(given: Identity): ReturnType<typeof readIdentity> {
    return readIdentity(given, dateInKazakhstan(this.clock.now()));
  }

  /**
   * An adult: the fields given over those before. `field` is the adult's place in the request (`adults.0`).
   * Null when something is wrong.
   */
  adult(
    given: AdultFields & { occupation?: OccupationDto },
    before: Seeker | null,
    field: string,
  ): { adult: CheckedAdult | null; problems: FieldProblem[] } {
    const occupation = this.occupation(given.occupation, before);
    const identity = this.identity({
      iin: given.iin === undefined ? this.iinOf(before) : given.iin || null,
      birthDate: given.birthDate ?? (given.iin ? null : (before?.birthDate ?? null)),
    });
    const problems = [...occupation.problems, ...identity.problems].map((p) => ({
      ...p,
      field: `${field}.${p.field}`,
    }));
    if (problems.length > 0) return { adult: null, problems };
    const kept = <Key extends keyof AdultFields & keyof Seeker>(key: Key, empty: Seeker[Key]): Seeker[Key] =>
      given[key] === undefined ? (before?.[key] ?? empty) : (given[key] as Seeker[Key]);
    return {
      adult: {
        givenName: kept('givenName', null),
        familyName: kept('familyName', null),
        iin: identity.iin,
        birthDate: identity.birthDate!,
        isco: occupation.isco,
        occupationTitle: occupation.title,
        iscoStated: occupation.stated,
        titleKey: occupation.title && this.occupations.keyOf(occupation.title, null),
        education: kept('education', null),
        experienceYears: kept('experienceYears', 0),
        languages: kept('languages', []),
        driving: kept('driving', []),
        diplomas: kept('diplomas', []),
        payTenge: kept('payTenge', null),
        minimumPayTenge: kept('minimumPayTenge', null),
        permanentOnly: kept('permanentOnly', false),
        seeksWork: kept('seeksWork', true),
      },
      problems: [],
    };
  }

  private iinOf(seeker: Seeker | null): string | null {
    return seeker?.iinCipher ? decryptIin(seeker.iinCipher, seeker.id, this.keys) : null;
  }

  private occupation(given: OccupationDto | undefined, before: Seeker | null): AdultOccupation {
    const refuse = (field: string, code: string): AdultOccupation => ({
      isco: '',
      title: null,
      stated: false,
      problems: [{ field, code }],
    });
    if (!given && before) {
      return { isco: before.isco, title: before.occupationTitle, stated: before.iscoStated, problems: [] };
    }
    const title = given?.title ?? null;
    if (given?.isco) {
      if (!this.occupations.occupation(given.isco)) return refuse('occupation.isco', 'seeker.occupation_unknown');
      return { isco: given.isco, title, stated: true, problems: [] };
    }
    if (!title) return refuse('occupation', 'seeker.occupation_required');
    const found = this.occupations.resolve({ title });
    if (found.isco === null || !found.sure) return refuse('occupation.title', 'seeker.occupation_unknown');
    return { isco: found.isco, title, stated: false, problems: [] };
  }
}

interface AdultOccupation {
  isco: string;
  title: string | null;
  /** Chosen, not read out of the title. */
  stated: boolean;
  problems: FieldProblem[];
}
