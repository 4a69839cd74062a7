import type { VNode } from 'preact';
import { sourceIn } from '../../reference/source-words.js';
import { datesInWords } from './dates-in-words.js';
import type { PageContext } from './page-context.js';

/** Where a figure comes from in the reader's language, its days as the reader writes them; as it was written where no file names it. */
export function sourceInWords(page: Pick<PageContext, 'day' | 'language'>, source: string): string {
  const said = sourceIn(page.language, source);
  return said === null ? source : datesInWords(page, said);
}

/** The same, marked as the name of a source; one that no file names is read aloud as English, in which sources are written. */
export function SourceName({ page, source }: { page: PageContext; source: string }): VNode {
  const isSaid = sourceIn(page.language, source) !== null;
  return <cite lang={isSaid ? undefined : 'en'}>{sourceInWords(page, source)}</cite>;
}
