import type { Response } from 'express';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * A whole document as text. The summary of what is wrong with a form calls its fields by their labels, which are known once
 * the fields behind it were rendered: such a page is rendered twice.
 */
export function renderDocument(view: VNode): string {
  const first = renderToString(view);
  return `<!doctype html>${first.includes('class="error-summary"') ? renderToString(view) : first}`;
}

/**
 * Prepares the answer's headers and gives its text. A page that shows somebody's own things is kept by no cache: phones
 * and computers are shared.
 */
export function sendPage(response: Response, view: VNode, { personal }: { personal: boolean }): string {
  response.type('text/html; charset=utf-8').setHeader('Cache-Control', personal ? 'no-store' : 'no-cache');
  response.vary('Cookie');
  return renderDocument(view);
}
