import type { FieldProblem } from '../../shared/problem.js';

/** A refusal beside the field that it is about; a role is called by its name there, not by its code. */
export function atItsField(problem: FieldProblem): FieldProblem {
  const { field, code } = problem;
  if (field !== '') return problem;
  if (code.startsWith('auth.email_')) return { ...problem, field: 'email' };
  if (code === 'auth.region_required' || code === 'auth.region_not_allowed')
    return { field: 'regionCode', code: code.replace('auth.', 'page.admin.') };
  if (code.startsWith('auth.employer_')) return { ...problem, field: 'bin' };
  if (code === 'auth.expiry_in_past') return { ...problem, field: 'expiresOn' };
  return code.startsWith('auth.region_') ? { ...problem, field: 'regionCode' } : problem;
}
