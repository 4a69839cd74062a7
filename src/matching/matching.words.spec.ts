import { hasWords } from '../i18n/i18n.js';
import { FAILURES } from './core/eligibility.js';
import { CHECKS, PART_CODES } from './core/parts.js';

describe('words of matching', () => {
  it.each([...FAILURES, ...PART_CODES, ...CHECKS.map((code) => `check.${code}`)])('exist for %s', (code) => {
    expect(hasWords(code)).toBe(true);
  });
});
