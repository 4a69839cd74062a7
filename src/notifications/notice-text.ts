import { toldAs } from '../applications/application-reasons.js';
import type { ApplicationOwner, ApplicationState } from '../applications/application-states.js';
import { measureSms } from '../channels/sms-parts.js';
import { type Language, formatTenge, hasWords, translate } from '../i18n/i18n.js';
import { asPeopleSay } from '../reference/place-words.js';

/** What a notice tells of one job: only what the vacancy itself says. */
export interface NoticeJob {
  title: string;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  housing: 'provided' | 'help' | 'none' | null;
  /** True when a centre has seen the housing; otherwise it is the employer's claim. */
  inspected: boolean;
}

/** Everything a notice is written from. No names, no addresses. */
export interface NoticeFacts {
  about: 'approved' | 'returned' | 'withdrawn' | 'application' | 'job_lost';
  jobs: NoticeJob[];
  district: string;
  region: string;
  /** Why an offer was withdrawn (`vacancy_closed`, `pay_reduced`, …) or returned (`diploma_missing`, …). */
  reason: string | null;
  /** What the officer wrote to the household beside the reason; it stands in the full text only. */
  note: string | null;
  synthetic: boolean;
  /**
   * Of a withdrawn offer: other work is looked for; false: the household consents to that, or wishes to move, no longer, or its second
   * chance is over.
   */
  searching: boolean;
  /** Of a notice about an application: where it stands, who has it and until when; null: it is about something else. */
  application?: { state: ApplicationState; owner: ApplicationOwner | null; dueOn: string | null } | null;
  /** Of a lost job: a place in the quota is kept for the household. */
  placeKept?: boolean;
}

export interface Notice {
  title: string;
  text: string;
  /** At most three parts. */
  sms: string;
}

export const MOST_SMS_PARTS = 3;

/** Lengths that job titles, the place and the officer's words are cut to, one after the other, until an SMS fits. */
const SHORTER = [200, 80, 60, 45, 36, 30, 25, 20, 16, 12, 8];

/** The words of a notice in the household's language: in full for mail and in-app, and short enough for an SMS. */
export function writeNotice(language: Language, facts: NoticeFacts): Notice {
  const say = (code: string, values: Record<string, string | number> = {}): string => translate(language, code, values);
  const demo = facts.synthetic ? say('notice.demo') : '';
  const values = {
    count: facts.jobs.length,
    jobs: facts.jobs.map((job) => say('notice.job', { title: job.title, pay: payInFull(language, job) })).join('\n'),
    district: asPeopleSay(facts.district),
    place: placeOf(facts),
    searching: searchOf(facts),
    housing: say(`notice.housing.${housingOf(facts.jobs)}`),
    change: changeIn(language, facts.reason),
    missing: missingIn(language, facts.reason, facts.note),
    kept: facts.placeKept ? 'yes' : 'no',
    ...applicationIn(language, facts, facts.note),
  };
  return {
    title: oneLine(demo + say(`notice.${facts.about}.title`, values)),
    text: demo + say(`notice.${facts.about}.text`, values),
    sms: smsOf(language, facts),
  };
}

/** A second chance that is over was not ended by a wish: nobody is told that it was. */
function searchOf({ searching, reason }: NoticeFacts): 'yes' | 'no' | 'over' {
  if (searching) return 'yes';
  return reason === 'second_chance_over' ? 'over' : 'no';
}

function smsOf(language: Language, facts: NoticeFacts): string {
  const say = (code: string, values: Record<string, string> = {}): string => translate(language, code, values);
  const write = (limit: number): string => {
    const jobs = facts.jobs.map((job) => {
      // A correction names the jobs and leaves out the pay, which no longer matters.
      if (facts.about === 'withdrawn' || facts.about === 'job_lost') return shorten(job.title, limit);
      const { kind, min, max } = payOf(job, (tenge) => String(Math.floor(tenge / 1000)));
      return say(`notice.sms.pay.${kind}`, { title: shorten(job.title, limit), min, max });
    });
    const text = say(`notice.sms.${facts.about}`, {
      jobs: jobs.join('; '),
      place: asSentence(
        shorten(abbreviate(placeOf(facts), say('notice.sms.words')), limit < 30 ? Math.max(limit, 16) : 60),
      ),
      housing: say(`notice.sms.housing.${housingOf(facts.jobs)}`),
      searching: searchOf(facts),
      change: changeIn(language, facts.reason),
      missing: missingIn(language, facts.reason, null),
      ...applicationIn(language, facts, null),
    });
    return oneLine((facts.synthetic ? say('notice.sms.demo') : '') + text);
  };
  for (const limit of SHORTER) {
    const text = write(limit);
    if (measureSms(text).parts <= MOST_SMS_PARTS) return text;
  }
  return write(SHORTER.at(-1)!);
}

/** What a notice says of an application: where it stands, why, who has it and until when. */
function applicationIn(language: Language, { application, reason }: NoticeFacts, note: string | null): Values {
  if (!application) return {};
  const say = (code: string, values: Values = {}): string => translate(language, code, values);
  const { owner, dueOn } = application;
  const state = toldAs({ state: application.state, reason });
  const why = [reason === null ? '' : asSentence(say(`application.reason.${reason}`)), note ? asSentence(note) : ''];
  const words = why.filter(Boolean).join(' ');
  return {
    state,
    title: say('notice.application.title', { state }),
    now: say(`application.now.${state}`),
    missing: words === '' ? '' : say('notice.application.missing', { reason: words }),
    waits:
      owner && dueOn ? say('notice.application.waits', { owner: say(`application.owner.${owner}`), day: dueOn }) : '',
  };
}

type Values = Record<string, string>;
type PayKind = 'range' | 'from' | 'to' | 'exact' | 'unstated';

function payOf(job: NoticeJob, write: (tenge: number) => string): { kind: PayKind; min: string; max: string } {
  const { payMinTenge: min, payMaxTenge: max } = job;
  const kind =
    min === null ? (max === null ? 'unstated' : 'to') : max === null ? 'from' : min === max ? 'exact' : 'range';
  return { kind, min: min === null ? '' : write(min), max: max === null ? '' : write(max) };
}

function payInFull(language: Language, job: NoticeJob): string {
  const { kind, min, max } = payOf(job, (tenge) => formatTenge(language, tenge));
  return translate(language, `notice.pay.${kind}`, { min, max });
}

/** One word on housing for the household: the best that one of the jobs offers, with who says so. */
function housingOf(jobs: NoticeJob[]): string {
  const best = (['provided', 'help'] as const).find((kind) => jobs.some((job) => job.housing === kind));
  if (best !== undefined) {
    return jobs.some((job) => job.housing === best && job.inspected) ? `${best}_inspected` : best;
  }
  return jobs.some((job) => job.housing === null) ? 'unstated' : 'none';
}

function changeIn(language: Language, reason: string | null): string {
  const code = `notice.change.${reason ?? 'other'}`;
  return translate(language, hasWords(code) ? code : 'notice.change.other');
}

/** The reason's own words, as the officer chose it, and what the officer added. */
function missingIn(language: Language, reason: string | null, note: string | null): string {
  const code = `reason.${reason ?? ''}`;
  const words = hasWords(code) ? asSentence(translate(language, code)) : '';
  const added = note === null || note.trim() === '' ? '' : asSentence(note);
  return [words, added].filter(Boolean).join(' ') || translate(language, 'notice.missing.unstated');
}

function placeOf({ district, region }: NoticeFacts): string {
  const name = asPeopleSay(district);
  return name === asPeopleSay(region) ? name : `${name}, ${region}`;
}

/** Shortens the usual words of a place: `words` is `full=short; …`, longer ones first. */
function abbreviate(place: string, words: string): string {
  return words.split('; ').reduce((text, pair) => {
    const [full = '', short = ''] = pair.split('=');
    return text.replace(new RegExp(`(?<!\\p{L})${full}(?!\\p{L})`, 'gu'), short);
  }, place);
}

/** A text of at most so many characters, cut after a word where one ends in its second half. */
function shorten(text: string, limit: number): string {
  const characters = [...oneLine(text)];
  if (characters.length <= limit) return characters.join('');
  const cut = characters.slice(0, limit - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${(word > cut.length / 2 ? cut.slice(0, word) : cut).replace(/[\s,;:.]+$/, '')}…`;
}

function asSentence(text: string): string {
  const line = oneLine(text);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** Control characters and line breaks become spaces: nothing in a vacancy's title can start a new line or header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
