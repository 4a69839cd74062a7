import type { VNode } from 'preact';
import { Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { toHousehold } from './own-words.js';

/** Codes that rest on the programme's lists of regions. */
const BY_LIST: readonly string[] = ['eligibility.not_departure_region', 'eligibility.not_reception_region'];

/** What keeps a household from matches, marked where it rests on a list that comes from no written source. */
export function HindranceWords({
  page,
  code,
  listVerified,
}: {
  page: PageContext;
  code: string;
  listVerified: boolean;
}): VNode {
  return (
    <>
      {toHousehold(page, code)} <Unverified page={page} verified={listVerified || !BY_LIST.includes(code)} />
    </>
  );
}
