import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import { ROLES, type Role } from './access.js';

/**
 * How far a role may go with a permission. `all`: every row there is; `own …`: what belongs to the caller's region,
 * household, firm or account, and nothing else; `none`: not at all.
 */
export type Reach = 'all' | 'own region' | 'own household' | 'own firm' | 'own account' | 'none';

/** Roles that are not named have no reach. `anyone`: also one who has not said who they are. */
type Row = 'anyone' | Partial<Record<Role, Reach>>;

const ADMINISTRATION: Row = { administrator: 'all' };
const CENTRE: Row = { officer: 'own region', supervisor: 'own region', administrator: 'all' };
const SUPERVISION: Row = { supervisor: 'own region', administrator: 'all' };
const STAFF_ACCOUNT: Row = {
  employer: 'own account',
  officer: 'own account',
  supervisor: 'own account',
  analyst: 'own account',
  administrator: 'own account',
};
const OWN_ACCOUNT: Row = { migrant: 'own account', ...STAFF_ACCOUNT };

/**
 * Who may do what: the one table. Every route names its permission (`@May`), the guard asks this table, services ask it
 * for the caller's reach, and the generated test walks every route with every role against it.
 */
export const PERMISSIONS = {
  /** Pages and documents for the public. */
  'site.read': 'anyone',
  'program.observe': 'anyone',
  'vacancies.read': 'anyone',
  'mismatch.read': 'anyone',
  'occupations.read': 'anyone',
  'programme.read': 'anyone',
  'match.quick': 'anyone',
  'account.sign_in': 'anyone',
  'employers.sign_up': 'anyone',
  /** The page of codes that exists in the demo only. */
  'demo.read': 'anyone',
  /** A match whose secret link one was sent. */
  'shares.open': 'anyone',
  /** Answers that a centre has made public. */
  'answers.read': 'anyone',
  /** Asking, and saying whether an answer helped; nobody need say who they are. */
  'questions.ask': 'anyone',
  /** One's own question behind its secret link. */
  'questions.follow': 'anyone',
  /** A follow-up whose secret link one was sent. */
  'follow_ups.answer': 'anyone',

  'actor.read': { ...OWN_ACCOUNT, system: 'own account' },
  'account.manage': OWN_ACCOUNT,
  'account.enrol': STAFF_ACCOUNT,
  'accounts.read': SUPERVISION,
  'accounts.invite': SUPERVISION,
  'accounts.disable': SUPERVISION,
  'tokens.manage': ADMINISTRATION,

  /** What one has asked with one's account. */
  'questions.own': OWN_ACCOUNT,
  /** A centre's questions; administrators answer at the programme's own desk too. */
  'questions.read': CENTRE,
  'questions.answer': CENTRE,
  /**
   * Officers too: an answer that waits for a second pair of eyes is one more that nobody finds. The checks (three languages, no
   * contacts) hold for all, each step stands in the log, and a supervisor takes back what should not stand.
   */
  'questions.publish': CENTRE,

  'household.own': { migrant: 'own household' },
  'households.manage': { administrator: 'all', system: 'all' },
  'matches.read': {
    migrant: 'own household',
    officer: 'own region',
    supervisor: 'own region',
    administrator: 'all',
    system: 'all',
  },

  /** Who is interested in a vacancy; a firm sees whoever consented to it. */
  'interests.read': { employer: 'own firm', officer: 'own region', supervisor: 'own region', administrator: 'all' },

  'firm.read': { employer: 'own firm' },
  /** Inviting colleagues; of a firm's accounts the owner does. */
  'firm.invite': { employer: 'own firm' },
  'firm_vacancies.manage': { employer: 'own firm' },
  'employers.read': { officer: 'all', supervisor: 'all', analyst: 'all', administrator: 'all' },
  'employers.register': ADMINISTRATION,
  'employers.verify': CENTRE,
  /** Giving somebody of a verified firm an account. */
  'employers.invite': CENTRE,

  /** How people are who arrived: asked by their centre, answered by themselves. */
  'follow_ups.read': CENTRE,
  'follow_ups.record': CENTRE,
  'payments.read': CENTRE,
  'payments.record': CENTRE,

  'queue.read': CENTRE,
  'queue.decide': CENTRE,
  /** Giving back what another officer holds. */
  'queue.take_over': SUPERVISION,
  'applications.read': CENTRE,
  'applications.decide': CENTRE,
  'quotas.revise': ADMINISTRATION,
  'trail.read': CENTRE,
  'rules.read': CENTRE,
  'rules.set': SUPERVISION,
  'notices.pause': SUPERVISION,
  'deliveries.read': CENTRE,
  'rejected.read': CENTRE,
  'rejected.retry': ADMINISTRATION,

  /** Titles that the program is not sure of, and what officers said that they mean: those of all regions teach one lexicon. */
  'titles.read': { officer: 'all', supervisor: 'all', analyst: 'all', administrator: 'all' },
  'titles.correct': { officer: 'all', supervisor: 'all', administrator: 'all' },

  'analysis.read': { analyst: 'all', administrator: 'all' },
  'ingest.read': { supervisor: 'all', analyst: 'all', administrator: 'all' },
  'ingest.start': ADMINISTRATION,
  'match_runs.read': { analyst: 'all', administrator: 'all', system: 'all' },
  'match_runs.start': ADMINISTRATION,
} as const satisfies Record<string, Row>;

export type Permission = keyof typeof PERMISSIONS;

/** What shows nobody's own things to nobody in particular. Doors and secret links are open to anyone and are none of these. */
const PUBLIC: ReadonlySet<Permission> = new Set([
  'site.read',
  'vacancies.read',
  'mismatch.read',
  'occupations.read',
  'programme.read',
  'match.quick',
  'answers.read',
]);

/** True when an answer to one who is nobody may be kept by whatever stands between; everything else is stored by no cache. */
export function isPublic(permission: Permission | undefined): boolean {
  return permission !== undefined && PUBLIC.has(permission);
}

/** True when nobody need say who they are. */
export function isForAnyone(permission: Permission): boolean {
  return PERMISSIONS[permission] === 'anyone';
}

/** How far an actor may go with a permission; what anyone may, every actor may. */
export function reach(actor: { role: Role }, permission: Permission): Reach {
  const row: Row = PERMISSIONS[permission];
  return row === 'anyone' ? 'all' : (row[actor.role] ?? 'none');
}

/** The roles that have any reach with a permission, in the order of `ROLES`. */
export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => reach({ role }, permission) !== 'none');
}

/** What one may do who has given a password and must still enrol a second factor. */
export const BEFORE_SECOND_FACTOR: ReadonlySet<Permission> = new Set(['account.enrol']);

export const PERMISSION = 'qonys:permission';

/** What a caller of the route must be allowed to. A route without it stops the program's start. */
export const May = (permission: Permission): CustomDecorator => SetMetadata(PERMISSION, permission);
