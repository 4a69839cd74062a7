import type { BatchLine } from '../../centres/batch.service.js';
import { MOST_IN_BATCH } from '../../centres/centres.dto.js';
import type { ProposalView } from '../../centres/queue-view.service.js';
import { WORDS } from '../../i18n/i18n.js';
import { timeInKazakhstan } from '../../shared/clock.js';
import { isUuid } from '../../shared/ids.js';
import { type Typed, all } from '../site/form.js';
import type { PageContext } from '../site/page-context.js';

/** What became of a batch as the address of the next page says it: each case by its id, one that stays with why. */
export function batchAddress(lines: readonly BatchLine[]): string {
  const named = lines.map(({ id, problem }) => ['case', problem === null ? id : `${id}:${problem.code}`]);
  return new URLSearchParams(named).toString();
}

/** The cases of such an address with the code of the problem, or null; what no batch can have said is left out. */
export function batchOfAddress(query: Typed): Map<string, string | null> {
  const named = all(query, 'case').slice(0, MOST_IN_BATCH);
  return new Map(
    named.flatMap((one): [string, string | null][] => {
      const [id = '', code = null] = one.split(':');
      const isKnown = code === null || (/^(?:proposal|batch)\./.test(code) && WORDS.en[code] !== undefined);
      return isUuid(id) && isKnown ? [[id, code]] : [];
    }),
  );
}

/** Why a case of a batch stays, in words; what has changed of it is said as it stands now. */
export function stayingInWords({ t }: PageContext, code: string, view: ProposalView): string {
  const { status, version, claimedUntil } = view;
  return t(code, { status, version, until: claimedUntil === null ? '' : timeInKazakhstan(claimedUntil) });
}
