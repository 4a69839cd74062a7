import fc from 'fast-check';
import { checkPhone } from './phone.js';

describe('checkPhone', () => {
  it.each([
    ['8 701 234 56 78', '+77012345678', 'KZ', true],
    ['+7 (747) 123-45-67', '+77471234567', 'KZ', true],
    ['7071234567', '+77071234567', 'KZ', true],
    ['8 7172 55 55 55', '+77172555555', 'KZ', false],
    ['+7 916 123 45 67', '+79161234567', 'RU', true],
    ['+996 700 123 456', '+996700123456', 'KG', true],
  ])('%s → %s (%s, mobile %s)', (text, e164, country, mobile) => {
    expect(checkPhone(text)).toEqual({ ok: true, e164, country, mobile });
  });

  it.each(['', '123', '+7 701 234 56', '+7 000 000 00 00', 'no number', '870123456789'])('refuses %p', (text) => {
    expect(checkPhone(text)).toEqual({ ok: false, code: 'household.phone_invalid' });
  });

  it('gives the same number for every way to write it, and for its own answer', () => {
    const separators = fc.constantFrom('', ' ', '-', ') ', '.');
    fc.assert(
      fc.property(
        fc.constantFrom('701', '702', '705', '747', '775', '777'),
        fc.stringMatching(/^\d{7}$/),
        separators,
        (code, rest, sign) => {
          const written = ['8', '+7'].map(
            (trunk) => trunk + sign.replace(')', '') + code + sign + rest.slice(0, 3) + ' ' + rest.slice(3),
          );
          const checks = [...written, `+7${code}${rest}`].map(checkPhone);
          for (const check of checks)
            expect(check).toEqual({ ok: true, e164: `+7${code}${rest}`, country: 'KZ', mobile: true });
        },
      ),
    );
  });
});
