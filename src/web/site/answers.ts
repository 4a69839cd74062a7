import type { VNode } from 'preact';

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
  ) {}
}

export const seeOther = (path: string, cookies: readonly string[] = []): SeeOther => new SeeOther(path, cookies);

/** The form again, with what was typed and what is wrong with it. */
export const notAccepted = (view: VNode, cookies: readonly string[] = []): PageWithStatus =>
  new PageWithStatus(422, view, cookies);

/** What a handler of pages answers. */
export type PageAnswer = VNode | SeeOther | PageWithStatus;
