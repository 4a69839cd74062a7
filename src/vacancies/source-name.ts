import { Problem } from '../shared/problem.js';

const SOURCE_NAME = /^[a-z0-9][a-z0-9._:-]{0,99}$/;

/** The source of what an employer posts or imports for itself. */
export function employerSource(employerId: string): string {
  return `employer:${employerId}`;
}

/** The employer whose source this is; null for every other source. */
export function employerOfSource(source: string): string | null {
  return source.startsWith('employer:') ? source.slice('employer:'.length) : null;
}

/** Answers a source's name, or refuses with `source.name_invalid` what is no name. */
export function refuseSourceName(source: string): string {
  if (!SOURCE_NAME.test(source)) throw new Problem('source.name_invalid', 422, { value: source.slice(0, 100) });
  return source;
}
