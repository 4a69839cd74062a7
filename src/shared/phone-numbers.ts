import { createRequire } from 'node:module';

/**
 * `libphonenumber-js/max`, in the CommonJS form in which class-validator has it already: imported as a module it would be
 * read, with all its numbering plans, a second time.
 */
export const { findPhoneNumbersInText, parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js/max',
) as typeof import('libphonenumber-js/max');
