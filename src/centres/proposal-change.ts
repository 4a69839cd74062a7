import type { EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { PROPOSAL_STATES, type ProposalAction, type ProposalStatus } from '../matching/proposal-states.js';
import { Proposal } from '../matching/proposal.entity.js';
import { recordEvent } from '../outbox/outbox.js';
import type { Topic } from '../queue/queues.js';
import { nextState } from '../shared/transitions.js';
import type { ReasonCode } from './reasons.js';

/** Who acts: a token by its id, or a rule or job by its name. */
export interface ChangeActor {
  id: string;
  role: string;
}

export interface ProposalChange {
  action: ProposalAction;
  actor: ChangeActor;
  at: Date;
  reason?: ReasonCode | null;
  note?: string | null;
  /** Only with `claim`: how long the claim holds. */
  claimedUntil?: Date;
  /** Ids and codes for the audit log. */
  details?: Record<string, string | number | boolean | null | string[]>;
}

/** Changes that people are told of, each through the queue of the proposal's region. */
const TOPIC_OF: Partial<Record<ProposalAction, Topic>> = {
  approve: 'proposal.approved',
  return: 'proposal.returned',
  withdraw: 'proposal.withdrawn',
};

const DECISIONS: ReadonlySet<ProposalAction> = new Set(['approve', 'return', 'refer', 'reject', 'withdraw']);

/**
 * How people and the program change a proposal's state: by the table, with its version, its audit line and its event in the caller's
 * transaction, which holds the row's lock. Beside it only a match run does, by the same table, with proposals that nobody has been told
 * of: it withdraws what it no longer chooses, many at once (`withdrawSuperseded`), and those leave an audit line and no event. Answers the proposal as it is now. Refuses what the table does not allow
 * with `transition.illegal`.
 */
export async function changeProposal(tx: EntityManager, proposal: Proposal, change: ProposalChange): Promise<Proposal> {
  const { action, actor, at } = change;
  const from = proposal.status;
  const to: ProposalStatus = nextState(PROPOSAL_STATES, from, action);
  const decides = DECISIONS.has(action);
  const after: Partial<Proposal> = {
    status: to,
    version: proposal.version + 1,
    updatedAt: at,
    claimedBy: to === 'claimed' ? actor.id : null,
    claimedUntil: to === 'claimed' ? (change.claimedUntil ?? null) : null,
    ...(decides && { decidedBy: actor.id, decidedAt: at, reason: change.reason ?? null, note: change.note ?? null }),
  };
  await tx.update(Proposal, { id: proposal.id }, after);
  await recordAudit(tx, {
    at,
    actor,
    regionCode: proposal.regionCode,
    subject: 'proposal',
    subjectId: proposal.id,
    action,
    from,
    to,
    reason: change.reason ?? null,
    details: { version: proposal.version + 1, ...change.details },
  });
  const topic = TOPIC_OF[action];
  if (topic !== undefined) {
    await recordEvent(tx, { topic, regionCode: proposal.regionCode, payload: { proposalId: proposal.id } }, at);
  }
  return Object.assign(proposal, after);
}

/** One proposal, locked until the transaction ends; null when there is none. */
export function lockProposal(tx: EntityManager, id: string): Promise<Proposal | null> {
  return tx.findOne(Proposal, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
