import { hasWords } from '../../i18n/i18n.js';
import type { PageContext } from '../site/page-context.js';

/** What keeps a household from matches, said to the household itself: «you», where the centre and the API read «the household». */
export function toHousehold({ t }: PageContext, code: string): string {
  const own = `page.my.${code}`;
  return t(hasWords(own) ? own : code);
}
