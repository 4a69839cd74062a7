import { AUDIT_ACTIONS, AUDIT_SUBJECTS } from '../../audit/audit.js';
import { LANGUAGES, WORDS, translate } from '../../i18n/i18n.js';
import type { PageContext } from '../site/page-context.js';
import { lineInWords } from './history.js';

const page = (language: (typeof LANGUAGES)[number]): PageContext =>
  ({ t: (code: string) => translate(language, code) }) as PageContext;

describe('a line of a case’s history', () => {
  it.each(LANGUAGES)('has words for everything that the log may tell of, in %s', (language) => {
    expect(AUDIT_ACTIONS.filter((action) => WORDS[language][`page.centre.action_${action}`] === undefined)).toEqual([]);
    expect(AUDIT_SUBJECTS.filter((subject) => WORDS[language][`page.centre.subject_${subject}`] === undefined)).toEqual(
      [],
    );
  });

  it.each(LANGUAGES)('says why an application went as it did in words, in %s', (language) => {
    const lapsed = { at: new Date(0), actor: 'deadlines', actorLabel: null, actorRole: 'system', action: 'lapse' };
    const line = { ...lapsed, reason: 'household_needs_time' } as Parameters<typeof lineInWords>[1];
    expect(lineInWords(page(language), line).why).toBe(WORDS[language]['application.reason.household_needs_time']);
  });

  it.each(LANGUAGES)('calls a family’s return that, and a match’s return something else, in %s', (language) => {
    const line = {
      at: new Date(0),
      actor: 'x',
      actorLabel: null,
      actorRole: 'officer',
      action: 'return',
      reason: null,
    };
    const what = (subject: string): string =>
      lineInWords(page(language), { ...line, subject } as Parameters<typeof lineInWords>[1]).what;
    expect(what('application')).toBe(WORDS[language]['page.application.step_return']);
    expect(what('proposal')).toBe(WORDS[language]['page.centre.action_return']);
    expect(what('application')).not.toBe(what('proposal'));
  });

  it('calls the household what it is for the reader, and nobody by name', () => {
    const line = {
      at: new Date(0),
      actor: '01a20421-381b-7656-b56e-4c125abba5b8',
      actorLabel: null,
      actorRole: 'migrant',
      action: 'express_interest',
      reason: null,
    } as Parameters<typeof lineInWords>[1];
    expect(lineInWords(page('ru'), line)).toMatchObject({ who: 'семья', what: 'Отклик семьи' });
    expect(lineInWords(page('kk'), line)).toMatchObject({ who: 'отбасы' });
  });

  it.each(LANGUAGES)('says why a vacancy was closed in words, in %s', (language) => {
    const closed = { at: new Date(0), actor: 'demo', actorLabel: null, actorRole: 'employer', action: 'close' };
    for (const reason of ['filled', 'cancelled', 'expired', 'absent', 'gone', 'archived']) {
      const line = { ...closed, reason } as Parameters<typeof lineInWords>[1];
      expect(lineInWords(page(language), line).why).toBe(WORDS[language][`page.vacancy.closed_${reason}`]);
    }
  });
});
