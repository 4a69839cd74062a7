import type { CloseReason } from './question-states.js';
import { measureSms } from '../channels/sms-parts.js';
import { type Language, translate } from '../i18n/i18n.js';

/** What the message with an answer is written from. */
export interface AnswerFacts {
  question: string;
  answer: string;
  /** Why it was closed without an answer; null or left out: it was answered. */
  closedReason?: CloseReason | null;
  /** The asker's own page of the question. */
  link: string;
  synthetic: boolean;
}

export interface AnswerMessage {
  title: string;
  text: string;
  /** At most three parts; the whole answer stands behind the link. */
  sms: string;
}

const MOST_SMS_PARTS = 3;
/** Lengths that the answer is cut to, one after the other, until an SMS fits. */
const SHORTER = [400, 300, 200, 150, 120, 90, 60, 30, 0];

/**
 * The words of an answer, or why there is none, in the asker's language: in full for mail and on the site, and what fits of it for
 * an SMS.
 */
export function writeAnswer(
  language: Language,
  { question, answer: given, closedReason = null, link, synthetic }: AnswerFacts,
): AnswerMessage {
  const say = (code: string, values: Record<string, string> = {}): string => translate(language, code, values);
  const demo = synthetic ? say('notice.demo') : '';
  const [closed, answer] =
    closedReason === null ? ['', given] : ['closed_', say(`page.questions.closed_${closedReason}`)];
  const title = oneLine(demo + say(`question.message.${closed}title`));
  const text = demo + say(`question.message.${closed}text`, { question, answer, link });
  const short = (limit: number): string =>
    oneLine(
      (synthetic ? say('notice.sms.demo') : '') +
        (limit === 0
          ? say(`question.message.${closed}sms_link`, { link })
          : say(`question.message.${closed}sms`, { answer: shorten(answer, limit), link })),
    );
  const sms = SHORTER.map(short).find((written) => measureSms(written).parts <= MOST_SMS_PARTS) ?? short(0);
  return { title, text, sms };
}

/** A text of at most so many characters, cut after a word where one ends in its second half. */
function shorten(text: string, limit: number): string {
  const characters = [...oneLine(text)];
  if (characters.length <= limit) return characters.join('');
  const cut = characters.slice(0, limit - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${(word > cut.length / 2 ? cut.slice(0, word) : cut).replace(/[\s,;:.]+$/, '')}…`;
}

/** Control characters and line breaks become spaces: nothing can start a new line of a header or of an SMS. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
