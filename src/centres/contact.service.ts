import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import { Proposal } from '../matching/proposal.entity.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { holdsClaim } from './decision-rules.js';

/** How a centre reaches a household: who they are, and where. Only ever in the answer about one proposal. */
export interface HouseholdContact {
  adults: { seekerId: string; givenName: string | null; familyName: string | null }[];
  phone: string | null;
  email: string | null;
  /** How the household wishes to be told, and in which language. */
  channel: 'sms' | 'email' | 'in_app';
  language: 'kk' | 'ru' | 'en';
}

/** `no_sharing_consent`: the household did not consent. `not_in_hand`: the officer has not taken the proposal up. */
export const CONTACT_WITHHELD = ['no_sharing_consent', 'not_in_hand'] as const;
export type ContactWithheld = (typeof CONTACT_WITHHELD)[number];

export type ContactAnswer =
  { contact: HouseholdContact; contactWithheld: null } | { contact: null; contactWithheld: ContactWithheld };

/** States in which the centre has spoken to the household or asked it for something, so that it must be able to call. */
const IN_TOUCH: ReadonlySet<ProposalStatus> = new Set(['returned', 'approved']);

/**
 * Names, phone and e-mail of a household, for the officer who works on its proposal: shown only with consent to sharing, and
 * each reading stands in the audit log, once for an officer and a state of the proposal.
 */
@Injectable()
export class ContactService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The contact of a proposal's household, read and recorded in one transaction. The caller has checked the region. */
  async read(actor: Actor, proposalId: string): Promise<ContactAnswer> {
    return inTransaction(this.dataSource, async (tx): Promise<ContactAnswer> => {
      // Not locked: whoever reads a page waits for nobody, and nobody for them.
      const proposal = await tx.findOneBy(Proposal, { id: proposalId });
      const shared = proposal === null ? undefined : await sharedContact(tx, proposal.householdId);
      if (proposal === null || shared === undefined) return { contact: null, contactWithheld: 'no_sharing_consent' };
      const at = this.clock.now();
      if (!IN_TOUCH.has(proposal.status) && !(proposal.status === 'claimed' && holdsClaim(actor, proposal, at))) {
        return { contact: null, contactWithheld: 'not_in_hand' };
      }
      if (!(await isRecorded(tx, actor, proposal))) await this.record(tx, actor, proposal, at);
      return { contact: shared, contactWithheld: null };
    });
  }

  private record(tx: EntityManager, actor: Actor, proposal: Proposal, at: Date): Promise<void> {
    return recordAudit(tx, {
      at,
      actor,
      regionCode: proposal.regionCode,
      subject: 'proposal',
      subjectId: proposal.id,
      action: 'read_contact',
      from: proposal.status,
      to: proposal.status,
      details: { version: proposal.version },
    });
  }
}

/** The contact of a household that consents to sharing it; undefined of every other. */
function sharedContact(tx: EntityManager, householdId: string): Promise<HouseholdContact | undefined> {
  return firstRow(
    tx,
    `select h.phone, h.email, h.channel, h.language,
            (select coalesce(jsonb_agg(jsonb_build_object('seekerId', s.id, 'givenName', s.given_name,
                      'familyName', s.family_name) order by s.position), '[]')
             from seeker s where s.household_id = h.id) as adults
     from household h where h.id = $1 and h.consent_sharing_at is not null`,
    [householdId],
  );
}

/** A claim, a return and an approval each raise the version; a lengthened claim does not. */
async function isRecorded(tx: EntityManager, actor: Actor, { id, version }: Proposal): Promise<boolean> {
  const line = await firstRow(
    tx,
    `select 1 from audit_entry
     where subject = 'proposal' and subject_id = $1 and action = 'read_contact' and actor = $2
       and (details->>'version')::int = $3`,
    [id, actor.id, version],
  );
  return line !== undefined;
}
