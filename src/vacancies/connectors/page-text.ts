import type { CheerioAPI } from 'cheerio';
import { manyLines, oneLine } from './plain-text.js';

const BLOCKS = 'p,li,div,tr,h1,h2,h3,h4,h5,h6,ul,ol,table,section';

/** The one-line text of the first element that a selector finds; null when there is none or it is empty. */
export function firstText($: CheerioAPI, selector: string): string | null {
  return oneLine($(selector).first().text()) || null;
}

/** HTML as plain text: a line for each paragraph, list item or break. */
export function blockText($: CheerioAPI, html: string): string | null {
  const fragment = $('<div></div>').html(html);
  fragment.find('script,style').remove();
  fragment.find('br').replaceWith('\n');
  fragment.find(BLOCKS).each((_, element) => {
    $(element).before('\n').after('\n');
  });
  return manyLines(fragment.text()).replace(/\n{2,}/g, '\n') || null;
}
