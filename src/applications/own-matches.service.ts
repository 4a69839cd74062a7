import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Dismissal } from '../households/dismissal.entity.js';
import { DismissalService, ownHouseholdOf } from '../households/dismissal.service.js';
import type { HouseholdView } from '../households/household-view.js';
import { HouseholdService } from '../households/household.service.js';
import { HouseholdMatchesService, type SupportedMatch } from '../matching/household-matches.service.js';
import type { SeekerObstacles } from '../matching/core/obstacles.js';
import { ObstaclesService } from '../matching/obstacles.service.js';
import { isOpenStatus } from '../matching/proposal-states.js';
import type { BudgetQuestion } from '../programme/budget.js';
import { ProgrammeService } from '../programme/programme.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { greatCircleKm } from './distance.js';
import type { InterestAnswer } from './interests.dto.js';
import { InterestsService } from './interests.service.js';
import { type PlacedVacancy, decisionsOn, placedVacancies, regionPoints } from './own-matches.queries.js';

/** A household's own match with what belongs beside it. */
export interface OwnMatch {
  match: SupportedMatch;
  /** What the centre asked for or why it decided so; null: nothing said. */
  decision: { reason: string; note: string | null } | null;
  /** As the crow flies between the capitals of both regions; null where the reference data has no coordinates. */
  km: number | null;
  /** By the placement's id. */
  vacancies: ReadonlyMap<string, PlacedVacancy>;
  /** By the placement's id; those that were not taken back. */
  interests: ReadonlyMap<string, InterestAnswer>;
}

/** Why nothing can be proposed to a household whatever the market. */
export const HINDRANCES = [
  'eligibility.no_consent',
  'eligibility.no_wish_to_move',
  'eligibility.not_departure_region',
  'eligibility.nobody_seeks_work',
] as const;
export type Hindrance = (typeof HINDRANCES)[number];

export interface OwnMatches {
  household: HouseholdView;
  /** Open and not dismissed, the approved first, then the best. */
  matches: OwnMatch[];
  /** Rejected or withdrawn lately, or of a move that is over, the newest first. */
  past: OwnMatch[];
  dismissals: (Dismissal & { vacancyTitle: string | null })[];
  hindrances: Hindrance[];
  /** False where the programme's list of departure regions comes from no written source. */
  listVerified: boolean;
  /** Of each adult who looks for work, while there is no match and no hindrance: what keeps open posts away. */
  obstacles: SeekerObstacles[];
}

const MOST_PAST = 5;

/** What a migrant sees of their own matches. */
@Injectable()
export class OwnMatchesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly matches: HouseholdMatchesService,
    private readonly households: HouseholdService,
    private readonly dismissals: DismissalService,
    private readonly interests: InterestsService,
    private readonly programme: ProgrammeService,
    private readonly whatKeepsAway: ObstaclesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Errors: `household.none` (409), `household.not_found` (404). */
  async list(actor: Actor): Promise<OwnMatches> {
    const householdId = ownHouseholdOf(actor);
    const household = await this.households.read(householdId);
    const found = await this.matches.matches(actor, householdId);
    const dismissals = await this.dismissals.list(actor);
    const all = await this.withSurroundings(actor, household, found);
    const isOpen = ({ match }: OwnMatch): boolean =>
      stands(match) && !dismissals.some((dismissal) => covers(dismissal, match));
    const order = (a: OwnMatch, b: OwnMatch): number =>
      Number(b.match.status === 'approved') - Number(a.match.status === 'approved') || b.match.score - a.match.score;
    const matches = all.filter(isOpen).sort(order);
    const hindrances = await this.hindrances(household);
    const version = await this.programme.versionOn(dateInKazakhstan(this.clock.now()));
    const isUnexplained = matches.length === 0 && hindrances.length === 0;
    return {
      household,
      matches,
      past: all
        .filter(({ match, decision }) => !stands(match) && decision?.reason !== 'superseded')
        .sort((a, b) => b.match.updatedAt.getTime() - a.match.updatedAt.getTime())
        .slice(0, MOST_PAST),
      dismissals: await this.withTitles(dismissals),
      hindrances,
      listVerified: version.verified,
      obstacles: isUnexplained ? (await this.whatKeepsAway.obstacles(actor, householdId)).seekers : [],
    };
  }

  /** One match of one's own; `rentTenge`: monthly, as the household states it. Error: `match.unknown` (404), for another's too. */
  async one(
    actor: Actor,
    proposalId: string,
    rentTenge?: BudgetQuestion['rentTenge'],
  ): Promise<{ household: HouseholdView; own: OwnMatch }> {
    const householdId = ownHouseholdOf(actor);
    const household = await this.households.read(householdId);
    const found = (await this.matches.matches(actor, householdId, rentTenge)).filter(({ id }) => id === proposalId);
    const [own] = await this.withSurroundings(actor, household, found);
    if (own === undefined) throw new Problem('match.unknown', 404);
    return { household, own };
  }

  private async withSurroundings(
    actor: Actor,
    household: HouseholdView,
    found: readonly SupportedMatch[],
  ): Promise<OwnMatch[]> {
    const ids = found.map(({ id }) => id);
    const vacancies = await placedVacancies(this.dataSource, ids);
    const decisions = new Map((await decisionsOn(this.dataSource, ids)).map((one) => [one.id, one]));
    const interests = (await this.interests.own(actor)).filter(({ withdrawnAt }) => withdrawnAt === null);
    const points = new Map((await regionPoints(this.dataSource)).map((point) => [point.code, point]));
    const home = points.get(household.home.regionCode);
    return found.map((match) => {
      const { reason = null, note = null } = decisions.get(match.id) ?? {};
      const there = points.get(match.regionCode);
      const own = new Set(match.placements.map(({ id }) => id));
      return {
        match,
        decision: reason === null ? null : { reason, note },
        km: home && there ? Math.round(greatCircleKm(home, there) / 10) * 10 : null,
        vacancies: new Map(vacancies.filter((v) => own.has(v.placementId)).map((v) => [v.placementId, v])),
        interests: new Map(interests.filter((i) => own.has(i.placementId)).map((i) => [i.placementId, i])),
      };
    });
  }

  private async hindrances({ consents, wishes, home, adults }: HouseholdView): Promise<Hindrance[]> {
    const departure = await this.programme.departureRegions(dateInKazakhstan(this.clock.now()));
    const holds: Record<Hindrance, boolean> = {
      'eligibility.no_consent': consents.matching === null,
      'eligibility.no_wish_to_move': !wishes.move,
      'eligibility.not_departure_region': !departure.includes(home.regionCode),
      'eligibility.nobody_seeks_work': !adults.some(({ seeksWork }) => seeksWork),
    };
    return HINDRANCES.filter((code) => holds[code]);
  }

  private async withTitles(dismissals: Dismissal[]): Promise<OwnMatches['dismissals']> {
    const ids = dismissals.flatMap(({ vacancyId }) => vacancyId ?? []);
    const titles = await this.dataSource.query<{ id: string; title: string }[]>(
      'select id, title from vacancy where id = any($1::uuid[])',
      [ids],
    );
    return dismissals.map((one) => ({
      ...one,
      vacancyTitle: titles.find(({ id }) => id === one.vacancyId)?.title ?? null,
    }));
  }
}

/** Open, and not of a move from which the household has gone back. */
const stands = ({ status, over }: SupportedMatch): boolean => isOpenStatus(status) && !over;

function covers(dismissal: Dismissal, match: SupportedMatch): boolean {
  return (
    dismissal.regionCode === match.regionCode ||
    dismissal.districtKato === match.districtKato ||
    match.placements.some(({ vacancyId, withdrawnAt }) => withdrawnAt === null && vacancyId === dismissal.vacancyId)
  );
}
