import { createRequire } from 'node:module';

/** The source of a pattern of Kazakhstan's numbers in full, as people write them: «8 (701) 111-22-33», «+7 701 111 22 33». */
export const KAZAKH_PHONE = String.raw`(?:\+7|[78])[\s(.–-]{0,3}7\d{2}(?:[\s().–-]{0,3}\d){7}`;

/**
 * `libphonenumber-js/max`, in the CommonJS form in which class-validator has it already: imported as a module it would be
 * read, with all its numbering plans, a second time.
 */
export const { findPhoneNumbersInText, parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js/max',
) as typeof import('libphonenumber-js/max');
