import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { alikeOf } from './alike.queries.js';
import type { ProposalState } from './decision-rules.js';
import type { ReasonCode } from './reasons.js';
import { ReviewService } from './review.service.js';

export interface BatchWish {
  action: 'approve' | 'reject';
  cases: readonly { id: string; version: number }[];
  /** A rejection needs one. */
  reason?: ReasonCode;
}

/** What became of one case of a batch: its new state, or why it stays: `batch.fault` where a fault of ours ended the batch before it. */
export type BatchLine =
  { id: string; state: ProposalState; problem: null } | { id: string; state: null; problem: Problem };

/**
 * One decision on several cases that are alike. Each is decided by itself, with its own transaction, version and line in the
 * audit log; what cannot be decided stays and is named with its reason, the others go on.
 */
@Injectable()
export class BatchService {
  private readonly logger = new Logger(BatchService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly reviews: ReviewService,
  ) {}

  /** For each proposal the ids of those that are alike, itself included: same posts, district and occupations. */
  async alike(actor: Actor, ids: readonly string[]): Promise<Map<string, string[]>> {
    const found = await alikeOf(this.dataSource, ids.filter(isUuid), actor.id, this.clock.now());
    return new Map([...groupBy(found, ({ ofId }) => ofId)].map(([id, rows]) => [id, rows.map((row) => row.id)]));
  }

  /** Refuses cases that are not alike with `batch.not_alike`: what was weighed for one was not weighed for the other. */
  async decide(actor: Actor, { action, cases, reason }: BatchWish): Promise<BatchLine[]> {
    await this.refuseUnlike(
      actor,
      cases.map(({ id }) => id),
    );
    const lines: BatchLine[] = [];
    for (const [done, { id, version }] of cases.entries()) {
      try {
        const state = await (action === 'approve'
          ? this.reviews.approve(actor, id, { version })
          : this.reviews.reject(actor, id, { version, reason }));
        lines.push({ id, state, problem: null });
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) {
          // What was decided stays decided, and the officer is told which; before that, the fault is the request's own.
          if (!lines.some(({ state }) => state !== null)) throw error;
          this.logger.error(`A batch broke off after ${done} of ${cases.length} cases.`, error);
          const problem = new Problem('batch.fault', 503);
          return [...lines, ...cases.slice(done).map((left) => ({ id: left.id, state: null, problem }))];
        }
        lines.push({ id, state: null, problem: error });
      }
    }
    return lines;
  }

  /** What has been decided meanwhile is alike to nothing any more; its own transition will say so. */
  private async refuseUnlike(actor: Actor, ids: readonly string[]): Promise<void> {
    const alike = [...(await this.alike(actor, ids)).entries()];
    const standing = new Set(alike.flatMap(([id, others]) => (others.includes(id) ? [id] : [])));
    const [first] = alike.filter(([id]) => standing.has(id));
    if (first === undefined) return;
    if ([...standing].some((id) => !first[1].includes(id))) throw new Problem('batch.not_alike', 422);
  }
}
