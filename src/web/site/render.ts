import type { Response } from 'express';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole document as text. */
export function renderDocument(view: VNode): string {
  return `<!doctype html>${renderToString(view)}`;
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
