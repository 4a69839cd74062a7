import { openContact, readContact, sealContact } from './contact.js';
import { newId } from '../shared/ids.js';

const keys = { current: Buffer.alloc(32, 1), old: [], index: Buffer.alloc(32, 2) };

describe('readContact', () => {
  it.each([
    ['8 701 000 11 22', { channel: 'sms', address: '+77010001122' }],
    ['+7 (747) 123-45-67', { channel: 'sms', address: '+77471234567' }],
    [' Aigul@Example.KZ ', { channel: 'email', address: 'aigul@example.kz' }],
  ])('reads %j', (text, contact) => {
    expect(readContact(text)).toEqual(contact);
  });

  it.each([
    ['+7 7172 55 55 55', 'question.phone_invalid'],
    ['+7 916 123 45 67', 'question.phone_invalid'],
    ['айгүл', 'question.phone_invalid'],
    ['', 'question.phone_invalid'],
    ['a@b', 'question.email_invalid'],
    ['a@b.kz\nBcc: c@d.kz', 'question.email_invalid'],
  ])('refuses %j: %s', (text, code) => {
    expect(() => readContact(text)).toThrow(code);
  });
});

describe('a sealed contact', () => {
  it('opens for its own question only', () => {
    const id = newId();
    const sealed = sealContact('+77010001122', id, keys);
    expect(sealed.includes('7701')).toBe(false);
    expect(openContact(sealed, id, keys)).toBe('+77010001122');
    expect(openContact(sealed, newId(), keys)).toBeNull();
    expect(openContact(sealed, id, { ...keys, current: Buffer.alloc(32, 9) })).toBeNull();
  });
});
