import type { Role } from '../../shared/access.js';

/** Each desk's first page, without its language. */
export const DESK_START: Readonly<Record<Role, string>> = {
  migrant: '/my',
  employer: '/employer',
  officer: '/centre',
  supervisor: '/centre',
  analyst: '/analyst',
  administrator: '/admin',
  system: '/account',
};

/**
 * Where to go after signing in: a page of this site, without its language, or null. Addresses of other sites, also those
 * that a browser would read as such (`//`, `/\`), are none.
 */
export function safeNext(next: unknown): string | null {
  if (typeof next !== 'string' || next.length > 1_000 || !/^\/[A-Za-z]/.test(next)) return null;
  // Control characters are dropped by browsers, and what remains may be another address.
  return /[\s\p{Cc}\\]/u.test(next) ? null : next;
}
