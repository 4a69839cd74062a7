import { Injectable } from '@nestjs/common';
import type { Language } from '../../i18n/language.js';
import { Problem } from '../../shared/problem.js';
import { OccupationService } from '../occupation.service.js';
import { type HeldPapers, type Missing, NOT_ASKED, missingBetween } from './missing.js';
import { HIGHLY_VIABLE, type NearOccupation, VIABLE } from './near-occupations.js';
import { type Route, type RouteFailure, drivingAfter, routeFailures } from './routes.js';
import { type SkillLevel, skillLevelOf } from './skill-level.js';
import { readTransitionTables } from './transition-tables.js';

export type OccupationNames = Record<Language, string>;

/** How near an occupation is, by Nesta's thresholds. */
export const VIABILITIES = ['highly_viable', 'viable', 'distant'] as const;
export type Viability = (typeof VIABILITIES)[number];

export interface OccupationFacts {
  /** ISCO-08 unit group. */
  isco: string;
  names: OccupationNames;
  sector: string | null;
  regulated: 'medicine' | 'teaching' | 'driving' | null;
  skillLevel: SkillLevel;
  near: (NearOccupation & { names: OccupationNames; viability: Viability; missing: Missing[] })[];
}

const MOST_NEAR = 12;

/** Occupations with what is near them, and the routes between them; read once from the files of `data/occupations`. */
@Injectable()
export class TransitionsService {
  private readonly tables = readTransitionTables();

  constructor(private readonly occupations: OccupationService) {}

  /** Error: `occupation.unknown` (404). */
  facts(isco: string): OccupationFacts {
    this.mustBeKnown(isco);
    return {
      isco,
      names: this.names(isco),
      sector: this.occupations.sectorOf(isco),
      regulated: this.occupations.regulatedOf(isco),
      skillLevel: skillLevelOf(isco),
      near: this.tables.near
        .nearTo(isco)
        .slice(0, MOST_NEAR)
        .map((near) => ({
          ...near,
          names: this.names(near.isco),
          viability: viabilityOf(near.similarity),
          missing: missingBetween(isco, near.isco, NOT_ASKED, this.tables.rules),
        })),
    };
  }

  names(isco: string): OccupationNames {
    const of = (language: Language): string => this.occupations.nameOf(isco, language);
    return { kk: of('kk'), ru: of('ru'), en: of('en') };
  }

  /** In [0,1]; 1 for the same unit group, 0 where the table keeps nothing: see `NearOccupations`. */
  similarityOf(from: string, to: string): number {
    return this.tables.near.similarityOf(from, to);
  }

  /** Routes out of an occupation, whether they may be offered or not. */
  routesFrom(isco: string, held: HeldPapers): Route[] {
    return this.tables.routes.from(isco, held);
  }

  /** The rules that a route breaks for somebody: see `routeFailures`. */
  failuresOf(route: Route, held: HeldPapers, payRatio: number | null): RouteFailure[] {
    return routeFailures(route, held, payRatio, this.tables.rules);
  }

  /** Driving categories after a route's course: see `drivingAfter`. */
  drivingAfter(route: Route, held: HeldPapers): string[] {
    return drivingAfter(route, held, this.tables.rules);
  }

  /** Error: `occupation.unknown` (404). */
  mustBeKnown(isco: string): void {
    if (this.occupations.occupation(isco) === null) throw new Problem('occupation.unknown', 404, { title: isco });
  }
}

function viabilityOf(similarity: number): Viability {
  return similarity >= HIGHLY_VIABLE ? 'highly_viable' : similarity >= VIABLE ? 'viable' : 'distant';
}
