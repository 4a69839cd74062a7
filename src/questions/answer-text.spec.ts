import fc from 'fast-check';
import { measureSms } from '../channels/sms-parts.js';
import { LANGUAGES, type Language, translate } from '../i18n/i18n.js';
import { writeAnswer } from './answer-text.js';
import { CLOSE_REASONS } from './question-states.js';

const link = `https://qonys.kz/kk/asked/${'A'.repeat(43)}`;

describe('writeAnswer', () => {
  it.each(LANGUAGES)('tells question, answer and where both stand (%s)', (language) => {
    const written = writeAnswer(language, { question: 'Сұрақ?', answer: 'Жауап.', link, synthetic: false });
    expect(written.text).toContain('Сұрақ?');
    for (const words of [written.text, written.sms]) {
      expect(words).toContain('Жауап.');
      expect(words).toContain(link);
    }
  });

  it.each(LANGUAGES)('says why a question is closed without an answer (%s)', (language) => {
    for (const closedReason of CLOSE_REASONS) {
      const written = writeAnswer(language, { question: 'Сұрақ?', answer: '', closedReason, link, synthetic: false });
      const why = translate(language, `page.questions.closed_${closedReason}`);
      expect(written.text).toContain(why);
      expect(written.text).toContain('Сұрақ?');
      expect(written.sms).toContain(link);
      expect(measureSms(written.sms).parts).toBeLessThanOrEqual(3);
      expect(written.title).not.toBe(writeAnswer(language, { question: '', answer: '', link, synthetic: false }).title);
    }
  });

  it('cuts a long answer in an SMS, never the link', () => {
    const answer = 'Отбасыңыз көшкеннен кейін он екі ай бойы тұрғын үй жалдауға ақша алады. '.repeat(20);
    const { sms, text } = writeAnswer('kk', { question: 'Сұрақ?', answer, link, synthetic: false });
    expect(measureSms(sms).parts).toBeLessThanOrEqual(3);
    expect(sms).toContain('…');
    expect(sms).toContain(link);
    expect(text).toContain(answer);
  });

  it('marks invented data', () => {
    const { title, text, sms } = writeAnswer('en', { question: 'q', answer: 'a', link, synthetic: true });
    for (const words of [title, text, sms]) expect(words).toMatch(/^DEMO/);
  });

  it('fits three parts of an SMS and one line, whatever is written', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2_000 }),
      fc.constant('Ғ'.repeat(4_000)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Language>(...LANGUAGES),
        words,
        words,
        fc.boolean(),
        (language, question, answer, synthetic) => {
          const { sms, title } = writeAnswer(language, { question, answer, link, synthetic });
          expect(measureSms(sms).parts).toBeLessThanOrEqual(3);
          expect(sms).toContain(link);
          for (const line of [sms, title]) expect(line).not.toMatch(/[\p{Cc}]/u);
        },
      ),
      { numRuns: 200 },
    );
  });
});
