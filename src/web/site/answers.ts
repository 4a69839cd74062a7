import type { VNode } from 'preact';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { refusalOf } from './form.js';

/** After a form was carried out: the browser reads the next page (303), so that reloading does nothing twice. */
export class SeeOther {
  constructor(
    /** A path of this site, with its language. */
    readonly path: string,
    readonly cookies: readonly string[] = [],
  ) {}
}

/** A page with a status of its own, such as a form that was not accepted (422). */
export class PageWithStatus {
  constructor(
    readonly status: number,
    readonly view: VNode,
    readonly cookies: readonly string[] = [],
    readonly retryAfterSeconds: number | null = null,
  ) {}
}

export const seeOther = (path: string, cookies: readonly string[] = []): SeeOther => new SeeOther(path, cookies);

/** The form again, with what was typed and what is wrong with it. */
export const notAccepted = (view: VNode, cookies: readonly string[] = []): PageWithStatus =>
  new PageWithStatus(422, view, cookies);

/**
 * The form again after a service refused it: 429 with the time to wait when it was asked too often, else 422. Errors that
 * are no refusal of the input go on as they are.
 */
export function refusedForm(error: unknown, view: (problems: FieldProblem[]) => VNode): PageWithStatus {
  const shown = view(refusalOf(error));
  if (!(error instanceof Problem && error.status === 429)) return notAccepted(shown);
  return new PageWithStatus(429, shown, [], Number(error.params['retryAfterSeconds']));
}

/** What a handler of pages answers. */
export type PageAnswer = VNode | SeeOther | PageWithStatus;
