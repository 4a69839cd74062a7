import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { receiptInWords } from '../channels/receipt-words.js';
import type { MoveMismatch } from '../matching/core/mismatch.js';
import { mismatchInWords } from '../matching/matching.words.js';
import type { PlacementAnswer, ProposalAnswer, ProposalNoticeAnswer, QuotaCheckAnswer } from './centres.answers.js';
import type { QuotaCheck } from './quota-check.js';

/** Answers of a centre's work with their codes said in the caller's language. */

export function quotaInWords(quota: QuotaCheck, language: Language): QuotaCheckAnswer {
  return { ...quota, text: translate(language, quota.code, { ...quota }) };
}

/** A proposal as the services answer it. */
type Wordless = Omit<ProposalAnswer, 'quota' | 'placements'> & {
  quota: QuotaCheck;
  placements: (Omit<PlacementAnswer, 'mismatch'> & { mismatch: MoveMismatch | null })[];
};
type InWords<View> = Omit<View, 'quota' | 'placements'> & {
  quota: QuotaCheckAnswer;
  placements: PlacementAnswer[];
};

export function proposalInWords<View extends Wordless>(view: View, language: Language): InWords<View> {
  const placements = view.placements.map((placement) => ({
    ...placement,
    mismatch: placement.mismatch && mismatchInWords(placement.mismatch, language),
  }));
  return { ...view, quota: quotaInWords(view.quota, language), placements };
}

export function noticesInWords(
  notices: readonly Omit<ProposalNoticeAnswer, 'text'>[],
  language: Language,
): ProposalNoticeAnswer[] {
  return notices.map((notice) => ({ ...notice, text: receiptInWords(notice, language) }));
}
