import { readFileSync } from 'node:fs';
import { LANGUAGES, hasWords } from '../i18n/i18n.js';
import { receiptInWords } from './receipt-words.js';

const source = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

describe('a receipt', () => {
  it('has words for every failure that a channel can answer', () => {
    const failures = ['sms', 'email'].flatMap((code) =>
      [...source(`./${code}.channel.ts`).matchAll(/'((?:sms|email)\.[a-z_]+)'/g)].map(([, failure]) => failure!),
    );
    expect(failures.length).toBeGreaterThan(20);
    expect(failures.filter((failure) => !hasWords(`receipt.error.${failure}`))).toEqual([]);
  });

  it('says how it stands, why, and that it is in doubt', () => {
    const failed = { status: 'failed', errorCode: 'sms.timeout', suppressedReason: null, inDoubt: true };
    expect(receiptInWords(failed, 'en')).toBe(
      'It was not sent. The SMS gateway did not answer in time. It may have gone out more than once, or not at all: no answer came back.',
    );
    const unwished = { status: 'suppressed', errorCode: null, suppressedReason: 'consent_missing', inDoubt: false };
    expect(new Set(LANGUAGES.map((language) => receiptInWords(unwished, language))).size).toBe(LANGUAGES.length);
    expect(receiptInWords(unwished, 'ru')).toBe('Намеренно не отправлено. Семья не давала согласия на уведомления.');
  });

  it('names a code that has no words yet', () => {
    const odd = { status: 'failed', errorCode: 'pigeon.lost', suppressedReason: null, inDoubt: false };
    expect(receiptInWords(odd, 'en')).toBe('It was not sent. receipt.error.pigeon.lost.');
  });
});
