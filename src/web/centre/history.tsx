import type { VNode } from 'preact';
import type { AuditLine } from '../../audit/audit.queries.js';
import { hasWords } from '../../i18n/i18n.js';
import { DataTable } from '../site/blocks.js';
import type { PageContext } from '../site/page-context.js';
import { applicationStepWord } from '../site/application-step-word.js';
import { moment } from './blocks.js';

/** A line of the audit log in words. */
export interface HistoryLine {
  at: Date;
  action: string;
  who: string;
  what: string;
  /** Why, and what else is known. */
  why: string | null;
  /** Where a reader can look at the thing itself; null where there is no page. */
  path: string | null;
}

/** Words of a line: the action, the one who acted (`rule` and `run` are no people, a migrant is the household), the reason. */
export function lineInWords(
  { t }: PageContext,
  { at, actor, actorLabel, actorRole, action, reason, subject }: AuditLine & { subject?: string },
  path: string | null = null,
): HistoryLine {
  const word = subject === 'application' ? applicationStepWord(action) : `page.centre.action_${action}`;
  const role = actorRole === 'migrant' ? 'page.centre.actor_household' : `role.${actorRole}`;
  const acting = `page.centre.actor_${actor.replaceAll('-', '_')}`;
  const who = actorLabel ?? (hasWords(acting) ? t(acting) : hasWords(role) ? t(role) : t('page.centre.actor_program'));
  const why =
    reason &&
    ([
      `reason.${reason}`,
      `application.reason.${reason}`,
      `page.vacancy.closed_${reason}`,
      `page.questions.reason_${reason}`,
    ].find(hasWords) ??
      null);
  return { at, action, who, what: hasWords(word) ? t(word) : action, why: why ? t(why) : reason, path };
}

export function History({
  page,
  lines,
  caption,
}: {
  page: PageContext;
  lines: readonly HistoryLine[];
  caption: string;
}): VNode {
  const { t, href } = page;
  if (lines.length === 0) return <p>{t('page.centre.history_empty')}</p>;
  const head = ['when', 'what', 'who', 'why'].map((code) => ({ label: t(`page.centre.history_${code}`) }));
  return (
    <DataTable
      caption={caption}
      head={head}
      rows={lines.map(({ at, who, what, why, path }, index) => ({
        key: index,
        cells: [moment(page, at), path === null ? what : <a href={href(path)}>{what}</a>, who, why],
      }))}
    />
  );
}
