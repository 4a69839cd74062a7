import type { Language } from '../i18n/language.js';
import type { Resolution, TitleQuestion } from './resolver/title-resolver.js';
import { isOfArea, keyWords, titleKey } from './title-key.js';

/** What an officer said that a title means. */
export interface TaughtTitle {
  key: string;
  /** Null: the title names no occupation. */
  isco: string | null;
}

/** How far an officer's word is believed: they see the vacancy, and may be wrong. */
export const OFFICER_TRUST = 0.98;

export type CorrectedQuestion = TitleQuestion & { areaId: number | null };

/**
 * What officers taught, by the titles' keys. The very title is answered as they said. A longer title that the model is not sure of
 * is asked once more with the corrected words in it exchanged for the name of their occupation, which the model knows:
 * «қырқымшы шаруашылыққа» like «мал өсіруші шаруашылыққа». It still decides.
 */
export class CorrectedTitles {
  private readonly byKey: ReadonlyMap<string, string | null>;
  private readonly longest: number;

  constructor(taught: readonly TaughtTitle[]) {
    this.byKey = new Map(taught.map(({ key, isco }) => [key, isco]));
    this.longest = Math.max(0, ...taught.map(({ key }) => key.split(' ').length));
  }

  /** The model's answers (`guess`) as far as nobody has said otherwise; of a corrected title without its specialisation. `nameOf`: an occupation's own name in a language. */
  resolve(
    question: CorrectedQuestion,
    guess: (question: TitleQuestion) => Resolution,
    nameOf: (isco: string, language: Language) => string,
  ): Resolution {
    if (this.byKey.size === 0) return guess(question);
    const { title, areaId } = question;
    const key = titleKey(title, areaId);
    const said = key === null ? undefined : this.byKey.get(key);
    if (said !== undefined) {
      return { isco: said, confidence: OFFICER_TRUST, sure: said !== null, alternatives: [], specialisation: null };
    }
    const first = guess(question);
    if (first.sure) return first;
    const told = this.retold(title, nameOf);
    if (told === null) return first;
    const second = guess({ ...question, title: told });
    // The confidence of an unsure answer says little beside a sure one: an unknown word may have made it unsure.
    return second.sure || (second.isco !== null && second.confidence > first.confidence) ? second : first;
  }

  /** A title with the longest corrected title inside it, the first of several, exchanged for its occupation's name. */
  private retold(title: string, nameOf: (isco: string, language: Language) => string): string | null {
    const { stems, words, parts } = keyWords(title);
    for (let length = Math.min(this.longest, words.length - 1); length > 0; length--) {
      for (let from = 0; from + length <= words.length; from++) {
        const key = stems.slice(from, from + length).join(' ');
        const isco = isOfArea(key) ? undefined : this.byKey.get(key);
        if (isco === undefined || isco === null) continue;
        const name = nameOf(isco, languageOf(title));
        const rest = words.map((word, at) => (at === from ? name : at > from && at < from + length ? '' : word));
        return rest.map((word, at) => (at > 0 && parts[at] !== parts[at - 1] ? `, ${word}` : word)).join(' ');
      }
    }
    return null;
  }
}

/** The language that a title's letters tell: the order of its words follows. */
function languageOf(title: string): Language {
  if (/[әғқңөұүһі]/iu.test(title)) return 'kk';
  return /\p{Script=Cyrillic}/u.test(title) ? 'ru' : 'en';
}
