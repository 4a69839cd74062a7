import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { receiptInWords } from '../channels/receipt-words.js';
import type { ProposalAnswer, ProposalNoticeAnswer, QuotaCheckAnswer } from './centres.answers.js';
import type { QuotaCheck } from './quota-check.js';

/** Answers of a centre's work with their codes said in the caller's language. */

export function quotaInWords(quota: QuotaCheck, language: Language): QuotaCheckAnswer {
  return { ...quota, text: translate(language, quota.code, { ...quota }) };
}

export function proposalInWords<View extends Omit<ProposalAnswer, 'quota'> & { quota: QuotaCheck }>(
  view: View,
  language: Language,
): View & { quota: QuotaCheckAnswer } {
  return { ...view, quota: quotaInWords(view.quota, language) };
}

export function noticesInWords(
  notices: readonly Omit<ProposalNoticeAnswer, 'text'>[],
  language: Language,
): ProposalNoticeAnswer[] {
  return notices.map((notice) => ({ ...notice, text: receiptInWords(notice, language) }));
}
