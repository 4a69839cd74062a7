import { checkDigit } from '../shared/identity-number.js';
import { ageOn, familyProblems, readContact, readIdentity } from './household-rules.js';

const today = '2026-11-22';
const regions = new Set(['KZ-59', 'KZ-61']);
const iin = `91041540012${checkDigit('91041540012')}`;

describe('readContact', () => {
  it.each([
    [{ channel: 'in_app' as const, phone: null, email: null }, []],
    [{ channel: 'sms' as const, phone: '8 701 234 56 78', email: null }, []],
    [{ channel: 'sms' as const, phone: null, email: null }, [{ field: 'phone', code: 'household.phone_required' }]],
    [
      { channel: 'sms' as const, phone: '87172555555', email: null },
      [{ field: 'phone', code: 'household.phone_not_mobile' }],
    ],
    [
      { channel: 'sms' as const, phone: '+79161234567', email: null },
      [{ field: 'phone', code: 'household.phone_not_kazakhstan', params: { country: 'RU' } }],
    ],
    [{ channel: 'in_app' as const, phone: '+79161234567', email: null }, []],
    [{ channel: 'email' as const, phone: null, email: null }, [{ field: 'email', code: 'household.email_required' }]],
    [
      { channel: 'email' as const, phone: '12', email: 'a@b.kz' },
      [{ field: 'phone', code: 'household.phone_invalid' }],
    ],
  ])('%j → %j', (contact, problems) => {
    expect(readContact(contact).problems).toEqual(problems);
  });

  it('keeps the phone in E.164', () => {
    expect(readContact({ channel: 'sms', phone: '8 (701) 234-56-78', email: null }).contact.phone).toBe('+77012345678');
  });
});

describe('familyProblems', () => {
  const family = {
    children: 2,
    schoolAgeChildren: 1,
    relativesRegionCodes: [],
    wishedRegionCodes: [],
    excludedRegionCodes: [],
  };

  it.each([
    [{}, []],
    [{ schoolAgeChildren: 3 }, ['household.school_age_exceeds_children']],
    [{ relativesRegionCodes: ['KZ-99'] }, ['household.region_unknown']],
    [{ wishedRegionCodes: ['KZ-59'], excludedRegionCodes: ['KZ-59'] }, ['household.region_wished_and_excluded']],
    [{ wishedRegionCodes: ['KZ-59'], excludedRegionCodes: ['KZ-61'] }, []],
  ])('%j → %j', (change, codes) => {
    expect(familyProblems({ ...family, ...change }, regions).map((p) => p.code)).toEqual(codes);
  });
});

describe('readIdentity', () => {
  it.each([
    [{ iin, birthDate: null }, '1991-04-15', []],
    [{ iin, birthDate: '1991-04-15' }, '1991-04-15', []],
    [{ iin: null, birthDate: '2000-02-29' }, '2000-02-29', []],
    [{ iin, birthDate: '1991-04-16' }, '1991-04-16', ['iin.birth_date_differs']],
    [{ iin: `91041540012${(Number(iin[11]) + 1) % 10}`, birthDate: '1991-04-15' }, '1991-04-15', ['iin.check_digit']],
    [{ iin: null, birthDate: null }, null, ['seeker.birth_date_required']],
    [{ iin: '1', birthDate: null }, null, ['iin.length']],
    [{ iin: null, birthDate: '2026-11-23' }, '2026-11-23', ['seeker.birth_date_implausible']],
    [{ iin: null, birthDate: '1925-01-01' }, '1925-01-01', ['seeker.birth_date_implausible']],
    [{ iin: null, birthDate: '2010-11-23' }, '2010-11-23', ['seeker.too_young']],
    [{ iin: null, birthDate: '2010-11-22' }, '2010-11-22', []],
  ])('%j → %s %j', (given, birthDate, codes) => {
    const read = readIdentity(given, today);
    expect(read.birthDate).toBe(birthDate);
    expect(read.problems.map((p) => p.code)).toEqual(codes);
  });
});

it('counts full years', () => {
  expect(ageOn('2000-02-29', '2026-02-28')).toBe(25);
  expect(ageOn('2000-02-29', '2026-03-01')).toBe(26);
});
