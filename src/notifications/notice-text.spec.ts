import fc from 'fast-check';
import { APPLICATION_STATES, OWNER_OF } from '../applications/application-states.js';
import { APPLICATION_REASONS } from '../applications/application-reasons.js';
import { measureSms } from '../channels/sms-parts.js';
import { LANGUAGES, type Language, WORDS } from '../i18n/i18n.js';
import { MOST_SMS_PARTS, type NoticeFacts, type NoticeJob, writeNotice } from './notice-text.js';

const nurse: NoticeJob = {
  title: 'Медицинская сестра',
  payMinTenge: 300_000,
  payMaxTenge: 350_000,
  housing: 'provided',
  inspected: false,
};
const vet: NoticeJob = {
  title: 'Ветеринарный врач',
  payMinTenge: 280_000,
  payMaxTenge: null,
  housing: null,
  inspected: false,
};
const facts = (more: Partial<NoticeFacts> = {}): NoticeFacts => ({
  about: 'approved',
  jobs: [nurse, vet],
  district: 'Кызылжарский район',
  region: 'Северо-Казахстанская область',
  reason: null,
  note: null,
  synthetic: false,
  searching: true,
  ...more,
});
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('writeNotice', () => {
  it.each(LANGUAGES)('tells both jobs, their pay, the place and whose word the housing is (%s)', (language) => {
    const { text, sms } = writeNotice(language, facts());
    for (const words of [text, sms]) {
      expect(words).toContain('Медицинская сестра');
      expect(words).toContain('Ветеринарный врач');
      expect(words).toMatch(/Кызылжарский (район|р-н)/);
    }
    expect(plain(text)).toMatch(/300[ ,]000/);
    expect(sms).toContain('300-350');
    const unchecked = { kk: 'тексерілмеген', ru: 'не проверено', en: 'unchecked' }[language];
    expect(sms).toContain(unchecked);
    expect(text).toMatch(
      { kk: /жұмыс берушінің айтуынша/, ru: /со слов работодателя/, en: /as the employer states/ }[language],
    );
  });

  it.each(LANGUAGES)(
    'tells where an application stands, why, who has it and until when, in three parts at most (%s)',
    (language) => {
      const place = language === 'kk' ? { district: 'Қызылжар ауданы', region: 'Солтүстік Қазақстан облысы' } : {};
      const said = new Set<string>();
      for (const state of APPLICATION_STATES) {
        const owner = OWNER_OF[state];
        const application = { state, owner, dueOn: owner && '2026-12-01' };
        for (const reason of [null, ...Object.keys(APPLICATION_REASONS)]) {
          const { title, text, sms } = writeNotice(
            language,
            facts({ about: 'application', reason, note: 'Спросите Айгүл', application, ...place }),
          );
          expect(measureSms(sms).parts).toBeLessThanOrEqual(MOST_SMS_PARTS);
          expect(`${title}${text}${sms}`).not.toMatch(/notice\.[a-z]|application\.[a-z]|\{/);
          expect(text.includes('Айгүл')).toBe(true);
          expect(/2026/.test(text) && /2026/.test(sms)).toBe(owner !== null);
          if (reason === null) said.add(`${title} ${text}`);
        }
      }
      expect(said.size).toBe(APPLICATION_STATES.length);
    },
  );

  it.each(LANGUAGES)('says of a lost job which one and that the application stays (%s)', (language) => {
    const { text, sms } = writeNotice(language, facts({ about: 'job_lost', reason: 'vacancy_closed' }));
    for (const words of [text, sms]) {
      expect(words).toContain('Ветеринарный врач');
      expect(words).toMatch({ kk: /күшінде/, ru: /в силе/, en: /stays/ }[language]);
      expect(words).toMatch({ kk: /Бос орын жабылды/, ru: /Вакансия закрыта/, en: /vacancy/i }[language]);
    }
    expect(measureSms(sms).parts).toBeLessThanOrEqual(MOST_SMS_PARTS);
    // Of a place only where one is kept.
    const place = { kk: /сақталған орын/, ru: /закреплённое место/, en: /place kept/ }[language];
    expect(text).not.toMatch(place);
    expect(writeNotice(language, facts({ about: 'job_lost', reason: 'vacancy_closed', placeKept: true })).text).toMatch(
      place,
    );
  });

  it.each(LANGUAGES)(
    'says of an interest that nobody applied on that it has ended, not an application (%s)',
    (language) => {
      const application = { state: 'lapsed', owner: null, dueOn: null } as const;
      const { title, text } = writeNotice(
        language,
        facts({ about: 'application', reason: 'interest_lapsed', application }),
      );
      const words = { kk: /^Өтініш беру мерзімі өтті/, ru: /^Ваш отклик закрыт/, en: /^Your interest has ended/ };
      expect(title).toMatch(words[language]);
      expect(text).not.toMatch(/келесі отбасыға|следующая семья|next family/);
    },
  );

  it('keeps an ordinary SMS whole: nothing is cut from two usual jobs', () => {
    const inKazakh = { district: 'Қызылжар ауданы', region: 'Солтүстік Қазақстан облысы' };
    for (const language of LANGUAGES) {
      const { sms } = writeNotice(language, facts(language === 'kk' ? inKazakh : {}));
      expect(sms).not.toContain('…');
      expect(measureSms(sms).parts).toBeLessThanOrEqual(MOST_SMS_PARTS);
    }
  });

  it.each<[Partial<NoticeJob>, string]>([
    [{ payMinTenge: null, payMaxTenge: null }, 'зарплату работодатель не указал'],
    [{ payMinTenge: null, payMaxTenge: 200_000 }, 'до 200 000'],
    [{ payMinTenge: 170_000, payMaxTenge: null }, 'от 170 000'],
    [{ payMinTenge: 170_000, payMaxTenge: 170_000 }, 'Медицинская сестра: 170 000'],
  ])('says of the pay only what is stated: %j', (pay, words) => {
    expect(plain(writeNotice('ru', facts({ jobs: [{ ...nurse, ...pay }] })).text)).toContain(words);
  });

  it('never calls a claim checked, and says what nobody stated', () => {
    const of = (job: Partial<NoticeJob>): string => writeNotice('ru', facts({ jobs: [{ ...nurse, ...job }] })).text;
    expect(of({ inspected: true })).toContain('центр занятости его видел');
    expect(of({ housing: 'none' })).toContain('не предоставляет');
    expect(of({ housing: null })).toContain('ничего не указал');
    expect(of({ housing: 'help' })).toContain('пока никто не проверял');
  });

  it('apologises in a correction, says what changed and that a new search runs', () => {
    const { text, sms } = writeNotice('kk', facts({ about: 'withdrawn', reason: 'housing_lost' }));
    for (const words of [text, sms]) {
      expect(words.toLowerCase()).toContain('кешіріңіз');
      expect(words).toContain('Жұмыс беруші енді баспана ұсынбайды.');
      expect(words).toMatch(/жұмыс іздеп жатырмыз/);
    }
    expect(writeNotice('en', facts({ about: 'withdrawn', reason: 'no_such' })).text).toContain(
      'conditions have changed',
    );
  });

  it.each(LANGUAGES)('does not promise a new search to a household that is matched no more (%s)', (language) => {
    const reason = 'wish_changed';
    const { text, sms } = writeNotice(language, facts({ about: 'withdrawn', reason, searching: false }));
    const closed = writeNotice(language, facts({ about: 'withdrawn', reason: 'vacancy_closed' }));
    const searching = { kk: /іздеп жатырмыз/, ru: /(уже|снова) ищем/, en: /(are|already) searching/ }[language];
    const over = writeNotice(language, facts({ about: 'withdrawn', reason: 'second_chance_over', searching: false }));
    for (const words of [text, sms, over.text, over.sms]) expect(words).not.toMatch(searching);
    // Whose second chance is over has asked for nothing.
    const asked = { kk: /сұрағандықтан/, ru: /просьбе/, en: /you asked/ }[language];
    for (const words of [text, sms]) expect(words).toMatch(asked);
    for (const words of [over.text, over.sms]) expect(words).not.toMatch(asked);
    for (const words of [closed.text, closed.sms]) expect(words).toMatch(searching);
  });

  it('calls a city a city, not by the abbreviation of its administration', () => {
    const city = { ru: 'Рудный Г.А.', kk: 'Рудный Қ.Ә.' };
    const ru = writeNotice('ru', facts({ district: city.ru, region: 'Костанайская область' }));
    expect(ru.title).toContain('г. Рудный');
    expect(ru.text).toContain('Где: г. Рудный, Костанайская область.');
    expect(ru.sms).toContain('г. Рудный, Костанайская обл.');
    const kk = writeNotice('kk', facts({ district: city.kk, region: 'Қостанай облысы' }));
    expect(kk.text).toContain('Орны: Рудный қаласы, Қостанай облысы.');
    expect(kk.sms).toContain('Рудный қ., Қостанай обл.');
  });

  it('hangs no ending on the pay in Kazakh', () => {
    const of = (pay: Partial<NoticeJob>): string =>
      plain(writeNotice('kk', facts({ jobs: [{ ...nurse, ...pay }] })).text);
    expect(of({ payMinTenge: 170_000, payMaxTenge: null })).toContain('айына кемінде 170 000 ₸');
    expect(of({ payMinTenge: null, payMaxTenge: 200_000 })).toContain('айына ең көбі 200 000 ₸');
  });

  it('asks for what is missing, with the officer’s note in the full text only', () => {
    const { text, sms } = writeNotice(
      'en',
      facts({ about: 'returned', reason: 'diploma_missing', note: 'the nurse’s one' }),
    );
    expect(text).toContain('A diploma or certificate is missing. the nurse’s one.');
    expect(sms).toContain('A diploma or certificate is missing.');
    expect(sms).not.toContain('the nurse’s one');
    expect(writeNotice('en', facts({ about: 'returned', reason: 'no_such' })).sms).toContain(
      'will tell you what exactly',
    );
  });

  it('marks invented data', () => {
    const { title, text, sms } = writeNotice('en', facts({ synthetic: true }));
    for (const words of [title, text, sms]) expect(words).toMatch(/^DEMO/);
  });

  it('never lets a title break the line or stand for an argument of its own', () => {
    const { title, sms } = writeNotice(
      'ru',
      facts({ district: 'Район\r\nBcc: x@y', jobs: [{ ...nurse, title: '{pay} <b>\n' }] }),
    );
    expect(title).not.toMatch(/[\r\n]/);
    expect(sms).toContain('{pay} <b>');
  });

  it('fits three parts of an SMS whatever the names', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constant('Ғ'.repeat(300)),
      fc.constant('слово '.repeat(50)),
    );
    const reasons = Object.keys(WORDS.en).flatMap((code) => /^(?:reason|notice\.change)\.(.+)$/.exec(code)?.[1] ?? []);
    const pay = fc.option(fc.integer({ min: 0, max: 99_999_999 }), { nil: null });
    const job = fc.record<NoticeJob>({
      title: name,
      payMinTenge: pay,
      payMaxTenge: pay,
      housing: fc.constantFrom('provided', 'help', 'none', null),
      inspected: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom<Language>(...LANGUAGES),
        fc.record<NoticeFacts>({
          about: fc.constantFrom('approved', 'returned', 'withdrawn'),
          jobs: fc.array(job, { minLength: 1, maxLength: 2 }),
          district: name,
          region: name,
          reason: fc.constantFrom(...reasons, null),
          note: fc.option(name, { nil: null }),
          synthetic: fc.boolean(),
          searching: fc.boolean(),
        }),
        (language, made) => {
          const notice = writeNotice(language, made);
          expect(measureSms(notice.sms).parts).toBeLessThanOrEqual(MOST_SMS_PARTS);
          expect(notice.title).not.toMatch(/[\p{Cc}]/u);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has the same words in every language', () => {
    const keys = (language: Language): string[] =>
      Object.keys(WORDS[language])
        .filter((code) => code.startsWith('notice.'))
        .sort();
    expect(keys('kk')).toEqual(keys('en'));
    expect(keys('ru')).toEqual(keys('en'));
  });
});
