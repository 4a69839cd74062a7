import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.js';
import { Problem } from '../shared/problem.js';
import { type AuditSubject, recordAudit } from './audit.js';

const logger = new Logger('Refusals');

/** What a refused step was asked of; the region is known once `work` has read it. */
export interface Asked {
  actor: { id: string; role: string };
  subject: AuditSubject;
  subjectId: string;
  regionCode: string | null;
}

/** Refusals of a step that the table of states does not allow; their parameters say `from` which state and which `action`. */
const ILLEGAL_STEPS: ReadonlySet<string> = new Set(['transition.illegal', 'follow_up.over']);

/**
 * Does `work`, a whole transaction. A step that the table of states does not allow undoes it; after that it is
 * noted in the audit log, in a transaction of its own, and thrown on. `asked` is filled by `work`: what it has not found is not noted.
 */
export async function notingRefusals<Result>(
  dataSource: DataSource,
  at: () => Date,
  work: (asked: (one: Asked) => void) => Promise<Result>,
): Promise<Result> {
  let of: Asked | null = null;
  try {
    return await work((one) => (of = one));
  } catch (error) {
    if (of !== null && error instanceof Problem && ILLEGAL_STEPS.has(error.code)) {
      const { from, action } = error.params;
      const line = {
        ...(of as Asked),
        at: at(),
        action: 'refused_action',
        from: String(from),
        to: null,
        reason: error.code,
        details: { asked: String(action) },
      } as const;
      try {
        await inTransaction(dataSource, (tx) => recordAudit(tx, line));
      } catch (fault) {
        // Who asked is told of the refusal all the same.
        logger.error(
          `A refused step of ${line.subject} ${line.subjectId} could not be noted: ${(fault as Error).message}`,
        );
      }
    }
    throw error;
  }
}
