import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, MoreThan } from 'typeorm';
import { RateLimits } from '../auth/rate-limits.js';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { ownHouseholdOf } from '../households/dismissal.service.js';
import { HouseholdMatchesService } from '../matching/household-matches.service.js';
import { isOpenStatus } from '../matching/proposal-states.js';
import type { HouseholdMatch } from '../matching/household-matches.queries.js';
import type { SupportSheet } from '../programme/support.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { refuseOthersMatch } from './interests.service.js';
import { type PlacedVacancy, placedVacancies } from './own-matches.queries.js';
import { ShareLink } from './share-link.entity.js';
import { shareIdOf, shareToken } from './share-token.js';

const DAY_MS = 86_400_000;
/** Relatives talk it over within two weeks; an older link may show what no longer stands. */
const LINK_DAYS = 14;

export interface OwnShareLink {
  token: string;
  expiresAt: Date;
}

/** A match as a relative sees it: the jobs, the place and the support, nobody's name, home, contact or monthly budget. */
export interface SharedMatch {
  regionCode: string;
  districtKato: string;
  score: number;
  /** Still open for the household. */
  stands: boolean;
  /** What the programme pays the household for the move; null: nothing, or the match stands no more. */
  sheet: SupportSheet | null;
  jobs: (Pick<HouseholdMatch['placements'][number], 'id' | 'promise' | 'score'> & { vacancy: PlacedVacancy })[];
  expiresAt: Date;
}

/** Links to one match that need no account: relatives are how people decide. */
@Injectable()
export class ShareLinksService {
  private readonly secret: Buffer;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly limits: RateLimits,
    private readonly matches: HouseholdMatchesService,
    @Inject(CONFIG) config: Config,
  ) {
    if (!config.authSecret) throw new Error('The secret of accounts is not configured.');
    this.secret = config.authSecret;
  }

  /** The link to a match that stands, if any. */
  async ofMatch(actor: Actor, proposalId: string): Promise<OwnShareLink | null> {
    const link = await this.dataSource.manager.findOneBy(ShareLink, this.standing(actor, proposalId));
    return link && { token: shareToken(link.id, this.secret), expiresAt: link.expiresAt };
  }

  /** A link to one's own match; asked for twice, it is the same one. Errors: `match.unknown` (404), `auth.too_many` (429). */
  async make(actor: Actor, proposalId: string): Promise<OwnShareLink> {
    await this.limits.take(['share_link', actor.id]);
    const householdId = ownHouseholdOf(actor);
    const at = this.clock.now();
    return inTransaction(this.dataSource, async (tx) => {
      await refuseOthersMatch(tx, proposalId, householdId);
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`share link ${proposalId}`]);
      const standing = await tx.findOneBy(ShareLink, this.standing(actor, proposalId));
      const link = standing ?? {
        id: newId(),
        householdId,
        proposalId,
        createdAt: at,
        expiresAt: new Date(at.getTime() + LINK_DAYS * DAY_MS),
        revokedAt: null,
      };
      if (standing === null) await tx.insert(ShareLink, link);
      return { token: shareToken(link.id, this.secret), expiresAt: link.expiresAt };
    });
  }

  /** Ends every link to a match at once. Error: `match.unknown` (404). */
  async revoke(actor: Actor, proposalId: string): Promise<void> {
    const revokedAt = this.clock.now();
    await refuseOthersMatch(this.dataSource, proposalId, ownHouseholdOf(actor));
    await this.dataSource.manager.update(ShareLink, this.standing(actor, proposalId), { revokedAt });
  }

  /** What a link shows. Errors: `share.unknown` (404), `share.over` (410: expired or taken back). */
  async open(token: string): Promise<SharedMatch> {
    const id = shareIdOf(token, this.secret);
    if (id === null) throw new Problem('share.unknown', 404);
    // Whoever holds the link is nobody to the database; its signature says that the household gave it away.
    return asSystem(async () => {
      const link = await this.dataSource.manager.findOneBy(ShareLink, { id });
      if (link === null) throw new Problem('share.unknown', 404);
      if (link.revokedAt !== null || link.expiresAt <= this.clock.now()) throw new Problem('share.over', 410);
      const matches = await this.matches.ofHousehold(link.householdId, null);
      const match = matches?.find((one) => one.id === link.proposalId);
      if (match === undefined) throw new Problem('share.over', 410);
      const vacancies = await placedVacancies(this.dataSource, [match.id]);
      const { regionCode, districtKato, score, status, over, support } = match;
      const stands = isOpenStatus(status) && !over;
      return {
        regionCode,
        districtKato,
        score,
        stands,
        sheet: stands ? support.sheet : null,
        jobs: match.placements.flatMap(({ id: placementId, promise, score: own }) => {
          const vacancy = vacancies.find((one) => one.placementId === placementId);
          return vacancy === undefined ? [] : [{ id: placementId, promise, score: own, vacancy }];
        }),
        expiresAt: link.expiresAt,
      };
    });
  }

  private standing(actor: Actor, proposalId: string): object {
    const householdId = ownHouseholdOf(actor);
    return { householdId, proposalId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}
